"""Reader comments: where the section begins, whose comment is whose, and where it ends.

A section begins at a heading ("73 Comments") that comments follow, or where author lines of a comment system repeat.
Nothing after its beginning is ever body again: to take a reader's claim for a report would be the worse error.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from ingest.zoning.lines import Line
from ingest.zoning.rules import Author, Rules, ends_sentence, is_sentence
from knowledge.model import Zone

_NEAR = 2
"""So many lines of prose may stand between a heading and the first author line (a notice, a hidden comment)."""
_PLAIN_AUTHORS = 3
_DATED_AUTHORS = 2
_ARTICLE = 300
"""Characters of prose above a heading that make it the heading under an article, not a link at its top."""

_SHORT_ARTICLE = 80
_LONG = 1000
"""Characters of prose that make an article rather than a comment."""
_COMMENT_SYSTEM = re.compile(
    r"\b(?:says|said|wrote|writes|commented|replied|ago|parent|points?|profile|guest|reply)\b|#\d|^\W*\d|^@|u/",
    re.IGNORECASE,
)
_OPENINGS = frozenset({"posted", "by", "written", "submitted", "comment", "reply"})


class _Kind(Enum):
    TEXT = auto()
    AUTHOR = auto()
    STAMP = auto()
    FLAG = auto()
    APPROVE = auto()
    END = auto()
    TRIM = auto()
    FURNITURE = auto()


@dataclass(frozen=True, slots=True)
class _Heading:
    line: int
    strong: bool
    sure: bool = True
    """False for a heading that an article can have as well ("Discussion")."""


def mark_comments(lines: Sequence[Line], rules: Rules) -> int:
    """Give every line of the comment section its zone, speaker and flag. Returns the section's first line, or
    len(lines) where the document has none."""
    authors = _authors(lines, rules)
    headings = _headings(lines, rules, authors)
    start = _start(lines, authors, headings)
    if start < len(lines):
        _Section(lines, rules, authors, start).mark()
    return start


def _authors(lines: Sequence[Line], rules: Rules) -> dict[int, Author]:
    """The lines that could name a comment's author, by line number."""
    found: dict[int, Author] = {}
    for at, line in enumerate(lines):
        author = None if line.marked is Zone.QUOTATION else rules.author(line.text)
        if author is None and at + 1 < len(lines) and len(line.text) <= 40:
            author = _bare_name(line.text, lines[at + 1].text, rules)
        if author is not None:
            found[at] = author
    return found


def _bare_name(line: str, below: str, rules: Rules) -> Author | None:
    """A name above a date, as also in bylines and teasers, or above what a forum says of its members."""
    forum = rules.is_kind("rank", below)
    taken = rules.is_stamp(line) or rules.is_kind("rank", line)
    if (forum or rules.is_stamp(below)) and not taken and rules.is_name(line):
        return Author(line, plain=not forum)
    return None


def _headings(lines: Sequence[Line], rules: Rules, authors: dict[int, Author]) -> list[_Heading]:
    found: list[_Heading] = []
    for at, line in enumerate(lines):
        if rules.is_kind("disclaimer", line.text):
            found.append(_Heading(at, False))
        if at in authors or is_sentence(line.text) or rules.is_kind("none", line.text):
            continue
        if rules.is_kind("strong", line.text):
            found.append(_Heading(at, True))
        elif rules.is_kind("weak", line.text):
            found.append(_Heading(at, False))
        elif rules.is_kind("perhaps", line.text):
            found.append(_Heading(at, False, sure=False))
    return found


def _start(lines: Sequence[Line], authors: dict[int, Author], headings: list[_Heading]) -> int:
    prose = _running([len(line.text) if line.prose and at not in authors else 0 for at, line in enumerate(lines)])
    count = _running([int(line.prose and at not in authors) for at, line in enumerate(lines)])
    confirmed = _confirmed(lines, authors, headings, prose, count)
    if confirmed:
        # Author lines above the heading: a whole thread without a heading of its own, or one byline.
        above = {at: author for at, author in authors.items() if at < confirmed[0]}
        return min(confirmed[0], *_repeated(lines, above), len(lines))
    unknown = [heading.line for heading in headings if heading.sure and _stands_under_article(heading, prose)]
    return min([*unknown[:1], *_repeated(lines, authors), len(lines)])


def _running(values: list[int]) -> list[int]:
    sums = [0]
    for value in values:
        sums.append(sums[-1] + value)
    return sums


def _confirmed(
    lines: Sequence[Line], authors: dict[int, Author], headings: list[_Heading], prose: list[int], count: list[int]
) -> list[int]:
    """Headings with an author line close below. One at the very top of a page needs more than a single such line."""
    found: list[int] = []
    plausible = sorted(at for at, author in authors.items() if author.plausible or not author.plain)
    at = 0
    for heading in headings:
        while at < len(plausible) and plausible[at] < heading.line:
            at += 1
        if at == len(plausible):
            break
        near = count[plausible[at]] - count[heading.line + 1] <= _NEAR
        under = prose[heading.line] >= _ARTICLE or len(plausible) - at >= _DATED_AUTHORS
        if near and under and not _is_byline(lines, plausible[at], authors, len(plausible) - at):
            found.append(heading.line)
    return found


def _is_byline(lines: Sequence[Line], at: int, authors: dict[int, Author], left: int) -> bool:
    """A sole "Jane Roe, June 3, 2015" under the title of an article is a byline, whatever stands above it."""
    return left < _DATED_AUTHORS and not any(line.prose for line in lines[:at]) and at in authors


def _stands_under_article(heading: _Heading, prose: list[int]) -> bool:
    """A heading with no known author line below it: the layout is unknown, but what follows an article's comment
    heading is comments. A weak one needs most of the page above it."""
    above, below = prose[heading.line], prose[-1] - prose[heading.line]
    if heading.strong:
        return above >= _ARTICLE and above * 4 >= below
    return above >= _ARTICLE and above >= below


def _repeated(lines: Sequence[Line], authors: dict[int, Author]) -> list[int]:
    """Where author lines begin that repeat without any heading: two names in a dated form, three in a plain one."""
    dated = [at for at, author in authors.items() if not author.plain and author.plausible]
    plain = [
        at
        for at, author in authors.items()
        if author.plain and author.plausible and not _introduces_statement(lines, at)
    ]
    starts: list[int] = []
    for found, needed in ((dated, _DATED_AUTHORS), (plain, _PLAIN_AUTHORS)):
        followed = [at for at in found if _has_text(lines, at, authors) and len(authors[at].name.split()) <= 4]
        lengths = _lengths(lines, followed)
        if followed and not any(line.prose for line in lines[: followed[0]]):
            followed = _without_byline(lines, followed, lengths[0])
        above_article = bool(lengths) and lengths[-1] >= _LONG and lengths[-1] >= 3 * sum(lengths[:-1])
        names = len({authors[at].name.casefold() for at in followed})
        if not above_article and (names >= needed or (found is dated and _closes_an_article(lines, followed, lengths))):
            starts.append(followed[0])
    return starts


def _closes_an_article(lines: Sequence[Line], found: Sequence[int], lengths: Sequence[int]) -> bool:
    """A single "Posted by mona at 10:22 pm" under an article, with less below it than above: somebody's comment."""
    if len(found) != 1:
        return False
    text = lines[found[0]].text
    system = _COMMENT_SYSTEM.search(text) or text.split()[0].casefold() in _OPENINGS
    above = sum(len(line.text) for line in lines[: found[0]] if line.prose)
    return bool(system) and _SHORT_ARTICLE <= above >= lengths[0]


def _lengths(lines: Sequence[Line], found: Sequence[int]) -> list[int]:
    """Characters of prose between one author line and the next. Teasers above an article are short, and the last of
    them has the whole article below it."""
    ends = [*found[1:], len(lines)]
    return [sum(len(line.text) for line in lines[at:end] if line.prose) for at, end in zip(found, ends, strict=False)]


def _without_byline(lines: Sequence[Line], found: list[int], length: int) -> list[int]:
    """A "Posted by Jane Roe on June 3" above all text is the article's byline if the later lines have another form, or
    if a whole article follows it and the line has no mark of a comment system."""
    openings = [lines[at].text.split()[0].casefold() for at in found]
    forms = [opening if opening in _OPENINGS else "" for opening in openings]
    other_form = len(set(forms[1:])) == 1 and forms[0] not in forms[1:]
    byline = length >= _LONG and not _COMMENT_SYSTEM.search(lines[found[0]].text)
    return found[1:] if other_form or byline else found


def _has_text(lines: Sequence[Line], at: int, authors: dict[int, Author]) -> bool:
    """Whether words of the author's own stand below the line; a bare name above a date needs more than a few."""
    clear = bool(authors[at].verb) or not authors[at].plain
    for number in range(at + 1, min(at + 7, len(lines))):
        if number in authors:
            return False
        if lines[number].prose or (clear and ends_sentence(lines[number].text)):
            return True
    return False


def _introduces_statement(lines: Sequence[Line], at: int) -> bool:
    """An article's "Jane Roe says:" is followed by her words in quotation marks."""
    following = lines[at + 1].text if at + 1 < len(lines) else ""
    return following[:1] in tuple('“"‘«') and following.rstrip(".")[-1:] in tuple('”"’»')


class _Section:
    """One comment section, from `start` to the end of the document."""

    def __init__(self, lines: Sequence[Line], rules: Rules, authors: dict[int, Author], start: int) -> None:
        self._lines, self._rules, self._start = lines, rules, start
        self._kinds = [self._kind(at, authors) for at in range(start, len(lines))]
        self._authors = self._headers({at: a for at, a in authors.items() if at >= start})
        self._flags_known = any(kind is _Kind.FLAG for kind in self._kinds)
        self._flags_below = self._flags_stand_below()
        self._speaker: str | None = None
        self._flagged = False
        self._open = False
        self._group = 1

    def _kind(self, at: int, authors: dict[int, Author]) -> _Kind:
        text, rules = self._lines[at].text, self._rules
        if rules.is_kind("flag", text):
            return _Kind.FLAG
        if rules.is_kind("approve", text):
            return _Kind.APPROVE
        if rules.is_kind("end", text):
            return _Kind.END
        if at in authors:
            return _Kind.AUTHOR
        if rules.is_stamp(text):
            return _Kind.STAMP
        if any(rules.is_kind(kind, text) for kind in ("trim", "rank", "removed")):
            return _Kind.TRIM
        headed = any(rules.is_kind(kind, text) for kind in ("strong", "weak", "perhaps", "none"))
        if rules.is_furniture(text) or (headed and not is_sentence(text)):
            return _Kind.FURNITURE
        return _Kind.TEXT

    def _headers(self, candidates: dict[int, Author]) -> dict[int, Author]:
        """The author lines of the section's own form: where another form prevails, "X wrote:" is a quotation in a
        comment."""
        kept = {at: a for at, a in candidates.items() if self._kinds[at - self._start] is _Kind.AUTHOR}
        forms = Counter(author.verb for author in kept.values())
        prevailing = max(forms.values(), default=0)
        for at, author in list(kept.items()):
            if author.plain and forms[author.verb] * 3 <= prevailing:
                del kept[at]
                self._kinds[at - self._start] = _Kind.TEXT
        return kept or self._bare_names()

    def _bare_names(self) -> dict[int, Author]:
        """Layouts whose rows of buttons stand below each comment: the short line after one is the next name."""
        ends = [n for n, kind in enumerate(self._kinds) if kind is _Kind.END]
        found: dict[int, Author] = {}
        if len(ends) < 2:
            return found
        fresh = True
        for n, kind in enumerate(self._kinds):
            at = self._start + n
            if kind is _Kind.TEXT and fresh and n < ends[-1]:
                follows = self._kinds[n + 1 : n + 2] == [_Kind.TEXT]
                if follows and self._rules.is_name(self._lines[at].text):
                    found[at] = Author(self._lines[at].text, True)
                    self._kinds[n] = _Kind.AUTHOR
                fresh = False
            fresh = fresh or kind is _Kind.END
        return found

    def mark(self) -> None:
        trailing = self._names_below()
        footer = self._footer()
        for n, kind in enumerate(self._kinds):
            at = self._start + n
            line = self._lines[at]
            line.zone, line.speaker, line.flagged, line.group = Zone.BOILERPLATE, None, None, 0
            if at >= footer:
                continue
            self._step(at, kind)
        if trailing:
            self._name_from_below()

    def _step(self, at: int, kind: _Kind) -> None:
        if kind is _Kind.AUTHOR:
            author = self._authors[at]
            self._begin(author.name, author.flagged or self._flag_above(at))
        elif kind is _Kind.FLAG:
            # Straight below the author line it speaks of this comment; elsewhere of the next one, or of one left out.
            if self._open:
                self._begin(None, False)
            elif self._speaker is not None:
                self._flagged = True
        elif kind is _Kind.END and self._open:
            self._begin(None, False)
        elif kind is _Kind.TEXT:
            self._open = True
            line = self._lines[at]
            line.zone, line.speaker, line.group = Zone.COMMENT, self._speaker, self._group
            line.flagged = self._flagged if self._flags_known or self._flagged else None

    def _begin(self, speaker: str | None, flagged: bool) -> None:
        self._speaker, self._flagged, self._open = speaker, flagged, False
        self._group += 1

    def _flag_above(self, at: int) -> bool:
        """Whether a flag notice stands straight above an author line. A notice of approval between the two opens the
        comment's own head, and the flag notice above it stands for a comment that is not shown."""
        above = at - self._start - 1
        return above >= 0 and self._kinds[above] is _Kind.FLAG and not self._flags_below

    def _flags_stand_below(self) -> bool:
        """Whether this site sets its flag notices below the author line."""
        pairs = list(pairwise(self._kinds))
        return sum(pair == (_Kind.AUTHOR, _Kind.FLAG) for pair in pairs) > sum(
            pair == (_Kind.FLAG, _Kind.AUTHOR) for pair in pairs
        )

    def _footer(self) -> int:
        """The line where the comments are over: the first footer wording after the last author's first words."""
        last = max(self._authors, default=self._start)
        seen_text = False
        for at in range(last + 1, len(self._lines)):
            text = self._lines[at].text
            kind = self._kinds[at - self._start]
            wording = any(self._rules.is_kind(name, text) for name in ("footer", "tail", "opener"))
            if wording and not is_sentence(text) and (self._authors or seen_text):
                return at
            seen_text = seen_text or kind is _Kind.TEXT
        return len(self._lines)

    def _names_below(self) -> bool:
        """Layouts with "Posted by: X | date" below each comment: text comes first, and nothing follows the last."""
        order = sorted(self._authors)
        if len(order) < 2:
            return False
        posted = all(self._lines[at].text.casefold().startswith(("posted by", "by ")) for at in order)
        footer = self._footer()
        first = order[0] == self._start or any(
            kind is _Kind.TEXT and self._lines[self._start + n].prose
            for n, kind in enumerate(self._kinds[: order[0] - self._start])
        )
        after = any(self._kinds[at - self._start] is _Kind.TEXT for at in range(order[-1] + 1, footer))
        return posted and first and not after

    def _name_from_below(self) -> None:
        pending: list[Line] = []
        group = self._group + 1
        for at in range(self._start, len(self._lines)):
            line = self._lines[at]
            if at in self._authors:
                group += 1
                for above in pending:
                    above.speaker, above.group = self._authors[at].name, group
                pending = []
            elif line.zone is Zone.COMMENT:
                pending.append(line)


def reads_as_comment_heading(line: str, rules: Rules) -> bool:
    """Whether a line outside a comment section is a stray heading or link of one ("12 comments")."""
    return not ends_sentence(line) and any(rules.is_kind(kind, line) for kind in ("strong", "weak", "none"))
