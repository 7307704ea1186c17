"""A document as lines: what every step of zoning looks at, and what they write their findings on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.zoning.rules import ends_sentence
from knowledge.model import Block, ExtractedDocument, Span, Zone
from knowledge.sentences import paragraph_spans

_LIST_ITEM = re.compile(r"(?:[-*+•‣▪–]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+\S")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+(?=[^#\s])")
_LONG = 160
_SENTENCE_WORDS = 4
# A page saved as one single line: where its comment section begins, and its comments' author lines.
_INLINE_MINIMUM = 400
_INLINE_SECTION = re.compile(
    r"(?<=[\s.!?”\"])(?:Comments on [“\"][^“”\"]{1,200}[”\"]|\d+ (?:[Cc]omments|[Rr]esponses|[Rr]eplies)"
    r"(?: (?:on|to) [“\"][^“”\"]{1,200}[”\"])?|Leave a (?:[Cc]omment|[Rr]eply))(?=\s)"
)
_INLINE_AUTHOR = re.compile(
    r"(?:(?<=[.!?…”\"] )|(?<=[Cc]omments )|(?<=[Rr]esponses )|(?<=[Rr]eply )|(?<=Reply: )|(?<=[”\"] ))"
    r"[^\s.:!?“”\"]{2,30}(?: [^\s.:!?“”\"]{1,30}){0,3}(?: \(profile\))? (?:says|said|wrote|writes):(?=\s)"
)


@dataclass(slots=True)
class Line:
    """One line, or the part of it inside or outside a stretch that the format marks.

    start, end: its offsets in the document, without surrounding white space. text: its words as the rules see them,
    without Markdown's marks of headings and bold type. heading: whether Markdown's mark of a heading was there.
    blank_above: whether a blank line (or the start of the text) stands above it.
    whole: whether it is a paragraph of its own, not part of a hard-wrapped one. loose: whether it is that, or one of
    two lines that may have been taken for one paragraph because the second begins with a small letter.
    prose: whether it reads as running text. item: a list item. mark: index of the mark it lies in.
    """

    start: int
    end: int
    text: str
    blank_above: bool
    whole: bool
    paragraph: int
    prose: bool
    item: bool
    loose: bool = True
    heading: bool = False
    mark: int | None = None
    marked: Zone | None = None
    zone: Zone | None = None
    speaker: str | None = None
    flagged: bool | None = None
    group: int = 0


def read_lines(document: ExtractedDocument) -> list[Line]:
    """The non-blank lines of a document in order, cut where the format's marks begin and end."""
    text = document.text
    lines: list[Line] = []
    marks = _ordered(document.marked, len(text))
    at = 0
    for number, paragraph in enumerate(paragraph_spans(text)):
        blank_above = not lines or text.count("\n", lines[-1].end, paragraph.start) > 1
        pieces: list[tuple[Span, int | None]] = []
        while at < len(marks) and marks[at][1].end <= paragraph.start:
            at += 1
        for span in _physical(text, paragraph):
            pieces.extend(_cut(text, span, marks, at))
        words = paragraph.of(text)
        whole, loose, item = "\n" not in words, words.count("\n") < 2, is_list_item(words)
        wrapped_prose = not whole and reads_as_prose(words)
        for span, mark in pieces:
            prose = wrapped_prose or reads_as_prose(span.of(text))
            bare, heading = _without_marks(span.of(text))
            line = Line(span.start, span.end, bare, False, whole, number, prose, item, loose, heading)
            line.blank_above = blank_above
            if mark is not None:
                line.mark, line.marked = mark, document.marked[mark].zone
            lines.append(line)
            blank_above = False
    return lines


def _without_marks(words: str) -> tuple[str, bool]:
    heading = _MARKDOWN_HEADING.match(words)
    bare = (words[heading.end() :] if heading else words).replace("**", "").strip()
    return bare or words, heading is not None


def is_list_item(words: str) -> bool:
    """Whether a line or paragraph begins with the mark of a list: a dash, a bullet, a number or a letter."""
    return _LIST_ITEM.match(words) is not None


def reads_as_prose(words: str) -> bool:
    """Long, or a sentence of four words or more: running text rather than a title, label or button."""
    return len(words) >= _LONG or (len(words.split(None, 4)) >= _SENTENCE_WORDS and ends_sentence(words))


def _physical(text: str, paragraph: Span) -> list[Span]:
    """The lines of a paragraph, and the parts of a page that was saved as one line with its comments."""
    spans: list[Span] = []
    for match in re.compile(r"[^\n]+").finditer(text, paragraph.start, paragraph.end):
        spans.extend(_inline(text, Span(match.start(), match.end())))
    return [trimmed for span in spans if (trimmed := _trim(text, span)).end > trimmed.start]


def _inline(text: str, line: Span) -> list[Span]:
    if line.end - line.start <= _INLINE_MINIMUM:
        return [line]
    authors = list(_INLINE_AUTHOR.finditer(text, line.start, line.end))
    sections = _INLINE_SECTION.finditer(text, line.start, line.end) if authors else ()
    section = next((match for match in sections if match.end() <= authors[-1].start()), None)
    if section is None:
        return [line]
    cuts = [line.start, section.start(), section.end()]
    for author in authors:
        if author.start() >= section.end():
            cuts.extend((author.start(), author.end()))
    cuts.append(line.end)
    return [Span(a, b) for a, b in pairwise(cuts) if b > a]


def _ordered(marked: Sequence[Block], length: int) -> list[tuple[int, Span]]:
    """The usable marks in order of place, without overlaps (the earlier one keeps the ground)."""
    found: list[tuple[int, Span]] = []
    reached = 0
    for index, block in sorted(enumerate(marked), key=lambda pair: (pair[1].start, pair[1].end)):
        start, end = max(block.start, reached), min(block.end, length)
        if start < end:
            found.append((index, Span(start, end)))
            reached = end
    return found


def _cut(text: str, line: Span, marks: list[tuple[int, Span]], first: int) -> list[tuple[Span, int | None]]:
    pieces: list[tuple[Span, int | None]] = []
    at = line.start
    for place in range(first, len(marks)):
        index, mark = marks[place]
        if mark.start >= line.end:
            break
        if mark.end <= at:
            continue
        pieces.append((Span(at, max(at, mark.start)), None))
        pieces.append((Span(max(at, mark.start), min(mark.end, line.end)), index))
        at = min(mark.end, line.end)
    pieces.append((Span(at, line.end), None))
    trimmed = [(_trim(text, span), index) for span, index in pieces]
    return [(span, index) for span, index in trimmed if span.end > span.start]


def _trim(text: str, span: Span) -> Span:
    part = span.of(text)
    bare = part.strip()
    left = span.start + len(part) - len(part.lstrip())
    return Span(left, left + len(bare)) if bare else Span(span.start, span.start)


def to_blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """Blocks of neighbouring lines of one zone, speaker and group."""
    blocks: list[Block] = []
    group: int | None = None
    for line in lines:
        zone = line.zone or Zone.BODY
        last = blocks[-1] if blocks else None
        if last and (last.zone, last.speaker, last.flagged, group) == (zone, line.speaker, line.flagged, line.group):
            blocks[-1] = Block(zone, last.start, line.end, line.speaker, line.flagged)
        else:
            blocks.append(Block(zone, line.start, line.end, line.speaker, line.flagged))
        group = line.group
    return tuple(blocks)
