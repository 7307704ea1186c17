"""Numbers of counts: "one count of", "on all counts", "deadlocked on the rest", "53 of 84", "13-count indictment"."""

from __future__ import annotations

import re

from knowledge.model import Counts
from knowledge.procedure.lexicon import words
from knowledge.procedure.offences import is_offence

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORD = "|".join(
    [
        *(f"{ten}[- ](?:{'|'.join(_UNITS[1:10])})" for ten in _TENS),
        *_TENS,
        *_UNITS[1:],
        "a single",
        "single",
        "a dozen",
        "two dozen",
    ]
)
NUMERALS = (*_UNITS[1:], *_TENS)
NUMBER = rf"(?:(?<![\d$£€¥,.])\d[\d,]*|\b(?:{_WORD})\b)"
"""Digits or an English numeral, as a pattern without groups."""
COUNT_NOUN = (
    r"(?:charges?|counts?|crimes?|felon(?:y|ies)|misdemeanou?rs?|offen[cs]es?|violations?|suspicions?|accusations?|"
    r"allegations?)"
)
"""What a number of counts is counted in, or what introduces an offence, as a pattern without groups."""
_BEFORE_COUNTS = (
    r"(?:a|an|the|his|her|their|its|both|all|each|every|any|some|several|multiple|numerous|various|many|dozens of|"
    r"hundreds of|another|other|more|further|additional|new|separate|related|remaining|first|second|third|fourth|fifth|"
    r"lesser|serious|felony|misdemeanou?r|criminal|federal|state|civil|sample|specimen|such|similar|similarly|indictable|"
    r"single|lone|sole|main|to|on|in connection with|distinct|what|that|those|these|no|top|lead|most|alternative)"
)
COUNTS_OF = re.compile(
    rf"(?:(?:(?:{_BEFORE_COUNTS}|{NUMBER})\s+){{0,5}}{COUNT_NOUN}(?:\s(?:each|apiece))?\s*(?:(?:of|for|including|"
    rf"related to|relating to|involving|alleging|that included|which include|ranging from)\s+|:\s+)|"
    rf"{NUMBER}\s(?:(?:related|felony|criminal)\s)?(?:of|for)\s+|"
    rf"(?:(?:{_BEFORE_COUNTS}|{NUMBER})\s+){{0,5}}{COUNT_NOUN},?\sincluding\s{NUMBER}\s(?:counts?\s)?of\s+)",
    re.IGNORECASE,
)
""" "two counts of", "a charge of", "six of": what stands before an offence."""
_KIND = r"(?:charges?|counts?|crimes?|felonies|misdemeanou?rs|offen[cs]es?|murders|indictments?|violations)"
_COUNTED = re.compile(
    rf"(?P<number>{NUMBER})(?: out)?(?: of (?:the |his |her |their )?(?:\d+|all))?"
    rf"(?P<between>(?:\s[\w-]+){{0,4}}?)\s{_KIND}\b",
    re.IGNORECASE,
)
_PLAIN = frozenset(
    "felony misdemeanor misdemeanour criminal federal state other others remaining related separate additional lesser"
    " serious further new more distinct similar alleged such civil summary indictable sample specimen alternative"
    " outstanding original first-degree second-degree first second third degree pending standing substantive initial"
    " different various individual class a b c d major minor violent non-violent nonviolent sex drug gun".split()
)
_NEVER = frozenset(
    "of in on and face faces faced facing at to for with from by or years year months month days day".split()
)
_OUT_OF = re.compile(
    rf"(?P<number>{NUMBER}) (?:out )?of (?:the |his |her |their |all )?(?:(?:remaining |other )?(?:\d+|{_WORD})\b"
    r"(?! (?:people|men|women|defendants|years|months|users|executives|\w+ants|jurors|states))|"
    r"(?:remaining |other )?(?:counts|charges)\b|those (?:counts|charges)\b|them\b)",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    rf"\b(?:remaining|other) (?P<number>{NUMBER})(?! (?:\w+ )?(?:people|men|women|defendants|executives|years|months|"
    r"suspects|accused|jurors|members|founders|owners|companies|brothers|sisters|victims|cases|days))\b",
    re.IGNORECASE,
)
_SOME_OTHERS = re.compile(rf"\b(?:on|of|to) (?P<number>{NUMBER}) (?:others|more)\b(?! \w+s\b)", re.IGNORECASE)
_INDICTMENT = re.compile(
    rf"(?P<number>{NUMBER})[- ]counts? (?:\w+ )?(?:indictment|information|complaint|charge sheet|superseding)",
    re.IGNORECASE,
)
_A_COUNT = re.compile(
    r"\b(?:a|an) (?:single |lone |\w+ )?(?:count|charge) of\b|\b(?:of|on) another(?: count| charge)?\b|"
    r"\b(?:on|of|to) (?:a|the) (?:first|second|third|fourth|fifth|sixth|last|final|other) (?:count|charge)\b",
    re.IGNORECASE,
)
_BOTH = re.compile(rf"\bboth(?: (?:of )?(?:the|his|her|their))?(?: [\w-]+){{0,2}}? {_KIND}\b", re.IGNORECASE)
_ALL = re.compile(
    (rf"\b(?:all|every|each)(?: (?:of )?(?:the|his|her|their|those|these))?(?: \w+){{0,2}}? {_KIND}\b"), re.IGNORECASE
)
_REST = re.compile(
    rf"\b(?:on|of|to) (?:all )?the (?:rest|others|remainder)\b|\b(?:remaining|the other)\b(?: \w+){{0,2}}? {_KIND}",
    re.IGNORECASE,
)


def number(word: str) -> int | None:
    """An English numeral or digits as a number: "twenty-one", "1,000"; None where it is none."""
    word = word.lower().replace(",", "").strip()
    if word.isdecimal():
        return int(word)
    if word in {"a", "an", "single", "a single"}:
        return 1
    if word in {"a dozen", "two dozen"}:
        return 12 if word == "a dozen" else 24
    ten, _, unit = word.replace(" ", "-").partition("-")
    if ten in _TENS and (not unit or unit in _UNITS):
        return 20 + 10 * _TENS.index(ten) + (_UNITS.index(unit) if unit in _UNITS else 0)
    return _UNITS.index(word) if word in _UNITS else None


def read_counts(said: str) -> Counts:
    """The first number of counts in `said`, "all" or "rest"; None where none is given.

    Never a year, an age, an amount of money or a number of people.
    """
    found: list[tuple[int, int, Counts]] = []
    for match in _COUNTED.finditer(said):
        if _counts_charges(match, said):
            found.append((match.start(), 0, number(match["number"])))
            break
    for rank, pattern in enumerate((_OUT_OF, _OTHERS, _INDICTMENT, _SOME_OTHERS), 1):
        match_of = pattern.search(said)
        if match_of and number(match_of["number"]) is not None:
            found.append((match_of.start(), rank, number(match_of["number"])))
    single: tuple[tuple[re.Pattern[str], Counts], ...] = ((_A_COUNT, 1), (_BOTH, 2), (_ALL, "all"), (_REST, "rest"))
    for rank, (pattern, value) in enumerate(single, 5):
        match_of = pattern.search(said)
        if match_of is None:
            continue
        if isinstance(value, str) and any(start <= match_of.end() + 1 for start, _, _ in found):
            continue  # "all three counts", "the remaining eleven charges" give their number
        if not (value == "rest" and "other" in match_of.group().lower() and not _plural_rest(match_of.group())):
            found.append((match_of.start(), rank, value))
    return min(found, key=lambda f: f[:2])[2] if found else None


def _counts_charges(match: re.Match[str], said: str) -> bool:
    """Whether the number counts charges: "five wire fraud counts", not "three men face charges", "2019 charges"."""
    value = number(match["number"])
    if value is None or (1900 <= value <= 2100 and "," not in match["number"]):
        return False
    if re.match(r"[-\s](?:year|month|day)", said[match.end("number") :]):
        return False
    between = match["between"].lower().split()
    left = [word for word in between if word not in _PLAIN]
    people = words("person_nouns") | words("org_nouns") | words("descriptors") | words("be") | words("have")
    if any(word in people or word in _NEVER for word in left):
        return False
    return not left or is_offence(" ".join(left))


def _plural_rest(said: str) -> bool:
    return said.lower().startswith("the other") and said.lower().endswith("s")
