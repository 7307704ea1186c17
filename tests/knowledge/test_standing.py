"""Events laid out as standings: what merges, what supersedes what, what stays open."""

from __future__ import annotations

import pytest

from knowledge.model import Modality, Stage, Zone
from knowledge.standing import Fact, lay_out
from tests.knowledge.builders import fact, laid_out, one


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(
            [fact("Ada Roe", Stage.CONVICTED, "money laundering", counts=1), fact("Ada Roe", Stage.CONVICTED)],
            {("Ada Roe", "convicted", "money laundering")},
            id="bare_conviction_joins_the_explicit_one",
        ),
        pytest.param(
            [
                fact("Ada Roe", Stage.CONVICTED, "money laundering"),
                fact("Ada Roe", Stage.CONVICTED, "sex trafficking", source="s2"),
            ],
            {("Ada Roe", "convicted", "money laundering"), ("Ada Roe", "convicted", "sex trafficking")},
            id="two_offences_stay_two",
        ),
        pytest.param(
            [fact("Ada Roe", Stage.ACQUITTED, "fraud"), fact("Ben Poe", Stage.CONVICTED, "fraud")],
            {("Ada Roe", "acquitted", "fraud"), ("Ben Poe", "convicted", "fraud")},
            id="co_defendant_convicted",
        ),
        pytest.param(
            [fact("Ada Roe", Stage.CONVICTED, "fraud", modality=Modality.HYPOTHETICAL)],
            set(),
            id="if_convicted_is_no_standing",
        ),
        pytest.param(
            [fact("Ada Roe", Stage.CONVICTED, "fraud", zone=Zone.COMMENT, modality=Modality.ATTRIBUTED)],
            set(),
            id="reader_comment_is_no_standing",
        ),
        pytest.param(
            [fact("Ada Roe", Stage.CONVICTED, "fraud", zone=Zone.COMMENT)],
            set(),
            id="comment_zone_never_counts_whatever_its_modality",
        ),
        pytest.param(
            [fact("Ada Roe", Stage.CONVICTED, "fraud", zone=Zone.HEADLINE)],
            set(),
            id="headline_alone_makes_no_guilt",
        ),
        pytest.param(
            [
                fact("Ada Roe", Stage.CONVICTED, "fraud", zone=Zone.HEADLINE),
                fact("Ada Roe", Stage.CONVICTED, "fraud", start=90),
            ],
            {("Ada Roe", "convicted", "fraud")},
            id="headline_supports_a_body_event",
        ),
        pytest.param(
            [
                fact("Ada Roe", Stage.MISTRIAL, counts="rest"),
                fact("Ada Roe", Stage.MISTRIAL, date="2021", start=50),
                fact("Ada Roe", Stage.MISTRIAL, counts=3, date="2023", start=90),
            ],
            {("Ada Roe", "mistrial", None)},
            id="mistrials_of_different_years",
        ),
    ],
)
def test_reports(facts: list[Fact], expected: set[tuple[str, str, str | None]]) -> None:
    assert laid_out(facts) == expected


def test_two_mistrials_are_not_made_one_that_nobody_reports() -> None:
    reports = lay_out(
        [
            fact("Ada Roe", Stage.MISTRIAL, date="2021-09"),
            fact("Ada Roe", Stage.MISTRIAL, counts=50, start=80),
        ]
    )
    assert {(report.date, report.counts) for report in reports} == {("2021-09", None), (None, 50)}


def test_reports_with_something_in_common_complete_each_other() -> None:
    reports = lay_out(
        [
            fact("Ada Roe", Stage.CONVICTED, "money laundering", counts=1),
            fact("Ada Roe", Stage.CONVICTED, "money laundering", source="s2", date="2023-11-16"),
        ]
    )
    assert [(report.counts, report.date) for report in reports] == [(1, "2023-11-16")]


def test_counts_of_different_number_do_not_merge() -> None:
    reports = lay_out(
        [fact("Ada Roe", Stage.CONVICTED, "fraud", counts=2), fact("Ada Roe", Stage.CONVICTED, "fraud", counts=3)]
    )
    assert sorted(report.counts for report in reports if isinstance(report.counts, int)) == [2, 3]


def test_verdict_vacated_on_appeal() -> None:
    reports = lay_out(
        [
            fact("Ada Roe", Stage.CONVICTED, "fraud", date="2006"),
            fact("Ada Roe", Stage.OVERTURNED, date="2008", start=100),
        ]
    )
    assert one(reports, Stage.CONVICTED).superseded_by is Stage.OVERTURNED


def test_new_conviction_after_the_first_was_vacated_stands() -> None:
    reports = lay_out(
        [
            fact("Ada Roe", Stage.CONVICTED, "fraud", date="2006"),
            fact("Ada Roe", Stage.OVERTURNED, date="2007"),
            fact("Ada Roe", Stage.CONVICTED, "fraud", date="2008"),
        ]
    )
    by_date = {report.date: report.superseded_by for report in reports if report.stage is Stage.CONVICTED}
    assert by_date == {"2006": Stage.OVERTURNED, "2008": None}


def test_judge_acquits_of_some_counts_after_the_verdict() -> None:
    reports = lay_out(
        [
            fact("Ada Roe", Stage.CONVICTED, "fraud", counts=12, date="2023-11"),
            fact("Ada Roe", Stage.ACQUITTED, "fraud", counts=4, date="2024-04"),
        ]
    )
    assert one(reports, Stage.CONVICTED).superseded_by is None


def test_acquittal_on_appeal_supersedes_the_conviction() -> None:
    reports = lay_out(
        [
            fact("Ada Roe", Stage.CONVICTED, "fraud", date="2010-02"),
            fact("Ada Roe", Stage.ACQUITTED, "fraud", date="2012-12"),
        ]
    )
    assert one(reports, Stage.CONVICTED).superseded_by is Stage.ACQUITTED


@pytest.mark.parametrize(
    ("outcome", "known"),
    [
        pytest.param(fact("Ada Roe", Stage.CONVICTED, "money laundering", forum="California"), True, id="same_forum"),
        pytest.param(fact("Ada Roe", Stage.CONVICTED, "money laundering"), False, id="forum_not_said"),
        pytest.param(
            fact("Ada Roe", Stage.CONVICTED, "money laundering", forum="federal"), False, id="other_forum"
        ),
        pytest.param(fact("Ada Roe", Stage.CONVICTED, "fraud", forum="California"), False, id="other_offence"),
        pytest.param(
            fact("Ada Roe", Stage.ACQUITTED, "money laundering", forum="California", date="2015"),
            False,
            id="outcome_older_than_the_charge",
        ),
        pytest.param(
            fact("Ben Poe", Stage.CONVICTED, "money laundering", forum="California"), False, id="co_defendants_outcome"
        ),
        pytest.param(
            fact("Ada Roe", Stage.CONVICTED, "money laundering", forum="California", modality=Modality.SCHEDULED),
            False,
            id="outcome_only_scheduled",
        ),
    ],
)
def test_open_charge(outcome: Fact, known: bool) -> None:
    charge = fact(
        "Ada Roe", Stage.CHARGED, "money laundering", forum="California", date="2017-01", states_own=True
    )
    assert one(lay_out([charge, outcome]), Stage.CHARGED).outcome_known is known


@pytest.mark.parametrize(("source", "known"), [("s1", True), ("s2", False)])
def test_place_of_a_federal_court_is_no_states_case(source: str, known: bool) -> None:
    """ "Unsealed in New York", "a federal jury": one source that tells both knows that they are one case."""
    charge = fact("Ada Roe", Stage.CHARGED, "fraud", forum="New York")
    verdict = fact("Ada Roe", Stage.CONVICTED, "fraud", forum="federal", source=source)
    assert one(lay_out([charge, verdict]), Stage.CHARGED).outcome_known is known


def test_as_of_is_the_newest_source() -> None:
    reports = lay_out(
        [
            fact("Ada Roe", Stage.CHARGED, "fraud", dated="2017-01-11"),
            fact("Ada Roe", Stage.CHARGED, "fraud", source="s2", dated="2018-02-01"),
        ]
    )
    assert one(reports, Stage.CHARGED).as_of == "2018-02-01"
