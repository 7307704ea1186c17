"""Yes, no, partly, disputed, unknown: what the reports come to, and how the headline says it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from knowledge.answer import select
from knowledge.composing import headline_of, premise_of
from knowledge.conflict import find_clashes
from knowledge.evidence import Evidence
from knowledge.model import Modality, PartyKind, Stage, Verdict, Zone
from knowledge.names import PartyDirectory
from knowledge.question import parse
from knowledge.standing import Fact, lay_out
from knowledge.verdict import Judgement, judge
from tests.knowledge.builders import fact, known

ROE, POE, COMPANY = "Ada Roe", "Ben Poe", "Adverto"
DIRECTORY = PartyDirectory(
    [(ROE, PartyKind.PERSON), (POE, PartyKind.PERSON), (COMPANY, PartyKind.ORGANISATION)],
)


def weigh(text: str, facts: Sequence[Fact], claims: Sequence[Fact] = ()) -> tuple[Judgement, str, str]:
    """The judgement, the headline and the premise for a question over these facts."""
    question = parse(text, DIRECTORY)
    parties = [known(party.name, party.kind) for party in question.parties]
    own = [one for one in facts if one.party in parties]
    evidence = Evidence(parties=parties, facts=own, claims=list(claims))
    reports = lay_out(own)
    find_clashes(reports, own)
    judgement = judge(question, parties, reports, own, list(claims))
    shown = select(question, reports, judgement)
    premise = premise_of(question, evidence, judgement)
    return judgement, headline_of(question, evidence, judgement, shown), premise or ""


MIXED = [
    fact(ROE, Stage.CONVICTED, "money laundering", counts=1),
    fact(ROE, Stage.ACQUITTED, counts=1, start=60),
    fact(ROE, Stage.MISTRIAL, counts="rest", start=90),
]
CHARGED = [fact(POE, Stage.CHARGED, "pimping", dated="2017-01-11")]
OVERTURNED = [
    fact(ROE, Stage.CONVICTED, "fraud", date="2010"),
    fact(ROE, Stage.OVERTURNED, "fraud", date="2012", start=70),
]
COMPANY_PLEA = [
    fact(COMPANY, Stage.PLEADED_GUILTY, "human trafficking", kind=PartyKind.ORGANISATION),
    fact(ROE, Stage.CHARGED, "money laundering", start=80),
]


@pytest.mark.parametrize(
    ("question", "facts", "verdict"),
    [
        pytest.param("Was Roe convicted of money laundering?", MIXED, Verdict.YES, id="convicted_of_that"),
        pytest.param("Was Roe convicted of sex trafficking?", MIXED, Verdict.NO, id="convicted_of_another_offence"),
        pytest.param("Was Roe acquitted?", MIXED, Verdict.YES, id="acquitted_of_one_count"),
        pytest.param("Was Poe convicted?", CHARGED, Verdict.UNKNOWN, id="charged_and_no_outcome"),
        pytest.param("Was Poe charged?", CHARGED, Verdict.YES, id="charged"),
        pytest.param("Was Poe charged with murder?", CHARGED, Verdict.NO, id="charged_with_something_else"),
        pytest.param("Was Roe convicted of fraud?", OVERTURNED, Verdict.PARTLY, id="verdict_vacated_on_appeal"),
        pytest.param("Is Roe still convicted of fraud?", OVERTURNED, Verdict.NO, id="still_convicted"),
        pytest.param("Did Roe plead guilty?", COMPANY_PLEA, Verdict.UNKNOWN, id="company_pleaded_owner_did_not"),
        pytest.param("Did Adverto plead guilty?", COMPANY_PLEA, Verdict.YES, id="the_company_did"),
        pytest.param(
            "Was Roe convicted?",
            [fact(ROE, Stage.PLEADED_GUILTY, "fraud")],
            Verdict.PARTLY,
            id="plea_where_a_conviction_was_asked",
        ),
        pytest.param(
            "Was Roe convicted?",
            [fact(ROE, Stage.CONVICTED, "fraud", modality=Modality.HYPOTHETICAL)],
            Verdict.UNKNOWN,
            id="only_if_convicted",
        ),
        pytest.param(
            "Was Roe charged with arson?",
            [fact(ROE, Stage.CHARGED, "arson", modality=Modality.NEGATED)],
            Verdict.NO,
            id="a_source_denies_it",
        ),
        pytest.param(
            "Did Roe plead guilty?",
            [
                fact(ROE, Stage.PLEADED_GUILTY, "the charges", date="2020"),
                fact(ROE, Stage.ACQUITTED, counts=2, source="s2"),
            ],
            Verdict.DISPUTED,
            id="plea_against_trial",
        ),
        pytest.param(
            "Did Roe and Poe plead guilty?",
            [fact(ROE, Stage.PLEADED_GUILTY, "fraud"), *CHARGED],
            Verdict.PARTLY,
            id="one_of_the_two",
        ),
        pytest.param(
            "Did Roe get ten years in prison?",
            [fact(ROE, Stage.SENTENCED, sentence="5 years"), fact(ROE, Stage.CONVICTED, "fraud")],
            Verdict.NO,
            id="another_length",
        ),
        pytest.param(
            "Was Roe convicted?",
            [fact(ROE, Stage.CIVIL_LIABLE, "negligence")],
            Verdict.NO,
            id="civil_judgment_is_no_conviction",
        ),
        pytest.param(
            "Was Roe convicted of money laundering?",
            [fact(ROE, Stage.CONVICTED, "conspiracy to commit money laundering")],
            Verdict.PARTLY,
            id="conspiracy_is_not_the_deed",
        ),
        pytest.param(
            "Was Roe charged in Texas?",
            [fact(ROE, Stage.CHARGED, "fraud", forum="federal")],
            Verdict.NO,
            id="no_report_names_the_place",
        ),
        pytest.param(
            "Is Roe still in prison?",
            [fact(ROE, Stage.SENTENCED, sentence="5 years")],
            Verdict.UNKNOWN,
            id="sentence_does_not_tell_where_somebody_is",
        ),
        pytest.param(
            "Is Roe still in prison?",
            [fact(ROE, Stage.SENTENCED, sentence="5 years"), fact(ROE, Stage.PARDONED, start=70)],
            Verdict.NO,
            id="pardoned",
        ),
        pytest.param(
            "Is Roe in prison?",
            [fact(ROE, Stage.SENTENCED, sentence="3 years probation")],
            Verdict.NO,
            id="probation_is_not_prison",
        ),
        pytest.param(
            "Was Roe's conviction overturned?",
            [fact(ROE, Stage.CONVICTED, "fraud"), fact(ROE, Stage.OVERTURNED, modality=Modality.NEGATED, start=60)],
            Verdict.NO,
            id="conviction_that_was_not_overturned",
        ),
        pytest.param("Was Roe never convicted?", MIXED, Verdict.NO, id="never"),
        pytest.param("Has Poe never been convicted?", CHARGED, Verdict.UNKNOWN, id="never_and_unknown"),
        pytest.param("What is Poe charged with?", CHARGED, Verdict.ANSWERED, id="open_question"),
        pytest.param("Why did Roe plead guilty to fraud?", MIXED, Verdict.NO, id="false_premise"),
        pytest.param("What sentence did Poe get?", CHARGED, Verdict.NO, id="no_sentence_reported"),
    ],
)
def test_verdicts(question: str, facts: list[Fact], verdict: Verdict) -> None:
    assert weigh(question, facts)[0].verdict is verdict


@pytest.mark.parametrize(
    ("question", "facts", "must", "must_not"),
    [
        pytest.param(
            "Was Roe convicted of sex trafficking?",
            MIXED,
            ["No source here reports a conviction of Ada Roe for sex trafficking", "money laundering (1 count)"],
            ["convicted of sex trafficking"],
            id="what_they_report_instead",
        ),
        pytest.param(
            "Was Poe convicted?",
            CHARGED,
            ["No source here reports a conviction of Ben Poe", "as of 2017-01-11", "no outcome"],
            ["was convicted"],
            id="open_charge_says_as_of",
        ),
        pytest.param(
            "Was Roe convicted of fraud?", OVERTURNED, ["was convicted of fraud", "later overturned"], [], id="undone"
        ),
        pytest.param(
            "What are Roe and Poe charged with?",
            [fact(ROE, Stage.CHARGED, "pimping"), fact(POE, Stage.CHARGED, "pimping")],
            ["Ada Roe and Ben Poe were charged with pimping"],
            ["convicted"],
            id="two_with_one_record",
        ),
    ],
)
def test_headlines(question: str, facts: list[Fact], must: list[str], must_not: list[str]) -> None:
    headline = weigh(question, facts)[1]
    assert all(part in headline for part in must), headline
    assert not any(part in headline for part in must_not), headline


def test_false_premise_is_corrected_as_far_as_the_sources_go() -> None:
    premise = weigh("Why did Roe plead guilty to fraud?", MIXED)[2]
    assert "takes a guilty plea of Ada Roe for fraud for granted" in premise
    assert "no source here reports it" in premise


def test_comment_claim_is_called_one_and_moves_nothing() -> None:
    claim = fact(POE, Stage.CONVICTED, "pimping", zone=Zone.COMMENT, modality=Modality.ATTRIBUTED)
    judgement, headline, premise = weigh("Was Poe convicted?", CHARGED, [claim])
    assert judgement.verdict is Verdict.UNKNOWN
    assert "was convicted" not in headline
    assert "reader's comment" in premise


def test_prison_is_not_probation() -> None:
    facts = [fact(ROE, Stage.SENTENCED, "fraud", sentence="3 years probation")]
    judgement, headline, premise = weigh("How many years in prison did Roe get?", facts)
    assert judgement.verdict is Verdict.NO
    assert "No prison term is reported" in headline
    assert "probation" in premise
