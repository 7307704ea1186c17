"""Reports that cannot both be true are shown with both sides; the graver one is kept out of the standings."""

from __future__ import annotations

import pytest

from knowledge.conflict import find_clashes, months
from knowledge.model import Modality, Stage
from knowledge.standing import Fact, lay_out
from tests.knowledge.builders import fact

JURY = "A jury convicted her on one count."


def clashes_of(facts: list[Fact]) -> tuple[list[str], set[str]]:
    reports = lay_out(facts)
    clashes = find_clashes(reports, facts)
    return [clash.what for clash in clashes], {report.stage.value for report in reports if report.withheld}


@pytest.mark.parametrize(
    ("facts", "what", "withheld"),
    [
        pytest.param(
            [
                fact("Ada Roe", Stage.PLEADED_GUILTY, "the charges", date="2020"),
                fact("Ada Roe", Stage.CONVICTED, "money laundering", source="s2", quote=JURY),
            ],
            ["plea or trial"],
            {"pleaded_guilty"},
            id="plea_against_trial_verdict",
        ),
        pytest.param(
            [
                fact("Ada Roe", Stage.PLEADED_GUILTY, "fraud", date="2020"),
                fact("Ada Roe", Stage.MISTRIAL, source="s2", date="2021"),
            ],
            ["plea or trial"],
            {"pleaded_guilty"},
            id="mistrial_after_an_alleged_plea",
        ),
        pytest.param(
            [
                fact("Ada Roe", Stage.MISTRIAL, source="s2", date="2021"),
                fact("Ada Roe", Stage.PLEADED_GUILTY, "fraud", date="2022"),
            ],
            [],
            set(),
            id="plea_after_a_hung_jury_is_no_conflict",
        ),
        pytest.param(
            [
                fact("Ada Roe", Stage.PLEADED_GUILTY, "fraud", start=10),
                fact("Ada Roe", Stage.CONVICTED, "arson", start=60, quote=JURY),
            ],
            [],
            set(),
            id="one_source_that_reports_both_knows_how_they_go_together",
        ),
        pytest.param(
            [
                fact("Ada Roe", Stage.CONVICTED, "fraud", date="2023"),
                fact("Ada Roe", Stage.ACQUITTED, "fraud", source="s2", date="2023"),
            ],
            ["outcome"],
            {"convicted"},
            id="conviction_against_acquittal_of_one_count",
        ),
        pytest.param(
            [
                fact("Ada Roe", Stage.CONVICTED, "fraud", date="2010"),
                fact("Ada Roe", Stage.ACQUITTED, "fraud", source="s2", date="2012"),
            ],
            [],
            set(),
            id="later_acquittal_supersedes_and_does_not_clash",
        ),
        pytest.param(
            [
                fact("Ada Roe", Stage.ACQUITTED, "sanctions violation"),
                fact("Ada Roe", Stage.MISTRIAL, "sanctions violation", source="s2"),
            ],
            ["outcome"],
            set(),
            id="acquittal_against_hung_jury",
        ),
        pytest.param(
            [
                fact("Ada Roe", Stage.SENTENCED, sentence="5 years"),
                fact("Ada Roe", Stage.SENTENCED, sentence="64 months", source="s2"),
            ],
            ["length"],
            set(),
            id="different_lengths",
        ),
        pytest.param(
            [
                fact("Ada Roe", Stage.SENTENCED, sentence="31 months"),
                fact("Ada Roe", Stage.SENTENCED, sentence="2 years 7 months", source="s2"),
            ],
            [],
            set(),
            id="one_length_in_two_wordings",
        ),
        pytest.param(
            [
                fact("Ada Roe", Stage.ACQUITTED, "fraud", counts=53),
                fact("Ada Roe", Stage.ACQUITTED, "fraud", counts=63, source="s2"),
            ],
            ["counts"],
            set(),
            id="different_counts",
        ),
        pytest.param(
            [
                fact("Ada Roe", Stage.ARRESTED, date="2024-08-24"),
                fact("Ada Roe", Stage.ARRESTED, date="2024-08-25", source="s2"),
            ],
            ["date"],
            set(),
            id="different_days",
        ),
        pytest.param(
            [
                fact("Ada Roe", Stage.CHARGED, "sex trafficking"),
                fact("Ada Roe", Stage.CHARGED, "sex trafficking", source="s2", modality=Modality.NEGATED),
            ],
            ["whether"],
            {"charged"},
            id="charge_reported_and_denied",
        ),
        pytest.param(
            [
                fact("Ada Roe", Stage.CONVICTED, "fraud", forum="Oregon", date="2024-06-30"),
                fact("Ada Roe", Stage.ACQUITTED, "fraud", source="s2", date="2024-06-30"),
            ],
            ["outcome"],
            {"convicted"},
            id="correction_that_names_no_place",
        ),
        pytest.param(
            [
                fact("Ada Roe", Stage.CONVICTED, "fraud", forum="Texas"),
                fact("Ada Roe", Stage.ACQUITTED, "fraud", source="s2", forum="California"),
            ],
            [],
            set(),
            id="two_forums_are_two_cases",
        ),
        pytest.param(
            [
                fact("Ada Roe", Stage.CONVICTED, "fraud"),
                fact("Ben Poe", Stage.ACQUITTED, "fraud", source="s2"),
            ],
            [],
            set(),
            id="co_defendant_acquitted",
        ),
    ],
)
def test_clashes(facts: list[Fact], what: list[str], withheld: set[str]) -> None:
    assert clashes_of(facts) == (what, withheld)


def test_sentence_wrong_about_one_is_in_doubt_for_the_other_it_names() -> None:
    same_words = "Roe and Poe pleaded guilty to the charges in 2020"
    facts = [
        fact("Ada Roe", Stage.PLEADED_GUILTY, "the charges", date="2020", start=40, quote=same_words),
        fact("Ben Poe", Stage.PLEADED_GUILTY, "the charges", date="2020", start=40, quote=same_words),
        fact("Ada Roe", Stage.CONVICTED, "fraud", source="s2", quote=JURY),
    ]
    reports = lay_out(facts)
    find_clashes(reports, facts)
    assert {report.party.name for report in reports if report.withheld} == {"Ada Roe", "Ben Poe"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [("5 years", 60.0), ("2 years 7 months", 31.0), ("life", None), ("USD 3,000,000", None), ("1 month", 1.0)],
)
def test_months(sentence: str, expected: float | None) -> None:
    assert months(sentence) == expected
