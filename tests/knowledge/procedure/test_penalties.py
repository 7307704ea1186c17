"""Lengths and kinds of sentences, amounts of fines."""

from __future__ import annotations

import pytest

from knowledge.procedure.penalties import read_fine, read_money, read_term


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param("to five years in prison", "5 years", id="years"),
        pytest.param("to 15 years and eight months", "15 years 8 months", id="years_and_months"),
        pytest.param("to two and a half years", "2.5 years", id="half"),
        pytest.param("served a year and a day", "1 year 1 day", id="year_and_a_day"),
        pytest.param("a 78-month sentence", "78 months", id="adjective"),
        pytest.param("to five years followed by three years of supervised release", "5 years", id="release_after"),
        pytest.param("to ten years after a two-year investigation", "10 years", id="not_the_investigation"),
        pytest.param("to three years of probation", "3 years probation", id="probation"),
        pytest.param("placed on probation for three years", "3 years probation", id="probation_for"),
        pytest.param("to probation", "probation", id="probation_unmeasured"),
        pytest.param("a two-year suspended sentence", "2 years suspended", id="suspended"),
        pytest.param("18 months in prison, suspended for two years", "18 months suspended", id="suspended_for"),
        pytest.param("a suspended sentence of six months", "6 months suspended", id="suspended_of"),
        pytest.param("to 200 hours of unpaid work", "200 hours unpaid work", id="unpaid_work"),
        pytest.param("200 hours of community service", "200 hours community service", id="community_service"),
        pytest.param("to 18 months of house arrest", "18 months house arrest", id="house_arrest"),
        pytest.param("to six months’ home detention", "6 months home detention", id="home_detention"),
        pytest.param("to time served", "time served", id="time_served"),
        pytest.param("to life in prison", "life", id="life"),
        pytest.param("to two consecutive life sentences plus 40 years", "2 life terms and 40 years", id="life_terms"),
        pytest.param("to 25 years to life", "25 years to life", id="to_life"),
        pytest.param("got 78 and 71 months", None, id="two_for_two_people"),
        pytest.param("to between five and ten years", None, id="range"),
        pytest.param("a 34-year-old", None, id="age"),
        pytest.param("spoke for two hours", None, id="hours_of_nothing"),
    ],
)
def test_term(said: str, expected: str | None) -> None:
    assert read_term(said) == expected


@pytest.mark.parametrize(
    ("before", "own", "after", "expected"),
    [
        pytest.param("", "fined", " $3 million", "USD 3,000,000", id="behind"),
        pytest.param("paid a £40,000 ", "fine", " and $10 million in restitution", "GBP 40,000", id="in_front"),
        pytest.param("told to forfeit $2 million and ", "fined", " $5,000", "USD 5,000", id="not_the_forfeiture"),
        pytest.param("", "fined", " and ordered to pay $9,000 in restitution", None, id="restitution_is_no_fine"),
        pytest.param("", "fined", " 3 million euros", "EUR 3,000,000", id="currency_in_words"),
    ],
)
def test_fine(before: str, own: str, after: str, expected: str | None) -> None:
    assert read_fine(before, own, after) == expected


def test_money_keeps_its_decimals() -> None:
    assert read_money("transferring $16.5 million abroad") == "USD 16,500,000"
