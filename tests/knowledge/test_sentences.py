"""Where sentences and paragraphs begin and end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Span
from knowledge.sentences import paragraph_spans, sentence_spans

WRAPPED = (
    "A jury in Fairmont County on Thursday convicted Petra Halloran, who founded\n"
    "the classifieds site Lampost, of one count of wire fraud and acquitted her of\n"
    "two others. The panel could not agree on the rest of the counts, and Judge\n"
    "Alma Reyes of the Superior Court declared a mistrial on Friday. Prosecutors\n"
    "have not said what they will do."
)


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in sentence_spans(text)]


@pytest.mark.parametrize(
    "expected",
    [
        pytest.param(["Acme Inc. was charged.", "Its owner was not."], id="company"),
        pytest.param(["The site belonged to Acme Inc.", "Its owner was not charged."], id="company_ends_sentence"),
        pytest.param(["In Halloran v. Reyes the court ruled.", "She appealed."], id="versus"),
        pytest.param(["See No. 12-345, filed on Jan. 5.", "He lost."], id="number_and_month"),
        pytest.param(["The U.S. Attorney charged him.", "He fled."], id="country"),
        pytest.param(["He lives in the U.S.", "The company does not."], id="country_ends_sentence"),
        pytest.param(["Tom Okafor Jr. pleaded guilty.", "He is 40."], id="junior"),
        pytest.param(["J. K. Roe and John Q. Public were acquitted.", "Both wept."], id="initials"),
        pytest.param(["Dr. Roe, Ph.D., met Gov. Doe and Sen. Poe.", "They talked."], id="titles"),
        pytest.param(["He was charged under 18 U.S.C. § 1952.", "He denies it."], id="statute"),
        pytest.param(["He paid $3.5 million.", "She paid 2.25 percent."], id="decimals"),
        pytest.param(["“We won,” said Roe.", "“We lost,” said Doe."], id="quotation_before_speaker"),
        pytest.param(["He said: “I am innocent.”", "Then he left."], id="closing_mark_stays"),
        pytest.param(['He said: "I am innocent."', "Then he left."], id="straight_mark_stays"),
        pytest.param(["(He was acquitted.)", "She was not."], id="brackets"),
        pytest.param(["Was he convicted?", "No!", "He was acquitted."], id="question_and_exclamation"),
        pytest.param(["He was fined.[3]", "She was not.[4][5]", "Both appealed."], id="note_marks"),
        pytest.param(["The judge said so.", "U.S. District Court rules apply."], id="so_is_no_reporter_here"),
    ],
)
def test_sentences_on_one_line(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="empty"),
        pytest.param(" \n\t\n ", [], id="blank"),
        pytest.param("Halloran convicted\n\nShe wept.", ["Halloran convicted", "She wept."], id="blank_line"),
        pytest.param("Halloran convicted\nShe wept.", ["Halloran convicted", "She wept."], id="short_heading"),
        pytest.param(
            "What the Verdict in the Lampost Case Means for Every Other Classifieds Site\n"
            "Petra Halloran was convicted on Thursday.",
            [
                "What the Verdict in the Lampost Case Means for Every Other Classifieds Site",
                "Petra Halloran was convicted on Thursday.",
            ],
            id="long_heading",
        ),
        pytest.param(
            "Counts:\n- wire fraud\n- conspiracy to hide\n  the money",
            ["Counts:", "- wire fraud", "- conspiracy to hide", "the money"],
            id="list_of_short_lines",
        ),
        pytest.param(
            "The first defendant was found guilty on all\nof the counts.",
            ["The first defendant was found guilty on all\nof the counts."],
            id="goes_on_in_small_letters",
        ),
        pytest.param(
            "She was convicted on one count of wire fraud, and of the\nTravel Act.",
            ["She was convicted on one count of wire fraud, and of the\nTravel Act."],
            id="goes_on_after_an_article",
        ),
        pytest.param(
            WRAPPED,
            [
                WRAPPED[: WRAPPED.index(" The panel")],
                WRAPPED[WRAPPED.index("The panel") : WRAPPED.index(" Prosecutors")],
                WRAPPED[WRAPPED.index("Prosecutors") :],
            ],
            id="hard_wrapped",
        ),
        pytest.param(
            "He was charged by the state in the year of the fire, and again later.\nOtto says:\nNo.",
            ["He was charged by the state in the year of the fire, and again later.", "Otto says:", "No."],
            id="comment_author_line",
        ),
    ],
)
def test_lines(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    assert paragraph_spans(WRAPPED) == [Span(0, len(WRAPPED))]


def test_long_lines_are_paragraphs() -> None:
    line = "The judge declared a mistrial on the remaining counts, and both sides said that they would go on. " * 2
    text = f"{line}\n{line}\n{line}"
    assert len(paragraph_spans(text)) == 3


def test_only_the_stretch_asked_for() -> None:
    text = "One. Two. Three."
    assert [span.of(text) for span in sentence_spans(text, 5, 9)] == ["Two."]


_WILD = st.lists(
    st.sampled_from(
        ["He was acquitted.", "Inc.", "v.", "\n", "\n\n", "\f", "“", "”", "’", "[3]", " ", "U.S.", "The", "x" * 90]
    )
    | st.text(max_size=12),
    max_size=40,
).map("".join)


@given(text=_WILD, start=st.integers(0, 30), length=st.integers(0, 400))
def test_spans_are_ordered_and_cover_every_character(text: str, start: int, length: int) -> None:
    end = min(start + length, len(text))
    start = min(start, end)
    for spans in (sentence_spans(text, start, end), paragraph_spans(text, start, end)):
        assert all(start <= s.start < s.end <= end for s in spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))
        assert all(s.of(text) == s.of(text).strip() for s in spans)
        covered = {n for s in spans for n in range(s.start, s.end)}
        assert all(n in covered for n in range(start, end) if not text[n].isspace())
