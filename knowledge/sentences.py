"""The one door to nupunkt: where paragraphs and sentences begin and end.

nupunkt is trained on legal text, so "v.", "No." and "U.S.C." do not end a sentence. A blank line always does, and so
does a single newline that ends a paragraph or a heading; a newline that only wraps a long line does not. Which of the
two a newline is, is read off the text: the lengths of the lines around it, how the first ends and the next begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import nupunkt

from knowledge.model import Span

WRAP_LIMIT = 110
"""Lines longer than this are paragraphs, not wrapped lines: plain text is wrapped at 60 to 100 characters."""
_NARROWEST = 30
_LONGEST_WORD = 12
_FULL_LINES = 3
"""So many lines that end near the margin show that there is one."""
_CLOSERS = "”’\"')]»›"
_TERMINALS = ".!?…"
_LINE = re.compile(r"[^\n\f]+")
_LIST_ITEM = re.compile(r"\s*(?:[-*+•‣▪–]\s|#{1,6}\s|>|\(?\d{1,3}[.)]\s|\(?[a-z]\)\s)")
_OPEN_END = re.compile(r"(?:[,;–—-]|\b(?:a|an|and|at|by|for|from|in|of|on|or|the|to|with))$", re.IGNORECASE)
# What belongs to the sentence before it: closing quotation marks and brackets, and note marks such as [3].
_TAIL = re.compile(rf"[{re.escape(_CLOSERS)}]+(?:\d{{1,3}}|(?:\[\d{{1,3}}\])+)?(?=\s|$)|(?:\[\d{{1,3}}\])+")
# Boundaries that nupunkt leaves out: an ordinary word that also is an abbreviation of a law report ("So."), and an
# abbreviation that ends its sentence, which only the word after it can show.
_STARTERS = (
    "After|All|Although|And|As|At|Before|Both|But|During|For|He|Her|His|However|I|If|In|Instead|It|Its|Later|"
    "Meanwhile|No|None|On|Prosecutors|She|Since|So|That|The|Their|Then|There|These|They|This|Those|Two|We|When|"
    "While|You"
)
_MISSED = re.compile(
    r"\b(?:so|do|go|me|all|out|app|op)\.(?=\s+[“‘\"']?[A-Z])"
    r"|\b(?:Inc|Corp|Co|Ltd|LLC|L\.L\.C|Jr|Sr|U\.S|U\.K|E\.U|D\.C|N\.Y|a\.m|p\.m|etc|al)\."
    rf"(?=\s+[“‘\"']?(?:{_STARTERS})\b(?![.’']))"
)


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of `text[start:end]`, in order, without surrounding white space, as spans of `text`.

    Every character that is not white space lies in exactly one span. Linear in the length of the stretch.
    """
    spans: list[Span] = []
    for paragraph in paragraph_spans(text, start, end):
        spans.extend(_sentences(text, paragraph))
    return spans


def paragraph_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The paragraphs, headings and list items of `text[start:end]`: lines, with hard-wrapped ones put together."""
    stop = len(text) if end is None else min(end, len(text))
    lines = [_trimmed(text, m.start(), m.end()) for m in _LINE.finditer(text, start, stop)]
    spans: list[Span] = []
    stretch: list[Span] = []
    for line in lines:
        if stretch and not _adjacent(text, stretch[-1], line):
            spans.extend(_unwrapped(text, stretch))
            stretch = []
        if line.end > line.start:
            stretch.append(line)
    spans.extend(_unwrapped(text, stretch))
    return spans


def _trimmed(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    bare = part.strip()
    if not bare:
        return Span(start, start)
    left = start + len(part) - len(part.lstrip())
    return Span(left, left + len(bare))


def _adjacent(text: str, above: Span, below: Span) -> bool:
    """Whether nothing but one newline (and blanks) stands between two lines."""
    gap = text[above.end : below.start]
    return below.end > below.start and gap.count("\n") == 1 and "\f" not in gap


def _unwrapped(text: str, lines: Sequence[Span]) -> Iterator[Span]:
    """Paragraphs of lines that follow one another without a blank line."""
    if not lines:
        return
    widths = _widths(lines)
    first = lines[0]
    for (above, below), width in zip(pairwise(lines), widths, strict=False):
        if not _wraps(text, above, below, width):
            yield Span(first.start, above.end)
            first = below
    yield Span(first.start, lines[-1].end)


def _widths(lines: Sequence[Span]) -> list[int]:
    """For each line the width that its stretch of short lines is wrapped at; 0 where it is not, or too long for it."""
    lengths = [line.end - line.start for line in lines]
    widths = [0] * len(lines)
    at = 0
    while at < len(lines):
        last = at
        while last < len(lines) and lengths[last] <= WRAP_LIMIT:
            last += 1
        widths[at:last] = [_width(lengths[at:last])] * (last - at)
        at = max(last, at + 1)
    return widths


def _width(lengths: Sequence[int]) -> int:
    """The longest line's length, if enough of the lines come near it for that to be no accident."""
    width = max(lengths, default=0)
    full = sum(length >= width - _LONGEST_WORD for length in lengths)
    return width if full >= _FULL_LINES and full * 2 >= len(lengths) else 0


def _wraps(text: str, above: Span, below: Span, width: int) -> bool:
    """Whether the newline between two lines only wraps a paragraph.

    It does where the line above stops in mid-sentence, and where it is as full as the lines around it, so that the
    first word of the next would not have gone on it.
    """
    upper, lower = above.of(text), below.of(text)
    if len(upper) < _NARROWEST or _LIST_ITEM.match(lower):
        return False
    closed = upper.rstrip(_CLOSERS)[-1:] in tuple(_TERMINALS + ":")
    if not closed and (lower[0].islower() or _OPEN_END.search(upper)):
        return True
    if not width or len(lower) > WRAP_LIMIT or _headlike(upper):
        return False
    word = len(lower.split(None, 1)[0])
    return len(upper) >= 2 * _NARROWEST and len(upper) + 1 + word > width


def _headlike(line: str) -> bool:
    """A line in title case without a full stop: a heading, however long."""
    if line.rstrip(_CLOSERS)[-1:] in tuple(".,;"):
        return False
    words = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
    return len(words) >= 2 and all(word[0].isupper() for word in words)


def _sentences(text: str, paragraph: Span) -> Iterator[Span]:
    part = paragraph.of(text)
    cuts = {last for _, last in nupunkt.sent_spans(part)}
    cuts.update(match.end() for match in _MISSED.finditer(part))
    cuts.add(len(part))
    at = 0
    for cut in sorted(cuts):
        tail = _TAIL.match(part, cut) if cut and not part[cut - 1].isspace() else None
        stop = tail.end() if tail else cut
        span = _trimmed(part, at, max(stop, at))
        if span.end > span.start:
            yield Span(paragraph.start + span.start, paragraph.start + span.end)
        at = max(stop, at)
