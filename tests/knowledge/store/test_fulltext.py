"""Queries to the full-text index, built from plain words."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.store.fulltext import MAX_TERMS, expression, phrases


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        pytest.param(["Venn", "convicted"], ['"venn"', '"convicted"'], id="words"),
        pytest.param(["Orla Venn"], ['"orla venn"'], id="name_as_phrase"),
        pytest.param(["2:18-cr-00422"], ['"2 18 cr 00422"'], id="docket_number"),
        pytest.param(["CR-18-422"], ['"cr 18 422"'], id="short_docket_number"),
        pytest.param(["was", "the", "Venn"], ['"venn"'], id="stop_words_left_out"),
        pytest.param(["Bank of Harrow"], ['"bank of harrow"'], id="stop_word_inside_a_name_stays"),
        pytest.param(["Venn's", "Venn’s"], ['"venn"'], id="possessive"),
        pytest.param(["O'Dell"], ['"o dell"'], id="apostrophe_in_a_name"),
        pytest.param(["venn", "Venn", "VENN"], ['"venn"'], id="nothing_twice"),
        pytest.param(['x" OR "y', "NEAR(a b)"], ['"x or y"', '"near a b"'], id="operators_are_words"),
        pytest.param(["?", "", "--", "*"], [], id="no_word_in_it"),
    ],
)
def test_phrases(terms: list[str], expected: list[str]) -> None:
    assert phrases(terms) == expected


def test_a_pasted_page_is_cut() -> None:
    assert len(phrases([f"word{n}" for n in range(500)])) == MAX_TERMS


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        pytest.param({'"a"': 0.1, '"b"': 0.5}, '"a"', id="common_one_left_out"),
        pytest.param({'"a"': 0.6, '"b"': 0.5}, '"b"', id="all_common_keeps_the_rarest"),
        pytest.param({'"a"': 0.0, '"b"': 0.2}, '"a" OR "b"', id="at_the_limit"),
        pytest.param({}, None, id="nothing_asked"),
    ],
)
def test_expression(shares: dict[str, float], expected: str | None) -> None:
    assert expression(list(shares), lambda phrase: shares[phrase], 0.2) == expected


@given(st.lists(st.text(max_size=30), max_size=8))
def test_no_text_breaks_the_query_language(terms: list[str]) -> None:
    match = expression(phrases(terms), lambda _phrase: 0.0, 0.2)
    if match is None:
        return
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(text, tokenize='porter unicode61 remove_diacritics 2')")
        assert connection.execute("SELECT count(*) FROM t WHERE t MATCH ?", (match,)).fetchone() == (0,)
    finally:
        connection.close()
