"""What a question asks: form, parties, steps of procedure, offence, place, and who is asked for by role."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import PartyKind, Stage
from knowledge.names import PartyDirectory
from knowledge.question import Form, Question, parse

DIRECTORY = PartyDirectory(
    [
        ("Ada Roe", PartyKind.PERSON),
        ("Ben Poe", PartyKind.PERSON),
        ("Adverto.com", PartyKind.ORGANISATION),
    ]
)


def ask(text: str) -> Question:
    return parse(text, DIRECTORY)


@pytest.mark.parametrize(
    ("text", "form", "stages"),
    [
        pytest.param("Was Ada Roe convicted of fraud?", Form.YES_NO, {Stage.CONVICTED}, id="plain"),
        pytest.param("Wasn't Roe convicted of fraud?", Form.YES_NO, {Stage.CONVICTED}, id="negative_question"),
        pytest.param("So Roe was found liable?", Form.YES_NO, {Stage.CIVIL_LIABLE}, id="statement_with_so"),
        pytest.param("Did Roe plead not guilty?", Form.YES_NO, {Stage.PLEADED_NOT_GUILTY}, id="plead_not_guilty"),
        pytest.param("Did Roe plead guilty?", Form.YES_NO, {Stage.PLEADED_GUILTY}, id="plead_guilty"),
        pytest.param("Was Roe found not guilty?", Form.YES_NO, {Stage.ACQUITTED}, id="found_not_guilty"),
        pytest.param("Was Roe found guilty?", Form.YES_NO, {Stage.CONVICTED}, id="found_guilty"),
        pytest.param("Why did Roe plead guilty to arson?", Form.WHY, {Stage.PLEADED_GUILTY}, id="why"),
        pytest.param("How long is Roe going to prison?", Form.HOW_LONG, {Stage.SENTENCED}, id="how_long"),
        pytest.param("How many years in prison did Poe get?", Form.HOW_LONG, {Stage.SENTENCED}, id="how_many_years"),
        pytest.param("What sentence did Poe get?", Form.HOW_LONG, {Stage.SENTENCED}, id="what_sentence"),
        pytest.param("How many counts was Poe acquitted of?", Form.HOW_MANY, {Stage.ACQUITTED}, id="how_many"),
        pytest.param("What is Poe charged with?", Form.WHAT, {Stage.CHARGED}, id="charged_with"),
        pytest.param("What happened to Ben Poe?", Form.HAPPENED, set(), id="happened"),
        pytest.param("What did the inquiry's report say about Adverto?", Form.REPORT, set(), id="report"),
        pytest.param("Which managers were found guilty of fraud?", Form.WHO, {Stage.CONVICTED}, id="which"),
        pytest.param(
            "What did the appeals court decide on Roe's appeal?",
            Form.WHAT,
            {Stage.AFFIRMED, Stage.OVERTURNED},
            id="decision_on_appeal",
        ),
        pytest.param("How much did the studios win in their suit?", Form.HOW_MUCH, {Stage.CIVIL_LIABLE}, id="damages"),
        pytest.param(
            "What was the penalty when Adverto was found guilty?",
            Form.HOW_LONG,
            {Stage.SENTENCED, Stage.FINED, Stage.CONVICTED},
            id="two_steps_taken_for_granted",
        ),
    ],
)
def test_form_and_steps(text: str, form: Form, stages: set[Stage]) -> None:
    question = ask(text)
    assert question.form is form
    assert stages <= question.stages


def test_pleading_not_guilty_asks_for_no_guilt() -> None:
    assert not ask("Did Roe plead not guilty?").stages & {Stage.PLEADED_GUILTY, Stage.CONVICTED}


@pytest.mark.parametrize(
    ("text", "offence"),
    [
        ("Was Roe convicted of money laundering?", "money laundering"),
        ("Why was Roe acquitted of the sanctions charge?", "sanctions"),
        ("Did Roe plead guilty to wire fraud in 2020?", "wire fraud"),
        ("What is Roe charged with?", None),
        ("Was Roe convicted?", None),
        ("Was Roe convicted in Texas?", None),
        ("Was Roe found guilty of helping arsonists in June?", "helping arsonists"),
    ],
)
def test_offence(text: str, offence: str | None) -> None:
    assert ask(text).offence == offence


@pytest.mark.parametrize(
    ("text", "family", "of", "plural"),
    [
        ("What are the owners of Adverto charged with?", "owner", ("adverto",), True),
        ("Why did Adverto's owner plead guilty?", "owner", ("adverto",), False),
        ("Which Adverto executives were found guilty?", "executive", ("adverto",), True),
        ("Are the three Adverto managers still convicted?", "executive", ("adverto",), True),
        ("Was the CEO of Night Market arrested?", "executive", ("night", "market"), False),
    ],
)
def test_role(text: str, family: str, of: tuple[str, ...], plural: bool) -> None:
    role = ask(text).role
    assert role is not None
    assert (role.family, role.of, role.plural) == (family, of, plural)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("What sentence did Mona Strand get?", ("Mona Strand",)),
        ("Was Ada Roe convicted?", ()),
        ("was roe convicted", ()),
        ("What did Strand say?", ("Strand",)),
    ],
)
def test_unknown_names(text: str, unknown: tuple[str, ...]) -> None:
    assert ask(text).unknown_names == unknown


def test_place_and_year() -> None:
    question = ask("Did Roe plead guilty in California in 2019?")
    assert question.forums == {"California"}
    assert question.years == {"2019"}


@given(st.text(max_size=200))
def test_any_text_is_understood_as_something(text: str) -> None:
    assert isinstance(ask(text), Question)
