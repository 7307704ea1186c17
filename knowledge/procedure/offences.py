"""Offences: where a text names one, and which wordings mean the same matter.

`offence_key` maps wording to a small vocabulary (`rules/offences.toml`); unknown wording becomes a stemmed slug.
A conspiracy or an attempt to commit X has a key of its own, `conspiracy_X`, `attempted_X`: related to X for lookup,
never X itself.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from knowledge.procedure.lexicon import read_toml

_CONSPIRACY = re.compile(r"\bconspir\w*\b")
_ATTEMPT = re.compile(r"\battempt\w*\b")
_SECTION = re.compile(
    r"(?:§+|\bsections?|\busc|\bu\.s\.c\.?|\btitle 18)\s*(?:§+\s*)?(?P<n>\d{2,4}[a-z]?)\b|"
    r"\b18 (?:u\.s\.c\.|usc)\s*(?:§+\s*)?(?P<m>\d{2,4}[a-z]?)"
)
_WORD = re.compile(r"[a-z0-9]+")
_FILLER = frozenset(
    "the a an of and to in on for with by or his her their its charge charges count counts crime crimes offence"
    " offences offense offenses commit committing violation violations federal criminal felony misdemeanor several"
    " multiple other related one two three four five six seven eight nine ten"
    " allegedly alleged act law laws state relating connection illegal illegally".split()
)


@dataclass(frozen=True, slots=True)
class _Known:
    key: str
    pattern: re.Pattern[str]
    statutes: frozenset[str]


@cache
def _known() -> tuple[_Known, ...]:
    return tuple(
        _Known(raw["key"], re.compile("|".join(raw["terms"])), frozenset(raw.get("statute", [])))
        for raw in read_toml("offences.toml")["offence"]
    )


def _plain(wording: str) -> str:
    text = (
        unicodedata.normalize("NFKD", wording).encode("ascii", "ignore").decode()
        if wording.isascii() is False
        else wording
    )
    return " ".join(text.lower().split())


@lru_cache(maxsize=8192)
def _base_key(text: str) -> str | None:
    for known in _known():
        if known.pattern.search(text):
            return known.key
    return None


def statute_key(text: str) -> str | None:
    """The offence of a United States Code section named in `text` ("18 U.S.C. § 1956"), if known."""
    for match in _SECTION.finditer(text.lower().replace("u.s.c.", "usc ")):
        section = match["n"] or match["m"]
        for known in _known():
            if section in known.statutes:
                return known.key
    return None


def offence_key(wording: str) -> str | None:
    """A small normalised vocabulary for an offence's wording; None where it names none ("the charges")."""
    text = _plain(wording)
    key = _base_key(text) or statute_key(wording)
    if key is None or key == "conspiracy":
        by_section = statute_key(wording)
        rest = _CONSPIRACY.sub(" ", text)
        if key == "conspiracy" and by_section and by_section != "conspiracy":
            return f"conspiracy_{by_section}"
        if key == "conspiracy":
            slug = _slug(rest)
            return f"conspiracy_{slug}" if slug else "conspiracy"
        return _slug(text)
    if _CONSPIRACY.search(text) and not key.startswith("conspiracy"):
        return f"conspiracy_{key}"
    if _ATTEMPT.match(text) and not key.startswith("attempted"):
        return f"attempted_{key}"
    return key


def _slug(text: str) -> str | None:
    stems = [_stem(word) for word in _WORD.findall(text) if word not in _FILLER and not word.isdigit()]
    return "_".join(stems[:4]) or None


def _stem(word: str) -> str:
    for suffix in ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s"):
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


def _key_of(offence: str) -> str | None:
    keys = {known.key for known in _known()}
    if offence in keys or offence.startswith(("conspiracy_", "attempted_")):
        return offence
    return offence_key(offence)


def same_offence(a: str, b: str) -> bool:
    """Whether two wordings (or keys) mean the same matter. "conspiracy to X" is not X."""
    first, second = _key_of(a), _key_of(b)
    return first is not None and first == second


_UNDER = {
    "fraud": {"wire_fraud", "mail_fraud", "bank_fraud", "securities_fraud", "tax_fraud", "health_care_fraud"},
    "murder": {"murder_for_hire", "attempted_murder"},
    "sexual_abuse": {"rape"},
    "human_trafficking": {"sex_trafficking"},
    "theft": {"trade_secrets", "identity_theft"},
    "facilitating_prostitution": {"travel_act", "pimping"},
    "travel_act": {"facilitating_prostitution"},
}


def offence_covers(general: str, specific: str) -> bool:
    """Whether a question on `general` should find `specific`: the same matter, a kind of it, or a conspiracy to it.

    Covering is for looking up only: what is found keeps its own name.
    """
    wide, narrow = _key_of(general), _key_of(specific)
    if wide is None or narrow is None:
        return False
    if wide == narrow or narrow in _UNDER.get(wide, set()):
        return True
    if wide == "conspiracy":
        return narrow.startswith("conspiracy_")
    for inchoate in ("conspiracy_", "attempted_"):
        if narrow.startswith(inchoate) and not wide.startswith(inchoate):
            return offence_covers(wide, narrow.removeprefix(inchoate))
    return False


def is_offence(wording: str) -> bool:
    """Whether the wording names an offence of the vocabulary, or a section of a criminal code."""
    return _base_key(_plain(wording)) is not None or statute_key(wording) is not None
