"""Numbered quotations: each cites a span of one stored text, word for word, once."""

from __future__ import annotations

import re
from collections.abc import Callable

from knowledge.model import Citation, PageSpan, SourceDocument, SourceKind, Zone

_EDGE = re.compile(r"^[\s>*#-]*|\s+$")


class Citer:
    """Numbers citations in the order in which they are first used.

    `supports` remembers which (party name, stage) each number was cited for: verification holds
    standings against it.
    """

    def __init__(self, document: Callable[[str], SourceDocument]) -> None:
        """`document`: source id → its current version, as one consistent read sees it."""
        self._document = document
        self._numbers: dict[tuple[str, int, int], int] = {}
        self.citations: list[Citation] = []
        self.supports: dict[int, set[tuple[str, str]]] = {}

    def cite(self, source_id: str, start: int, end: int, zone: Zone) -> int:
        """The number of the citation of `text[start:end]`; the same span has one number."""
        document = self._document(source_id)
        start, end = _trim(document.text, start, end)
        key = (source_id, start, end)
        if key not in self._numbers:
            number = len(self.citations) + 1
            self._numbers[key] = number
            self.citations.append(_citation(number, document, start, end, zone))
        return self._numbers[key]

    def support(self, number: int, party: str, stage: str) -> None:
        self.supports.setdefault(number, set()).add((party, stage))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _citation(number: int, document: SourceDocument, start: int, end: int, zone: Zone) -> Citation:
    return Citation(
        n=number,
        source_id=document.id,
        title=document.title,
        publisher=document.publisher,
        url=document.url,
        published=document.dated,
        kind=document.kind,
        zone=zone,
        quote=document.text[start:end],
        start=start,
        end=end,
        page=page_at(document.pages, start),
        rests_on=_addresses_behind(document, end) if document.kind is SourceKind.BRIEF else (),
    )


def page_at(pages: tuple[PageSpan, ...], position: int) -> int | None:
    """The number of the page that a position of the text stands on; None for texts without pages."""
    for page in pages:
        if page.start <= position < page.end:
            return page.number
    return None


def _addresses_behind(document: SourceDocument, end: int) -> tuple[str, ...]:
    """The addresses that a brief gives on the line of a quotation: what the line rests on."""
    line_end = document.text.find("\n", end)
    stop = len(document.text) if line_end < 0 else line_end
    line_start = document.text.rfind("\n", 0, end) + 1
    return tuple(dict.fromkeys(link.url for link in document.links if line_start <= link.start < stop))
