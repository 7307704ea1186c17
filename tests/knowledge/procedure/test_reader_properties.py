"""What holds for every input: no crash, verbatim quotes, and no cue that puts anyone further along."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.model import Block, Modality, Stage, Zone
from knowledge.procedure import read_claims, read_events

GUILT = {Stage.PLEADED_GUILTY, Stage.CONVICTED, Stage.SENTENCED}
PIECES = (
    *("Jane Roe", "John Doe", "he", "they", "both", "the jury", "a judge", "Acme Media", "was", "were", "who"),
    *("convicted", "acquitted", "pleaded guilty", "pleaded not guilty", "sentenced to five years", "charged with"),
    *("faces up to 20 years", "dismissed the case", "his conviction", "was overturned", "deadlocked", "against"),
    *("of fraud", "on one count", "on the rest", "in May 2020", "if", "not", "allegedly", "and", "but", "$5", "’s"),
    *(",", ";", ".", "—", "(", ")", "“", "”", "\n", "\n\n"),
)
prose = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.one_of(prose, st.text(max_size=300)), st.sampled_from(list(Zone)))
def test_any_text_is_read_and_quotes_are_verbatim(text: str, zone: Zone) -> None:
    for event in read_events(text, (Block(zone, 0, len(text)),), published="2024-05-02"):
        assert event.quote == text[event.start : event.end]
        assert 0 < len(event.quote) <= 300
        assert event.party
        if zone is Zone.COMMENT:
            assert event.modality is Modality.ATTRIBUTED


@settings(max_examples=100, deadline=None)
@given(st.one_of(prose, st.text(max_size=120)))
def test_any_question_is_read(text: str) -> None:
    for event in read_claims(text):
        assert event.quote == text[event.start : event.end]


STEPS = (
    "was convicted of fraud",
    "was found guilty of fraud",
    "pleaded guilty to fraud",
    "was sentenced to five years in prison",
    "was acquitted of fraud",
    "was charged with fraud",
)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    "cue", ["if Jane Roe {}", "Jane Roe was not {}", "Jane Roe was allegedly {}", "Jane Roe may be {}"]
)
def test_a_cue_never_raises_a_stage(cue: str, step: str) -> None:
    verb = step.removeprefix("was ")
    worded = cue.format(step if cue.startswith("if") or step.startswith("pleaded") else verb)
    guilty = [e for e in read_claims(worded[0].upper() + worded[1:] + ".") if e.modality is Modality.ASSERTED]
    assert not [e for e in guilty if e.stage in GUILT]


VERBS = {
    "convicted": Stage.CONVICTED,
    "sentenced": Stage.SENTENCED,
    "pleaded guilty": Stage.PLEADED_GUILTY,
}


@settings(max_examples=60, deadline=None)
@given(prose, st.sampled_from(["if", "not", "allegedly"]), st.sampled_from(sorted(VERBS)))
def test_a_cue_before_each_verb_adds_none_of_its_guilt(text: str, cue: str, verb: str) -> None:
    marked = text.replace(verb, f"{cue} {verb}")
    assert _said(marked, VERBS[verb]) <= _said(text, VERBS[verb])


def _said(text: str, stage: Stage) -> set[str]:
    events = read_events(text, (Block(Zone.BODY, 0, len(text)),))
    return {e.party for e in events if e.stage is stage and e.modality is Modality.ASSERTED}
