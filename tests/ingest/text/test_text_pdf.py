"""PDF: pages keep their place, and a file's properties are believed only where they make sense."""

from __future__ import annotations

import pytest

from ingest.text.pdf import extract_pdf
from tests.factories import pdf


def test_pages_keep_their_place() -> None:
    document = extract_pdf(pdf([["First page."], [], ["Third page", "goes on."]]), "a.pdf")
    assert document.text == "First page.\n\nThird page\ngoes on."
    assert [(page.number, document.text[page.start : page.end]) for page in document.pages] == [
        (1, "First page."),
        (2, ""),
        (3, "Third page\ngoes on."),
    ]


def test_sentence_that_runs_over_two_pages_is_not_broken() -> None:
    document = extract_pdf(pdf([["The jury did"], ["not convict him."]]), "a.pdf")
    assert document.text == "The jury did\nnot convict him."


def test_gap_between_lines_is_a_paragraph() -> None:
    lines = ["Vance verdict", "", "The jury came in", "at noon.", "", "He was acquitted", "of all counts."]
    document = extract_pdf(pdf([lines]), "a.pdf")
    assert document.text == "Vance verdict\n\nThe jury came in\nat noon.\n\nHe was acquitted\nof all counts."


def test_word_broken_over_two_lines_is_whole_again() -> None:
    document = extract_pdf(pdf([["The court over-", "turned it, said the co-", "founder of Quayside."]]), "a.pdf")
    assert "overturned it" in document.text
    assert "co-founder of Quayside" in document.text


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        pytest.param("Order in United States v. Vance", "Order in United States v. Vance", id="title"),
        pytest.param("Microsoft Word - order final.doc", None, id="program_and_file"),
        pytest.param("order_final.docx", None, id="file_name"),
        pytest.param("untitled", None, id="untitled"),
        pytest.param("a", None, id="its_own_file_name"),
        pytest.param("", None, id="none"),
    ],
)
def test_title_property(title: str, kept: str | None) -> None:
    about = extract_pdf(pdf([["Some text."]], title=title, author="Ann Lee"), "a.pdf").metadata
    assert about.title == kept
    assert about.author == "Ann Lee"
    assert about.published is None  # the file has a creation date, which is no publication date
