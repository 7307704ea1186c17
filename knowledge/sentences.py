"""The one door to nupunkt: where sentences begin and end.

nupunkt is trained on legal text, so "v.", "No." and "U.S.C." do not end a sentence. A blank line always does:
headings, list items and paragraphs without a full stop are sentences of their own.
"""

from __future__ import annotations

import re

import nupunkt

from knowledge.model import Span

_PARAGRAPH_BREAK = re.compile(r"\n[ \t]*\n")


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of `text[start:end]`, in order, without surrounding white space, as spans of `text`."""
    stop = len(text) if end is None else end
    spans: list[Span] = []
    at = start
    for match in _PARAGRAPH_BREAK.finditer(text, start, stop):
        _split(text, at, match.start(), spans)
        at = match.end()
    _split(text, at, stop, spans)
    return spans


def _split(text: str, start: int, end: int, into: list[Span]) -> None:
    part = text[start:end]
    if not part.strip():
        return
    for first, last in nupunkt.sent_spans(part):
        words = part[first:last]
        left = len(words) - len(words.lstrip())
        right = len(words.rstrip())
        if right > left:
            into.append(Span(start + first + left, start + first + right))
