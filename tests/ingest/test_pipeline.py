"""The way of a document into a knowledge base (in memory here), and what becomes of it."""

from __future__ import annotations

import datetime as dt
import io
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.fetch import STDIN, Fetched, Input, expand
from ingest.pipeline import Outcome, Pipeline, Result, read, source_id
from ingest.publishers import load_publishers
from ingest.text import Limits, extract_document
from knowledge.errors import InputError, StoreUnwritable, UnreadableInput
from knowledge.model import DocumentMetadata, SourceKind, Stage
from tests.factories import STORY, page, pdf
from tests.fakes import FakeShelf

_NOTHING = DocumentMetadata()


@pytest.fixture
def shelf() -> FakeShelf:
    return FakeShelf()


@pytest.fixture
def pipeline(shelf: FakeShelf) -> Pipeline:
    return Pipeline(shelf, load_publishers(), limits=Limits(), today=lambda: dt.date(2024, 6, 1))


def _file(text: str | bytes, name: str = "/quay/story.txt", sidecar: DocumentMetadata = _NOTHING) -> Fetched:
    data = text.encode() if isinstance(text, str) else text
    return Fetched(Path(name).name, name, data, sidecar)


def test_new_document_is_added_whole(pipeline: Pipeline, shelf: FakeShelf) -> None:
    result = pipeline.add(_file(STORY), _NOTHING)
    assert (result.outcome, result.version) == (Outcome.ADDED, 1)
    assert result.source_id == source_id("/quay/story.txt")
    document = shelf.documents[result.source_id]
    assert document.text == STORY
    assert document.retrieved == "2024-06-01"
    assert document.published is None
    assert document.title == "Harbour site manager charged with wire fraud"
    passages = shelf.passages[result.source_id]
    assert result.passages == len(passages) > 0
    assert all(passage.text == STORY[passage.start : passage.end] for passage in passages)
    assert all(event.quote == STORY[event.start : event.end] for event in shelf.events[result.source_id])
    assert any(event.stage is Stage.CHARGED for event in shelf.events[result.source_id])


def test_same_bytes_twice_change_nothing(pipeline: Pipeline, shelf: FakeShelf) -> None:
    pipeline.add(_file(STORY), _NOTHING)
    again = pipeline.add(_file(STORY), _NOTHING)
    assert again.outcome is Outcome.UNCHANGED
    assert shelf.added == 1


def test_changed_bytes_are_a_new_version(pipeline: Pipeline, shelf: FakeShelf) -> None:
    first = pipeline.add(_file(STORY), _NOTHING)
    second = pipeline.add(_file(STORY + "\nThe trial begins in June.\n"), _NOTHING)
    assert (second.outcome, second.version) == (Outcome.UPDATED, 2)
    assert second.source_id == first.source_id
    assert len(shelf.documents) == 1


def test_same_bytes_elsewhere_are_not_stored_twice(pipeline: Pipeline, shelf: FakeShelf) -> None:
    first = pipeline.add(_file(STORY), _NOTHING)
    copy = pipeline.add(_file(STORY, "/quay/copy.txt"), _NOTHING)
    assert copy.outcome is Outcome.DUPLICATE
    assert copy.same_as == first.source_id
    assert shelf.added == 1


def test_file_that_now_holds_the_bytes_of_another_is_updated(pipeline: Pipeline, shelf: FakeShelf) -> None:
    pipeline.add(_file(STORY), _NOTHING)
    pipeline.add(_file("Vance was charged with perjury in the spring.\n", "/quay/other.txt"), _NOTHING)
    result = pipeline.add(_file(STORY, "/quay/other.txt"), _NOTHING)
    assert result.outcome is Outcome.UPDATED
    assert shelf.documents[source_id("/quay/other.txt")].text == STORY


def test_what_the_user_corrects_is_stored_though_the_bytes_are_the_same(pipeline: Pipeline, shelf: FakeShelf) -> None:
    pipeline.add(_file(STORY), _NOTHING)
    said = DocumentMetadata(publisher="Reuters")
    assert pipeline.add(_file(STORY), said).outcome is Outcome.UPDATED
    assert pipeline.add(_file(STORY), said).outcome is Outcome.UNCHANGED
    (document,) = shelf.documents.values()
    assert (document.publisher, document.kind, document.version) == ("Reuters", SourceKind.NEWS, 1)


def test_options_win_over_the_sidecar_and_the_sidecar_over_the_document(pipeline: Pipeline, shelf: FakeShelf) -> None:
    text = f"Title: From the text\nAuthor: Ann Lee\nPublisher: The Quill\nDate: 2021-03-04\n\n{STORY}"
    sidecar = DocumentMetadata(title="From the sidecar", author="Bo Ek")
    pipeline.add(_file(text, sidecar=sidecar), DocumentMetadata(title="From the options", kind=SourceKind.NEWS))
    (document,) = shelf.documents.values()
    assert (document.title, document.author) == ("From the options", "Bo Ek")
    assert (document.publisher, document.published) == ("The Quill", "2021-03-04")
    assert document.kind is SourceKind.NEWS


@pytest.mark.parametrize(
    ("fetched", "title"),
    [
        pytest.param(_file(f"---\ntitle: Stated\n---\n# Heading\n\n{STORY}", "/q/a.md"), "Stated", id="stated"),
        pytest.param(_file(f"# Heading\n\n{STORY}", "/q/a.md"), "Heading", id="first_headline"),
        pytest.param(
            _file("a grand jury charged Omar Vance with wire fraud, and he denies it.\n", "/q/vance-case.txt"),
            "vance-case",
            id="file_name",
        ),
    ],
)
def test_title(fetched: Fetched, title: str, pipeline: Pipeline, shelf: FakeShelf) -> None:
    pipeline.add(fetched, _NOTHING)
    (document,) = shelf.documents.values()
    assert document.title == title


def test_file_name_that_is_not_unicode(pipeline: Pipeline, shelf: FakeShelf, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "wb") as stream:  # noqa: PTH123 - a path of bytes
        stream.write(b"a jury convicted Omar Vance of perjury on Monday.\n")
    (item,) = expand([os.fsdecode(path)], Limits(), io.BytesIO)
    (result,) = pipeline.add_all([item], _NOTHING)
    assert result.outcome is Outcome.ADDED
    (document,) = shelf.documents.values()
    assert document.title == "caf\\xe9"
    assert document.location.encode().endswith(b"/caf\\xe9.txt")


def test_standard_input_is_known_by_its_address_or_its_content(pipeline: Pipeline) -> None:
    addressed = DocumentMetadata(url="https://quill.example/1")
    first = pipeline.add(Fetched(STDIN, STDIN, STORY.encode()), addressed)
    second = pipeline.add(Fetched(STDIN, STDIN, f"{STORY}\nMore.\n".encode()), addressed)
    other = pipeline.add(Fetched(STDIN, STDIN, b"Omar Vance was acquitted of perjury.\n"), _NOTHING)
    assert first.source_id == second.source_id == source_id("https://quill.example/1")
    assert other.source_id not in (None, first.source_id)


def test_one_failure_does_not_stop_the_rest(pipeline: Pipeline, shelf: FakeShelf) -> None:
    def vanish() -> Fetched:
        raise UnreadableInput("gone.txt", "there is no such file; check the path")

    inputs: Sequence[Input | InputError] = [
        UnreadableInput("https://q.example", "web addresses cannot be read yet"),
        Input("gone.txt", vanish),
        Input("empty.txt", lambda: _file("", "/quay/empty.txt")),
        Input("story.txt", lambda: _file(STORY)),
    ]
    results = list(pipeline.add_all(inputs, _NOTHING))
    assert [result.outcome for result in results] == [Outcome.FAILED] * 3 + [Outcome.ADDED]
    assert results[1] == Result("gone.txt", Outcome.FAILED, reason="there is no such file; check the path")
    assert shelf.added == 1


def test_knowledge_base_that_cannot_be_written_stops_everything(pipeline: Pipeline, shelf: FakeShelf) -> None:
    shelf.full = True
    with pytest.raises(StoreUnwritable):
        list(pipeline.add_all([Input("story.txt", lambda: _file(STORY))], _NOTHING))
    assert not shelf.documents


def test_pages_of_a_pdf_reach_passages_and_events(pipeline: Pipeline, shelf: FakeShelf) -> None:
    data = pdf([["The case of a site."], ["A jury convicted Omar Vance of perjury on Monday."]])
    result = pipeline.add(_file(data, "/quay/a.pdf"), _NOTHING)
    assert result.source_id is not None
    assert [passage.page for passage in shelf.passages[result.source_id]][-1] == 2
    assert {event.page for event in shelf.events[result.source_id]} == {2}


def test_colour_codes_do_not_hide_an_event() -> None:
    text = "A jury convicted \x1b[31mOmar Vance\x1b[0m of perjury on Monday.\n"
    (event,) = read(extract_document(text.encode(), "a.txt")).events
    assert (event.party, event.stage) == ("Omar Vance", Stage.CONVICTED)
    assert event.quote in text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("Vance was not [convicted](https://c.example/jury-convicts-vance) of fraud.\n", "a.md", id="md"),
        pytest.param("Vance was not **convicted** of fraud.\n", "a.md", id="emphasis"),
        pytest.param("Omar Vance spoke. https://c.example/omar-vance-convicted-of-fraud\n", "a.txt", id="address"),
        pytest.param(
            page("<p>Omar Vance was not <a href='https://c.example/convicted'>convicted</a> of fraud, he says.</p>"),
            "a.html",
            id="html",
        ),
    ],
)
def test_markup_and_addresses_make_no_conviction(text: str, name: str) -> None:
    reading = read(extract_document(text.encode(), name))
    convicted = [event for event in reading.events if event.stage is Stage.CONVICTED]
    assert all(event.modality != "asserted" for event in convicted)
    assert all(event.quote == reading.document.text[event.start : event.end] for event in reading.events)


def test_same_bytes_are_read_again_when_the_rules_of_reading_have_changed(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    def outcome() -> Outcome:
        return pipeline.add(_file(STORY), _NOTHING).outcome

    assert [outcome(), outcome()] == [Outcome.ADDED, Outcome.UNCHANGED]
    monkeypatch.setattr("ingest.pipeline.reading_rules", lambda: "newer rules")
    assert [outcome(), outcome()] == [Outcome.UPDATED, Outcome.UNCHANGED]


def test_unforeseen_failure_of_one_document_does_not_stop_the_others(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(STORY.replace("Monday", f"Monday ({name})"))

    def extract(data: bytes, name: str, limits: Limits | None = None) -> object:
        if name.endswith("a.txt"):
            raise ImportError("a library is missing")
        return extract_document(data, name, limits)

    monkeypatch.setattr("ingest.pipeline.extract_document", extract)
    inputs = expand([str(tmp_path)], Limits(), lambda: io.BytesIO())
    results = list(pipeline.add_all(inputs, _NOTHING))
    assert [result.outcome for result in results] == [Outcome.FAILED, Outcome.ADDED]
    assert "a library is missing" in str(results[0].reason)
