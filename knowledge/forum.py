"""Where a matter is heard, as far as a text says so: a US state, a country, or the federal courts.

Charges in one forum are not ended by an outcome in another: a federal verdict says nothing of a state's
case. A text that names no forum is taken to be compatible with "federal" alone, never with a state's case.
"""

from __future__ import annotations

import re
from functools import cache

FEDERAL = "federal"

_STATES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|"
    "Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|"
    "Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|"
    "North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|"
    "South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington state|West Virginia|Wisconsin|Wyoming"
)
_COUNTRIES = (
    "Argentina|Australia|Austria|Belgium|Brazil|Canada|China|Denmark|England|Finland|France|Germany|Greece|"
    "India|Ireland|Israel|Italy|Japan|Mexico|Netherlands|New Zealand|Norway|Poland|Portugal|Russia|Scotland|"
    "Singapore|South Africa|South Korea|Spain|Sweden|Switzerland|Turkey|Ukraine|United Kingdom"
)
_ADJECTIVES = {
    "french": "France",
    "dutch": "Netherlands",
    "german": "Germany",
    "italian": "Italy",
    "swedish": "Sweden",
    "british": "United Kingdom",
    "canadian": "Canada",
    "australian": "Australia",
    "russian": "Russia",
    "spanish": "Spain",
    "danish": "Denmark",
    "brazilian": "Brazil",
    "indian": "India",
    "irish": "Ireland",
    "japanese": "Japan",
}
_FEDERAL_WORDS = re.compile(
    r"\bfederal(?:ly)?\b|\bU\.?S\.? (?:attorney|department of justice|district court|v\.)|\bdepartment of justice\b"
    r"|\bdoj\b|\bfbi\b|\b\d+ U\.?S\.?C\.?",
    re.IGNORECASE,
)
_FEDERAL_COURT_OF = re.compile(
    r"\b(?:Northern|Southern|Eastern|Western|Central|Middle) District of [A-Z]\w+(?: [A-Z]\w+)?"
    r"|\bDistrict of (?:" + _STATES + r")"
)


@cache
def _places() -> re.Pattern[str]:
    return re.compile(
        r"\b(?P<place>"
        + _STATES
        + "|"
        + _COUNTRIES
        + r")\b|\b(?P<adjective>"
        + "|".join(_ADJECTIVES)
        + r")\b",
        re.IGNORECASE,
    )


def forums_in(text: str) -> frozenset[str]:
    """The forums that a text names: state and country names as in English, and "federal"."""
    found: set[str] = set()
    without_districts = _FEDERAL_COURT_OF.sub(" ", text)
    if without_districts != text or _FEDERAL_WORDS.search(text):
        found.add(FEDERAL)
    for match in _places().finditer(without_districts):
        place = match.group("place")
        if place is not None and place[0].isupper():
            found.add(_canonical(place))
        elif match.group("adjective") is not None:
            found.add(_ADJECTIVES[match.group("adjective").lower()])
    return frozenset(found)


def _canonical(place: str) -> str:
    return " ".join(word.capitalize() if word != "state" else word for word in place.split())


def forum_of(words: str, heading: str = "") -> str | None:
    """The one forum of an event's own words; where they name none, that of the heading above them.

    "in federal court in Arizona" is federal. A heading counts only if it names one forum alone. None where
    none or several are named.
    """
    found = forums_in(words)
    if found:
        places = found - {FEDERAL}
        if FEDERAL in found and len(places) <= 1:
            return FEDERAL
        return next(iter(places)) if len(places) == 1 else None
    above = forums_in(heading)
    return next(iter(above)) if len(above) == 1 else None


def is_a_states_own(words: str, forum: str | None) -> bool:
    """Whether a text says that a state's own courts hear the matter, not merely where a federal court sits."""
    if forum is None or forum == FEDERAL or forum not in _STATES.split("|"):
        return False
    state = re.escape(forum)
    return (
        re.search(
            rf"\b{state}(?:['’]s)?\s+(?:state|attorney general|prosecutors?|charged|indicted|charges?|law|case|"
            rf"authorities|superior|supreme|penal)\b|\bstate of {state}\b|\bstate charges?\b|\bstate court\b"
            rf"|\bcharges? in {state}\b",
            words,
            re.IGNORECASE,
        )
        is not None
    )


def can_end(charge: str | None, outcome: str | None) -> bool:
    """Whether an outcome heard in `outcome` can end a charge brought in `charge`."""
    if charge == outcome:
        return True
    return {charge, outcome} == {None, FEDERAL}
