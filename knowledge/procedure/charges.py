"""Which offences, and how many counts, the words around a trigger give."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.model import Counts, Span, Stage
from knowledge.procedure.boundaries import is_action
from knowledge.procedure.counts import COUNT_NOUN, read_counts
from knowledge.procedure.lexicon import Frame
from knowledge.procedure.offences import is_offence
from knowledge.procedure.triggers import Trigger
from knowledge.procedure.wording import Item, read_items

_COUNT_LED = re.compile(
    rf"\b{COUNT_NOUN}(?:\s(?:each|apiece))?\s*(?:(?:of|for|including|related to|relating to|involving|that included|"
    r"which included|alleging|ranging from)\s+|:\s+(?=[a-z])|,\s(?=\w+ing\b))|"
    r"\bcount\s(?:\d{1,3}|[IVX]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:,|:|\sof|\sfor)\s(?=[a-z])",
    re.IGNORECASE,
)
_LEADS = {
    Stage.CONVICTED: r"of|for|on|over",
    Stage.ACQUITTED: r"of|on",
    Stage.MISTRIAL: r"on|of|for",
    Stage.CHARGED: r"with|over|for|on",
    Stage.PLEADED_GUILTY: r"to|of",
    Stage.PLEADED_NOT_GUILTY: r"to|of",
    Stage.SENTENCED: r"for|over",
    Stage.ARRESTED: r"for|on|over",
    Stage.ARRAIGNED: r"on|for",
    Stage.SUED: r"for|over|alleging|accus\w+ (?:\S+ ){1,6}?of",
    Stage.FINED: r"for|over",
    Stage.ALLEGED: r"of",
    Stage.INVESTIGATED: r"for|over|on suspicion of",
    Stage.ON_TRIAL: r"for|on|over",
    Stage.PARDONED: r"for|of",
    Stage.EXTRADITED: r"for|on",
    Stage.CIVIL_LIABLE: r"for",
    Stage.CIVIL_NOT_LIABLE: r"for",
    Stage.SETTLED: r"over|for",
    Stage.OVERTURNED: r"for|of|on",
    Stage.AFFIRMED: r"for|of|on",
}
_LEAD = {stage: re.compile(rf"(?:^|\s)(?:{lead})\s+", re.IGNORECASE) for stage, lead in _LEADS.items()}
_CALENDAR = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)[a-z]*"
_GENERIC = re.compile(
    r"^(?:(?:the|another|all|both|each|any|some|other|more|his|her|their|its|those|these|this|"
    r"that|it|such|several|multiple|various|remaining|criminal|federal|state|felony|"
    r"misdemeanou?r|separate|distinct|further|new|additional|lesser|same|\d+|one|two|three|four|"
    r"five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty(?:-\w+)?|first|second|third|"
    r"related|similar|serious|top|main|lead|principal|deadlocked|gravest|heaviest|most serious)\s+){0,4}"
    r"(?:charges?|counts?|crimes?|felonies|felony|misdemeanou?rs?|offen[cs]es?|another|rest|"
    r"remainder|others?|it|them|him|her|this|that|years?|months?|days?|case|anything|everything|"
    r"something|trial|court|killing spree|sentences?|allegations?|accusations?|judge|jury|"
    r"actions?|role|roles|part)?$",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s\([^()]{1,40}\)")
_APPOSED = re.compile(
    r"^\s*,\s(?:\d+,\s)?(?:(?:an?|the|who|whose|formerly|former|then|his|her|their)\b[^;.]{1,120}?|\d+),(?=\s)"
)
_OF_WHAT = re.compile(
    r"^\s(?:of|behind|at)\s(?:an?|the)\s(?:[\w-]+\s){0,4}(?:site|website|company|apps?|service|platform|forum|firm|"
    r"marketplace|network|exchange|newspaper|startup|business)(?=\s(?:of|on|for|with)\s)"
)
""" "convicted the founder of a file site of fraud"."""
_NO_OFFENCE = re.compile(
    rf"(?:\d|{_CALENDAR}\b|(?:in|on|at|by|to|up|life|time|five|two|three|four|six|seven|eight|"
    rf"nine|ten|bail|bond|trial"
    r"|court|custody|prison|jail|a (?:second|third|new)|being|having|appeal|retrial|remand|"
    r"parole)\b(?! (?:murder|rape))|[\w-]+[- ](?:years?|months?)\b)",
)
_THAT_ARE = re.compile(r"\s(?:that |which )?(?:include|included|includes|are|range from)\s", re.IGNORECASE)
_OF_THE_CASE = re.compile(
    r"\s(?:an?|the|his|her|their|its|this|that|\S+[’']s)\s(?P<off>(?:[\w-]+\s){1,4}?)"
    r"(?:lawsuit|suit|case|claim|action|complaint|conviction|verdict|charge|count)s?\b(?!\s(?:of|for)\s(?-i:[a-z]))",
    re.IGNORECASE,
)
""" "settled a privacy lawsuit", "overturned his fraud conviction"."""
_ABOUT_A_CASE = frozenset(
    {Stage.SETTLED, Stage.SUED, Stage.DISMISSED, Stage.OVERTURNED, Stage.AFFIRMED, Stage.APPEALED, Stage.ON_TRIAL}
)
_INCLUDING = re.compile(r"\b(?:including|among them|one of them)\b", re.IGNORECASE)
"""What is included in the counts is not all of them."""
_ACCUSES = re.compile(r"\baccus\w+", re.IGNORECASE)
_LOOSE_LEAD = re.compile(r"relat|involv|includ|\b(?:over|in|on|under)\s+$", re.IGNORECASE)
_NAMED_CHARGES = re.compile(
    r"\s+(?P<off>(?:(?!counts?\b|charges?\b)[^.;]){1,120}?)\s(?:charges?|counts?)\b(?!\s+(?:of|for)\b)", re.DOTALL
)
_COUNTS_BEFORE = re.compile(
    r"[\w-]+ counts? (?:on|of|to) which (?:[^,;.:]{0,60})$|[\w-]+[- ]count (?:\w+ )?(?:indictment|information)\W*$"
)
_LED_BEFORE = re.compile(
    r"(?:^|[,;:]\s|\b)(?:On|on|As to|as to|For|Of|of)\s(?:the|all|both|two|three|one|each)\s(?P<off>(?:[\w-]+\s){1,5})"
    r"(?:counts?|charges?|allegations?),?\s(?:[^,;.:]{0,60})$"
)
""" "On the fraud count the jury": the offence before the verb."""
_BEFORE_NOUN = re.compile(r"(?:[\w’'-]+\s+){1,5}$")
_PREMODIFIER = re.compile(
    r"(?:charges?|counts?|indictments?|case|lawsuits?|suits?|trials?|convictions?)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Charge:
    """One offence as worded, with its counts where given."""

    offence: str | None
    counts: Counts = None


_TOTAL_OF_A_LIST = re.compile(
    r"^[^:;.]{0,40}?\s(?:of|on|to|with)\s(?:all\s)?[\w-]+\s(?:\w+\s)?(?:counts?|charges)\s?[:—–]\s(?=[\w-]+\s(?:counts?\s)?of\s)",
    re.IGNORECASE,
)
"""A total before the list that makes it up: "of 39 counts: one of A, 17 of B" says 39 of neither."""


def read_charges(text: str, trigger: Trigger, reach: Span, behind: int | None = None) -> list[Charge]:
    """The offences of `trigger`. `reach`: from the words that may modify it to where the next trigger begins.

    behind: where the party's mention ends, if it follows the trigger ("the conviction of Jane Roe for fraud").

    Always at least one Charge: with no offence where the text names none.
    """
    stage = trigger.rule.stage
    tail = _without_asides(text[max(trigger.span.end, behind or 0) : reach.end], behind is not None)
    tail = _TOTAL_OF_A_LIST.sub(" of ", tail, count=1)
    whole = _without_asides(text[trigger.span.end : reach.end], False)
    own = text[trigger.span.start : trigger.span.end]
    around = text[trigger.span.end : reach.end]
    front = text[reach.start : trigger.span.start]
    overall = _overall(front, own + around[: _clause_len(around)])
    if trigger.offender:
        return [Charge(_offence_of_offender(trigger.offender), None)]
    items = _worded(trigger, stage, tail, own) or (_worded(trigger, stage, whole, own) if behind else [])
    if items:
        return _charges(items, None if _INCLUDING.search(whole[: whole.find(items[0].text)]) else overall)
    case = _OF_THE_CASE.match(text, trigger.span.end) if stage in _ABOUT_A_CASE else None
    if case and is_offence(case["off"]):
        return [Charge(_clean(case["off"]), overall)]
    led = _LED_BEFORE.search(front)
    if led and is_offence(led["off"]):
        return [Charge(_clean(led["off"]), overall if overall is not None else read_counts(led.group()))]
    return [Charge(_premodifier(front, own, trigger), overall)]


def _without_asides(tail: str, after_party: bool) -> str:
    """The words without quotation marks, short brackets and what is said of the party: ", a cook from Ohio, of"."""
    tail = _BRACKET.sub("", tail).replace("“", "").replace("”", "").replace('"', "")
    return _APPOSED.sub(" ", _OF_WHAT.sub("", tail, count=1), count=1) if after_party else tail


def _clause_len(tail: str) -> int:
    end = re.search(r"[;:—]|(?<!\b[A-Z])\.(?=\s|$)|\bwhile\b|\bafter\b|\bwho\b|\bfaces\b", tail)
    return end.start() if end else len(tail)


def _overall(front: str, said: str) -> Counts:
    """The counts of all offences together, as said around the verb or before it ("the 19 counts on which")."""
    counts = read_counts(said)
    before = _COUNTS_BEFORE.search(front) if counts is None else None
    return read_counts(before.group()) if before else counts


def _worded(trigger: Trigger, stage: Stage, tail: str, own: str) -> list[Item]:
    behind_noun = re.search(rf"\b{COUNT_NOUN}$", own, re.IGNORECASE) and re.match(r"\s(?:of|for)\s|:\s(?=[a-z])", tail)
    if behind_noun and (items := _kept(read_items(tail[behind_noun.end() :]), True, True)):
        return items
    listed = _THAT_ARE.match(tail) if re.search(rf"\b{COUNT_NOUN}\b", own, re.IGNORECASE) else None
    if listed and (items := _kept(read_items(tail[listed.end() :]), False, False)):
        return items
    if trigger.rule.id == "on_charges_of":
        return [item for item in read_items(tail.lstrip()) if not _GENERIC.match(item.text)]
    if trigger.rule.id == "facing_charges":
        match = _NAMED_CHARGES.match(tail)
        if match and is_offence(match["off"]):
            return [item for item in read_items(match["off"].strip()) if _plausible(item.text, False)]
    end = _hard_end(tail)
    led = _COUNT_LED.search(tail, 0, end)
    leads = _LEAD[Stage.ALLEGED if _ACCUSES.search(own) else stage] if stage in _LEAD else None
    lead = leads.search(tail, 0, end) if leads else None
    strong = trigger.rule.frame in {Frame.PATIENT, Frame.AGENT}
    for match in sorted((m for m in (led, lead) if m), key=lambda m: m.end()):
        close = strong and not tail[: match.start()].strip() and not _LOOSE_LEAD.search(match.group())
        counted = bool(re.search(r"counts?\sof\s", match.group()))
        if items := _kept(_from(tail, match), close, counted):
            return items
    if lead and leads:
        for match in leads.finditer(tail, lead.end(), end):
            if items := _kept(_from(tail, match), False, False):
                return items
    return []


def _from(tail: str, match: re.Match[str]) -> list[Item]:
    """The items from where "two counts of" begins, so that their number is read with them."""
    counted = _COUNT_LED.fullmatch(match.group())
    if not counted or ":" in match.group():  # "39 counts: one of conspiracy, 17 of": the sum is nobody's number
        return read_items(tail[match.end() :])
    opening = re.search(r"(?:[\w$-]+\s){0,4}$", tail[: match.start()])
    start = opening.start() if opening else match.start()
    for at in [start, *(start + m.end() for m in re.finditer(r"\s", tail[start : match.start()]))]:
        items = read_items(tail[at:])
        if items and items[0].counted:
            return items
    return read_items(tail[match.end() :])


def _kept(items: Sequence[Item], close: bool, counted: bool) -> list[Item]:
    """The items that can be offences, up to the first that cannot; none if that is the first."""
    kept: list[Item] = []
    for item in items:
        sure = not item.vague and (counted or close or item.counted or bool(kept))
        if not _plausible(item.text, sure):
            if kept:
                continue
            return []
        kept.append(item)
    return kept


def _charges(items: Sequence[Item], overall: Counts) -> list[Charge]:
    listed = any(item.counts is not None for item in items)
    charges: list[Charge] = []
    for item in items:
        offence = item.text
        if offence.lower().endswith("the same") and charges:
            base = next(
                (c.offence for c in reversed(charges) if c.offence and "conspir" not in c.offence.lower()), None
            )
            offence = offence[: -len("the same")] + base if base else offence
        counts = item.counts if listed or len(items) > 1 else overall
        charges.append(Charge(offence, counts))
    return charges


def _plausible(worded: str, close: bool) -> bool:
    """Whether the words can be an offence: known as one, an action ("torturing"), or right behind the verb."""
    if re.match(r"(?:he|she|they|who|which|whom|what)\b", worded, re.IGNORECASE):
        return False  # "guilty on three of the five she faced"
    if worded.lower() in {"deadlocked", "top", "main", "lead", "remaining", "outstanding", "unresolved", "hung"}:
        return False  # "53 of the 84 deadlocked counts"
    if re.match(r"being (?:an? |in )\w", worded):
        return close
    if _GENERIC.match(worded) or (_NO_OFFENCE.match(worded) and not is_offence(worded[:40])):
        return False
    if is_offence(worded[:70]) or is_action(worded):
        return True
    return close and worded[0].islower()


def _hard_end(tail: str) -> int:
    end = re.search(r"[;?]|(?<!\b[A-Z])\.(?=\s|$)|\s—\s|\sand\s(?:was|were)\s|,\sand\s(?:was|were|is)\s", tail)
    return end.start() if end else len(tail)


def _clean(piece: str) -> str:
    items = read_items(piece.strip(" ,“”\"'‘’"))
    cleaned = items[0].text if items else ""
    return re.sub(r"\s+(?:charges?|counts?|trials?|violations? charges?)$", "", cleaned)


def _premodifier(before: str, own: str, trigger: Trigger) -> str | None:
    """ "his money laundering conviction", "fraud charges were dropped": the offence stands before the noun."""
    if trigger.rule.frame not in {Frame.NOUN, Frame.MATTER}:
        return None
    match = _BEFORE_NOUN.search(before) if before and not before[-1].isalnum() else None
    near = match.group() if match else ""
    if trigger.rule.frame is Frame.MATTER:
        noun = _PREMODIFIER.search(own)
        near = (near if noun and noun.start() == 0 else "") + (own[: noun.start()] if noun else "")
    tokens = re.split(r"[\s]+", near.strip())
    for size in range(1, min(5, len(tokens)) + 1):
        words = " ".join(tokens[-size:])
        if is_offence(words):
            grown = " ".join(tokens[-size - 1 :]) if size < len(tokens) else words
            best = (
                grown
                if re.match(
                    r"(?:money|sex|child|wire|mail|bank|tax|drug|securities|human|domestic|health)\b", grown, re.I
                )
                else words
            )
            return _clean(best) or None
    return None


def _offence_of_offender(offender: str) -> str | None:
    """ "a convicted murderer" was convicted of murder."""
    known = {
        "murderer": "murder",
        "killer": "murder",
        "rapist": "rape",
        "fraudster": "fraud",
        "robber": "robbery",
        "terrorist": "terrorism",
        "thief": "theft",
        "burglar": "burglary",
        "hacker": "hacking",
        "paedophile": "child sexual abuse",
        "pedophile": "child sexual abuse",
        "trafficker": "trafficking",
        "launderer": "laundering",
        "arsonist": "arson",
        "forger": "forgery",
        "spy": "espionage",
        "smuggler": "smuggling",
        "perjurer": "perjury",
    }
    for word in reversed(offender.lower().split()):
        if word in known or word.rstrip("s") in known:
            return known.get(word) or known[word.rstrip("s")]
    return None
