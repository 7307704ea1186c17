"""Which passages speak to a question: dense and full-text hits, fused by reciprocal rank.

Reciprocal rank fusion: Cormack, Clarke and Büttcher, SIGIR 2009: score = Σ 1 / (60 + rank).
Comments stay out unless asked for; near-identical passages (reprints) are returned once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz import fuzz

from knowledge.model import Passage

RRF_CONSTANT = 60
NEAR_IDENTICAL = 92.0
"""Similarity (0 to 100, token-set ratio) from which two passages are taken for one text."""


class HitLike(Protocol):
    @property
    def passage_id(self) -> str: ...
    @property
    def score(self) -> float: ...


class StoredPassageLike(Protocol):
    @property
    def passage(self) -> Passage: ...
    @property
    def source_id(self) -> str: ...


class Searchable(Protocol):
    """The part of `knowledge.store.library.Library` that retrieval needs."""

    def dense(self, query: str, limit: int, *, comments: bool = False) -> Sequence[HitLike]: ...
    def full_text(self, terms: Sequence[str], limit: int, *, comments: bool = False) -> Sequence[HitLike]: ...
    def passages(self, ids: Sequence[str]) -> Sequence[StoredPassageLike]: ...


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that speaks to the question. score: fused; similarity: cosine, None if only words matched."""

    passage: Passage
    source_id: str
    score: float
    similarity: float | None
    by_words: bool


def fuse(rankings: Sequence[Sequence[str]], constant: int = RRF_CONSTANT) -> dict[str, float]:
    """Reciprocal rank fusion of several rankings of ids, best first; returns id → score."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, key in enumerate(ranking, start=1):
            scores[key] = scores.get(key, 0.0) + 1.0 / (constant + rank)
    return scores


def retrieve(
    library: Searchable,
    query: str,
    terms: Sequence[str],
    *,
    limit: int = 12,
    pool: int = 40,
    comments: bool = False,
) -> list[Found]:
    """The passages for a query, best first, at most `limit`, each text once.

    terms: folded content words, names and docket numbers for the full-text half.
    """
    dense = library.dense(query, pool, comments=comments)
    worded = library.full_text(terms, pool, comments=comments) if terms else []
    scores = fuse([[hit.passage_id for hit in dense], [hit.passage_id for hit in worded]])
    similarity = {hit.passage_id: hit.score for hit in dense}
    by_words = {hit.passage_id for hit in worded}
    ranked = sorted(scores, key=lambda key: (-scores[key], key))
    stored = {item.passage.id: item for item in library.passages(ranked)}
    kept: list[Found] = []
    for key in ranked:
        item = stored.get(key)
        if item is None:
            continue
        found = Found(item.passage, item.source_id, scores[key], similarity.get(key), key in by_words)
        if not any(_near_identical(found.passage.text, other.passage.text) for other in kept):
            kept.append(found)
        if len(kept) == limit:
            break
    return kept


def _near_identical(left: str, right: str) -> bool:
    shorter, longer = sorted((len(left), len(right)))
    if shorter < 0.8 * longer:
        return False
    return fuzz.ratio(left, right) >= NEAR_IDENTICAL
