"""Header lines at the top of a plain text."""

from __future__ import annotations

import pytest

from ingest.text.plain import extract_plain
from knowledge.model import DocumentMetadata, SourceKind, Zone

_HEADER = (
    "TITLE: Vance charged\nPublished: 2021-03-04\nauthor: Ann Lee\nSource: The Daily Quill\nURL: https://q.example/1\n"
)


def test_header_is_read_and_stays_in_the_text() -> None:
    document = extract_plain(f"{_HEADER}\nA grand jury charged Vance.\n")
    assert document.text.startswith("TITLE: Vance charged\n")
    assert document.metadata == DocumentMetadata(
        title="Vance charged",
        author="Ann Lee",
        publisher="The Daily Quill",
        published="2021-03-04",
        url="https://q.example/1",
    )
    marked = [(block.zone, document.text[block.start : block.end]) for block in document.marked]
    assert marked == [
        (Zone.BOILERPLATE, "TITLE: "),
        (Zone.HEADLINE, "Vance charged"),
        (Zone.BOILERPLATE, "Published: 2021-03-04"),
        (Zone.BOILERPLATE, "author: Ann Lee"),
        (Zone.BOILERPLATE, "Source: The Daily Quill"),
        (Zone.BOILERPLATE, "URL: https://q.example/1"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Source: a reader wrote to us.\nThen the jury came in.\n\nMore.", id="prose_follows_at_once"),
        pytest.param("Vance charged\nDate: 2021-03-04\n\nMore.", id="header_is_not_at_the_top"),
        pytest.param("Defendant: Omar Vance\n\nMore.", id="another_name"),
        pytest.param("A grand jury charged Vance.", id="no_header"),
    ],
)
def test_no_header(text: str) -> None:
    document = extract_plain(text)
    assert document.metadata == DocumentMetadata()
    assert document.marked == ()


@pytest.mark.parametrize(
    ("line", "published"),
    [
        pytest.param("Date: 2021-03", "2021-03", id="month"),
        pytest.param("Date: 2021", "2021", id="year"),
        pytest.param("Date: 2021-03-04T09:30:00Z", "2021-03-04", id="time_of_day"),
        pytest.param("Date: March 4, 2021", "2021-03-04", id="written_out"),
        pytest.param("Date: 2021-13-45", None, id="no_such_day"),
        pytest.param("Date: last Tuesday", None, id="no_date"),
        pytest.param("Date:", None, id="nothing"),
    ],
)
def test_dates(line: str, published: str | None) -> None:
    document = extract_plain(f"{line}\n\nText.")
    assert document.metadata.published == published
    assert len(document.marked) == 1


def test_kind_and_first_of_two_titles() -> None:
    document = extract_plain("Title: One\nTitle: Two\nKind: court record\n\nText.")
    assert document.metadata.title == "One"
    assert document.metadata.kind is SourceKind.COURT_RECORD
