"""What the reader makes of whole situations: who, which stage, how meant."""

from __future__ import annotations

import pytest

from knowledge.model import Block, Modality, ProceduralEvent, Stage, Zone
from knowledge.procedure import read_claims, read_events

S, M = Stage, Modality
GUILT = {Stage.PLEADED_GUILTY, Stage.CONVICTED, Stage.SENTENCED}


def read(text: str, *, zone: Zone = Zone.BODY, published: str | None = None) -> list[ProceduralEvent]:
    return read_events(text, (Block(zone, 0, len(text)),), published=published)


def triples(events: list[ProceduralEvent]) -> set[tuple[str, Stage, Modality]]:
    return {(event.party, event.stage, event.modality) for event in events}


MIXED = "Jane Roe was convicted on one count of fraud, acquitted on one other charge, and deadlocked on the rest."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            MIXED,
            {
                ("Jane Roe", S.CONVICTED, M.ASSERTED),
                ("Jane Roe", S.ACQUITTED, M.ASSERTED),
                ("Jane Roe", S.MISTRIAL, M.ASSERTED),
            },
            id="one_verdict_three_outcomes",
        ),
        pytest.param(
            "The jury acquitted Ann Poe but convicted her husband, Max Poe, of manslaughter.",
            {("Ann Poe", S.ACQUITTED, M.ASSERTED), ("Max Poe", S.CONVICTED, M.ASSERTED)},
            id="co_defendant_convicted",
        ),
        pytest.param(
            "Lou Ray is a son of Sam Ray, also known as Big Sam, who was convicted of theft.",
            {("Sam Ray", S.CONVICTED, M.ASSERTED)},
            id="relative_clause_goes_to_the_father",
        ),
        pytest.param(
            "Jane Roe is appealing her conviction.",
            {("Jane Roe", S.APPEALED, M.ASSERTED), ("Jane Roe", S.CONVICTED, M.ASSERTED)},
            id="appeal_takes_the_conviction_for_granted",
        ),
        pytest.param(
            "Jane Roe pleaded not guilty.", {("Jane Roe", S.PLEADED_NOT_GUILTY, M.ASSERTED)}, id="plea_of_not_guilty"
        ),
        pytest.param(
            "Jane Roe faces up to 20 years in prison.",
            {("Jane Roe", S.SENTENCED, M.HYPOTHETICAL)},
            id="maximum_is_no_sentence",
        ),
        pytest.param(
            "Prosecutors failed to convict Jane Roe.", {("Jane Roe", S.CONVICTED, M.NEGATED)}, id="failed_to_convict"
        ),
        pytest.param(
            "Neither Jane Roe nor John Doe was convicted.",
            {("Jane Roe", S.CONVICTED, M.NEGATED), ("John Doe", S.CONVICTED, M.NEGATED)},
            id="neither_nor",
        ),
        pytest.param(
            "The owners are Jane Roe, John Doe and Sam Ray. All three men are facing fraud charges.",
            {
                ("Jane Roe", S.CHARGED, M.ASSERTED),
                ("John Doe", S.CHARGED, M.ASSERTED),
                ("Sam Ray", S.CHARGED, M.ASSERTED),
            },
            id="all_three_men_are_the_three",
        ),
        pytest.param(
            "A court found his former chief of staff, John Doe, guilty of taking bribes.",
            {("John Doe", S.CONVICTED, M.ASSERTED)},
            id="apposed_name_is_the_party",
        ),
        pytest.param(
            "Six men, including John Doe, were acquitted.",
            {("Six men", S.ACQUITTED, M.ASSERTED), ("John Doe", S.ACQUITTED, M.ASSERTED)},
            id="included_name",
        ),
        pytest.param(
            "Ann Poe, whose brother Max Poe was convicted of fraud, ran again.",
            {("Max Poe", S.CONVICTED, M.ASSERTED)},
            id="whose_brother",
        ),
        pytest.param(
            "An aunt of the two learned by telephone that a nephew of hers was convicted.",
            set(),
            id="learning_of_an_unnamed_relative",
        ),
        pytest.param(
            "President Jim Poe pardoned John Doe. Doe had been convicted of fraud.",
            {("John Doe", S.PARDONED, M.ASSERTED), ("John Doe", S.CONVICTED, M.ASSERTED)},
            id="the_pardoner_is_nobody_convicted",
        ),
        pytest.param(
            "Jane Roe was arraigned before U.S. District Judge Ruth Poe and pleaded not guilty.",
            {("Jane Roe", S.ARRAIGNED, M.ASSERTED), ("Jane Roe", S.PLEADED_NOT_GUILTY, M.ASSERTED)},
            id="the_judge_pleads_nothing",
        ),
        pytest.param(
            "A user sued Acme Media for defamation; a judge dismissed the lawsuit.",
            {("Acme Media", S.SUED, M.ASSERTED), ("Acme Media", S.DISMISSED, M.ASSERTED)},
            id="suit_and_dismissal",
        ),
        pytest.param(
            "The company charged $5 and appealed to voters after a cardiac arrest in its trial version.", set(), id="no"
        ),
    ],
)
def test_situation(text: str, expected: set[tuple[str, Stage, Modality]]) -> None:
    assert triples(read(text)) == expected


def test_brief_prose_gives_offence_counts_and_date() -> None:
    text = (
        "On 16 November 2023, a jury convicted Jane Roe of one count of money laundering and acquitted her of one "
        "other count; it deadlocked on the other 84 counts."
    )
    slots = {e.stage: (e.offence, e.counts, e.date) for e in read(text)}
    assert slots == {
        S.CONVICTED: ("money laundering", 1, "2023-11-16"),
        S.ACQUITTED: (None, 1, "2023-11-16"),
        S.MISTRIAL: (None, 84, "2023-11-16"),
    }


def test_relative_date_counts_from_publication() -> None:
    (event,) = read("Jane Roe was arrested on Tuesday.", published="2024-05-02")
    assert event.date == "2024-04-30"


def test_relative_date_without_publication_stays_unknown() -> None:
    (event,) = read("Jane Roe was arrested on Tuesday.")
    assert event.date is None


def test_length_and_fine_are_normalised() -> None:
    events = read("Jane Roe was sentenced to fifteen years and eight months in prison and fined $3 million.")
    assert {e.stage: e.sentence for e in events} == {S.SENTENCED: "15 years 8 months", S.FINED: "USD 3,000,000"}


def test_comment_is_a_readers_word() -> None:
    text = "Jane Roe WAS found guilty of fraud."
    (event,) = read_events(text, (Block(Zone.COMMENT, 0, len(text), speaker="troll9"),))
    assert event.modality is M.ATTRIBUTED
    assert event.attributed_to == "a reader (troll9)"


def test_quotation_is_its_speakers_word() -> None:
    text = "Jane Roe was convicted of fraud."
    (event,) = read_events(text, (Block(Zone.QUOTATION, 0, len(text), speaker="John Doe"),))
    assert (event.modality, event.attributed_to) == (M.ATTRIBUTED, "John Doe")


def test_headline_makes_no_guilt_alone() -> None:
    head, body = "Jane Roe convicted of fraud", "Jane Roe ran a shop in Ohio."
    text = f"{head}\n\n{body}"
    blocks = (Block(Zone.HEADLINE, 0, len(head)), Block(Zone.BODY, len(head) + 2, len(text)))
    assert not [e for e in read_events(text, blocks) if e.stage in GUILT]


def test_a_question_in_a_text_asserts_nothing() -> None:
    assert {e.modality for e in read("Was Jane Roe convicted of fraud?")} == {M.HYPOTHETICAL}


def test_acquittal_reversed_is_no_conviction_overturned() -> None:
    assert S.OVERTURNED not in {e.stage for e in read("A court reversed the acquittal of Jane Roe.")}


def test_victim_of_the_convicted_is_not_convicted() -> None:
    events = read("The man who robbed Jane Roe was convicted of theft.")
    assert "Jane Roe" not in {e.party for e in events}


def test_jailed_as_an_epithet_is_no_sentence() -> None:
    assert not [e for e in read("Jane Roe wrote to the jailed writer John Doe for a year.") if e.stage in GUILT]


def test_apposed_role_with_a_clause_of_its_own_is_the_name() -> None:
    events = read("Jane Roe, a nurse who worked for Max Poe, was arrested.")
    assert {(e.party, e.stage) for e in events} == {("Jane Roe", S.ARRESTED)}


@pytest.mark.parametrize(
    ("text", "guilty"),
    [
        pytest.param("With John Doe convicted, Ann Roe took over.", {"John Doe"}, id="absolute_phrase"),
        pytest.param("Ann Roe, who testified against John Doe, was convicted of perjury.", {"Ann Roe"}, id="who"),
        pytest.param("Acme Ltd, owned by John Doe, pleaded guilty to fraud.", {"Acme Ltd"}, id="owner_is_not_company"),
        pytest.param("John Doe's company, Acme Ltd, pleaded guilty to fraud.", {"Acme Ltd"}, id="company_of_the_owner"),
        pytest.param(
            "Ann Roe replaced John Doe, convicted of bribery in 2010, as mayor.", {"John Doe"}, id="participle"
        ),
        pytest.param("Ann Roe's killer, John Doe, was convicted in 2001.", {"John Doe"}, id="killer_of"),
        pytest.param("Lawyers for John Doe said the witness had been convicted.", set(), id="the_witness"),
        pytest.param("The case against John Doe fell when Ann Roe was convicted.", {"Ann Roe"}, id="case_against"),
        pytest.param("John Doe's lawyer said a rival had been jailed for fraud.", set(), id="the_rival"),
    ],
)
def test_guilt_goes_to_whom_it_is_about(text: str, guilty: set[str]) -> None:
    found = {e.party for e in read(text) if e.stage in GUILT and e.modality is M.ASSERTED}
    assert found == guilty


def test_month_of_may_is_no_doubt() -> None:
    events = read("Jane Roe was convicted in May 2024 and sentenced to five years in prison.")
    assert {(e.stage, e.modality) for e in events} == {(S.CONVICTED, M.ASSERTED), (S.SENTENCED, M.ASSERTED)}


def test_the_charges_are_those_named_before() -> None:
    events = read("Jane Roe was charged with bribery. Roe pleaded guilty to the charges.")
    assert ("bribery", S.PLEADED_GUILTY) in {(e.offence, e.stage) for e in events}


def test_boilerplate_is_never_read() -> None:
    assert read("Jane Roe was convicted of fraud.", zone=Zone.BOILERPLATE) == []


def test_unnamed_in_the_lead_is_the_one_named_later() -> None:
    text = "A doctor was sentenced to ten years in prison. Dr. Jane Roe was found guilty in May of fraud."
    assert {e.party for e in read(text)} == {"Jane Roe"}


def test_expert_witness_is_not_the_unnamed_doctor() -> None:
    text = "A doctor was sentenced to ten years in prison. Dr. Jane Roe of the hospital said she was shocked."
    assert "Jane Roe" not in {e.party for e in read(text)}


def test_pronoun_with_two_candidates_names_nobody() -> None:
    text = "Kim Poe and Lee Doe met in Ohio. He was convicted of fraud."
    assert not {"Kim Poe", "Lee Doe"} & {e.party for e in read(text)}


@pytest.mark.parametrize(
    ("question", "party", "stage", "offence"),
    [
        pytest.param("Was Jane Roe convicted of theft?", "Jane Roe", S.CONVICTED, "theft", id="was"),
        pytest.param("was jane roe convicted of theft", "Jane Roe", S.CONVICTED, "theft", id="lower_case"),
        pytest.param("Why did Jane Roe plead guilty to fraud?", "Jane Roe", S.PLEADED_GUILTY, "fraud", id="why"),
        pytest.param("How long is Roe going to prison?", "Roe", S.SENTENCED, None, id="how_long"),
        pytest.param(
            "What are the owners of Acme Media charged with?", "the owners of Acme Media", S.CHARGED, None, id="owners"
        ),
        pytest.param("Who was convicted of theft?", "who", S.CONVICTED, "theft", id="who"),
        pytest.param("Was the conviction of Jane Roe overturned?", "Jane Roe", S.OVERTURNED, None, id="overturned"),
    ],
)
def test_question(question: str, party: str, stage: Stage, offence: str | None) -> None:
    assert (party, stage, offence) in {(e.party, e.stage, e.offence) for e in read_claims(question)}
