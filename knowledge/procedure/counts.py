"""Numbers of counts: "one count of", "on all counts", "deadlocked on the rest", "53 of 84"."""

from __future__ import annotations

import re

from knowledge.model import Counts

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORD = "|".join([*(f"{ten}-(?:{'|'.join(_UNITS[1:10])})" for ten in _TENS), *_TENS, *_UNITS[1:], "a single", "single"])
_NUMBER = rf"(?P<number>\d[\d,]*|{_WORD})"
_KIND = r"(?:charges?|counts?|crimes?|felonies|misdemeanou?rs|offen[cs]es?|murders|indictments?)"
_COUNTED = re.compile(
    rf"\b{_NUMBER}(?: out)?(?: of (?:the |his |her |their )?\d+)?(?:(?!\s(?:of|in|on|and|people|"
    rf"men|years?|months?)\b)\s[\w-]+){{0,3}}?\s{_KIND}\b",
    re.IGNORECASE,
)
_OUT_OF = re.compile(
    rf"\b{_NUMBER} (?:out )?of (?:the |his |her |their )?(?:\d+\b|(?:remaining|"
    rf"other)? ?(?:counts|charges)|those\b|them\b)",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    rf"\b(?:remaining|other) {_NUMBER}(?! (?:people|men|women|defendants|executives|years))\b", re.IGNORECASE
)
_A_COUNT = re.compile(
    r"\b(?:a|an) (?:single |lone |\w+ )?(?:count|charge) of\b|\b(?:of|on) another(?: count| charge)?\b", re.IGNORECASE
)
_ALL = re.compile(
    (rf"\b(?:all|every|each)(?: (?:of )?(?:the|his|her|their))?(?: \w+){{0,2}}? {_KIND}\b"), re.IGNORECASE
)
_REST = re.compile(
    rf"\b(?:on|of|to) (?:all )?the (?:rest|others?|remainder)\b|\b(?:remaining|the other)\b(?: \w+){{0,2}}? {_KIND}",
    re.IGNORECASE,
)


def number(word: str) -> int | None:
    """An English numeral or digits as a number: "twenty-one", "1,000"; None where it is none."""
    word = word.lower().replace(",", "").strip()
    if word.isdecimal():
        return int(word)
    if word in {"a", "an", "single", "a single"}:
        return 1
    ten, _, unit = word.partition("-")
    if ten in _TENS:
        return 20 + 10 * _TENS.index(ten) + (_UNITS.index(unit) if unit in _UNITS else 0)
    return _UNITS.index(word) if word in _UNITS else None


def read_counts(words: str) -> Counts:
    """The first number of counts in `words`, "all" or "rest"; None where none is given."""
    found: list[tuple[int, int, Counts]] = []
    for rank, pattern in enumerate((_COUNTED, _OUT_OF, _OTHERS)):
        match = pattern.search(words)
        if match:
            found.append((match.start(), rank, number(match["number"])))
    single: tuple[tuple[re.Pattern[str], Counts], ...] = ((_A_COUNT, 1), (_ALL, "all"), (_REST, "rest"))
    for rank, (pattern, value) in enumerate(single):
        match = pattern.search(words)
        if match and value == "rest" and any(start <= match.end() + 1 for start, _, _ in found):
            continue
        if match and not (value == "rest" and "other" in match.group().lower() and not _plural_rest(match.group())):
            found.append((match.start(), rank + 3, value))
    return min(found, key=lambda f: f[:2])[2] if found else None


def _plural_rest(words: str) -> bool:
    return words.lower().startswith("the other") and words.lower().endswith("s")
