"""Which wordings name the same offence."""

from __future__ import annotations

import pytest

from knowledge.procedure.offences import offence_covers, offence_key, same_offence


@pytest.mark.parametrize(
    ("wording", "key"),
    [
        ("international concealment money laundering", "money_laundering"),
        ("18 U.S.C. § 1956", "money_laundering"),
        ("18 U.S.C. § 1952", "travel_act"),
        ("violations of the Travel Act", "travel_act"),
        ("conspiracy to commit money laundering", "conspiracy_money_laundering"),
        ("conspiracy to commit copyright infringement", "conspiracy_copyright_infringement"),
        ("conspiracy", "conspiracy"),
        ("child sex trafficking", "sex_trafficking"),
        ("facilitating prostitution", "facilitating_prostitution"),
        ("murder-for-hire", "murder_for_hire"),
        ("operating an unlicensed money transmitting business", "unlicensed_money_transmitting"),
        ("honest services wire fraud", "wire_fraud"),
        ("violating sanctions", "sanctions_violation"),
        ("violating Italian privacy law", "privacy_violation"),
        ("promotion of prostitution and reckless disregard of sex trafficking", "facilitating_prostitution"),
        ("conspiring to promote prostitution", "conspiracy_facilitating_prostitution"),
        ("failing to maintain an effective anti-money laundering programme", "bank_secrecy_act"),
        ("violating the Bank Secrecy Act", "bank_secrecy_act"),
        ("conspiracy to operate an unlicensed money transmitting business", "conspiracy_unlicensed_money_transmitting"),
        ("laundering the proceeds of crime", "money_laundering"),
        ("money laundering conspiracy", "conspiracy_money_laundering"),
        ("trafficking in persons", "human_trafficking"),
        ("commissioning a murder", "murder_for_hire"),
        ("attempted extortion", "attempted_extortion"),
        ("attempted murder", "attempted_murder"),
        ("perverting the course of justice", "obstruction_of_justice"),
        ("lying to investigators", "perjury"),
        ("making false statements to a bank", "perjury"),
        ("making indecent images of children", "child_sexual_abuse_material"),
        ("bid-rigging", "antitrust"),
        ("breaching data protection law", "privacy_violation"),
        ("unauthorised access to computers", "computer_intrusion"),
        ("insider dealing", "securities_fraud"),
        ("mail fraud", "mail_fraud"),
        ("tax evasion", "tax_fraud"),
        ("causing death by dangerous driving", "manslaughter"),
        ("criminal libel", "defamation"),
        ("", None),
        ("the charges", None),
    ],
)
def test_key(wording: str, key: str | None) -> None:
    assert offence_key(wording) == key


def test_unknown_wording_becomes_a_slug() -> None:
    assert offence_key("littering the beaches") == offence_key("littering of beaches")


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("money laundering", "international concealment money laundering", True),
        ("sex trafficking", "facilitating prostitution", False),
        ("sex trafficking", "human trafficking", False),
        ("money laundering", "conspiracy to launder money", False),
        ("the charges", "the charges", False),
        ("promotion of prostitution and reckless disregard of sex trafficking", "sex trafficking", False),
        ("anti-money laundering failures", "money laundering", False),
        ("unlicensed money transmitting", "money laundering", False),
        ("wire fraud", "bank fraud", False),
        ("attempted robbery", "robbery", False),
        ("violating the Bank Secrecy Act", "failing to keep an anti-money-laundering program", True),
        ("18 U.S.C. § 2421A", "promoting prostitution", True),
    ],
)
def test_same(a: str, b: str, same: bool) -> None:
    assert same_offence(a, b) is same


@pytest.mark.parametrize(
    ("general", "specific", "covers"),
    [
        ("conspiracy", "conspiracy to launder money", True),
        ("money laundering", "conspiracy to launder money", True),
        ("conspiracy to launder money", "money laundering", False),
        ("fraud", "wire fraud", True),
        ("wire fraud", "fraud", False),
        ("sex trafficking", "facilitating prostitution", False),
        ("human trafficking", "sex trafficking", True),
        ("sex trafficking", "human trafficking", False),
        ("money laundering", "international concealment money laundering", True),
        ("money laundering", "Bank Secrecy Act violations", False),
        ("money laundering", "unlicensed money transmitting", False),
        ("robbery", "attempted robbery", True),
        ("facilitating prostitution", "violations of the Travel Act", True),
    ],
)
def test_covers(general: str, specific: str, covers: bool) -> None:
    assert offence_covers(general, specific) is covers
