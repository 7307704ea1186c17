"""Lengths of sentences and amounts of fines, normalised: "5 years", "15 years 8 months", "life", "USD 3,000,000"."""

from __future__ import annotations

import re

from knowledge.procedure.counts import number

_NUM = r"(?P<n>\d[\d,.]*|[a-z]+(?:-[a-z]+)?|a|an|one and a half)"
_TERM = re.compile(
    rf"\b{_NUM}[\s-](?:and[\s-]a[\s-]half[\s-])?(?P<unit>year|month|week|day|"
    rf"hour)s?\b(?![\s-](?:old|ago|later|earlier))(?:,?(?: and)? (?P<n2>\d+|"
    rf"[a-z]+(?:-[a-z]+)?) (?P<unit2>month|week|day)s?\b)?",
    re.IGNORECASE,
)
_EITHER = re.compile(
    r"\b(?:to|between|of|from) (?:\d+|[a-z]+) (?:and|to|or) (?:\d+|[a-z]+)[\s-](?:years|months)\b", re.IGNORECASE
)
"""Two lengths for two people, or a range: nobody's for certain."""
_LIFE = re.compile(
    r"\blife (?:in (?:prison|jail)|imprisonment|sentences?|without|terms?|behind bars|plus)|"
    r"\blife\b(?= (?:in|for|without))|\bto life\b|\bfor life\b|\bmandatory life\b|-to-life",
    re.IGNORECASE,
)
_DEATH = re.compile(r"\b(?:to death|death (?:penalty|sentence|by))\b", re.IGNORECASE)
_SERVED = re.compile(r"\btime (?:already )?served\b", re.IGNORECASE)
_PROBATION_ONLY = re.compile(r"\bprobation\b|\bsuspended sentence\b|\bcommunity service\b", re.IGNORECASE)
_MONEY = re.compile(
    r"(?P<cur>US\$|USD|U\.S\. ?\$|A\$|C\$|NZ\$|HK\$|\$|£|€|EUR|GBP|"
    r"¥)\s?(?P<n>\d[\d,]*(?:\.\d+)?)(?:\s|-)?(?P<mag>thousand|million|billion|trillion|"
    r"[kmb]n?\b)?|\b(?P<n3>\d[\d,]*(?:\.\d+)?)\s(?P<mag3>thousand|million|"
    r"billion)?\s?(?P<cur3>dollars|euros?|pounds|yen|rubles|yuan)\b",
    re.IGNORECASE,
)
_CURRENCY = {
    "us$": "USD",
    "usd": "USD",
    "$": "USD",
    "u.s.$": "USD",
    "u.s. $": "USD",
    "a$": "AUD",
    "c$": "CAD",
    "nz$": "NZD",
    "hk$": "HKD",
    "£": "GBP",
    "gbp": "GBP",
    "pounds": "GBP",
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "¥": "JPY",
    "yen": "JPY",
    "dollars": "USD",
    "rubles": "RUB",
    "yuan": "CNY",
}
_MAGNITUDE = {
    "thousand": 1_000,
    "k": 1_000,
    "million": 1_000_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "billion": 1_000_000_000,
    "b": 1_000_000_000,
    "bn": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}


def read_term(words: str) -> str | None:
    """The first length of a sentence in `words`; None where there is none."""
    if _EITHER.search(words):
        return None
    terms = [(match.start(), said) for match in _TERM.finditer(words) if (said := _term(match))]
    for pattern, value in ((_DEATH, "death"), (_LIFE, "life")):
        found = pattern.search(words)
        if found and (not terms or found.start() < terms[0][0] + 24):
            return value
    if terms:
        return terms[0][1]
    if _SERVED.search(words):
        return "time served"
    found = _PROBATION_ONLY.search(words)
    return found.group().lower() if found else None


def _term(match: re.Match[str]) -> str | None:
    first = _amount(match["n"])
    if first is None or (match["unit"].lower() == "year" and float(first.replace(",", "")) > 1000):
        return None
    if re.search(r"and[\s-]a[\s-]half", match.group(), re.IGNORECASE):
        first = f"{first}.5"
    said = f"{first} {match['unit'].lower()}{'' if first == '1' else 's'}"
    second = _amount(match["n2"]) if match["n2"] else None
    if second:
        said += f" {second} {match['unit2'].lower()}{'' if second == '1' else 's'}"
    return said


def _amount(word: str) -> str | None:
    if re.fullmatch(r"\d[\d,]*(?:\.\d+)?", word):
        return word
    value = number(word)
    return str(value) if value is not None else None


def read_money(words: str) -> str | None:
    """The first amount of money in `words`, as "USD 3,000,000"; None where there is none."""
    match = _MONEY.search(words)
    if not match:
        return None
    digits = (match["n"] or match["n3"]).replace(",", "")
    magnitude = _MAGNITUDE.get((match["mag"] or match["mag3"] or "").lower(), 1)
    currency = _CURRENCY.get((match["cur"] or match["cur3"]).lower(), "USD")
    try:
        return f"{currency} {round(float(digits) * magnitude):,}"
    except ValueError:
        return None
