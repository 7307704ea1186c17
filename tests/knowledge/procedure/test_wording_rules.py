"""Every wording rule reads its example and leaves its counter-example alone."""

from __future__ import annotations

import pytest

from knowledge.model import Modality, Span
from knowledge.procedure import explain_claims
from knowledge.procedure.lexicon import (
    ModifierRule,
    PseudoRule,
    TriggerRule,
    modifier_rules,
    pseudo_rules,
    trigger_rules,
)
from knowledge.procedure.triggers import find_triggers

MEANT = {
    "negation": Modality.NEGATED,
    "hypothetical": Modality.HYPOTHETICAL,
    "infinitive": Modality.HYPOTHETICAL,
    "sought": Modality.SOUGHT,
    "scheduled": Modality.SCHEDULED,
    "attribution": Modality.ATTRIBUTED,
}


@pytest.mark.parametrize("rule", trigger_rules(), ids=lambda rule: rule.id)
def test_trigger_reads_its_example(rule: TriggerRule) -> None:
    read = [(event.stage, why.trigger) for event, why in explain_claims(rule.example)]
    assert (rule.stage, rule.id) in read


@pytest.mark.parametrize("rule", trigger_rules(), ids=lambda rule: rule.id)
def test_trigger_leaves_its_counter_example(rule: TriggerRule) -> None:
    assert rule.id not in [why.trigger for _, why in explain_claims(rule.counter)]


@pytest.mark.parametrize("rule", pseudo_rules(), ids=lambda rule: rule.id)
def test_look_alike_gives_no_event(rule: PseudoRule) -> None:
    assert rule.pattern.search(rule.example)
    assert explain_claims(rule.example) == []


@pytest.mark.parametrize("rule", pseudo_rules(), ids=lambda rule: rule.id)
def test_look_alike_spares_the_real_thing(rule: PseudoRule) -> None:
    assert find_triggers(rule.counter, Span(0, len(rule.counter)))


@pytest.mark.parametrize("rule", modifier_rules(), ids=lambda rule: rule.id)
def test_modifier_reaches_its_example(rule: ModifierRule) -> None:
    read = explain_claims(rule.example)
    reached = [event for event, why in read if rule.id in why.modifiers]
    assert reached
    if rule.kind in MEANT:
        assert {event.modality for event in reached} != {Modality.ASSERTED}


@pytest.mark.parametrize("rule", modifier_rules(), ids=lambda rule: rule.id)
def test_modifier_leaves_its_counter_example(rule: ModifierRule) -> None:
    read = explain_claims(rule.counter)
    assert read
    assert not any(rule.id in why.modifiers for _, why in read)


def test_ids_are_unique() -> None:
    ids = [rule.id for rules in (trigger_rules(), pseudo_rules(), modifier_rules()) for rule in rules]
    assert len(ids) == len(set(ids))
