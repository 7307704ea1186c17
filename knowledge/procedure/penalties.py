"""Lengths of sentences and amounts of fines, normalised: "5 years", "15 years 8 months", "life", "USD 3,000,000"."""

from __future__ import annotations

import re

from knowledge.procedure.counts import NUMERALS, number

_NUMERAL = rf"(?:\d+|{'|'.join(NUMERALS)})"
_NUM = r"(?P<n>\d[\d,]{0,14}(?:\.\d+)?|[a-z]+(?:-[a-z]+)?|a|an)"
_TERM = re.compile(
    rf"\b{_NUM}[\s-](?P<half>and[\s-]a[\s-]half[\s-])?(?P<unit>year|month|week|day|hour)s?\b"
    r"(?![\s-](?:old|ago|later|earlier|investigation|trial|probe|period|affair|relationship|legal|fight|battle|case"
    r"|scheme|career|ban|delay|wait|manhunt|history|statutory|limit))"
    r"(?:,?(?: and)? (?P<n2>\d+|[a-z]+(?:-[a-z]+)?) (?P<unit2>month|week|day)s?\b)?",
    re.IGNORECASE,
)
_N = r"(?:\d[\d.,]{0,14}|[a-z]+(?:-[a-z]+)?)"
_UNIT = r"(?:years?|months?|weeks?|days?)"
_EITHER = re.compile(
    rf"\b(?:to|between|of|from) {_N} (?:and|to|or) {_N}[\s-]{_UNIT}\b|\b(?:between|from) {_N} {_UNIT} and {_N} "
    rf"{_UNIT}\b|\b{_N} {_UNIT} to {_N} {_UNIT}\b|(?<![\d,.]){_NUMERAL} (?:and|or|to) {_NUMERAL}[\s-]{_UNIT}\b|"
    rf"\b{_NUMERAL}[\s-]{_UNIT} and {_NUMERAL}[\s-](?:years?|months?)\b(?=[^.;]{{0,30}}\brespectively)",
    re.IGNORECASE,
)
"""Two lengths for two people, or a range: nobody's for certain."""
_LIFE = re.compile(
    r"\b(?:(?P<times>\d+|[a-z]+) (?:\w+ )?life (?:sentences|terms)|life (?:in (?:prison|jail)|imprisonment|sentences?|"
    r"without|terms?|behind bars|plus)|life\b(?= (?:in|for|without))|to life|for life|mandatory life)\b|-to-life",
    re.IGNORECASE,
)
_TO_LIFE = re.compile(rf"\b(?P<n>{_N})[\s-](?:years?[\s-])?to[\s-]life\b", re.IGNORECASE)
_MORE = re.compile(rf"[^.;,]{{0,25}}?\b(?:and|plus) (?P<n>{_N}) years?\b", re.IGNORECASE)
_DEATH = re.compile(r"\b(?:to death|death (?:penalty|sentence|by))\b", re.IGNORECASE)
_SERVED = re.compile(r"\btime (?:already )?served\b", re.IGNORECASE)
_UNMEASURED = re.compile(
    r"\bprobation\b|\bsuspended (?:\w+ )?(?:sentence|term)\b|\bcommunity (?:service|order)\b|\bhouse arrest\b|"
    r"\bhome (?:detention|confinement)\b|\b(?:conditional|absolute) discharge\b",
    re.IGNORECASE,
)
_KINDS = (
    ("supervised release", r"supervised release|supervision|post-release"),
    ("probation", r"probation(?:ary)?"),
    ("house arrest", r"house arrest"),
    ("home detention", r"home (?:detention|confinement|incarceration|arrest)"),
    ("community service", r"community service|community work"),
    ("unpaid work", r"unpaid work"),
    ("community order", r"community order|community correction"),
    ("conditional discharge", r"conditional discharge"),
)
_PRISON = r"(?:in (?:\w+ ){0,2}?(?:prison|jail|custody)|imprisonment|(?:\w+ )?sentence|(?:\w+ )?term|of imprisonment)"
_SUSPENDED_AFTER = re.compile(
    rf"[\s-]*(?:{_PRISON})?,?\s?(?:(?:which|that|was|were|all|fully|wholly|conditionally|both)\s){{0,3}}suspended\b",
    re.IGNORECASE,
)
_KIND_AFTER = [
    (
        kind,
        re.compile(
            rf"[’']?[\s-]*(?:(?:of|in|on|under) )?(?:(?:an?|the|supervised|unsupervised|strict) )?(?:{words})\b", re.I
        ),
    )
    for kind, words in _KINDS
]
_KIND_BEFORE = [
    (
        kind,
        re.compile(rf"\b(?:{words})(?: (?:term|period|sentence))?(?: (?:for|of|lasting))?(?: (?:a|another))?\s$", re.I),
    )
    for kind, words in (*_KINDS, ("suspended", r"suspended (?:\w+ )?(?:sentence|term)"))
]
_PERIOD_OF_SUSPENSION = re.compile(r"\b(?:suspended|deferred) for (?:a )?$|\bwithin $|\b(?:past|last|previous) $", re.I)
_MONEY = re.compile(
    r"(?P<cur>US\$|USD|U\.S\. ?\$|A\$|C\$|NZ\$|HK\$|\$|£|€|EUR|GBP|"
    r"¥|₹|\bRs\b\.?)\s?(?P<n>\d[\d,]{0,14}(?:\.\d+)?)(?:\s|-)?(?P<mag>thousand|million|billion|trillion|"
    r"[kmb]n?\b)?|\b(?P<n3>\d[\d,]{0,14}(?:\.\d+)?)\s(?P<mag3>thousand|million|"
    r"billion)?\s?(?P<cur3>dollars|euros?|pounds|yen|rubles|yuan|rupees|kronor|francs)\b",
    re.IGNORECASE,
)
_NO_FINE_BEFORE = re.compile(
    r"\b(?:forfeit\w*|restitution|repay\w*|damages|compensation|costs?|bail|bond|refund\w*|stole|stolen|stealing|"
    r"laundered|worth|surcharge)\b[^,;]{0,22}$",
    re.IGNORECASE,
)
_NO_FINE_AFTER = re.compile(
    r"\s?(?:in |of |worth of )?(?:\w+ )?(?:forfeiture|restitution|damages|compensation|costs|bail|bond|refunds|losses|"
    r"profits)\b",
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
    "rupees": "INR",
    "rs": "INR",
    "rs.": "INR",
    "₹": "INR",
    "kronor": "SEK",
    "francs": "CHF",
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
    """The length of the sentence in `words`, with its kind where that is not prison; None where there is none.

    "5 years 4 months", "life", "2 life terms", "3 years probation", "18 months suspended", "time served".
    """
    terms = [(match.start(), said) for match in _TERM.finditer(words) if (said := _term(match, words))]
    terms = [t for t in terms if not t[1].endswith("supervised release")] or terms
    either = _EITHER.search(words)
    if either and (not terms or either.start() <= terms[0][0] + 12):
        return None
    if _DEATH.search(words):
        return "death"
    span = _TO_LIFE.search(words)
    if span and (years := _amount(span["n"])):
        return f"{years} years to life"
    life = _LIFE.search(words)
    if life and (not terms or life.start() < terms[0][0] + 24):
        return _life(life, words)
    served = _SERVED.search(words)
    if terms and not (served and served.start() < terms[0][0]):
        return terms[0][1]
    if served:
        return "time served"
    found = _UNMEASURED.search(words)
    return found.group().lower() if found else None


def _life(match: re.Match[str], words: str) -> str:
    times = number(match["times"]) if match["times"] else None
    said = f"{times} life terms" if times and times > 1 else "life"
    more = _MORE.match(words, match.end())
    years = _amount(more["n"]) if more else None
    return f"{said} and {years} years" if years else said


def _kind(match: re.Match[str], words: str) -> str:
    """What the term is spent as; empty for prison."""
    before, after = words[max(0, match.start() - 40) : match.start()], words[match.end() : match.end() + 60]
    for kind, pattern in _KIND_AFTER:
        if pattern.match(after):
            return f" {kind}"
    if _SUSPENDED_AFTER.match(after):
        return " suspended"
    return next((f" {kind}" for kind, pattern in _KIND_BEFORE if pattern.search(before)), "")


def _term(match: re.Match[str], words: str) -> str | None:
    first = _amount(match["n"])
    if first is None or (match["unit"].lower() == "year" and float(first.replace(",", "")) > 1000):
        return None
    if _PERIOD_OF_SUSPENSION.search(words[max(0, match.start() - 20) : match.start()]):
        return None
    before, after = words[max(0, match.start() - 12) : match.start()], words[match.end() : match.end() + 8]
    if re.match(r"\s(?:after|before|since)\b", after) and not re.search(
        r"\b(?:to|for|of|got|received|serve)\s$", before
    ):
        return None
    if match["half"]:
        first = f"{first}.5"
    said = f"{first} {match['unit'].lower()}{'' if first == '1' else 's'}"
    second = _amount(match["n2"]) if match["n2"] else None
    if second:
        said += f" {second} {match['unit2'].lower()}{'' if second == '1' else 's'}"
    kind = _kind(match, words)
    return None if match["unit"].lower() == "hour" and not kind else said + kind


def _amount(word: str) -> str | None:
    if re.fullmatch(r"\d[\d,]{0,14}(?:\.\d+)?", word):
        return word
    value = number(word)
    return str(value) if value is not None else None


def read_money(words: str, *, fine: bool = False) -> str | None:
    """The first amount of money in `words`, as "USD 3,000,000"; None where there is none.

    fine: pass over what is forfeited, restored, or paid in damages and costs.
    """
    for match in _MONEY.finditer(words):
        before, after = words[max(0, match.start() - 35) : match.start()], words[match.end() : match.end() + 30]
        if fine and (_NO_FINE_BEFORE.search(before) or _NO_FINE_AFTER.match(after)):
            continue
        return _money(match)
    return None


def _money(match: re.Match[str]) -> str | None:
    digits = (match["n"] or match["n3"]).replace(",", "")
    magnitude = _MAGNITUDE.get((match["mag"] or match["mag3"] or "").lower(), 1)
    currency = _CURRENCY.get((match["cur"] or match["cur3"]).lower(), "USD")
    try:
        return f"{currency} {round(float(digits) * magnitude):,}"
    except ValueError:
        return None


def read_fine(before: str, own: str, after: str) -> str | None:
    """The amount of a fine: in front of the noun ("a $3 million fine"), in the trigger itself, or behind it."""
    near = re.search(r"(?:\S+\s){1,3}(?:(?:civil|criminal|record|administrative)\s)?$", before)
    noun = re.search(r"\b(?:fines?|penalt(?:y|ies))$", own, re.IGNORECASE)
    ahead = read_money(near.group()) if noun and near else None
    return ahead or read_money(own, fine=True) or read_money(after, fine=True) or read_money(before, fine=True)
