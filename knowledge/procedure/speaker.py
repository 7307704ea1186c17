"""Whose word it is: quotation marks in running text, and who speaks them."""

from __future__ import annotations

import re

from knowledge.model import Span

_QUOTED = re.compile(r"“[^“”]{1,1500}”|(?<![\w\d])\"[^\"“”]{1,1500}\"(?!\w)")
_SAID = r"(?:said|says|wrote|told|tweeted|added|stated|argued|claimed|posted|declared|announced|commented)"
_AFTER = re.compile(
    rf"^[,.]?\s*(?:(?:{_SAID})\s+(?P<b>[^,.;“\"]{{2,80}})|(?P<a>[A-Z][^,.;“\"]{{1,60}}?)\s+(?:{_SAID})\b)"
)
_BEFORE = re.compile(rf"(?P<a>[A-Z][^,.;“\"]{{1,80}}?)\s+(?:{_SAID})\b[^.;“\"]{{0,40}}$")


def quoted_spans(text: str, start: int, end: int) -> list[Span]:
    """Quotations of more than five words in `text[start:end]`: speech, not a borrowed term."""
    return [Span(*m.span()) for m in _QUOTED.finditer(text, start, end) if len(m.group().split()) > 5]


def speaker_of(text: str, quote: Span) -> str | None:
    """Who speaks a quotation, from a verb of saying beside it; None where none stands there."""
    after = _AFTER.match(text[quote.end : quote.end + 120])
    if after:
        return " ".join((after["a"] or after["b"]).split())
    before = _BEFORE.search(text[max(0, quote.start - 140) : quote.start])
    return " ".join(before["a"].split()) if before else None
