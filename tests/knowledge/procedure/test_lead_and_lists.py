"""Whom a story's lead means, lists behind ages and addresses, and steps said of several people respectively."""

from __future__ import annotations

import pytest

from knowledge.model import Block, Modality, Stage, Zone
from knowledge.procedure import read_events


def steps(*paragraphs: str) -> set[tuple[str, str]]:
    text = "\n\n".join(paragraphs)
    blocks, at = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(Zone.BODY, at, at + len(paragraph)))
        at += len(paragraph) + 2
    formal = {Stage.ALLEGED, Stage.INVESTIGATED}
    read = read_events(text, blocks, published="2024-05-10")
    return {(e.party, e.stage.value) for e in read if e.modality is Modality.ASSERTED and e.stage not in formal}


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        pytest.param(
            (
                "A jury on Friday convicted the founder of a file site of fraud but hung on a charge against her.",
                "Jane Roe, 41, who built it in a garage, showed no reaction.",
                "Jurors also found her not guilty of perjury. John Doe pleaded guilty in 2022.",
            ),
            {("Jane Roe", s) for s in ("convicted", "mistrial", "charged", "acquitted")}
            | {("John Doe", "pleaded_guilty")},
            id="founder_introduced_by_age",
        ),
        pytest.param(
            (
                "A jury convicted a teacher of assault on Friday.",
                "Jane Roe, 41, who was hurt, wept.",
                "John Doe was arrested in May.",
            ),
            {("John Doe", "arrested")},
            id="victim_introduced_by_age",
        ),
        pytest.param(
            (
                "Two brothers went on trial in Leeds on Monday.",
                "Tan Wei, 45, and Tan Ming, 41, deny six charges of fraud.",
            ),
            {(name, step) for name in ("Tan Wei", "Tan Ming") for step in ("on_trial", "pleaded_not_guilty")},
            id="pair_introduced_by_age",
        ),
        pytest.param(
            ("Jane Roe (58), with an address at Mill Lane, Swords, Co Dublin, was found guilty of fraud in 2021.",),
            {("Jane Roe", "convicted")},
            id="address_is_no_party",
        ),
        pytest.param(
            ("It concerned Jane Roe, a teacher who used it to reach boys and who got six years in jail.",),
            {("Jane Roe", "sentenced")},
            id="second_who_takes_up_the_first",
        ),
        pytest.param(
            ("Jane Roe, 40, John Doe, 41, and Acme Media Inc. are charged with money laundering.",),
            {("Jane Roe", "charged"), ("John Doe", "charged"), ("Acme Media Inc.", "charged")},
            id="list_behind_ages",
        ),
        pytest.param(
            ("Jane Roe and John Doe were charged and convicted respectively of fraud and perjury.",),
            {("Jane Roe", "charged"), ("John Doe", "convicted")},
            id="respectively",
        ),
        pytest.param(
            ("Site owners who were convicted would lose everything. Cases in which people were convicted are rare.",),
            set(),
            id="nobody_in_particular",
        ),
        pytest.param(
            ("The SEC charged Jane Roe with fraud in 2021. Jane Roe, whom the Commission had charged in May, left.",),
            {("Jane Roe", "sued")},
            id="civil_agency_sues",
        ),
    ],
)
def test_steps_are_of(paragraphs: tuple[str, ...], expected: set[tuple[str, str]]) -> None:
    assert steps(*paragraphs) == expected


def test_total_of_a_list_belongs_to_none_of_its_items() -> None:
    text = "A jury convicted Ada Ransome of 39 counts: one of conspiracy, 17 of fraud and 21 of money laundering."
    found = read_events(text, (Block(Zone.BODY, 0, len(text)),))
    assert {(event.offence, event.counts) for event in found} == {
        ("conspiracy", 1),
        ("fraud", 17),
        ("money laundering", 21),
    }
