"""Numbered, verbatim quotations; for a brief, the addresses behind the line."""

from __future__ import annotations

from knowledge.citations import Citer
from knowledge.model import Link, PageSpan, SourceDocument, SourceKind, Zone

LINE = "- A jury convicted Ada Roe of fraud. [post](https://post.example/roe) [court](https://court.example/1)\n"
OTHER = "- Ben Poe was acquitted. [post](https://post.example/poe)\n"


def document(kind: SourceKind) -> SourceDocument:
    text = LINE + OTHER
    links = tuple(
        Link(text.index(url) - 1, text.index(url) + len(url) + 1, url)
        for url in ("https://post.example/roe", "https://court.example/1", "https://post.example/poe")
    )
    return SourceDocument(
        id="b1",
        version=1,
        location="brief.md",
        content_hash="0",
        title="A brief",
        text=text,
        media_type="text/markdown",
        retrieved="2026-01-01",
        kind=kind,
        as_of="2025-06-30",
        links=links,
        pages=(PageSpan(1, 0, len(LINE)), PageSpan(2, len(LINE), len(text))),
    )


def cited(kind: SourceKind, words: str) -> Citer:
    source = document(kind)
    citer = Citer(lambda _: source)
    start = source.text.index(words)
    citer.cite("b1", start, start + len(words), Zone.BODY)
    return citer


def test_brief_names_the_addresses_behind_the_line_and_no_others() -> None:
    citation = cited(SourceKind.BRIEF, "A jury convicted Ada Roe of fraud.").citations[0]
    assert citation.rests_on == ("https://post.example/roe", "https://court.example/1")
    assert citation.published == "2025-06-30"


def test_other_kinds_rest_on_themselves() -> None:
    assert cited(SourceKind.NEWS, "A jury convicted Ada Roe of fraud.").citations[0].rests_on == ()


def test_page_of_the_quotation() -> None:
    assert cited(SourceKind.NEWS, "Ben Poe was acquitted.").citations[0].page == 2


def test_one_span_has_one_number_and_white_space_is_no_part_of_it() -> None:
    source = document(SourceKind.NEWS)
    citer = Citer(lambda _: source)
    words = "Ben Poe was acquitted."
    start = source.text.index(words)
    numbers = [
        citer.cite("b1", start, start + len(words), Zone.BODY),
        citer.cite("b1", start, start + len(words) + 1, Zone.BODY),
        citer.cite("b1", 2, 9, Zone.BODY),
    ]
    assert numbers == [1, 1, 2]
    assert citer.citations[0].quote == words
