"""The scorer itself: what counts as found, as right, and above all as putting somebody further along."""

from __future__ import annotations

from typing import Any

import pytest

from tests.eval.scoring import (
    Record,
    Score,
    same_offence,
    same_party,
    same_party_loosely,
    score,
    wilson_interval,
)


def event(party: str, stage: str, modality: str = "asserted", **more: Any) -> Record:
    return {"party": party, "stage": stage, "modality": modality, **more}


def one(read: list[Record], labels: list[Record]) -> Score:
    return score({"d": read}, {"d": labels})


@pytest.mark.parametrize(
    ("name", "other", "strict", "loose"),
    [
        pytest.param("Roe", "Jane Roe", True, True, id="surname_for_full_name"),
        pytest.param("Jane Roe", "Jane M. Roe", True, True, id="middle_name_left_out"),
        pytest.param("Rick Roe", "Jane Roe", False, True, id="namesakes"),
        pytest.param("Peter Garrow", "Garrow Media", False, True, id="owner_and_firm_of_one_name"),
        pytest.param("Tallow Ltd", "Tallow", True, True, id="legal_form_left_out"),
        pytest.param("Étienne Garde", "Etienne Garde", True, True, id="accents"),
        pytest.param("Jane Roe", "John Doe", False, False, id="strangers"),
        pytest.param("the", "Jane Roe", False, False, id="a_filler_is_nobody"),
    ],
)
def test_party_names(name: str, other: str, strict: bool, loose: bool) -> None:
    assert same_party(name, other) is strict
    assert same_party(other, name) is strict
    assert same_party_loosely(name, other) is loose


@pytest.mark.parametrize(
    ("one_wording", "other", "same"),
    [
        pytest.param("money laundering", "laundering of money", True, id="word_order"),
        pytest.param("conspiring to steal", "conspiracy", True, id="word_forms"),
        pytest.param("fraud charges", "trafficking charges", False, id="charges_is_no_offence"),
        pytest.param(None, "fraud", False, id="none_given"),
    ],
)
def test_offence_wordings(one_wording: str | None, other: str, same: bool) -> None:
    assert same_offence(one_wording, other) is same


def test_charge_reported_as_a_conviction_is_an_upgrade() -> None:
    result = one([event("Roe", "convicted")], [event("Jane Roe", "charged")])
    assert [finding.record["party"] for finding in result.upgrades] == ["Roe"]
    assert result.guilt_clean.rate == 0.0


@pytest.mark.parametrize("stage", ["pleaded_guilty", "convicted", "sentenced"])
@pytest.mark.parametrize(
    "labels",
    [
        pytest.param([], id="nothing_labelled"),
        pytest.param([event("Jane Roe", "acquitted")], id="acquitted"),
        pytest.param([event("Jane Roe", "convicted", "hypothetical")], id="only_if_convicted"),
        pytest.param([event("Jane Roe", "sentenced", "scheduled")], id="only_scheduled"),
        pytest.param([event("Jane Roe", "convicted", "attributed")], id="only_a_comment"),
        pytest.param([event("Jane Roe", "pleaded_guilty", "negated")], id="expressly_not"),
        pytest.param([event("Rick Roe", "convicted")], id="the_namesake_was_convicted"),
        pytest.param([event("Roe Holdings", "pleaded_guilty")], id="the_company_pleaded"),
        pytest.param([event("Jane Roe", "fined")], id="a_fine_is_no_guilt"),
    ],
)
def test_guilt_without_a_label_is_an_upgrade(stage: str, labels: list[Record]) -> None:
    assert len(one([event("Jane Roe", stage)], labels).upgrades) == 1


@pytest.mark.parametrize(
    "read",
    [
        pytest.param(event("Roe", "convicted"), id="as_labelled"),
        pytest.param(event("Roe", "sentenced"), id="another_stage_of_guilt"),
        pytest.param(event("Rick Poe", "charged"), id="a_charge_upgrades_nobody"),
        pytest.param(event("Rick Poe", "convicted", "attributed"), id="attributed_guilt_is_not_asserted"),
        pytest.param(event("Rick Poe", "sentenced", "hypothetical"), id="hypothetical_is_not_asserted"),
    ],
)
def test_not_an_upgrade(read: Record) -> None:
    assert one([read], [event("Jane Roe", "convicted")]).upgrades == []


def test_arguable_label_backs_guilt_but_is_neither_demanded_nor_counted() -> None:
    arguable = event("Jane Roe", "convicted", agreed=False)
    silent, found = one([], [arguable]), one([event("Roe", "convicted")], [arguable])
    assert silent.asserted.labelled == 0
    assert found.asserted.read == 0
    assert found.upgrades == []


def test_guilt_of_another_offence_is_an_offence_upgrade() -> None:
    labels = [event("Jane Roe", "convicted", offence="tax fraud")]
    result = one([event("Roe", "convicted", offence="trafficking")], labels)
    assert result.upgrades == []
    assert len(result.of_kind("offence_upgrade")) == 1
    assert result.offence_clean.rate == 0.0


def test_offence_upgrade_needs_labels_that_name_an_offence() -> None:
    labels = [event("Jane Roe", "convicted", offence="tax fraud"), event("Jane Roe", "sentenced")]
    assert one([event("Roe", "convicted", offence="trafficking")], labels).of_kind("offence_upgrade") == []


@pytest.mark.parametrize(
    ("read", "missed"),
    [
        pytest.param([event("Roe", "charged")], 1, id="charge_told_and_acquittal_left_out"),
        pytest.param([event("Roe", "charged"), event("Roe", "acquitted")], 0, id="both_told"),
        pytest.param([], 0, id="nothing_told_burdens_nobody"),
        pytest.param([event("Rick Roe", "charged")], 0, id="the_burden_is_the_namesakes"),
    ],
)
def test_favourable_misses(read: list[Record], missed: int) -> None:
    result = one(read, [event("Jane Roe", "charged"), event("Jane Roe", "acquitted")])
    assert len(result.of_kind("favourable_miss")) == missed


def test_precision_and_recall_count_events_once() -> None:
    labels = [
        event("Jane Roe", "charged", offence="fraud"),
        event("Jane Roe", "charged", offence="theft"),
        event("Jane Roe", "sentenced", "scheduled"),
        event("John Doe", "arrested"),
    ]
    read = [event("Roe", "charged"), event("Roe", "charged"), event("Poe", "arrested")]
    result = one(read, labels)
    assert (result.asserted.labelled, result.asserted.found) == (2, 1)
    assert (result.asserted.read, result.asserted.right) == (2, 1)
    assert result.asserted.f1 == 0.5
    assert (result.core.labelled, result.core.found) == (3, 1)
    assert result.stages["charged"].right == 1
    assert {finding.record["stage"] for finding in result.of_kind("missed")} == {"arrested", "sentenced"}


def test_stages_outside_the_core_count_nowhere() -> None:
    result = one([event("Roe", "alleged")], [event("Jane Roe", "investigated")])
    assert (result.core.labelled, result.core.read) == (0, 0)


def test_offence_and_counts_are_judged_on_events_that_were_found() -> None:
    labels = [
        event("Jane Roe", "convicted", offence="fraud", counts=2),
        event("Jane Roe", "acquitted", offence="theft", counts="all"),
        event("John Doe", "charged", offence="fraud", counts=7),
    ]
    read = [
        event("Roe", "convicted", offence="wire fraud", counts=3),
        event("Roe", "acquitted", offence="arson", counts=1),
    ]
    result = one(read, labels)
    assert (result.offence_right.hits, result.offence_right.trials) == (1, 2)
    assert (result.counts_right.hits, result.counts_right.trials) == (0, 1)


def test_documents_without_labels_are_left_out() -> None:
    assert score({"other": [event("Roe", "convicted")]}, {"d": []}).upgrades == []


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"),
    [
        pytest.param(0, 0, 0.0, 1.0, id="no_trials_say_nothing"),
        pytest.param(0, 100, 0.0, 0.037, id="none_in_a_hundred"),
        pytest.param(5, 10, 0.2366, 0.7634, id="half_of_ten"),
    ],
)
def test_wilson_interval(hits: int, trials: int, low: float, high: float) -> None:
    assert wilson_interval(hits, trials) == pytest.approx((low, high), abs=5e-4)
