"""Which offences, and how many counts, the words around a trigger give."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.model import Counts, Span, Stage
from knowledge.procedure.counts import read_counts
from knowledge.procedure.lexicon import Frame
from knowledge.procedure.offences import is_offence
from knowledge.procedure.triggers import Trigger

_COUNT_LED = re.compile(
    r"\b(?:counts?|charges?|crimes?|suspicions?|accusations?|allegations?|offen[cs]es?|violations?|complaints?)\s"
    r"(?:of|for|including|related to|relating to|involving)\s+",
    re.IGNORECASE,
)
_LEADS = {
    Stage.CONVICTED: r"of|for|on|over",
    Stage.ACQUITTED: r"of|on",
    Stage.MISTRIAL: r"on|of|for",
    Stage.CHARGED: r"with|over|for",
    Stage.PLEADED_GUILTY: r"to|of",
    Stage.PLEADED_NOT_GUILTY: r"to|of",
    Stage.SENTENCED: r"for|over",
    Stage.ARRESTED: r"for|on|over",
    Stage.ARRAIGNED: r"on|for",
    Stage.SUED: r"for|over|alleging|accusing \w+ of",
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
_STOP = re.compile(
    rf"\s(?:in|on|from|at|by|since|until)\s(?:the\s\w+\sDistrict|\d{{4}}|(?i:late|early|mid)|"
    rf"(?:[A-Z]\w+\s)?(?:Court|District)|{_CALENDAR}\b"
    r"|connection|relation|federal|state|court|absentia|last|a\s(?:\w+\s)?court|the\s(?:[A-Z]|"
    r"case|trial|early|late|same|first|second|third|fourth)|[A-Z]\w+)"
    r"|\s(?:after|before|when|while|who|which|because|during|following|stemming|pertaining|"
    r"where|according|despite|although"
    r"|but|through|leading|resulting|arising|although|though|whose|unless|so|if|was|were|is|are|"
    r"has|had|have|will|would"
    r"|against|last|this|yesterday|today|earlier|later|years\sago|alleging|under|amid|dating|tied|linked|as\spart)\b"
    r"|\s(?:for|over|and)\s(?:his|her|their|its|was|were|is|has|had|sentenced|acquitted|"
    r"convicted|ordered|faces?|could|must|will|then|later|received)\b"
    r"|,\s(?:for|albeit|in|on|with|by|at|under|his|her|their)\b|,\s(?:\w+\s){0,3}(?:said|says|told|announced|according)\b|\s(?:sparked|prompted|drew|"
    r"came|began|started|ended|shocked|followed)\b"
    r"|,\s(?:but|along with|together with|who|which|when|where|while|after|and\s(?:was|were|is|"
    r"he|she|they|the\s(?:jury|judge|court)|sentenced|acquitted|deadlocked|faces?|received)|"
    r"the\s|a\s|according|causing|although)"
    r"|\s(?:on|in|of|from)\s\d|[.;:()—–\"“”?\[]|\sby\s(?:an?|the)\s(?:\w+\s){0,3}(?:jury|judge|court|magistrate|tribunal|panel)\b|\sand\sin\s|\sand\s(?!attempted|aggravated|"
    r"related|unlicen[cs]ed|unauthori[sz]ed|organi[sz]ed|armed|alleged|assisted)\w+ed\b"
)
_SPLIT = re.compile(r",\s+(?:and|or|as well as)\s+|,\s+|\s+(?:and|or|as well as|plus|along with)\s+")
_LEAVE_OFF = re.compile(
    r"^(?:(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|both|the|a|an|his|"
    r"her|their|its|any|some|all|each|other|more|several|various|multiple|related|federal|state|"
    r"felony|criminal|further|new|additional|similar|serious|misdemeanou?r|lesser|same)\s+)+",
    re.IGNORECASE,
)
_COUNTS_OF = re.compile(
    r"^(?:[\w-]+\s+){0,4}?(?:counts?|charges?|crimes?|offen[cs]es?)\s+(?:of|for|including|"
    r"related to|relating to|involving)\s+",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"^(?:(?:the|another|all|both|each|any|some|other|more|his|her|their|its|those|these|this|"
    r"that|it|such|several|multiple|various|remaining|criminal|federal|state|felony|"
    r"misdemeanou?r|separate|distinct|further|new|additional|lesser|same|\d+|one|two|three|four|"
    r"five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty(?:-\w+)?|first|second|third|"
    r"related|similar|serious)\s+){0,4}"
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
_RELATED = re.compile(r"related|relating|involving|including")
_NO_OFFENCE = re.compile(
    rf"(?:\d|{_CALENDAR}\b|(?:in|on|at|by|to|up|life|time|five|two|three|four|six|seven|eight|"
    rf"nine|ten|bail|bond|trial"
    r"|court|custody|prison|jail|a (?:second|third|new)|being|having|appeal|retrial|remand|"
    r"parole)\b(?! (?:murder|rape))|[\w-]+[- ](?:years?|months?)\b)",
)
_BEFORE_NOUN = re.compile(r"(?:[\w’'-]+\s+){1,5}$")
_PREMODIFIER = re.compile(
    r"(?:charges?|counts?|indictments?|case|lawsuits?|suits?|trials?|convictions?)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Charge:
    """One offence as worded, with its counts where given."""

    offence: str | None
    counts: Counts = None


def read_charges(text: str, trigger: Trigger, reach: Span, behind: int | None = None) -> list[Charge]:
    """The offences of `trigger`. `reach`: from the words that may modify it to where the next trigger begins.

    behind: where the party's mention ends, if it follows the trigger ("the conviction of Jane Roe for fraud").

    Always at least one Charge: with no offence where the text names none.
    """
    stage = trigger.rule.stage
    tail = _without_asides(text[max(trigger.span.end, behind or 0) : reach.end], behind is not None)
    own = text[trigger.span.start : trigger.span.end]
    around = text[trigger.span.end : reach.end]
    overall = read_counts(own + around[: _clause_len(around)])
    if trigger.offender:
        return [Charge(_offence_of_offender(trigger.offender), None)]
    worded = _worded(trigger, stage, tail)
    if worded is None:
        before = _premodifier(text[reach.start : trigger.span.start], own, trigger)
        return [Charge(before, overall)]
    charges = _split(worded, overall)
    return charges or [Charge(None, overall)]


def _without_asides(tail: str, after_party: bool) -> str:
    """The words without quotation marks, short brackets and what is said of the party: ", a cook from Ohio, of"."""
    tail = _BRACKET.sub("", tail).replace("“", "").replace("”", "").replace('"', "")
    return _APPOSED.sub(" ", tail, count=1) if after_party else tail


def _clause_len(tail: str) -> int:
    end = re.search(r"[.;:—]|\bwhile\b|\bafter\b|\bwho\b|\bfaces\b", tail)
    return end.start() if end else len(tail)


def _worded(trigger: Trigger, stage: Stage, tail: str) -> str | None:
    if trigger.rule.id == "on_charges_of":
        return _until_stop(tail)
    if trigger.rule.id == "facing_charges":
        match = re.match(
            r"\s+(?P<off>(?:(?!counts?\b|charges?\b)[^.;]){1,120}?)\s(?:charges?|counts?)\b(?!\s+(?:of|for)\b)",
            tail,
            re.DOTALL,
        )
        if match and is_offence(match["off"]):
            return match["off"]
    end = _hard_end(tail)
    led = _COUNT_LED.search(tail, 0, end)
    lead = _LEAD[stage].search(tail, 0, end) if stage in _LEAD else None
    strong = trigger.rule.frame in {Frame.PATIENT, Frame.AGENT}
    for match in sorted((m for m in (led, lead) if m), key=lambda m: m.end()):
        worded = _until_stop(tail[match.end() :])
        close = strong and not tail[: match.start()].strip() and not re.search(r"relat|involv|includ", match.group())
        close = close and not re.search(r"\b(?:over|in|on|under)\s+$", match.group(), re.IGNORECASE)
        if worded and _plausible(worded, close or bool(re.search(r"counts?\sof\s", match.group()))):
            return worded
    if lead and stage in _LEAD:
        for match in _LEAD[stage].finditer(tail, lead.end(), end):
            worded = _until_stop(tail[match.end() :])
            if worded and _plausible(worded, False):
                return worded
    return None


def _plausible(worded: str, close: bool) -> bool:
    """Whether the words can be an offence: known as one, an action ("torturing"), or right behind the verb."""
    if _GENERIC.match(worded):
        return False
    if _NO_OFFENCE.match(worded):
        return bool(re.match(r"\d+\s|(?:two|three|four|five|six|seven|eight|nine|ten)\s", worded)) and is_offence(
            worded[:40]
        )
    if is_offence(worded[:70]) or re.match(r"(?:\w+ly\s)?\w{3,}ing\b", worded):
        return True
    return close and worded[0].islower()


def _hard_end(tail: str) -> int:
    end = re.search(r"[;?]|\.(?=\s|$)|\s—\s|\sand\s(?:was|were)\s|,\sand\s(?:was|were|is)\s", tail)
    return end.start() if end else len(tail)


def _until_stop(tail: str) -> str | None:
    stop = _STOP.search(tail)
    worded = tail[: stop.start()] if stop else tail
    worded = " ".join(worded.split()).strip(" ,'’‘")
    worded = re.sub(r"[\s,]+(?:and|or|but)(?:\s(?:some|other|one|two|seven|several))?$", "", worded)
    return worded[:160] if len(worded) > 2 else None


def _split(worded: str, overall: Counts) -> list[Charge]:
    pieces: list[str] = []
    for piece in _SPLIT.split(worded):
        if not piece:
            continue
        if pieces and piece[0].isupper() and not _opens_offence(piece):
            break  # "the murder of the mayor, Jane Roe": who, not what
        if pieces and not _opens_offence(piece):
            at = worded.find(piece, worded.find(pieces[-1]) + len(pieces[-1]))
            pieces[-1] = worded[worded.find(pieces[-1]) : at + len(piece)]
        else:
            pieces.append(piece)
    charges: list[Charge] = []
    listed = sum(bool(_COUNTS_OF.match(p)) for p in pieces)
    for piece in pieces[:8]:
        counted = _COUNTS_OF.match(piece)
        own: Counts = read_counts(piece) if counted else None
        if own is None and charges and listed:
            own = charges[-1].counts
        if own is None and (len(pieces) == 1 or not listed):
            own = overall
        offence = _clean(piece)
        if offence.lower().endswith("the same") and charges:
            base = next(
                (c.offence for c in reversed(charges) if c.offence and "conspir" not in c.offence.lower()), None
            )
            offence = offence[: -len("the same")] + base if base else offence
        vague = bool(counted and _RELATED.search(counted.group())) and not _plausible(offence, False)
        if offence and not vague and not _GENERIC.match(offence):
            charges.append(Charge(offence, own))
    return charges


def _opens_offence(piece: str) -> bool:
    if _COUNTS_OF.match(piece):
        return True
    words = _LEAVE_OFF.sub("", piece).split()
    if not words or _GENERIC.match(piece):
        return True
    return bool(re.match(r"\w{3,}ing\b", words[0])) or is_offence(" ".join(words[:4]))


def _clean(piece: str) -> str:
    cleaned = _COUNTS_OF.sub("", re.sub(r"^(?:including|suspicion of)\s+", "", piece.strip(" ,")))
    cleaned = _LEAVE_OFF.sub("", cleaned)
    cleaned = re.sub(r"\s+(?:charges?|counts?|violations? charges?)$", "", cleaned)
    return cleaned.strip(" ,“”\"'‘’")


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
