"""Which offences, counts and dates the words around a step give."""

from __future__ import annotations

import pytest

from knowledge.model import Block, Counts, Modality, ProceduralEvent, Stage, Zone
from knowledge.procedure import read_events
from knowledge.procedure.counts import read_counts
from knowledge.procedure.wording import read_items

S = Stage


def read(text: str) -> list[ProceduralEvent]:
    return read_events(text, (Block(Zone.BODY, 0, len(text)),), published="2024-05-16")


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        pytest.param("money laundering, for transferring $16.5 million abroad", ["money laundering"], id="comma_for"),
        pytest.param("money laundering by a jury that acquitted her", ["money laundering"], id="by_a_jury"),
        pytest.param("fraudulent trading by a majority of ten to two", ["fraudulent trading"], id="by_a_majority"),
        pytest.param("conspiracy and agreed to pay $8 million", ["conspiracy"], id="second_verb"),
        pytest.param("theft and saw a mistrial on the rest", ["theft"], id="irregular_second_verb"),
        pytest.param(
            "drug conspiracy and computer hacking, to time served", ["drug conspiracy", "computer hacking"], id="to"
        ),
        pytest.param("bank fraud to which she pleaded guilty", ["bank fraud"], id="to_which"),
        pytest.param("sex trafficking, albeit I did not watch", ["sex trafficking"], id="albeit"),
        pytest.param("money laundering, and some of her staff left", ["money laundering"], id="new_clause"),
        pytest.param("fraud and the jury deadlocked", ["fraud"], id="and_the_jury"),
        pytest.param("fraud on Thursday", ["fraud"], id="weekday"),
        pytest.param("perjury the same year", ["perjury"], id="same_year"),
        pytest.param("terrorism years ago", ["terrorism"], id="years_ago"),
        pytest.param("murder of Ann Poe in Ohio", ["murder"], id="victim_and_place"),
        pytest.param("theft of $41 million from his customers", ["theft"], id="money"),
        pytest.param("securities fraud related to the sale of tokens", ["securities fraud"], id="related_to"),
        pytest.param("rape, murder and other crimes", ["rape", "murder"], id="other_crimes"),
        pytest.param("trafficking in persons", ["trafficking in persons"], id="in_persons"),
        pytest.param("causing death by dangerous driving", ["causing death by dangerous driving"], id="by_driving"),
        pytest.param("assault with a deadly weapon in a bar", ["assault with a deadly weapon"], id="with_a_weapon"),
        pytest.param(
            "laundering the proceeds of stolen goods", ["laundering the proceeds of stolen goods"], id="participle"
        ),
        pytest.param(
            "possession with intent to distribute cocaine",
            ["possession with intent to distribute cocaine"],
            id="intent",
        ),
        pytest.param("violating the Travel Act", ["violating the Travel Act"], id="name_of_a_law"),
        pytest.param(
            "promotion of prostitution and reckless disregard of sex trafficking",
            ["promotion of prostitution and reckless disregard of sex trafficking"],
            id="one_offence_with_two_parts",
        ),
        pytest.param(
            "conspiracy to facilitate prostitution and to launder money",
            ["conspiracy to facilitate prostitution", "conspiracy to launder money"],
            id="one_conspiracy_with_two_objects",
        ),
        pytest.param(
            "conspiracy to commit wire fraud and bank fraud",
            ["conspiracy to commit wire fraud and bank fraud"],
            id="objects_of_a_conspiracy_are_not_offences",
        ),
        pytest.param(
            "conspiring with others to launder money", ["conspiring with others to launder money"], id="with_others"
        ),
        pytest.param("insider trading, alleging he tipped friends", ["insider trading"], id="participle_clause"),
        pytest.param(
            "violating sanctions against Cuba, theft and perjury",
            ["violating sanctions", "theft", "perjury"],
            id="aside",
        ),
        pytest.param(
            "complicity in drug dealing, refusing to cooperate with the police and money laundering",
            ["complicity in drug dealing", "refusing to cooperate", "money laundering"],
            id="deed_in_a_list",
        ),
        pytest.param(
            "sex trafficking by force, fraud or coercion, and theft",
            ["sex trafficking by force, fraud or coercion", "theft"],
            id="by_force_fraud_or_coercion",
        ),
        pytest.param("wire and mail fraud", ["wire fraud", "mail fraud"], id="shared_head"),
        pytest.param(
            "illegal dumping, selling untested kits, improper storage and tax evasion",
            ["illegal dumping", "selling untested kits", "improper storage", "tax evasion"],
            id="list_with_unknown_matters",
        ),
        pytest.param(
            "Conspiracy to Commit Wire Fraud and Aggravated Identity Theft",
            ["Conspiracy to Commit Wire Fraud", "Aggravated Identity Theft"],
            id="title_case",
        ),
    ],
)
def test_wording(tail: str, expected: list[str]) -> None:
    assert [item.text for item in read_items(tail)] == expected


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        pytest.param("10 counts, including three of rape", [("rape", 3)], id="including"),
        pytest.param("one count of fraud and six of perjury", [("fraud", 1), ("perjury", 6)], id="six_of"),
        pytest.param("two counts each of fraud and perjury", [("fraud", 2), ("perjury", 2)], id="each"),
        pytest.param("a count of fraud and five counts of theft", [("fraud", 1), ("theft", 5)], id="two_numbers"),
        pytest.param("five counts of fraud, conspiracy", [("fraud", 5), ("conspiracy", None)], id="not_inherited"),
    ],
)
def test_counts_are_shared_out(tail: str, expected: list[tuple[str, Counts]]) -> None:
    assert [(item.text, item.counts) for item in read_items(tail)] == expected


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        pytest.param("on 53 of the 84 counts", 53, id="of_the"),
        pytest.param("on 14 of 19 counts", 14, id="of"),
        pytest.param("on the other 21", 21, id="other"),
        pytest.param("on the remaining eleven charges", 11, id="remaining"),
        pytest.param("a single count of fraud", 1, id="single"),
        pytest.param("on all three counts", 3, id="all_three"),
        pytest.param("on all counts", "all", id="all"),
        pytest.param("on both counts", 2, id="both"),
        pytest.param("deadlocked on the rest", "rest", id="rest"),
        pytest.param("acquitted on four others", 4, id="four_others"),
        pytest.param("a 13-count indictment", 13, id="indictment"),
        pytest.param("twenty-one money laundering counts", 21, id="offence_between"),
        pytest.param("on counts 2 to 18", None, id="numbered_counts"),
        pytest.param("three men face charges", None, id="people"),
        pytest.param("the 2019 charges", None, id="year"),
        pytest.param("paid $5,000 charges", None, id="money"),
        pytest.param("after a 12-year fight over charges", None, id="length"),
    ],
)
def test_counts(said: str, counts: Counts) -> None:
    assert read_counts(said) == counts


@pytest.mark.parametrize(
    ("text", "stage", "offences"),
    [
        pytest.param("On the fraud count the jury acquitted John Doe.", S.ACQUITTED, {"fraud"}, id="count_before"),
        pytest.param(
            "The murder-for-hire charge against John Doe was dismissed.", S.DISMISSED, {"murder-for-hire"}, id="charge"
        ),
        pytest.param("John Doe's wire fraud convictions were upheld.", S.CONVICTED, {"wire fraud"}, id="noun"),
        pytest.param("John Doe's fraud trial opened in Ohio.", S.ON_TRIAL, {"fraud"}, id="trial"),
        pytest.param(
            "John Doe was charged by indictment with one count of perjury.", S.CHARGED, {"perjury"}, id="by_indictment"
        ),
        pytest.param(
            "The jury convicted John Doe of count one, conspiracy to commit theft.",
            S.CONVICTED,
            {"conspiracy to commit theft"},
            id="numbered_count",
        ),
        pytest.param(
            "John Doe was charged with fraud. The charge was dropped.", S.DISMISSED, {"fraud"}, id="the_charge"
        ),
        pytest.param(
            "John Doe was indicted on wire fraud and theft charges.", S.CHARGED, {"wire fraud", "theft"}, id="on"
        ),
        pytest.param("John Doe settled a privacy lawsuit for $3 million.", S.SETTLED, {"privacy"}, id="of_a_suit"),
        pytest.param(
            "The charges against John Doe include theft and perjury.", S.CHARGED, {"theft", "perjury"}, id="include"
        ),
        pytest.param(
            "President Poe pardoned John Doe, who was serving a life sentence for drug offences.",
            S.PARDONED,
            {"drug offences"},
            id="pardoned_of_what_he_was_jailed_for",
        ),
        pytest.param("John Doe was arrested on a U.S. warrant for tax evasion.", S.ARRESTED, {"tax evasion"}, id="u_s"),
        pytest.param("John Doe was convicted on one charge of perjury.", S.CONVICTED, {"perjury"}, id="on_a_charge_of"),
        pytest.param(
            "The judge declared a mistrial on the conspiracy charge against John Doe.",
            S.MISTRIAL,
            {"conspiracy"},
            id="mistrial",
        ),
        pytest.param(
            "A jury found John Doe guilty of fraud and acquitted Ann Poe of the same offence.",
            S.ACQUITTED,
            {"fraud"},
            id="same_offence",
        ),
        pytest.param(
            "John Doe was convicted of fraud and theft. Ann Poe was acquitted of the same offence.",
            S.ACQUITTED,
            {None},
            id="same_offence_of_two",
        ),
        pytest.param(
            "John Doe was convicted of fraud and sentenced to five years.", S.SENTENCED, {"fraud"}, id="and_sentenced"
        ),
        pytest.param(
            "John Doe was convicted of fraud. He was sentenced to five years.",
            S.SENTENCED,
            {"fraud"},
            id="next_sentence",
        ),
        pytest.param(
            "John Doe was convicted of fraud. He ran a shop. He lived in Ohio. John Doe was sentenced to five years.",
            S.SENTENCED,
            {None},
            id="too_far",
        ),
        pytest.param(
            "John Doe was jailed for ten years for laundering the proceeds of stolen goods.",
            S.SENTENCED,
            {"laundering the proceeds of stolen goods"},
            id="deed",
        ),
    ],
)
def test_offence_of_a_step(text: str, stage: Stage, offences: set[str | None]) -> None:
    assert {e.offence for e in read(text) if e.stage is stage} == offences


def test_a_heading_lends_no_offence() -> None:
    head, body = "Jane Roe charged with murder", "Jane Roe was charged on Monday. She pleaded guilty to the charges."
    text = f"{head}\n\n{body}"
    blocks = (Block(Zone.HEADLINE, 0, len(head)), Block(Zone.BODY, len(head) + 2, len(text)))
    found = {e.stage: e.offence for e in read_events(text, blocks)}
    assert found == {S.CHARGED: None, S.PLEADED_GUILTY: None}


@pytest.mark.parametrize(
    ("text", "stage", "date"),
    [
        pytest.param(
            "October 2016 charges against John Doe were dismissed on 9 December 2016.",
            S.DISMISSED,
            "2016-12-09",
            id="date_of_the_charges",
        ),
        pytest.param("On 4 May 2023 a court upheld John Doe's 2020 conviction.", S.AFFIRMED, "2023-05-04", id="upheld"),
        pytest.param("On 4 May 2023 a court upheld John Doe's 2020 conviction.", S.CONVICTED, "2020", id="of_the_noun"),
        pytest.param(
            "In 2023 Ann Poe met John Doe, who was convicted in 2020.", S.CONVICTED, "2020", id="other_clause"
        ),
        pytest.param("John Doe, mayor since 1963, was arrested.", S.ARRESTED, None, id="since"),
        pytest.param("John Doe must pay by 1 March 2012 after being fined $3,000.", S.FINED, None, id="deadline"),
        pytest.param("John Doe was convicted of fraud committed in 2015.", S.CONVICTED, None, id="day_of_the_deed"),
        pytest.param("John Doe was charged with the 2015 murder of Ann Poe.", S.CHARGED, None, id="noun_of_the_deed"),
        pytest.param(
            "John Doe was convicted in March 2023 of fraud and acquitted of theft.",
            S.ACQUITTED,
            "2023-03",
            id="verdict",
        ),
        pytest.param(
            "John Doe, who was convicted in 2010 of fraud, was acquitted of theft.",
            S.ACQUITTED,
            None,
            id="two_verdicts",
        ),
        pytest.param("On Thursday charges against John Doe were dropped.", S.DISMISSED, "2024-05-16", id="weekday"),
        pytest.param("John Doe was arrested last Thursday.", S.ARRESTED, "2024-05-09", id="last_thursday"),
        pytest.param("John Doe was sentenced last month to five years.", S.SENTENCED, "2024-04", id="last_month"),
        pytest.param("John Doe was convicted of fraud.", S.CONVICTED, None, id="undated"),
        pytest.param("John Doe was convicted of fraud after a bank collapsed in 2014.", S.CONVICTED, None, id="clause"),
        pytest.param("John Doe was jailed for 6 years for shouting on 3 May.", S.SENTENCED, None, id="what_it_was_for"),
        pytest.param("John Doe was convicted after a trial in 2014.", S.CONVICTED, "2014", id="after_a_trial"),
    ],
)
def test_date_of_a_step(text: str, stage: Stage, date: str | None) -> None:
    assert {e.date for e in read(text) if e.stage is stage and e.modality is Modality.ASSERTED} == {date}
