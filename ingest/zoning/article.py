"""The article itself: its headlines, what the site put around it, and paragraphs that it quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.zoning.comments import reads_as_comment_heading
from ingest.zoning.lines import Line
from ingest.zoning.rules import Rules, is_sentence
from knowledge.model import Zone

_TITLE = 220
_HEADING = 110
_HEADING_WORDS = 16
_HEAD_LINES = 3
"""More short lines than this above the first paragraph are navigation, and only the long ones among them headlines."""
_TEASER = 200
_QUOTED = 40
_UNCLOSED = re.compile(r"^[“\"][^”\"]*$")


def mark_article(lines: Sequence[Line], rules: Rules, title: str | None, *, discussed: bool = False) -> None:
    """Give every line of the article, its head and its tail a zone; the lines are those above the comments.

    discussed: whether comments follow, so that a line that stands alone above them is their title.
    """
    for line in lines:
        line.zone = _own_zone(line, rules)
    body = [at for at, line in enumerate(lines) if line.zone is None and line.prose]
    if not body:
        _mark_without_prose(lines, title, discussed)
        return
    _mark_lists(lines, rules)
    _mark_tail(lines, rules)
    _mark_head(lines, title)
    _mark_middle(lines)
    _mark_quotations(lines, rules)


def _own_zone(line: Line, rules: Rules) -> Zone | None:
    """The zone that a line has by its own wording or by the format's mark; None where the rest has to decide."""
    if line.marked in (Zone.BOILERPLATE, Zone.COMMENT):
        return line.marked
    furniture = rules.is_furniture(line.text) if line.loose or not line.prose else False
    if furniture and line.marked is not Zone.QUOTATION:
        return Zone.BOILERPLATE
    if reads_as_comment_heading(line.text, rules):
        return Zone.BOILERPLATE
    if line.marked is not None:
        return line.marked
    if line.whole and line.heading:
        return Zone.HEADLINE
    return None


def _mark_lists(lines: Sequence[Line], rules: Rules) -> None:
    """Teasers of other stories: the opener and the lines below it, up to the next real paragraph."""
    inside = False
    for line in lines:
        if not is_sentence(line.text) and rules.is_kind("opener", line.text):
            inside = True
            line.zone = Zone.BOILERPLATE
        elif inside and line.prose and len(line.text) >= _TEASER:
            inside = False
        elif inside and line.zone in (None, Zone.HEADLINE):
            line.zone = Zone.BOILERPLATE


def _mark_tail(lines: Sequence[Line], rules: Rules) -> None:
    """What stands below the end of the article: sources, about the company, links, the foot of the page."""
    lengths = [len(line.text) if line.zone is None and line.prose else 0 for line in lines]
    total, above = sum(lengths), 0
    release = any(rules.is_kind("release", line.text) for line in lines)
    for at, line in enumerate(lines):
        short = not is_sentence(line.text)
        ends = rules.is_kind("tail", line.text) or (release and rules.is_kind("about", line.text))
        if short and ends and above * 2 >= total and above:
            for below in lines[at:]:
                below.zone = Zone.BOILERPLATE
            return
        above += lengths[at]


def _mark_head(lines: Sequence[Line], title: str | None) -> None:
    """The lines above the first paragraph: title and deck are headlines, navigation is not."""
    first = next((at for at, line in enumerate(lines) if _is_text(line)), 0)
    short = [line for line in lines[:first] if line.zone is None]
    opening = lines[first]
    if not short and _could_be_title(opening, title) and any(_is_text(line) for line in lines[first + 1 :]):
        opening.zone = Zone.HEADLINE
    named = [line for line in short if title and line.text.casefold() in title.casefold() and len(line.text) > 15]
    for line in short:
        if line.text.endswith(":"):
            continue
        many = len(short) > _HEAD_LINES
        keep = line in named or len(line.text.split()) >= (5 if many else 1)
        line.zone = Zone.HEADLINE if keep and len(line.text) <= _TITLE else (Zone.BOILERPLATE if many else None)


def _is_text(line: Line) -> bool:
    return line.zone is Zone.QUOTATION or (line.zone is None and (line.prose or line.item))


def _could_be_title(line: Line, title: str | None) -> bool:
    """A first line that ends like a sentence, yet is the title: the document says so, or it asks or exclaims."""
    if not line.whole or line.zone is not None or len(line.text) > _TITLE:
        return False
    known = bool(title) and line.text.casefold().rstrip(".") == (title or "").casefold().rstrip(".")
    return known or (line.text[-1] in "?!" and len(line.text) <= _HEADING)


def _mark_middle(lines: Sequence[Line]) -> None:
    """Short lines below the first paragraph: headings have text under them, items follow a colon, the rest at the
    end of the page is the site's."""
    texts = [at for at, line in enumerate(lines) if _is_text(line)]
    last = texts[-1] if texts else -1
    introduced = False
    for at, line in enumerate(lines):
        if line.zone is not None or _is_text(line):
            introduced = line.zone is None and line.text.endswith(":")
            continue
        if line.text.endswith(":"):
            introduced = True
        elif introduced:
            continue
        elif at > last:
            line.zone = Zone.BOILERPLATE
        elif _is_heading(line) and _heads_text(lines, at):
            line.zone = Zone.HEADLINE
    for line in lines:
        line.zone = line.zone or Zone.BODY


def _is_heading(line: Line) -> bool:
    return (
        line.whole
        and len(line.text) <= _HEADING
        and len(line.text.split()) <= _HEADING_WORDS
        and line.text[-1] not in ".,;"
        and line.text[0] not in "—–-"
        and not line.text[0].islower()
    )


def _heads_text(lines: Sequence[Line], at: int) -> bool:
    """Whether a paragraph comes straight below a line, or below one further heading under it."""
    below = [line for line in lines[at + 1 : at + 3] if line.zone is not Zone.BOILERPLATE]
    return bool(below) and (_is_text(below[0]) or (len(below) > 1 and _is_heading(below[0]) and _is_text(below[1])))


def _mark_without_prose(lines: Sequence[Line], title: str | None, discussed: bool) -> None:
    """A page without a full sentence: the first of several lines is its title, the others are kept as text."""
    unmarked = [line for line in lines if line.zone is None]
    several = discussed or len(unmarked) > 1
    for n, line in enumerate(unmarked):
        first = n == 0 and line.whole and len(line.text) <= _TITLE and not line.item
        line.zone = Zone.HEADLINE if several and (first or line.text == title) else Zone.BODY


def _mark_quotations(lines: Sequence[Line], rules: Rules) -> None:
    """Paragraphs that the one above announces ("as X wrote:"). Only the first is surely quoted; more are where the
    quotation marks stay open."""
    at = 0
    while at + 1 < len(lines):
        line, below = lines[at], lines[at + 1]
        speaker = rules.quoted_speaker(line.text) if line.zone is Zone.BODY and line.text.endswith(":") else None
        announced = speaker is not None and below.paragraph != line.paragraph
        at += 1
        if announced and below.zone is Zone.BODY and below.prose and not below.item and len(below.text) >= _QUOTED:
            at = _quote(lines, at, speaker)


def _quote(lines: Sequence[Line], at: int, speaker: str | None) -> int:
    first = at
    paragraph = lines[at].paragraph
    while at < len(lines) and lines[at].zone is Zone.BODY:
        line = lines[at]
        if line.paragraph != paragraph:
            goes_on = _UNCLOSED.match(lines[at - 1].text) and line.text[0] in '“"'
            if not goes_on:
                break
            paragraph = line.paragraph
        at += 1
    if lines[at - 1].text.endswith(":"):
        return at - 1 if at - 1 > first else at
    for line in lines[first:at]:
        line.zone, line.speaker, line.group = Zone.QUOTATION, speaker, first
    return at
