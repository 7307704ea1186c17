"""Where a sentence states a step of procedure, look-alikes left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from knowledge.model import Span, Stage
from knowledge.procedure.lexicon import TriggerRule, pseudo_rules, trigger_rules


@dataclass(frozen=True, slots=True)
class Trigger:
    """One place where a rule matched. `span`: characters of the document; `object`: the words inside the trigger.

    head: where the word stands that says what happened ("charges against A were later *dropped*"); what comes
    before it, inside the trigger too, may change how it is meant.
    """

    rule: TriggerRule
    span: Span
    head: int
    object: Span | None = None
    offender: str | None = None


def find_triggers(text: str, span: Span, *, asked: bool = False) -> list[Trigger]:
    """The triggers of one sentence, in order, none inside another of the same stage or frame.

    asked: whether the sentence is a question or a claim, which may be worded more loosely.
    A pseudo-trigger silences whatever overlaps it, some of them the whole sentence.
    """
    low = text[span.start : span.end].lower()
    found = []
    for rule in trigger_rules():
        if (rule.asked and not asked) or not any(need in low for need in rule.needs):
            continue
        for match in rule.pattern.finditer(text, span.start, span.end):
            groups = match.groupdict()
            inner = Span(*match.span("object")) if groups.get("object") else None
            head = match.start("head") if groups.get("head") else match.start()
            found.append(Trigger(rule, Span(*match.span()), head, inner, groups.get("offender")))
    if not found:
        return []
    blocked = _blocked(text, span, low)
    if blocked is None:
        return []
    found = [_civil(text, t) for t in found]
    kept = [t for t in found if not any(t.span.start < b.end and b.start < t.span.end for b in blocked)]
    return _longest(kept)


_CIVIL_AGENCY = re.compile(
    r"\b(?:SEC|FTC|CFTC|CFPB|FCC|EEOC|FINRA|Securities and Exchange Commission|Federal Trade Commission|"
    r"Commodity Futures Trading Commission|Consumer Financial Protection Bureau|(?:the|The) (?:C|c)ommission)"
    r"(?:\s\((?:\w+)\))?(?:\s(?:has|had|have|also|today|yesterday|previously|first|on \w+))*\s$"
)


def _civil(text: str, trigger: Trigger) -> Trigger:
    """ "The SEC charged Roe with fraud": an agency that can only sue has sued."""
    if trigger.rule.id != "charge_verb" or not _CIVIL_AGENCY.search(
        text[max(0, trigger.span.start - 90) : trigger.span.start]
    ):
        return trigger
    return replace(trigger, rule=replace(trigger.rule, stage=Stage.SUED))


def _blocked(text: str, span: Span, low: str) -> list[Span] | None:
    """The stretches that pseudo-triggers silence; None where they silence the whole sentence."""
    blocked = []
    for rule in pseudo_rules():
        if not any(need in low for need in rule.needs):
            continue
        for match in rule.pattern.finditer(text, span.start, span.end):
            if rule.whole_sentence:
                return None
            blocked.append(Span(*match.span()))
    return blocked


def _clash(one: Trigger, other: Trigger) -> bool:
    """Overlap counts, save that "the conviction was overturned" says both that there was one and what became of it."""
    if one.span.end <= other.span.start or other.span.end <= one.span.start:
        return False
    stages = {one.rule.stage, other.rule.stage}
    if Stage.APPEALED in stages and stages & {Stage.AFFIRMED, Stage.OVERTURNED}:
        return False  # "lost her appeal"
    if stages == {Stage.FINED, Stage.SETTLED}:
        return False  # "agreed to pay a civil penalty"
    if Stage.SUED in stages and stages & {Stage.SETTLED, Stage.DISMISSED}:
        return False
    after = stages & {Stage.OVERTURNED, Stage.AFFIRMED, Stage.PARDONED}
    return not (after and stages & {Stage.CONVICTED, Stage.SENTENCED, Stage.PLEADED_GUILTY, Stage.FINED})


def _weight(trigger: Trigger) -> tuple[int, bool, int]:
    informal = trigger.rule.stage in {Stage.ALLEGED, Stage.INVESTIGATED}
    return trigger.span.start - trigger.span.end, informal, trigger.span.start


def _longest(triggers: list[Trigger]) -> list[Trigger]:
    """Overlapping triggers: the one that says more words wins; of equals a formal step, then the earlier."""
    kept: list[Trigger] = []
    for trigger in sorted(triggers, key=_weight):
        if not any(_clash(trigger, k) for k in kept):
            kept.append(trigger)
    return sorted(kept, key=lambda t: t.span.start)
