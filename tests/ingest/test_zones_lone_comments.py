"""Comments under an article without any heading, in layouts where even one author line gives them away."""

from __future__ import annotations

import pytest

from ingest.zones import zone
from knowledge.model import ExtractedDocument, Zone

ARTICLE = """Founder of Tallowmere charged

The founder of Tallowmere, Greta Halloran, was charged with fraud on Monday, prosecutors said. She denies it.

The case is being heard in Harbourtown.

"""


def comments_of(text: str) -> list[tuple[str | None, str]]:
    blocks = zone(ExtractedDocument(text, "text/plain"))
    return [(block.speaker, text[block.start : block.end].strip()) for block in blocks if block.zone is Zone.COMMENT]


@pytest.mark.parametrize(
    ("below", "speakers"),
    [
        pytest.param("Posted by mona_k at 10:22 pm\nHalloran was convicted years ago.\n", ["mona_k"], id="clock_alone"),
        pytest.param(
            "--\nPosted by mona_k at 10:22 pm\nHalloran was convicted.\n\nPosted by petros at 11:05 pm\nNine years!\n",
            ["mona_k", "petros"],
            id="two_with_a_rule_above",
        ),
        pytest.param(
            "jane_d | 3 hours ago | 14 likes\nHalloran pleaded guilty.\n\nlurker9 | 2 hours ago | 3 likes\nShe did.\n",
            ["jane_d", "lurker9"],
            id="likes_in_the_author_line",
        ),
        pytest.param("jane_d | 3 hours ago | 14 likes\nHalloran pleaded guilty.\n", ["jane_d"], id="one_with_likes"),
    ],
)
def test_reader_comments_are_no_body(below: str, speakers: list[str]) -> None:
    found = comments_of(ARTICLE + below)
    assert [speaker for speaker, _ in found] == speakers
    assert all("Halloran, was charged" not in words for _, words in found)


def test_byline_at_the_top_makes_no_comment_of_the_article() -> None:
    title, rest = ARTICLE.split("\n\n", 1)
    assert comments_of(f"{title}\n\nPosted by Jane Roe at 10:22 pm\n\n{rest}") == []


def test_signature_below_an_article_starts_no_comments() -> None:
    assert comments_of(ARTICLE + "Posted by Jane Roe at 10:22 pm\n") == []
