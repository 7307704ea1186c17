"""How a trigger is meant: asserted, denied, supposed, planned, asked for, or somebody's claim (after ConText)."""

from __future__ import annotations

import re

from knowledge.model import Modality, Span, Stage
from knowledge.procedure.lexicon import ModifierRule, modifier_rules
from knowledge.procedure.triggers import Trigger

_RANK = ("negation", "hypothetical", "sought", "scheduled", "attribution", "infinitive")
"""Of cues at the same distance, the earlier kind wins; otherwise the nearest cue."""
_WEAK = frozenset({"infinitive", "to_be", "or_else"})
"""A bare "to" or "or" says least: what governs it ("asked to", "unlikely to") wins over a few words."""
_WEAKNESS = 5
_MEANT = {
    "negation": Modality.NEGATED,
    "hypothetical": Modality.HYPOTHETICAL,
    "sought": Modality.SOUGHT,
    "scheduled": Modality.SCHEDULED,
    "attribution": Modality.ATTRIBUTED,
    "infinitive": Modality.HYPOTHETICAL,
}
_HAPPENED = re.compile(r"\b(?:was|were|has|have|had)\s(?:been\s|also\s|later\s|\w+ly\s)*$")
"""Behind "asked for" or "fought", a verb in the past is no longer what was asked for: "who fought it was jailed"."""
_STOPPED = (
    re.compile(r",|\bbut\b|\band (?:was|were|got|won)\b|\band (?:a|the) (?:\w+ )?(?:judge|jury|court|panel)\b"),
    re.compile(
        r",|\bbut\b|\bby (?:\w+ing\b|$)"
        r"|\band (?:was|were|is|are|has|have|had|later|then|instead|given|pleaded|sentenced)\b"
    ),
)
"""What ends the reach of a cue with a limited scope; of a denial also a verb that is joined to the denied one."""
_PRESUPPOSED = re.compile(
    r"\b(?:appeal(?:ed|ing|s)?|appeals? (?:of|against|from)|overturn\w*|vacat\w+|uph[eo]ld\w*|"
    r"affirm\w*|quash\w*|revers\w+"
    r"|set(?:ting)? aside|thr(?:ew|ow|own|owing) out|commut\w+|challeng\w+|despite|after|since|"
    r"following|over|annul\w*"
    r"|revisit\w*|review\w*)\s(?:the |his |her |their |its |\S+[’']s |(?:\S+ ){0,4}\S+[’']s )?"
    r"(?:\w+ ){0,3}$",
    re.IGNORECASE,
)
_UNDONE = re.compile(
    r"\s(?:\w+ly\s)?(?:overturned|vacated|quashed|reversed|thrown\sout|set\saside|tossed|expunged|reviewed|commuted)\b",
    re.IGNORECASE,
)
"""Who wants a conviction overturned has one."""
_SUIT_PRESUPPOSED = re.compile(
    r"\b(?:dismiss\w*|toss\w*|thr(?:ew|ow|own|owing)\sout|settl\w+|resolv\w+|drop\w*|reject\w*|reviv\w+|"
    r"end(?:ed|ing)?|withdr\w+)\s(?:\S+\s){0,4}?$",
    re.IGNORECASE,
)
"""A judge who refused to dismiss a suit had one before him."""
_DONE_TO = re.compile(
    r"\b(?:first|second|third|latest|last|only|\d+th)(?:\s[\w-]+){0,4}\sto\s(?:be\s|have\s(?:been\s)?)?$"
    r"|\b(?:took|needed|required)\b[^.;]{0,60}?\b(?:hours?|minutes?|days?|weeks?)\b[^.;,]{0,30}\sto\s$"
    r"|\b(?:direct|instruct|order)(?:ed|s)?\s(?:the\s|its\s|a\s)?(?:jury|jurors)\sto\s$"
    r"|\bgrand\sjury\s(?:has\s|had\s)?voted(?:\s\w+)?\sto\s$",
    re.IGNORECASE,
)
"""The first officer to be convicted was convicted; a jury that needed two hours to acquit did so."""
_NO_NOUN = re.compile(r"\bno\s(?:\w+\s){0,3}$", re.IGNORECASE)
""" "The court overturned no conviction": not "no court overturned the conviction"."""
_NOT_IN_IT = re.compile(
    r"\b(?:defendants?|named|mentioned|listed|included|part|party)\s(?:in|of|to)\s(?:the|that|this)\s(?:[\w-]+\s){0,3}$",
    re.IGNORECASE,
)
""" "B was not a defendant in the indictment of A" takes the indictment for granted."""
_GUILT_NOUNS = frozenset({Stage.CONVICTED, Stage.SENTENCED, Stage.PLEADED_GUILTY, Stage.ACQUITTED})


def read_modality(text: str, clause: Span, trigger: Trigger) -> tuple[Modality, tuple[str, ...]]:
    """The modality of `trigger` inside `clause`, and the ids of the modifiers that made it."""
    before = text[clause.start : trigger.head]
    after = text[trigger.span.end : clause.end]
    ids = []
    reached: list[tuple[int, int, str]] = []
    presupposed = _is_presupposed(before, after, trigger)
    done = bool(_DONE_TO.search(before))
    for rule in modifier_rules():
        if not rule.applies_to(trigger.rule.stage, trigger.rule.frame):
            continue
        if done and rule.id in {"infinitive", "will", "to_be"}:
            continue
        if presupposed and not (rule.id == "no" and _NO_NOUN.search(before)):
            continue
        distance = _distance(rule, before, after)
        if distance is not None:
            ids.append(rule.id)
            if rule.kind in _RANK:
                distance += _WEAKNESS * (rule.id in _WEAK)
                reached.append((distance, _RANK.index(rule.kind), rule.kind))
    if not reached or (trigger.rule.modality and trigger.rule.modality is not Modality.SCHEDULED):
        return trigger.rule.modality or Modality.ASSERTED, tuple(ids)
    return _MEANT[min(reached)[2]], tuple(ids)


def _is_presupposed(before: str, after: str, trigger: Trigger) -> bool:
    """ "appealing his conviction" takes the conviction for granted, whatever is said of the appeal."""
    if trigger.rule.frame != "noun":
        return False
    if trigger.rule.stage is Stage.SUED:
        return bool(_SUIT_PRESUPPOSED.search(before[-60:]))
    if trigger.rule.stage is Stage.CHARGED:
        return bool(_NOT_IN_IT.search(before[-60:]))
    if trigger.rule.stage not in _GUILT_NOUNS:
        return False
    return bool(_PRESUPPOSED.search(before[-90:]) or _UNDONE.match(after))


def _distance(rule: ModifierRule, before: str, after: str) -> int | None:
    """How many words stand between the cue and the trigger; None where the cue does not reach it."""
    if not rule.forward:
        match = rule.pattern.search(after[:120])
        return len(after[: match.start()].split()) if match else None
    nearest = None
    for match in rule.pattern.finditer(before):
        gap = before[match.end() :]
        words = len(gap.split())
        if rule.kind == "sought" and _HAPPENED.search(gap):
            continue
        if rule.scope is None or (words <= rule.scope and not _STOPPED[rule.kind == "negation"].search(gap)):
            nearest = words
    return nearest
