"""Which names mean one party, and which parties a question names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import PartyKind
from knowledge.names import PartyDirectory, same_organisation, same_person

PERSON, COMPANY, GROUP = PartyKind.PERSON, PartyKind.ORGANISATION, PartyKind.GROUP


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        pytest.param("James Orlo", "Jim Orlo", True, id="nickname"),
        pytest.param("James Orlo", "J. Orlo", True, id="initial"),
        pytest.param("Mr. James Orlo Jr.", "James Orlo", True, id="title_and_suffix"),
        pytest.param("James Peter Orlo", "Peter Orlo", True, id="goes_by_second_name"),
        pytest.param("José Orló", "Jose Orlo", True, id="accents"),
        pytest.param("James Orlo", "Janet Orlo", False, id="family_of_one_surname"),
        pytest.param("James Orlo", "James Orban", False, id="other_surname"),
        pytest.param("Orlo", "James Orlo", False, id="bare_surname_is_settled_by_the_directory"),
        pytest.param("Michael Orlo", "Michelle Orlo", False, id="shared_short_form_is_not_enough"),
    ],
)
def test_same_person(left: str, right: str, same: bool) -> None:
    assert same_person(left, right) is same
    assert same_person(right, left) is same


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        pytest.param("Adverto", "Adverto.com LLC", True, id="legal_form_and_web_ending"),
        pytest.param("The Adverto Company", "Adverto Inc.", True, id="article"),
        pytest.param("Night Market", "NightMarket.net", True, id="joined_spelling"),
        pytest.param("Adverto Holdings", "Adverto", False, id="parent_company"),
    ],
)
def test_same_organisation(left: str, right: str, same: bool) -> None:
    assert same_organisation(left, right) is same


def directory() -> PartyDirectory:
    return PartyDirectory(
        [
            ("James Orlo", PERSON),
            ("Jim Orlo", PERSON),
            ("Petra Vance", PERSON),
            ("Vance", PERSON),
            ("Paul Durand", PERSON),
            ("Nicolas Durand", PERSON),
            ("Ada Storm", PERSON),
            ("Adverto.com", COMPANY),
            ("Adverto", COMPANY),
            ("other Adverto managers", GROUP),
        ]
    )


def test_names_of_one_party_are_one_entry() -> None:
    names = [party.name for party in directory().parties]
    assert sorted(names) == [
        "Ada Storm",
        "Adverto.com",
        "James Orlo",
        "Nicolas Durand",
        "Paul Durand",
        "Petra Vance",
        "other Adverto managers",
    ]


@pytest.mark.parametrize(
    ("question", "parties"),
    [
        pytest.param("Was Jim Orlo convicted?", ["James Orlo"], id="nickname"),
        pytest.param("was vance convicted", ["Petra Vance"], id="lower_case_surname"),
        pytest.param("Did Orlo and Vance plead guilty?", ["James Orlo", "Petra Vance"], id="two"),
        pytest.param("What did Paul Durand get?", ["Paul Durand"], id="full_name_leaves_out_the_brother"),
        pytest.param("And Durand?", ["Nicolas Durand", "Paul Durand"], id="bare_surname_of_two"),
        pytest.param("Was Mark Vance convicted?", [], id="stranger_of_that_surname"),
        pytest.param("a storm of protest", [], id="surname_that_is_a_word"),
        pytest.param("Why was Storm acquitted?", ["Ada Storm"], id="the_same_with_a_capital"),
        pytest.param("What did adverto.com plead to?", ["Adverto.com"], id="company"),
        pytest.param("Did Otis Adverto plead guilty?", [], id="person_with_a_companys_name"),
        pytest.param("Was Orlowski convicted?", [], id="longer_surname"),
        pytest.param("Was Lyn Vance convicted?", [], id="rare_first_name"),
        pytest.param("was lyn vance convicted", [], id="rare_first_name_in_lower_case"),
        pytest.param("Was Judge Vance convicted?", [], id="judge_of_that_surname"),
        pytest.param("Was Ms Vance convicted?", ["Petra Vance"], id="title"),
        pytest.param("Did the judge acquit Vance?", ["Petra Vance"], id="after_a_verb"),
        pytest.param("Was founder Vance charged?", ["Petra Vance"], id="after_a_role"),
        pytest.param("Was Adverto's Vance charged?", ["Adverto.com", "Petra Vance"], id="after_a_company"),
    ],
)
def test_mentions(question: str, parties: list[str]) -> None:
    assert [party.name for party in directory().mentioned_in(question)] == parties


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_names_can_be_compared(left: str, right: str) -> None:
    assert same_person(left, right) == same_person(right, left)
    PartyDirectory([(left, PERSON), (right, COMPANY)]).mentioned_in(left + " " + right)
