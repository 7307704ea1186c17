"""How a trigger is meant: asserted, denied, supposed, planned, asked for, or somebody's claim (after ConText)."""

from __future__ import annotations

import re

from knowledge.model import Modality, Span, Stage
from knowledge.procedure.lexicon import ModifierRule, modifier_rules
from knowledge.procedure.triggers import Trigger

_RANK = ("negation", "hypothetical", "sought", "scheduled", "attribution")
_MEANT = {
    "negation": Modality.NEGATED,
    "hypothetical": Modality.HYPOTHETICAL,
    "sought": Modality.SOUGHT,
    "scheduled": Modality.SCHEDULED,
    "attribution": Modality.ATTRIBUTED,
}
_COMMA_WALL = re.compile(r"[,]")
_PRESUPPOSED = re.compile(
    r"\b(?:appeal(?:ed|ing|s)?|appeals? (?:of|against|from)|overturn\w*|vacat\w+|uph[eo]ld\w*|affirm\w*|quash\w*|revers\w+"
    r"|set(?:ting)? aside|thr(?:ew|ow|own|owing) out|commut\w+|challeng\w+|despite|after|since|following|over|annul\w*"
    r"|revisit\w*|review\w*)\s(?:the |his |her |their |its |\S+[’']s |(?:\S+ ){0,4}\S+[’']s )?"
    r"(?:\w+ ){0,3}$",
    re.IGNORECASE,
)
_GUILT_NOUNS = frozenset({Stage.CONVICTED, Stage.SENTENCED, Stage.PLEADED_GUILTY, Stage.ACQUITTED})


def read_modality(text: str, clause: Span, trigger: Trigger) -> tuple[Modality, tuple[str, ...]]:
    """The modality of `trigger` inside `clause`, and the ids of the modifiers that made it."""
    before = text[clause.start : trigger.span.start]
    after = text[trigger.span.end : clause.end]
    ids = []
    kinds = set()
    presupposed = _is_presupposed(before, trigger)
    for rule in modifier_rules():
        if not rule.applies_to(trigger.rule.stage):
            continue
        if presupposed and not (rule.kind == "negation" and rule.id == "no"):
            continue
        if _reaches(rule, before, after):
            ids.append(rule.id)
            kinds.add(rule.kind)
    for kind in _RANK:
        if kind in kinds:
            return _MEANT[kind], tuple(ids)
    return trigger.rule.modality or Modality.ASSERTED, tuple(ids)


def _is_presupposed(before: str, trigger: Trigger) -> bool:
    """ "appealing his conviction" takes the conviction for granted, whatever is said of the appeal."""
    if trigger.rule.frame != "noun" or trigger.rule.stage not in _GUILT_NOUNS:
        return False
    return bool(_PRESUPPOSED.search(before[-90:]))


def _reaches(rule: ModifierRule, before: str, after: str) -> bool:
    if not rule.forward:
        return bool(rule.pattern.search(after[:120]))
    for match in rule.pattern.finditer(before):
        gap = before[match.end() :]
        if rule.scope is None:
            return True
        if len(gap.split()) <= rule.scope and not _COMMA_WALL.search(gap):
            return True
    return False
