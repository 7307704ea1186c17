"""The recipe of an index."""

from __future__ import annotations

import pytest

from knowledge.store.recipe import Recipe, embedding_key, vector_id

MADE = Recipe("packaged:small", 384, "passages-1")


@pytest.mark.parametrize(
    ("now", "named"),
    [
        pytest.param(MADE, None, id="the_same"),
        pytest.param(Recipe("packaged:small", None, "passages-1"), None, id="dimension_not_known_yet"),
        pytest.param(Recipe("other", 384, "passages-1"), "'other'", id="other_model"),
        pytest.param(Recipe("packaged:small", 512, "passages-1"), "512", id="other_dimension"),
        pytest.param(Recipe("packaged:small", 384, "passages-2"), "'passages-2'", id="other_splitter"),
    ],
)
def test_difference(now: Recipe, named: str | None) -> None:
    difference = MADE.difference(now)
    assert difference is None if named is None else named in str(difference)


def test_the_same_text_under_another_model_has_another_key() -> None:
    assert embedding_key(MADE, "text") == embedding_key(MADE, "text")
    assert embedding_key(MADE, "text") != embedding_key(Recipe("other", 384), "text")


def test_a_reprint_shares_the_key_but_not_the_vector() -> None:
    key = embedding_key(MADE, "text")
    assert vector_id(key, "p1") != vector_id(key, "p2")
