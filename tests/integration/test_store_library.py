"""The library over real Chroma: what is added is found, what is superseded is gone, what breaks is mended."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import KnowledgeBaseError, RecipeMismatch, StoreUnwritable, UnreadableInput
from knowledge.model import Stage, Zone
from knowledge.store import dense, lock
from knowledge.store.library import Library, open_library
from knowledge.store.vectors import Vectors, VectorsBroken
from tests.fakes import WordEmbedder
from tests.store_factories import CHARGE, COMMENT, FURNITURE, VERDICT, document, many, renamed, settings_for

pytestmark = pytest.mark.integration


class NoModel(WordEmbedder):
    """Stands for a machine on which nothing may be embedded as a document again."""

    def embed_documents(self, texts: Sequence[str]) -> np.ndarray:
        raise AssertionError("the embedding model was called")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(settings_for(tmp_path), create=True, embedder=WordEmbedder()) as opened:
        yield opened


def reopened(folder: Path, embedder: WordEmbedder | None = None) -> Library:
    return open_library(settings_for(folder), create=False, embedder=embedder or WordEmbedder())


def texts(library: Library, query: str, limit: int = 5, *, comments: bool = False) -> list[str]:
    hits = library.dense(query, limit, comments=comments)
    return [stored.passage.text for stored in library.passages([hit.passage_id for hit in hits])]


CHARGED = document("venn.txt", (Zone.HEADLINE, "Venn charged with fraud"), (Zone.BODY, CHARGE), (Zone.COMMENT, COMMENT))
CONVICTED = document("venn.txt", (Zone.HEADLINE, "Venn is guilty"), (Zone.BODY, VERDICT), (Zone.BOILERPLATE, FURNITURE))


def test_what_is_added_is_found_by_meaning_and_by_word(library: Library) -> None:
    library.add(*CHARGED)
    assert texts(library, "prosecutors charged wire fraud")[0] == CHARGE
    assert library.answered_by == "chroma"
    assert texts(library, "everybody guilty", comments=True) == [COMMENT]
    assert COMMENT not in texts(library, "everybody guilty")
    assert library.full_text(["Tradelantern"], 5)[0].passage_id == CHARGED[1][1].id
    assert library.verify().ok


def test_chroma_and_exact_search_agree(library: Library, tmp_path: Path) -> None:
    library.add(*many("m", 300))
    query = "harbour mnumber7 sentence mnumber8"
    first = library.dense(query, 20)
    assert library.answered_by == "chroma"
    shutil.rmtree(tmp_path / "vectors")
    with reopened(tmp_path) as other:
        second = other.dense(query, 20)
        assert other.answered_by == "exact"
    assert [hit.passage_id for hit in first[:2]] == [hit.passage_id for hit in second[:2]]
    assert np.allclose([hit.score for hit in first], [hit.score for hit in second], atol=2e-3)


def test_a_changed_file_leaves_everything_in_the_same_moment(library: Library) -> None:
    library.add(*CHARGED)
    assert CHARGE in texts(library, "prosecutors charged")
    library.add(*CONVICTED)
    assert texts(library, "prosecutors charged") == [VERDICT, "Venn is guilty"]
    assert texts(library, "everybody guilty", comments=True) == []
    assert library.full_text(["prosecutors"], 5) == []
    assert {stored.event.stage for stored in library.events()} == {Stage.CONVICTED}
    assert library.document(CHARGED[0].id).version == 2
    assert FURNITURE not in texts(library, "newsletter subscribe")


def test_nothing_stays_behind_in_chroma(library: Library, tmp_path: Path) -> None:
    library.add(*CHARGED)
    library.add(*CONVICTED)
    assert library.remove(CONVICTED[0].id)
    assert not library.remove(CONVICTED[0].id)
    vectors = Vectors.open(tmp_path / "vectors")
    assert vectors.count("reporting") == vectors.count("comments") == 0
    vectors.close()
    assert library.dense("venn", 5) == []
    assert library.verify().ok


def test_embeddings_are_used_again(tmp_path: Path) -> None:
    embedder = WordEmbedder()
    with open_library(settings_for(tmp_path), create=True, embedder=embedder) as library:
        library.add(*CHARGED)
        assert len(embedder.embedded) == 3
        library.add(*document("reprint.txt", *((p.zone, p.text) for p in CHARGED[1])))
        library.add(*CHARGED)
        assert len(embedder.embedded) == 3
        library.add(renamed(CHARGED[0], "Another title"), *CHARGED[1:])
        assert len(embedder.embedded) == 6, "the title is part of what is embedded"
        assert library.verify().ok


def test_progress_is_reported(library: Library) -> None:
    seen: list[tuple[int, int]] = []
    library.add(*many("m", 300), progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (300, 300)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_several_writes_in_one_session(library: Library) -> None:
    with library.writing():
        library.add(*CHARGED)
        library.add(*many("m", 5))
        assert len(texts(library, "prosecutors")) == 5, "a reading in the middle is answered too"
    assert library.counts().sources == 2
    assert library.verify().ok


def test_text_that_is_no_unicode_is_refused(library: Library) -> None:
    with pytest.raises(UnreadableInput, match=r"odd\.txt: .*half of a character"):
        library.add(renamed(document("odd.txt", (Zone.BODY, VERDICT))[0], "half \ud800 of it"), [], [])
    assert library.counts().sources == 0


def test_an_empty_document_and_an_empty_store(library: Library) -> None:
    assert library.dense("anything", 5) == []
    assert library.full_text(["anything"], 5) == []
    library.add(*document("empty.txt"))
    assert library.dense("anything", 5) == []
    assert library.verify().ok


def test_another_model_is_refused(library: Library, tmp_path: Path) -> None:
    library.add(*CHARGED)
    with pytest.raises(RecipeMismatch, match="words-64"):
        reopened(tmp_path, WordEmbedder("words-128", 128))
    with reopened(tmp_path, WordEmbedder("words-64", 128)) as other, pytest.raises(RecipeMismatch, match="64 numbers"):
        other.add(*CONVICTED)


def test_there_is_no_such_source(library: Library) -> None:
    with pytest.raises(KnowledgeBaseError, match="no source nonesuch"):
        library.document("nonesuch")
    assert library.current("nonesuch") is None


def test_a_second_writer_waits_and_then_says_so(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with reopened(tmp_path) as other:
        monkeypatch.setattr(other._writer, "_wait", 0.1)
        with lock.writer_lock(tmp_path), pytest.raises(StoreUnwritable, match="being written by another program"):
            other.add(*CHARGED)
        other.add(*CHARGED)


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _garble(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[::7] = b"\x5a" * len(data[::7])
    path.write_bytes(data)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def _empty_folder(path: Path) -> None:
    shutil.rmtree(path)
    path.mkdir()


def _make_file(path: Path) -> None:
    shutil.rmtree(path)
    path.write_text("not a folder")


DAMAGES: dict[str, tuple[str, Callable[[Path], None]]] = {
    "links_truncated": ("vectors/*/link_lists.bin", _truncate),
    "links_garbled": ("vectors/*/link_lists.bin", _garble),
    "links_emptied": ("vectors/*/link_lists.bin", _empty),
    "vectors_garbled": ("vectors/*/data_level0.bin", _garble),
    "header_truncated": ("vectors/*/header.bin", _truncate),
    "metadata_garbled": ("vectors/*/index_metadata.pickle", _garble),
    "metadata_deleted": ("vectors/*/index_metadata.pickle", _delete),
    "database_truncated": ("vectors/chroma.sqlite3", _truncate),
    "database_garbled": ("vectors/chroma.sqlite3", _garble),
    "database_emptied": ("vectors/chroma.sqlite3", _empty),
    "database_deleted": ("vectors/chroma.sqlite3", _delete),
    "folder_deleted": ("vectors", _delete),
    "folder_emptied": ("vectors", _empty_folder),
    "folder_is_a_file": ("vectors", _make_file),
}


def apply(damage: str, folder: Path) -> None:
    pattern, change = DAMAGES[damage]
    files = sorted(folder.glob(pattern))
    assert files, f"Chroma keeps no {pattern} any more: this test has lost its object"
    for file in files:
        change(file)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store large enough for Chroma to have written its index out."""
    folder = tmp_path_factory.mktemp("whole")
    with open_library(settings_for(folder), create=True, embedder=WordEmbedder()) as library:
        library.add(*many("m", 1100))
        library.add(*CHARGED)
    return folder


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_vectors_are_done_without_and_rebuilt_without_the_model(
    whole: Path, tmp_path: Path, damage: str
) -> None:
    folder = tmp_path / "kb"
    shutil.copytree(whole, folder)
    apply(damage, folder)
    with reopened(folder, NoModel()) as library:
        assert texts(library, "prosecutors charged wire fraud")[0] == CHARGE
        assert library.answered_by == "exact"
        assert library.degraded is not None
        assert "verify --repair" in library.degraded
        report = library.verify()
        assert not report.ok
        assert all("verify --repair" in finding for finding in report.findings)
        assert library.repair().ok
    with reopened(folder, NoModel()) as library:
        assert texts(library, "prosecutors charged wire fraud")[0] == CHARGE
        assert (library.answered_by, library.degraded) == ("chroma", None)


def test_a_broken_index_is_kept_aside_once(whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kb"
    shutil.copytree(whole, folder)
    apply("links_garbled", folder)
    with reopened(folder, NoModel()) as library:
        library.repair()
        assert [path.name for path in sorted(folder.glob("vectors*"))] == ["vectors.1", "vectors.broken-1"]
        for path in folder.glob("vectors.1/*/link_lists.bin"):
            _garble(path)
        library.repair()
        assert [path.name for path in sorted(folder.glob("vectors*"))] == ["vectors.2", "vectors.broken-2"]


def test_adding_to_a_damaged_index_rebuilds_it(whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kb"
    shutil.copytree(whole, folder)
    apply("links_truncated", folder)
    with reopened(folder) as library:
        library.add(*CONVICTED)
        assert library.verify().ok


def test_a_copied_store_is_as_good(whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kb"
    shutil.copytree(whole, folder, copy_function=shutil.copyfile)
    with reopened(folder, NoModel()) as library:
        assert texts(library, "prosecutors charged wire fraud")[0] == CHARGE
        assert (library.answered_by, library.degraded) == ("chroma", None)


def test_a_damaged_full_text_index_is_found_and_rebuilt(library: Library) -> None:
    from sqlalchemy import text

    library.add(*CHARGED)
    with library._ledger.write() as connection:
        connection.execute(text("INSERT INTO reporting_text(reporting_text) VALUES ('delete-all')"))
    report = library.verify()
    assert [finding for finding in report.findings if "full-text index of the reporting" in finding]
    assert library.full_text(["prosecutors"], 5) == []
    assert library.repair().ok
    assert len(library.full_text(["prosecutors"], 5)) == 1


def test_a_quotation_that_is_not_in_its_source_is_reported(library: Library) -> None:
    from dataclasses import replace

    source, passages, events = CHARGED
    library.add(source, passages, [replace(events[0], quote="Venn convicted of fraud"), *events[1:]])
    report = library.verify()
    assert report.bad_quotes == 1
    assert not report.ok


def test_a_call_that_hangs_is_left_behind(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.add(*CHARGED)
    texts(library, "prosecutors")
    assert library.answered_by == "chroma"
    release = threading.Event()
    from langchain_chroma import Chroma

    def hang(*_: object, **__: object) -> list[object]:
        release.wait(60)
        return []

    monkeypatch.setattr(Chroma, "similarity_search_by_vector_with_relevance_scores", hang)
    monkeypatch.setattr(library._dense, "_query_seconds", 0.2)
    assert texts(library, "prosecutors charged wire fraud")[0] == CHARGE
    assert not release.is_set(), "the answer did not wait for Chroma"
    assert library.degraded is not None
    assert "no answer within 0.2 seconds" in library.degraded
    release.set()


def test_waiting_for_a_writer_is_no_fault(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library.add(*CHARGED)
    texts(library, "prosecutors")

    def fail(*_: object, **__: object) -> list[tuple[str, float]]:
        raise VectorsBroken("database is locked")

    monkeypatch.setattr(Vectors, "query", fail)
    with lock.writer_lock(tmp_path):
        assert texts(library, "prosecutors charged wire fraud")[0] == CHARGE
    assert (library.answered_by, library.degraded) == ("exact", None)


def test_after_a_fault_chroma_is_tried_again(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.add(*CHARGED)

    def fail(*_: object, **__: object) -> list[tuple[str, float]]:
        raise VectorsBroken("made up")

    with monkeypatch.context() as patched:
        patched.setattr(Vectors, "query", fail)
        assert texts(library, "prosecutors")
        assert library.degraded
    assert texts(library, "prosecutors")
    assert library.answered_by == "exact", "not at once"
    now = time.monotonic()
    monkeypatch.setattr(library._dense, "_clock", lambda: now + dense.RETRY_SECONDS + 1)
    assert texts(library, "prosecutors")
    assert library.answered_by == "chroma"
    assert library.degraded is None


def test_chroma_failing_while_adding_loses_nothing(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise VectorsBroken("made up")

    with monkeypatch.context() as patched:
        patched.setattr(Vectors, "upsert", fail)
        library.add(*CHARGED)
    assert library.degraded is not None
    assert texts(library, "prosecutors charged wire fraud")[0] == CHARGE
    assert library.answered_by == "exact"
    assert library.verify().missing_vectors == 3
    assert library.repair().ok
    assert library.degraded is None


def test_chroma_is_opened_again_when_nothing_is_written(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.add(*CHARGED)
    texts(library, "prosecutors")
    library.add(*CONVICTED)
    texts(library, "prosecutors")
    assert library.answered_by == "exact", "just written"
    now = time.monotonic()
    monkeypatch.setattr(library._dense, "_clock", lambda: now + dense.QUIET_SECONDS + 1)
    assert texts(library, "jury convicted")[0] == VERDICT
    assert library.answered_by == "chroma"
