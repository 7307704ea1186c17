"""The judge of answers: it lets a right answer pass and names what is wrong with a wrong one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.eval.judging import judge, misquoted, overstated, uncited, unsafe, unsound

TEXT = "Jane Roe was found guilty of two counts of fraud. John Doe was charged."
QUOTE = "Jane Roe was found guilty of two counts of fraud."


def answer(**changed: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "question": "Was Jane Roe convicted?",
        "verdict": "yes",
        "headline": "Jane Roe was convicted of fraud.",
        "premise": None,
        "standings": [{"party": "Jane Roe", "stage": "convicted", "offence": "fraud", "counts": 2, "citations": [1]}],
        "statements": [{"text": QUOTE, "citations": [1], "speaker": None}],
        "conflicts": [],
        "citations": [{"n": 1, "source_id": "s", "quote": QUOTE, "start": 0, "end": len(QUOTE)}],
    }
    return {**base, **changed}


def expectation(**changed: Any) -> dict[str, Any]:
    return {"question": "Was Jane Roe convicted?", "verdict": ["yes"], **changed}


def standing(party: str, stage: str, **more: Any) -> dict[str, Any]:
    return {"party": party, "stage": stage, "citations": [1], **more}


@pytest.mark.parametrize(
    "expected",
    [
        pytest.param(expectation(), id="verdict"),
        pytest.param(expectation(verdict=["partly", "yes"]), id="one_of_several_verdicts"),
        pytest.param(expectation(standings=[{"party": "Roe", "stage": "convicted"}]), id="standing"),
        pytest.param(
            expectation(standings=[{"party": "Roe", "stage": "convicted", "offence": "wire fraud", "counts": 2}]),
            id="standing_with_offence_and_counts",
        ),
        pytest.param(expectation(not_standings=[{"party": "Rick Roe", "stage": "convicted"}]), id="not_the_namesake"),
        pytest.param(
            expectation(not_standings=[{"party": "Jane Roe", "stage": "convicted", "offence": "arson"}]),
            id="not_that_offence",
        ),
        pytest.param(expectation(words=[["theft", "FRAUD"]]), id="one_of_several_words"),
        pytest.param(expectation(not_words=["arson"]), id="word_that_is_not_said"),
    ],
)
def test_right_answers_pass(expected: dict[str, Any]) -> None:
    assert judge(expected, answer()) == []


@pytest.mark.parametrize(
    ("expected", "failure"),
    [
        pytest.param(expectation(verdict=["no", "unknown"]), "verdict is yes, expected no or unknown", id="verdict"),
        pytest.param(expectation(conflict=True), "no conflict is shown", id="conflict"),
        pytest.param(expectation(premise=True), "the wrong premise is not corrected", id="premise"),
        pytest.param(
            expectation(standings=[{"party": "Roe", "stage": "acquitted"}]),
            "missing standing: Roe / acquitted",
            id="stage",
        ),
        pytest.param(
            expectation(standings=[{"party": "Roe", "stage": "convicted", "counts": 3}]),
            "missing standing: Roe / convicted / 3",
            id="counts",
        ),
        pytest.param(
            expectation(standings=[{"party": "Rick Roe", "stage": "convicted"}]),
            "missing standing: Rick Roe / convicted",
            id="namesake",
        ),
        pytest.param(
            expectation(not_standings=[{"party": "Roe", "stage": "convicted"}]),
            "standing that must not be there: Jane Roe / convicted / fraud / 2",
            id="barred_standing",
        ),
        pytest.param(expectation(words=[["arson", "theft"]]), "does not say 'arson or theft'", id="words"),
        pytest.param(expectation(not_words=[["Fraud"]]), "must not say 'Fraud'", id="barred_word"),
    ],
)
def test_wrong_answers_are_named(expected: dict[str, Any], failure: str) -> None:
    assert judge(expected, answer()) == [failure]


def test_a_sentence_is_compared_where_it_is_described() -> None:
    expected = expectation(not_standings=[{"party": "Roe", "stage": "sentenced", "sentence": "10 years"}])
    given = answer(standings=[standing("Jane Roe", "sentenced", sentence="10 years")])
    assert len(judge(expected, given)) == 1
    assert judge(expected, answer(standings=[standing("Jane Roe", "sentenced", sentence="2 years")])) == []


def test_words_are_sought_in_conflicts_too() -> None:
    sides = [{"text": "87 months", "citations": [1]}, {"text": "nine years", "citations": [1]}]
    expected = expectation(words=["87 months", "nine years"], conflict=True)
    assert judge(expected, answer(conflicts=[{"about": "length", "sides": sides}])) == []


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"standings": [{"party": "Jane Roe", "stage": "charged", "citations": []}]}, id="standing"),
        pytest.param({"statements": [{"text": "So it is.", "citations": [], "speaker": None}]}, id="statement"),
        pytest.param({"statements": [{"text": "So it is.", "citations": [7], "speaker": None}]}, id="no_such_number"),
        pytest.param(
            {"conflicts": [{"about": "x", "sides": [{"text": "Left.", "citations": []}]}]}, id="side_of_conflict"
        ),
    ],
)
def test_claims_without_citations(changed: dict[str, Any]) -> None:
    assert len(uncited(answer(**changed))) == 1
    assert uncited(answer()) == []


@pytest.mark.parametrize(
    "citation",
    [
        pytest.param({"source_id": "s", "quote": QUOTE, "start": 1, "end": 1 + len(QUOTE)}, id="offset"),
        pytest.param({"source_id": "s", "quote": "Jane Roe is guilty", "start": 0, "end": 18}, id="wording"),
        pytest.param({"source_id": "other", "quote": QUOTE, "start": 0, "end": len(QUOTE)}, id="source"),
        pytest.param({"source_id": "s", "quote": "", "start": 0, "end": 0}, id="empty"),
    ],
)
def test_quotes_that_are_not_verbatim(citation: dict[str, Any]) -> None:
    assert len(misquoted(answer(citations=[{"n": 1, **citation}]), {"s": TEXT})) == 1
    assert misquoted(answer(), {"s": TEXT}) == []


LABELS = [
    {"party": "Jane Roe", "stage": "convicted", "modality": "asserted"},
    {"party": "John Doe", "stage": "charged", "modality": "asserted"},
    {"party": "Ann Poe", "stage": "convicted", "modality": "attributed"},
    {"party": "Garrow Media", "stage": "pleaded_guilty", "modality": "asserted"},
]


@pytest.mark.parametrize(
    ("given", "failures"),
    [
        pytest.param(standing("Jane Roe", "sentenced"), 0, id="guilt_that_is_labelled"),
        pytest.param(standing("John Doe", "charged"), 0, id="a_charge_is_no_guilt"),
        pytest.param(standing("John Doe", "convicted"), 1, id="charged_put_at_convicted"),
        pytest.param(standing("Ann Poe", "convicted"), 1, id="only_somebody_says_so"),
        pytest.param(standing("Peter Garrow", "pleaded_guilty"), 1, id="owner_for_the_company"),
        pytest.param(standing("Nobody Known", "sentenced"), 1, id="unknown_party"),
    ],
)
def test_guilt_that_no_label_bears_out(given: dict[str, Any], failures: int) -> None:
    assert len(unsafe(answer(standings=[given]), LABELS)) == failures


def test_claims_although_nothing_was_found() -> None:
    assert unsound(answer(verdict="not_in_sources"), {"s": TEXT}, LABELS) == [
        "claims something although nothing was found"
    ]
    assert unsound(answer(), {"s": TEXT}, LABELS) == []


@pytest.mark.parametrize(
    ("zone", "failures"),
    [pytest.param("comment", [], id="shown"), pytest.param("body", ["speaks of a comment and shows none"], id="not")],
)
def test_comments_that_are_spoken_of_are_shown(zone: str, failures: list[str]) -> None:
    citation = {"n": 1, "source_id": "s", "quote": QUOTE, "start": 0, "end": len(QUOTE), "zone": zone}
    given = answer(premise="A reader's comment claims it.", citations=[citation])
    assert unsound(given, {"s": TEXT}, LABELS) == failures


@pytest.mark.parametrize(
    ("headline", "failures"),
    [
        pytest.param("Jane Roe was convicted of fraud.", 0, id="with_a_standing"),
        pytest.param("Jane Roe was sentenced to 5 years.", 1, id="sentence_without_a_standing"),
        pytest.param("Yes: Jane Roe pleaded guilty.", 1, id="plea_without_a_standing"),
        pytest.param("Jane Roe pleaded not guilty.", 0, id="plea_of_not_guilty"),
        pytest.param("No source here reports that she was sentenced.", 0, id="denied"),
        pytest.param("A source says: “Poe was sentenced.”", 0, id="quoted"),
        pytest.param("No: nobody here says so. Jane Roe was sentenced.", 1, id="denied_and_then_claimed"),
    ],
)
def test_own_words_without_a_standing(headline: str, failures: int) -> None:
    assert len(overstated(answer(headline=headline))) == failures


def test_a_quoted_comment_is_no_reader_comment() -> None:
    given = answer(headline="A source says: “Jane Roe, who was convicted, declined to comment.”")
    assert unsound(given, {"s": TEXT}, LABELS) == []
