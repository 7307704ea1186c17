"""Nouns to rows and back."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from knowledge.model import (
    Block,
    Counts,
    Link,
    Modality,
    PageSpan,
    PartyKind,
    Passage,
    ProceduralEvent,
    SourceDocument,
    SourceKind,
    Stage,
    StoredEvent,
    Zone,
)
from knowledge.store.rows import (
    document_of,
    event_row,
    passage_holding,
    passage_row,
    stored_event,
    stored_passage,
    version_row,
)

DOCUMENT = SourceDocument(
    id="s1",
    version=3,
    location="/documents/a.pdf",
    content_hash="ab" * 32,
    title="Tradelantern case",
    text="A jury convicted Orla Venn. “Good,” said Ivo Marsh.",
    media_type="application/pdf",
    retrieved="2031-05-04",
    author="P. Quill",
    publisher="The Harbour Ledger",
    published="2031-05",
    url="https://harbour.example/1",
    kind=SourceKind.NEWS,
    as_of="2031-05-03",
    blocks=(Block(Zone.BODY, 0, 27), Block(Zone.COMMENT, 28, 51, speaker="Ivo Marsh", flagged=True)),
    pages=(PageSpan(1, 0, 51),),
    links=(Link(2, 6, "https://harbour.example/2"),),
)
EVENT = ProceduralEvent(
    "Orla Venn", PartyKind.PERSON, Stage.CONVICTED, Modality.ASSERTED, "A jury convicted Orla Venn", 0, 26, Zone.BODY
)


def test_a_document_comes_back_as_it_was() -> None:
    assert document_of(SimpleNamespace(**version_row(DOCUMENT))) == DOCUMENT


def test_a_passage_comes_back_as_it_was() -> None:
    passage = Passage("p1", 4, Zone.COMMENT, 28, 51, DOCUMENT.text[28:51], 1, "Ivo Marsh", False)
    row = SimpleNamespace(**passage_row(DOCUMENT, passage, 9))
    assert stored_passage(row).passage == passage
    assert (row.source_id, row.version, row.search_group, row.generation) == ("s1", 3, "comments", 9)


@pytest.mark.parametrize("counts", [None, 3, "all", "rest"])
def test_an_event_comes_back_as_it_was(counts: Counts) -> None:
    event = replace(EVENT, counts=counts, offence="wire fraud", date="2031-05", sentence="5 years", page=1)
    row = SimpleNamespace(**event_row(DOCUMENT, event, "p1"))
    assert stored_event(row) == StoredEvent(event, "s1", "p1")


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        pytest.param([(0, 26), (28, 51)], "p0", id="inside_one"),
        pytest.param([(0, 10), (5, 40)], "p1", id="the_one_that_holds_more"),
        pytest.param([(0, 30), (0, 40)], "p0", id="the_first_of_equals"),
        pytest.param([(26, 40)], None, id="touching_is_not_holding"),
        pytest.param([], None, id="no_passages"),
    ],
)
def test_passage_holding(spans: list[tuple[int, int]], expected: str | None) -> None:
    passages = [Passage(f"p{n}", n, Zone.BODY, start, end, "") for n, (start, end) in enumerate(spans)]
    assert passage_holding(EVENT, passages) == expected
