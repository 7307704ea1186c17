"""Dates near a trigger, resolved against the day of publication where the text is relative."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = "january february march april may june july august september october november december".split()
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|March|Mar\.|April|Apr\.|May|June|July|"
    r"Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY_MONTH = re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH},?(?: (?P<year>\d{{4}}))?\b")
_MONTH_DAY = re.compile(
    rf"\b{_MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*(?:%|percent))(?:,?\s(?P<year>\d{{4}})\b)?"
)
_MONTH_YEAR = re.compile(rf"\b{_MONTH},?(?: of)?\s(?P<year>\d{{4}}|last year|this year|next year)\b")
_BARE_MONTH = re.compile(
    rf"\b(?P<lead>in|last|next|this|since|until|by|early|late|mid)[- ]{_MONTH}(?![\w-])(?!\s\d)", re.IGNORECASE
)
_FOR_MONTH = re.compile(rf"\b(?P<lead>for|of) {_MONTH}(?![\w-])(?!\s\d)")
_ISO = re.compile(r"\b(?P<year>\d{4})-(?P<m>\d{2})-(?P<day>\d{2})\b")
_YEAR = re.compile(
    r"\b(?:in|since|during|of|back in|early|late|mid|around|by|until)[- ](?:early |late |"
    r"mid-?)?(?P<year>(?:19|20)\d{2})\b(?!\s(?:people|cases|users|documents|dollars))|"
    r"\((?P<paren>(?:19|20)\d{2})\)",
    re.IGNORECASE,
)
_BARE_YEAR = re.compile(
    r"(?<![\d$£€,.])\b(?P<year>(?:19[5-9]|20[0-4])\d)\b(?![\d,.]\d)(?=\s(?:trial|convictions?|"
    r"sentenc\w+|indictments?|arrests?|lawsuits?|guilty|verdict|mistrial|plea|ruling|acquittal))"
)
_WEEKDAY = re.compile(
    r"\b(?:(?P<lead>last|next|this)\s)?(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)
_RELATIVE = re.compile(
    r"\b(?P<word>yesterday|today|tomorrow|earlier today|last (?:night|week|month|year)|"
    r"this (?:week|month|year|morning)|next (?:week|month|year))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of the text: where it stands and what it says, YYYY[-MM[-DD]]."""

    start: int
    end: int
    value: str
    guessed: bool = False
    """The year is not in the text: the last such day before publication."""

    def ahead(self, published: date | None) -> str:
        """The same day as the next one after publication, for what is still to come."""
        if not self.guessed or not published or self.value > published.isoformat()[: len(self.value)]:
            return self.value
        return f"{int(self.value[:4]) + 1}{self.value[4:]}"


def find_dates(text: str, start: int, end: int, published: date | None) -> list[Dated]:
    """The dates of `text[start:end]`, in order. Relative ones only where `published` is known."""
    found: list[Dated] = []
    for pattern, reader in (
        (_ISO, _iso),
        (_DAY_MONTH, _full),
        (_MONTH_DAY, _full),
        (_MONTH_YEAR, _month_year),
        (_BARE_MONTH, _bare_month),
        (_FOR_MONTH, _bare_month),
        (_YEAR, _year),
        (_BARE_YEAR, _year),
        (_WEEKDAY, _weekday),
        (_RELATIVE, _relative),
    ):
        for match in pattern.finditer(text, start, end):
            if any(d.start < match.end() and match.start() < d.end for d in found):
                continue
            value = reader(match, published)
            if value:
                guessed = pattern in {_DAY_MONTH, _MONTH_DAY, _BARE_MONTH} and not match.groupdict().get("year")
                found.append(Dated(match.start(), match.end(), value, guessed))
    return sorted(found, key=lambda d: d.start)


def parse_day(value: str | None) -> date | None:
    """A publication day "YYYY-MM-DD..." as a date; None where it is none."""
    if not value:
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def _month_number(name: str) -> int:
    return next(i for i, month in enumerate(_MONTHS, 1) if month.startswith(name.lower().rstrip(".")[:3]))


def _iso(match: re.Match[str], _: date | None) -> str | None:
    return _checked(int(match["year"]), int(match["m"]), int(match["day"]))


def _checked(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _full(match: re.Match[str], published: date | None) -> str | None:
    month, day = _month_number(match["month"]), int(match["day"])
    if match["year"]:
        return _checked(int(match["year"]), month, day)
    if not published:
        return None
    year = published.year if (month, day) <= (published.month, published.day) else published.year - 1
    return _checked(year, month, day)


def _month_year(match: re.Match[str], published: date | None) -> str | None:
    year = match["year"]
    if not year.isdecimal():
        if not published:
            return None
        year = str(published.year + {"last": -1, "this": 0, "next": 1}[year.split()[0]])
    return f"{year}-{_month_number(match['month']):02d}"


def _bare_month(match: re.Match[str], published: date | None) -> str | None:
    if not published or match["month"][0].islower():
        return None
    month = _month_number(match["month"])
    future = match["lead"].lower() in {"next", "for", "until"}
    year = published.year
    if future and month < published.month:
        year += 1
    elif not future and month > published.month:
        year -= 1
    return f"{year}-{month:02d}"


def _year(match: re.Match[str], _: date | None) -> str | None:
    groups = match.groupdict()
    return groups.get("year") or groups.get("paren")


def _weekday(match: re.Match[str], published: date | None) -> str | None:
    if not published:
        return None
    back = (published.weekday() - _DAYS.index(match["weekday"].lower())) % 7
    if match["lead"] == "last" and not back:
        back = 7  # on a Thursday, "last Thursday" is not today
    day = published - timedelta(days=back)
    if match["lead"] == "next":
        day += timedelta(days=7)
    return day.isoformat()


def _relative(match: re.Match[str], published: date | None) -> str | None:
    if not published:
        return None
    word = " ".join(match["word"].lower().split())
    days = {"yesterday": -1, "last night": -1, "today": 0, "earlier today": 0, "this morning": 0, "tomorrow": 1}
    if word in days:
        return (published + timedelta(days=days[word])).isoformat()
    step = {"last": -1, "this": 0, "next": 1}[word.split()[0]]
    if word.endswith("year"):
        return str(published.year + step)
    if word.endswith("month"):
        months = published.year * 12 + published.month - 1 + step
        return f"{months // 12}-{months % 12 + 1:02d}"
    return None
