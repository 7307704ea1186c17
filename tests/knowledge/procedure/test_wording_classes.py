"""Classes of wording: which stage a sentence states, and how it is meant. Everybody in it is invented."""

from __future__ import annotations

import pytest

from knowledge.model import Block, Modality, Stage, Zone
from knowledge.procedure import read_events

S, M = Stage, Modality
UNSCORED = {S.ALLEGED, S.INVESTIGATED}


def read(text: str) -> set[tuple[Stage, Modality]]:
    events = read_events(text, (Block(Zone.BODY, 0, len(text)),))
    return {(event.stage, event.modality) for event in events if event.stage not in UNSCORED}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("According to a fan page, Ida Marsh was acquitted.", {(S.ACQUITTED, M.ATTRIBUTED)}, id="fan_page"),
        pytest.param("A viral post said Ida Marsh was convicted.", {(S.CONVICTED, M.ATTRIBUTED)}, id="viral_post"),
        pytest.param("Supporters say Ida Marsh was cleared of fraud.", {(S.ACQUITTED, M.ATTRIBUTED)}, id="supporters"),
        pytest.param(
            "Her lawyer said the charges against Ida Marsh had been dropped.",
            {(S.DISMISSED, M.ATTRIBUTED)},
            id="own_lawyer",
        ),
        pytest.param(
            "Court records show Ida Marsh pleaded guilty.", {(S.PLEADED_GUILTY, M.ASSERTED)}, id="court_records"
        ),
        pytest.param("It is a myth that Ida Marsh was convicted.", {(S.CONVICTED, M.NEGATED)}, id="myth"),
        pytest.param(
            "Often said, not borne out: that Ida Marsh was convicted.", {(S.CONVICTED, M.NEGATED)}, id="not_borne_out"
        ),
        pytest.param("That Ida Marsh was convicted.", {(S.CONVICTED, M.ATTRIBUTED)}, id="bare_that_clause"),
        pytest.param(
            "Ida Marsh is scheduled to be sentenced on May 4.", {(S.SENTENCED, M.SCHEDULED)}, id="scheduled_to_be"
        ),
        pytest.param("Ida Marsh remains set for sentencing.", {(S.SENTENCED, M.SCHEDULED)}, id="set_for_sentencing"),
        pytest.param("Ida Marsh was unlikely to be convicted.", {(S.CONVICTED, M.HYPOTHETICAL)}, id="unlikely_to_be"),
        pytest.param("A judge asked the jury to acquit Ida Marsh.", {(S.ACQUITTED, M.SOUGHT)}, id="asked_to_acquit"),
        pytest.param(
            "The jury took two hours to acquit Ida Marsh.", {(S.ACQUITTED, M.ASSERTED)}, id="took_hours_to_acquit"
        ),
        pytest.param(
            "The charge against Ida Marsh would be dismissed if she pays.",
            {(S.DISMISSED, M.HYPOTHETICAL)},
            id="would_be_dismissed",
        ),
        pytest.param(
            "The charges against Ida Marsh were not dropped.", {(S.DISMISSED, M.NEGATED)}, id="charges_not_dropped"
        ),
        pytest.param(
            "Prosecutors never proved it, and charges were never filed against Ida Marsh.",
            {(S.CHARGED, M.NEGATED)},
            id="charges_never_filed",
        ),
        pytest.param("Prosecutors asked for 15 years for Ida Marsh.", {(S.SENTENCED, M.SOUGHT)}, id="asked_for_years"),
        pytest.param(
            "A judge said Ida Marsh may be found guilty next week.",
            {(S.CONVICTED, M.HYPOTHETICAL)},
            id="may_be_found_guilty",
        ),
        pytest.param(
            "A judge rejected the guilty plea of Ida Marsh.", {(S.PLEADED_GUILTY, M.NEGATED)}, id="plea_rejected"
        ),
    ],
)
def test_how_it_is_meant(text: str, expected: set[tuple[Stage, Modality]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        pytest.param("Ida Marsh was charged with perjury, but prosecutors dropped it.", S.DISMISSED, id="dropped_it"),
        pytest.param("Ida Marsh had her conviction vacated.", S.OVERTURNED, id="had_it_vacated"),
        pytest.param("The jury convicted Ida Marsh of theft and hung on the rest.", S.MISTRIAL, id="hung_on_the_rest"),
        pytest.param("The jury was unable to reach a verdict on Ida Marsh.", S.MISTRIAL, id="verdict_on_her"),
        pytest.param(
            "The judge entered judgments of acquittal on two counts on which a jury had found Ida Marsh guilty.",
            S.ACQUITTED,
            id="judgments_of_acquittal",
        ),
        pytest.param("Jurors found Ida Marsh guilty on two counts and not guilty on one.", S.ACQUITTED, id="mixed"),
        pytest.param("A judge ruled that Ida Marsh had no case to answer.", S.ACQUITTED, id="no_case_to_answer"),
        pytest.param("The magistrate discharged Ida Marsh.", S.DISMISSED, id="discharged"),
        pytest.param("The case against Ida Marsh collapsed.", S.DISMISSED, id="case_collapsed"),
        pytest.param("The Crown stayed the charges against Ida Marsh.", S.DISMISSED, id="charges_stayed"),
        pytest.param("Prosecutors discontinued the case against Ida Marsh.", S.DISMISSED, id="discontinued"),
        pytest.param("The judge granted Ida Marsh a new trial.", S.OVERTURNED, id="new_trial_granted"),
        pytest.param("Ida Marsh won her appeal.", S.OVERTURNED, id="appeal_won"),
    ],
)
def test_favourable_outcomes_are_kept(text: str, stage: Stage) -> None:
    assert (stage, M.ASSERTED) in read(text)


@pytest.mark.parametrize(
    ("text", "party", "stage"),
    [
        pytest.param(
            "Velmo Media agreed to pay $5 million to settle claims.", "Velmo Media", S.SETTLED, id="pays_to_settle"
        ),
        pytest.param(
            "The regulator settled with Velmo Media in May.", "Velmo Media", S.SETTLED, id="regulator_settles"
        ),
        pytest.param(
            "Ida Marsh settled her suit against Velmo Media.", "Velmo Media", S.SETTLED, id="plaintiff_settles"
        ),
        pytest.param("Velmo Media signed a consent decree.", "Velmo Media", S.SETTLED, id="consent_decree"),
        pytest.param("Velmo Media is facing a class action.", "Velmo Media", S.SUED, id="faces_class_action"),
        pytest.param(
            "A lawsuit filed in May accuses Velmo Media of neglect.", "Velmo Media", S.SUED, id="suit_accuses"
        ),
        pytest.param("Ida Marsh is suing Velmo Media.", "Velmo Media", S.SUED, id="is_suing"),
        pytest.param(
            "Velmo Media was ordered to pay $3 million in damages.", "Velmo Media", S.CIVIL_LIABLE, id="damages_ordered"
        ),
        pytest.param("A jury cleared Velmo Media of liability.", "Velmo Media", S.CIVIL_NOT_LIABLE, id="no_liability"),
        pytest.param("The regulator imposed a $2m fine on Velmo Media.", "Velmo Media", S.FINED, id="fine_imposed"),
        pytest.param("Ida Marsh denied two counts of fraud.", "Ida Marsh", S.PLEADED_NOT_GUILTY, id="denied_counts"),
        pytest.param(
            "Ida Marsh admitted two counts of fraud at Norton Crown Court.",
            "Ida Marsh",
            S.PLEADED_GUILTY,
            id="admitted_counts",
        ),
        pytest.param("Otto Wilson appealed the verdict.", "Otto Wilson", S.APPEALED, id="names_that_end_like_words"),
        pytest.param("Ida Marsh surrendered to police on Monday.", "Ida Marsh", S.ARRESTED, id="surrendered"),
        pytest.param("Ida Marsh was ordered to serve five years in prison.", "Ida Marsh", S.SENTENCED, id="to_serve"),
    ],
)
def test_stages_and_whose(text: str, party: str, stage: Stage) -> None:
    events = read_events(text, (Block(Zone.BODY, 0, len(text)),))
    assert (party, stage, M.ASSERTED) in {(event.party, event.stage, event.modality) for event in events}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Ida Marsh was discharged from hospital.", id="hospital"),
        pytest.param("Ida Marsh admitted two guests to the club.", id="admitted_guests"),
        pytest.param("Ida Marsh prosecuted the case for the state.", id="prosecuted_the_case"),
        pytest.param("Ida Marsh was given 10 years to repay the loan.", id="years_to_repay"),
        pytest.param("Ida Marsh spent two years in pretrial detention.", id="detention_is_no_sentence"),
        pytest.param("Velmo Media cleared the way for a merger.", id="cleared_the_way"),
    ],
)
def test_look_alikes_are_nothing(text: str) -> None:
    assert read(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Ida Marsh was tried and acquitted.", (S.ACQUITTED, M.ASSERTED), id="tried_is_no_attempt"),
        pytest.param(
            "Ida Marsh wants her conviction overturned.", (S.CONVICTED, M.ASSERTED), id="wanted_undone_is_done"
        ),
        pytest.param("Ida Marsh fled before she was sentenced.", (S.SENTENCED, M.NEGATED), id="fled_before"),
        pytest.param("Users of the site said Ida Marsh was jailed for a year.", None, id="users_are_no_source"),
        pytest.param(
            "The judge denied a motion to dismiss the case against Ida Marsh.",
            (S.DISMISSED, M.NEGATED),
            id="motion_denied",
        ),
        pytest.param(
            "A judge refused to dismiss a suit against Velmo Media.", (S.SUED, M.ASSERTED), id="suit_kept_is_a_suit"
        ),
    ],
)
def test_what_a_cue_reaches(text: str, expected: tuple[Stage, Modality] | None) -> None:
    found = read(text)
    if expected is None:
        assert not any(modality is M.ASSERTED for _, modality in found)
    else:
        assert expected in found


def test_a_headline_that_asks_says_nothing() -> None:
    title = "Was Ida Marsh wrongly convicted?"
    text = title + "\n\nIda Marsh ran the site."
    blocks = (Block(Zone.HEADLINE, 0, len(title)), Block(Zone.BODY, len(title) + 2, len(text)))
    assert read_events(text, blocks) == []
