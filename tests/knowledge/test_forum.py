"""Where a matter is heard, and which outcome can end which charge."""

from __future__ import annotations

import pytest

from knowledge.forum import can_end, forum_of, is_a_states_own


@pytest.mark.parametrize(
    ("words", "heading", "forum"),
    [
        ("faces charges in California", "", "California"),
        ("pleaded guilty in federal court in Arizona", "", "federal"),
        ("was convicted in the Northern District of Texas", "", "federal"),
        ("the French judges charged her", "", "France"),
        ("charged in Texas and in Ohio", "", None),
        ("was convicted", "The case in Sweden", "Sweden"),
        ("was convicted", "California charges before the federal case", None),
        ("was convicted", "", None),
    ],
)
def test_forum(words: str, heading: str, forum: str | None) -> None:
    assert forum_of(words, heading) == forum


@pytest.mark.parametrize(
    ("charge", "outcome", "ends"),
    [
        ("California", "California", True),
        ("California", "federal", False),
        ("California", None, False),
        ("federal", None, True),
        (None, None, True),
        (None, "Texas", False),
    ],
)
def test_can_end(charge: str | None, outcome: str | None, ends: bool) -> None:
    assert can_end(charge, outcome) is ends


@pytest.mark.parametrize(
    ("words", "forum", "own"),
    [
        ("California charged the two owners", "California", True),
        ("pleaded guilty in Texas state court", "Texas", True),
        ("are facing charges in California", "California", True),
        ("the indictment was unsealed in New York", "New York", False),
        ("was arrested in Ohio", "Ohio", False),
        ("a federal jury", "federal", False),
        ("the French judges charged her", "France", False),
    ],
)
def test_states_own_case(words: str, forum: str, own: bool) -> None:
    assert is_a_states_own(words, forum) is own
