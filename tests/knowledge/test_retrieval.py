"""Fusing dense and full-text hits, and showing a reprint once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Passage, Zone
from knowledge.retrieval import fuse, retrieve


@dataclass(frozen=True)
class Hit:
    passage_id: str
    score: float


@dataclass(frozen=True)
class Stored:
    passage: Passage
    source_id: str


class Shelf:
    """Two rankings and the passages behind them."""

    def __init__(self, texts: dict[str, str], dense: list[str], worded: list[str]) -> None:
        self._texts = texts
        self._rankings = (dense, worded)

    def dense(self, query: str, limit: int, *, comments: bool = False) -> list[Hit]:
        return [Hit(key, 1.0 - place / 10) for place, key in enumerate(self._rankings[0])][:limit]

    def full_text(self, terms: Sequence[str], limit: int, *, comments: bool = False) -> list[Hit]:
        return [Hit(key, 5.0) for key in self._rankings[1]][:limit]

    def passages(self, ids: Sequence[str]) -> list[Stored]:
        return [
            Stored(Passage(key, 0, Zone.BODY, 0, len(self._texts[key]), self._texts[key]), f"source-{key}")
            for key in ids
            if key in self._texts
        ]


def test_found_by_both_comes_before_found_by_one() -> None:
    shelf = Shelf({"a": "one text", "b": "another thing", "c": "a third"}, ["a", "b"], ["b", "c"])
    assert [found.passage.id for found in retrieve(shelf, "question", ["word"])] == ["b", "a", "c"]


def test_docket_number_is_found_where_the_embedding_is_blind() -> None:
    shelf = Shelf({"a": "about nothing", "d": "filed as 2:18-cr-00422"}, ["a"], ["d"])
    found = {item.passage.id: item for item in retrieve(shelf, "2:18-cr-00422", ["2:18-cr-00422"])}
    assert found["d"].by_words
    assert found["d"].similarity is None


def test_reprint_is_shown_once() -> None:
    story = "The court in Harbourtown heard on Monday that the owner of the site had moved money abroad."
    shelf = Shelf({"a": story, "b": story.replace("Monday", "Tuesday"), "c": "Something else."}, ["a", "b", "c"], [])
    assert [found.passage.id for found in retrieve(shelf, "question", [])] == ["a", "c"]


def test_what_the_ledger_no_longer_holds_is_not_returned() -> None:
    shelf = Shelf({"a": "still here"}, ["gone", "a"], ["gone"])
    assert [found.passage.id for found in retrieve(shelf, "question", ["word"])] == ["a"]


@pytest.mark.parametrize(("rankings", "first"), [([["a", "b"], ["b", "a"], ["b"]], "b"), ([["a"], []], "a")])
def test_fuse(rankings: list[list[str]], first: str) -> None:
    scores = fuse(rankings)
    assert max(scores, key=lambda key: scores[key]) == first


@given(st.lists(st.lists(st.sampled_from("abcdef"), unique=True), max_size=4))
def test_better_rank_never_scores_less(rankings: list[list[str]]) -> None:
    for ranking in rankings:
        scores = fuse([ranking])
        assert [scores[key] for key in ranking] == sorted(scores.values(), reverse=True)
