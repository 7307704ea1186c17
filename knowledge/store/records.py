"""What the store hands out besides the field's own nouns. Plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from knowledge.model import Passage, SourceKind, Zone

Group = Literal["reporting", "comments"]
"""The two halves that are searched apart, so that no search has to filter by zone."""

GROUPS: tuple[Group, ...] = ("reporting", "comments")


def group_of(zone: Zone) -> Group | None:
    """Which half a passage of this zone is searched in; None for boilerplate, which is never searched."""
    if zone is Zone.BOILERPLATE:
        return None
    return "comments" if zone is Zone.COMMENT else "reporting"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found. Higher scores are better; scores of different searches do not compare.

    Dense search: cosine similarity, -1 to 1. Full text: negated bm25, above 0.
    """

    passage_id: str
    score: float


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage of the current version of a source."""

    passage: Passage
    source_id: str
    version: int


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """One source of the knowledge base, as `ingest list` shows it. Counts are of the current version."""

    id: str
    version: int
    title: str
    publisher: str | None
    published: str | None
    as_of: str | None
    kind: SourceKind
    location: str
    url: str | None
    passages: int
    events: int
    characters: int


@dataclass(frozen=True, slots=True)
class StoreCounts:
    """How much the knowledge base holds: current versions only."""

    sources: int
    passages: int
    comments: int
    events: int


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """Ledger, vectors and full text held against each other.

    findings: a sentence for each thing that is out of step, with what to do; empty if `ok`.
    missing_vectors: passages of the ledger without a vector. orphan_vectors: vectors that no passage owns.
    bad_quotes: events whose quotation is not in the stored text at its span.
    """

    ok: bool
    findings: list[str]
    counts: StoreCounts
    missing_vectors: int = 0
    orphan_vectors: int = 0
    bad_quotes: int = 0
