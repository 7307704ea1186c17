"""Which offences a stretch of words lists, each with its own number of counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.model import Counts, Span
from knowledge.procedure.boundaries import ENDERS, NEW_CLAUSE, SHARED_HEAD, end_of, is_action
from knowledge.procedure.counts import COUNTS_OF, NUMBER, number, read_counts
from knowledge.procedure.lexicon import words
from knowledge.procedure.offences import is_offence
from knowledge.procedure.tokens import Token, tokenise

_LONGEST = 420
_MOST_ITEMS = 10
_MOST_UNKNOWN = 3
_ELLIPTIC = re.compile(rf"(?P<n>{NUMBER})\s(?:\w+\s)?(?:of|for)\s+$", re.IGNORECASE)
_EACH = re.compile(r"\b(?:each|apiece)\b", re.IGNORECASE)
_LEAVE_OFF = re.compile(
    r"(?:(?:\d{1,4}(?!\sU)|a single|single|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|both|the|a|"
    r"an|his|her|their|its|any|some|all|each|another|other|more|several|various|multiple|related|federal|state|"
    r"felony|criminal(?=\s(?:charge|count))|further|new|additional|similar|serious|misdemeanou?r|lesser|same|"
    r"alleged|allegedly|knowingly|including|suspicion of|suspected|separate|distinct|remaining)\s+)+",
    re.IGNORECASE,
)
_LEADING = re.compile(r"(?:of|with|to|for|on|over|in)\s+(?=\S)", re.IGNORECASE)
_CONJUNCTION = re.compile(
    r"\s*,?\s*(?:\b(?:and also|and then|and|or|as well as|plus|along with|in addition to)\b\s+|(?<=,)\s*)",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\s(?:of|from|against|with|to|in|on|at|by|for)\s(?:(?!(?:who|which|that|after|before|when|while|was|were|is|are|has|"
    r"had|and|or)\b)[^\s,.;:()]+\s?){1,6}?(?=,|\s?(?:and|or)\s)"
)


@dataclass(frozen=True, slots=True)
class Item:
    """One offence of a list as worded, with its own number of counts where the words give one."""

    text: str
    counts: Counts = None
    counted: bool = False
    each: bool = False
    vague: bool = False
    """ "charges related to": what follows is the matter, and perhaps no offence."""


def read_items(tail: str) -> list[Item]:
    """The offences that `tail` opens with, in order; `tail` starts behind "of", "with", "counts of"."""
    text = tail[:_LONGEST]
    tokens = tokenise(text, Span(0, len(text)))
    items: list[Item] = []
    at = 0
    while at < len(text) and len(items) < _MOST_ITEMS:
        item, end = _item(text, tokens, at, items)
        if item is None:
            break
        items.append(item)
        following = _next_item(text, tokens, end)
        if following is None:
            break
        at = following
    return _distributed(items)


def _item(text: str, tokens: Sequence[Token], at: int, before: Sequence[Item]) -> tuple[Item | None, int]:
    start, lead = _skip_lead(text, at)
    end = end_of(text, tokens, start)
    worded = " ".join(text[start:end].split()).strip(" ,'’‘")
    worded = re.sub(r"\s+(?:charges?|counts?|violations? charges?|allegations?|offen[cs]es? charges?)$", "", worded)
    if len(worded) < 3:
        return None, end
    counted = bool(COUNTS_OF.search(lead))
    infinitive = before and re.match(r"\s*(?:and|or)?\s*to\s+\w", text[at:start] + worded) and "to " in lead
    if infinitive and (led := re.match(r"(?:conspir\w+|attempt\w*)(?= to )", before[-1].text, re.IGNORECASE)):
        worded = f"{led.group()} to {worded}"
    vague = counted and bool(re.search(r"relat|involv|includ", lead))
    return Item(worded, _lead_counts(lead) if counted else None, counted, bool(_EACH.search(lead)), vague), end


def _lead_counts(lead: str) -> Counts:
    """The counts of "two counts of", and of "six of" after counts of another offence."""
    elliptic = _ELLIPTIC.search(lead)
    if elliptic and "includ" in lead:
        return number(elliptic["n"])
    return read_counts(lead) or (number(elliptic["n"]) if elliptic else None)


def _skip_lead(text: str, at: int) -> tuple[int, str]:
    """Where the offence itself starts: behind "two counts of", "the", "suspicion of"."""
    start = at
    for _ in range(4):
        match = COUNTS_OF.match(text, start) or _LEAVE_OFF.match(text, start)
        if match is None and start == at and re.search(r"(?:and|or|plus|as well as)\s+$", text[:at]):
            match = _LEADING.match(text, start)
        if match is None:
            break
        start = match.end()
    return start, text[at:start]


def _distributed(items: list[Item]) -> list[Item]:
    """ "wire and mail fraud" are two offences with one head; "two counts each of A and B" two counts of either."""
    found: list[Item] = []
    each = items[0].counts if items and items[0].each else None
    for item in items:
        counts = item.counts if item.counted else each
        shared = SHARED_HEAD.match(item.text)
        texts = [f"{shared[k]} {shared['head']}" for k in ("one", "other")] if shared else [item.text]
        found += [Item(text, counts, item.counted, item.each, item.vague) for text in texts]
    return found


def _next_item(text: str, tokens: Sequence[Token], end: int) -> int | None:
    """Where the next offence of the list starts; None where the list ends."""
    joined = _CONJUNCTION.match(text, end)
    if joined is None or joined.end() == end:
        return _after_aside(text, tokens, end)
    comma = text[end : joined.end()].strip() == ","
    deed = comma and is_action(text[joined.end() : joined.end() + 40])
    if opens_offence(text, joined.end(), tokens) and not (deed and not is_offence(_first_words(text, joined.end()))):
        return joined.end()
    return joined.end() if comma and _listed(text, tokens, joined.end()) else None


def _first_words(text: str, at: int) -> str:
    return " ".join(re.split(r"[,.;]", text[at : at + 60])[0].split()[:5])


def _after_aside(text: str, tokens: Sequence[Token], end: int) -> int | None:
    """Where the list goes on behind "from her employer", "against Cuba"; after other words only with a new number."""
    aside = _ASIDE.match(text, end)
    joined = _CONJUNCTION.match(text, aside.end()) if aside else None
    if aside is None or joined is None or is_offence(aside.group()):
        return None
    counted = COUNTS_OF.match(text, joined.end())
    close = re.match(r"\s(?:of|from|against|with|to)\s", aside.group())
    return joined.end() if counted or (close and opens_offence(text, joined.end(), tokens)) else None


def _listed(text: str, tokens: Sequence[Token], at: int, depth: int = 0) -> bool:
    """Whether an unknown matter stands in a list, since an offence follows it: "fraud, illegal dumping and theft"."""
    first = next((t for t in tokens if t.start >= at), None)
    if first is None or first.kind != "w" or first.capital or first.low in NEW_CLAUSE | ENDERS:
        return False
    if first.low in words("prepositions") | words("determiners") | words("be") | words("have") | words("conjunctions"):
        return False
    end = end_of(text, tokens, at)
    inside = [t for t in tokens if at <= t.start < end]
    aside = _ASIDE.match(text, end)
    end = aside.end() if aside and not is_offence(aside.group()) else end
    joined = _CONJUNCTION.match(text, end)
    if not 1 <= len(inside) <= 6 or joined is None or joined.end() == end:
        return False
    if opens_offence(text, joined.end(), tokens):
        return True
    return depth < _MOST_UNKNOWN and _listed(text, tokens, joined.end(), depth + 1)


def opens_offence(text: str, at: int, tokens: Sequence[Token] | None = None) -> bool:
    """Whether an offence is named from `at` on, and no new clause begins there."""
    if tokens is None:
        tokens = tokenise(text, Span(0, len(text)))
    first = next((t for t in tokens if t.start >= at), None)
    if first is None or first.low in NEW_CLAUSE or first.kind not in {"w", "n", "a"}:
        return False
    start, lead = _skip_lead(text, at) if at else _skip_lead(text, 0)
    end = end_of(text, tokens, start)
    after = next((t for t in tokens if t.start >= end), None)
    if after is not None and (after.low in words("be") | words("have") | words("modals") | words("do")):
        return False
    worded = text[start:end]
    if COUNTS_OF.search(lead):
        return bool(worded.strip())
    return bool(worded) and (is_offence(worded) or is_action(worded)) and _offence_early(worded)


def _offence_early(worded: str) -> bool:
    """The offence stands at the head of the words, not far behind another matter."""
    return is_action(worded) or is_offence(" ".join(worded.split()[:5]))
