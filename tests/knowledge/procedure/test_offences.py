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
    ],
)
def test_covers(general: str, specific: str, covers: bool) -> None:
    assert offence_covers(general, specific) is covers
