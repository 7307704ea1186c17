"""The ledger: versions, visibility, full text, and what is said when it cannot be used. No Chroma, no model."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from knowledge.errors import KnowledgeBaseError, RecipeMismatch, StoreTooNew, StoreUnwritable
from knowledge.model import Passage, ProceduralEvent, SourceDocument, Stage, Zone
from knowledge.store.catalogue import Catalogue
from knowledge.store.ledger import FILE_NAME, Ledger
from knowledge.store.maintenance import full_text_ok, ledger_damage
from knowledge.store.recipe import Recipe, embedding_key, vector_id
from knowledge.store.records import GROUPS, Group, group_of
from knowledge.store.rows import event_row, passage_holding, passage_row
from tests.store_factories import CHARGE, COMMENT, FURNITURE, VERDICT, document

RECIPE = Recipe("words-4", 4)
Made = tuple[SourceDocument, list[Passage], list[ProceduralEvent]]


def store(ledger: Ledger, made: Made) -> list[tuple[Group, str]]:
    """What the writer does, without Chroma: every searched passage gets some embedding."""
    source, passages, events = made
    rows = [passage_row(source, passage, 0) for passage in passages]
    for row, passage in zip(rows, passages, strict=True):
        if group_of(passage.zone):
            key = embedding_key(RECIPE, f"{source.title}\n{passage.text}")
            blob = np.ones(4, dtype=np.float16).tobytes()
            row |= {"embedding_key": key, "vector_id": vector_id(key, passage.id), "embedding": blob}
    found = [event_row(source, event, passage_holding(event, passages)) for event in events]
    return ledger.store(source, rows, found, {"dimension": 4})


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger.open(tmp_path, RECIPE, create=True)
    yield opened
    opened.close()


@pytest.fixture
def catalogue(ledger: Ledger) -> Catalogue:
    return Catalogue(ledger)


CHARGED = document("venn.txt", (Zone.HEADLINE, "Venn charged with fraud"), (Zone.BODY, CHARGE), (Zone.COMMENT, COMMENT))
CONVICTED = document("venn.txt", (Zone.HEADLINE, "Venn guilty of fraud"), (Zone.BODY, VERDICT), version=2)


class TestVersions:
    def test_what_is_stored_comes_back(self, ledger: Ledger, catalogue: Catalogue) -> None:
        store(ledger, CHARGED)
        source, passages, events = CHARGED
        assert ledger.document(source.id) == source
        assert [stored.passage for stored in catalogue.source_passages(source.id)] == passages
        assert [stored.event for stored in catalogue.source_events(source.id)] == events
        assert [stored.passage_id for stored in catalogue.events()] == [passages[0].id, passages[1].id]

    def test_a_new_version_takes_the_place_of_the_former_everywhere(self, ledger: Ledger, catalogue: Catalogue) -> None:
        store(ledger, CHARGED)
        assert catalogue.full_text(["prosecutors"], 5, "reporting")
        dropped = store(ledger, CONVICTED)
        assert {group for group, _ in dropped} == {"reporting", "comments"}
        assert len(dropped) == 3
        assert catalogue.full_text(["prosecutors"], 5, "reporting") == []
        assert catalogue.full_text(["everybody"], 5, "comments") == []
        assert {stored.event.stage for stored in catalogue.events()} == {Stage.CONVICTED}
        assert catalogue.passages([passage.id for passage in CHARGED[1]]) == []
        assert [summary.version for summary in catalogue.list_sources()] == [2]

    def test_vectors_that_the_new_version_shares_are_not_given_up(self, ledger: Ledger) -> None:
        store(ledger, CHARGED)
        longer = document("venn.txt", *((p.zone, p.text) for p in CHARGED[1]), (Zone.BODY, VERDICT), version=2)
        assert store(ledger, longer) == []

    def test_the_text_of_a_former_version_is_let_go_but_not_its_line(self, ledger: Ledger) -> None:
        store(ledger, CHARGED)
        store(ledger, CONVICTED)
        with ledger.read() as connection:
            lines = connection.execute(text("SELECT version, text IS NULL FROM versions ORDER BY version")).all()
        assert [tuple(line) for line in lines] == [(1, 1), (2, 0)]

    def test_the_next_version(self, ledger: Ledger) -> None:
        assert ledger.next_version(CHARGED[0]) == 1
        store(ledger, CHARGED)
        assert ledger.next_version(CHARGED[0]) == 1, "the same bytes are the same version"
        assert ledger.next_version(replace(CONVICTED[0], version=1)) == 2
        store(ledger, CONVICTED)
        assert ledger.next_version(CHARGED[0]) == 3, "bytes that come back are a new version"

    def test_a_failing_write_leaves_the_former_version_visible(self, ledger: Ledger, catalogue: Catalogue) -> None:
        store(ledger, CHARGED)
        generation = ledger.generation()
        source, passages, events = CONVICTED
        with pytest.raises(KnowledgeBaseError):
            store(ledger, (source, [*passages, passages[0]], events))
        assert ledger.generation() == generation
        assert [stored.passage for stored in catalogue.source_passages(source.id)] == CHARGED[1]
        assert catalogue.full_text(["prosecutors"], 5, "reporting")

    def test_removing_a_source_leaves_nothing_of_it(self, ledger: Ledger, catalogue: Catalogue) -> None:
        store(ledger, CHARGED)
        store(ledger, CONVICTED)
        dropped = ledger.remove(CHARGED[0].id)
        assert dropped is not None
        assert len(dropped) == 2
        assert ledger.remove(CHARGED[0].id) is None
        assert catalogue.events() == []
        assert catalogue.full_text(["venn"], 5, "reporting") == []
        with ledger.read() as connection:
            for table in ("versions", "passages", "events"):
                assert connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0

    def test_every_change_raises_the_generation(self, ledger: Ledger) -> None:
        seen = [ledger.generation()]
        store(ledger, CHARGED)
        seen.append(ledger.generation())
        store(ledger, CONVICTED)
        seen.append(ledger.generation())
        ledger.remove(CHARGED[0].id)
        seen.append(ledger.generation())
        assert seen == [0, 1, 2, 3]


class TestReading:
    def test_boilerplate_is_kept_but_neither_searched_nor_an_event(self, ledger: Ledger, catalogue: Catalogue) -> None:
        made = document(
            "b.txt", (Zone.BODY, VERDICT), (Zone.BOILERPLATE, f"{FURNITURE} Who is charged and convicted ?")
        )
        store(ledger, made)
        assert len(made[2]) == 2
        assert len(catalogue.events()) == 1
        assert len(catalogue.source_events(made[0].id)) == 2
        assert [catalogue.full_text(["newsletter"], 5, group) for group in GROUPS] == [[], []]
        assert ledger.embedded_total() == 1

    def test_comments_are_searched_apart(self, ledger: Ledger, catalogue: Catalogue) -> None:
        store(ledger, CHARGED)
        assert catalogue.full_text(["worse"], 5, "reporting") == []
        assert [hit.passage_id for hit in catalogue.full_text(["worse"], 5, "comments")] == [CHARGED[1][2].id]

    @pytest.mark.parametrize(
        "terms",
        [
            pytest.param(["charge"], id="another_form_of_the_word"),
            pytest.param(["Orla Venn"], id="name"),
            pytest.param(["2:31-cr-00422"], id="docket_number"),
            pytest.param(["cafe ole"], id="without_accents"),
            pytest.param(["CAFÉ"], id="capitals"),
            pytest.param(["nonesuch", "docket"], id="any_of_the_terms"),
        ],
    )
    def test_full_text_finds(self, ledger: Ledger, catalogue: Catalogue, terms: list[str]) -> None:
        body = "Orla Venn was charged in docket 2:31-cr-00422 over the Café Olé auctions."
        store(ledger, document("a.txt", (Zone.BODY, body), title="x"))
        store(ledger, document("b.txt", (Zone.BODY, "Orla met Mr Venn of 2 and 31 at a fair."), title="y"))
        assert len(catalogue.full_text(terms, 5, "reporting")) == 1

    def test_full_text_puts_the_better_match_first(self, ledger: Ledger, catalogue: Catalogue) -> None:
        made = document(
            "a.txt",
            *((Zone.BODY, f"Filler sentence number {n}.") for n in range(20)),
            (Zone.BODY, VERDICT),
            (Zone.BODY, "Wire."),
        )
        store(ledger, made)
        hits = catalogue.full_text(["wire fraud", "jury", "wire"], 5, "reporting")
        assert hits[0].passage_id == made[1][20].id
        assert hits[0].score > hits[1].score > 0

    def test_common_terms_are_left_out_of_a_large_store(
        self, ledger: Ledger, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("knowledge.store.catalogue.COMMON_FROM", 10)
        made = document("a.txt", *((Zone.BODY, f"The harbour of word{n}.") for n in range(30)), title="t")
        store(ledger, made)
        assert [hit.passage_id for hit in catalogue.full_text(["harbour", "word7"], 50, "reporting")] == [made[1][7].id]
        assert len(catalogue.full_text(["harbour"], 50, "reporting")) == 30

    @pytest.mark.parametrize("term", ['"', "*", "a OR", "NEAR(", "x:y", "^z", "\0", "-", "(", "'"])
    def test_no_sign_breaks_the_search(self, ledger: Ledger, catalogue: Catalogue, term: str) -> None:
        store(ledger, CHARGED)
        assert catalogue.full_text([term, "Venn"], 5, "reporting")

    def test_resolve(self, ledger: Ledger, catalogue: Catalogue) -> None:
        for one in ("abc1", "abc2", "abd", "x%y"):
            store(ledger, (replace(document(one, (Zone.BODY, f"Text {one}."))[0], id=one), [], []))
        wanted = {"abc1": "abc1", "abd": "abd", "ab": None, "abc": None, "x": "x%y", "%": None, "": None, "ABD": None}
        assert {prefix: catalogue.resolve(prefix) for prefix in wanted} == wanted

    def test_find_by_hash_knows_current_versions_only(self, ledger: Ledger, catalogue: Catalogue) -> None:
        store(ledger, CHARGED)
        store(ledger, CONVICTED)
        assert catalogue.find_by_hash(CONVICTED[0].content_hash) == CONVICTED[0].id
        assert catalogue.find_by_hash(CHARGED[0].content_hash) is None

    def test_passages_come_in_the_order_asked_for(self, ledger: Ledger, catalogue: Catalogue) -> None:
        made = document("a.txt", *((Zone.BODY, f"Word{n}.") for n in range(700)))
        store(ledger, made)
        ids = [passage.id for passage in reversed(made[1])]
        assert [stored.passage.id for stored in catalogue.passages([*ids, "gone", ids[0]])] == ids


class TestSnapshot:
    def test_one_state_from_beginning_to_end(self, ledger: Ledger, catalogue: Catalogue) -> None:
        store(ledger, CHARGED)
        with ledger.snapshot() as generation:
            writer = threading.Thread(target=store, args=(ledger, CONVICTED))
            writer.start()
            writer.join()
            assert ledger.generation() == generation
            assert ledger.latest_generation() == generation + 1
            assert ledger.document(CHARGED[0].id) == CHARGED[0]
            assert {stored.event.stage for stored in catalogue.events()} == {Stage.CHARGED}
            assert catalogue.full_text(["prosecutors"], 5, "reporting")
        assert ledger.document(CHARGED[0].id) == CONVICTED[0]
        assert {stored.event.stage for stored in catalogue.events()} == {Stage.CONVICTED}

    def test_snapshots_nest(self, ledger: Ledger) -> None:
        with ledger.snapshot() as outer, ledger.snapshot() as inner:
            assert outer == inner

    def test_writing_inside_a_snapshot_does_not_move_it(self, ledger: Ledger) -> None:
        with ledger.snapshot() as generation:
            store(ledger, CHARGED)
            assert ledger.generation() == generation
        assert ledger.generation() == generation + 1


class TestRefusals:
    def test_there_is_none(self, tmp_path: Path) -> None:
        with pytest.raises(KnowledgeBaseError, match=r"There is no knowledge base in .*ingest add PATH"):
            Ledger.open(tmp_path / "nowhere", RECIPE, create=False)
        assert not (tmp_path / "nowhere").exists()

    def test_a_creation_cut_short_counts_as_none_and_can_be_done_again(self, tmp_path: Path) -> None:
        (tmp_path / FILE_NAME).touch()
        with pytest.raises(KnowledgeBaseError, match="There is no knowledge base"):
            Ledger.open(tmp_path, RECIPE, create=False)
        Ledger.open(tmp_path, RECIPE, create=True).close()
        Ledger.open(tmp_path, RECIPE, create=False).close()

    @pytest.mark.parametrize("create", [True, False])
    def test_not_a_database(self, tmp_path: Path, create: bool) -> None:
        (tmp_path / FILE_NAME).write_text("Dear diary, today nothing happened. " * 200)
        with pytest.raises(KnowledgeBaseError, match="damaged or not a knowledge base"):
            Ledger.open(tmp_path, RECIPE, create=create)

    def test_somebody_elses_database(self, tmp_path: Path) -> None:
        connection = sqlite3.connect(tmp_path / FILE_NAME)
        connection.execute("CREATE TABLE recipes (name TEXT)")
        connection.close()
        with pytest.raises(KnowledgeBaseError, match="not a knowledge base of this program"):
            Ledger.open(tmp_path, RECIPE, create=True)

    def test_damaged_in_the_middle(self, ledger: Ledger, tmp_path: Path) -> None:
        for n in range(30):
            store(ledger, document(f"d{n}", *((Zone.BODY, f"Sentence {n} {m} about harbours.") for m in range(20))))
        ledger.close()
        assert not (tmp_path / f"{FILE_NAME}-wal").exists()
        data = bytearray((tmp_path / FILE_NAME).read_bytes())
        data[8192 : len(data) // 2] = b"\xa5" * (len(data) // 2 - 8192)
        (tmp_path / FILE_NAME).write_bytes(data)
        with pytest.raises(KnowledgeBaseError):  # noqa: PT012 - at opening or later, as SQLite notices
            damaged = Ledger.open(tmp_path, RECIPE, create=False)
            try:
                assert ledger_damage(damaged)
                Catalogue(damaged).list_sources()
                Catalogue(damaged).events()
            finally:
                damaged.close()

    def test_written_by_a_newer_program(self, ledger: Ledger, tmp_path: Path) -> None:
        ledger.set_meta(schema=99)
        with pytest.raises(StoreTooNew, match="newer version"):
            Ledger.open(tmp_path, RECIPE, create=True)

    @pytest.mark.parametrize(
        "recipe",
        [
            pytest.param(Recipe("other", 4), id="model"),
            pytest.param(Recipe("words-4", 5), id="dimension"),
            pytest.param(Recipe("words-4", 4, "passages-0"), id="splitter"),
        ],
    )
    def test_another_recipe(self, ledger: Ledger, tmp_path: Path, recipe: Recipe) -> None:
        with pytest.raises(RecipeMismatch, match=r"EMBEDDING_MODEL back, or .*ingest --data DIR add"):
            Ledger.open(tmp_path, recipe, create=True)

    def test_no_space(self, ledger: Ledger, catalogue: Catalogue) -> None:
        store(ledger, CHARGED)
        with ledger.read() as connection:
            pages = connection.scalar(text("PRAGMA page_count"))

        def limit(connection: sqlite3.Connection, _record: object) -> None:
            connection.execute(f"PRAGMA max_page_count={pages}")

        event.listen(ledger._engine, "connect", limit)
        ledger._engine.dispose()
        big = document("big.txt", *((Zone.BODY, f"Sentence {n} " + "of many words " * 50) for n in range(200)))
        with pytest.raises(StoreUnwritable, match="no space left"):
            store(ledger, big)
        assert ledger.document(big[0].id) is None
        assert ledger.document(CHARGED[0].id) == CHARGED[0]
        assert all(full_text_ok(ledger, group) for group in GROUPS)

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            pytest.param("database or disk is full", "no space left", id="full"),
            pytest.param("attempt to write a readonly database", "read-only", id="read_only"),
            pytest.param("database is locked", "held it for too long", id="locked"),
            pytest.param("disk I/O error", "disk reports an error", id="disk"),
        ],
    )
    def test_what_sqlite_says_is_put_in_words(self, ledger: Ledger, words: str, said: str) -> None:
        with pytest.raises(StoreUnwritable, match=said), ledger.write():
            raise OperationalError("INSERT", {}, sqlite3.OperationalError(words))

    def test_locked_too_long(self, ledger: Ledger, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr("knowledge.store.sqlite.BUSY_SECONDS", 0.1)
        impatient = Ledger.open(tmp_path, RECIPE, create=False)
        try:
            with ledger.write(), pytest.raises(StoreUnwritable, match="held it for too long"):
                store(impatient, CHARGED)
            assert impatient.generation() == 0, "reading goes on while another writes"
        finally:
            impatient.close()

    def test_a_folder_that_cannot_be_made(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(StoreUnwritable, match="cannot be made"):
            Ledger.open(tmp_path / "file" / "kb", RECIPE, create=True)


READ_ONLY = """
import os, sys
from pathlib import Path
from knowledge.errors import StoreUnwritable
from knowledge.store.catalogue import Catalogue
from knowledge.store.ledger import Ledger
from tests.knowledge.store.test_ledger import CONVICTED, RECIPE, store
folder = Path(sys.argv[1])
if os.geteuid() == 0:  # permissions do not bind root; what is imported lazily has to be imported before
    Ledger.open(folder / "scratch", RECIPE, create=True).close()
    os.seteuid(65534)
ledger = Ledger.open(folder / "kb", RECIPE, create=sys.argv[2] == "adding")
print(len(Catalogue(ledger).list_sources()), len(Catalogue(ledger).full_text(["venn"], 9, "reporting")))
try:
    store(ledger, CONVICTED)
except StoreUnwritable as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are POSIX's")
@pytest.mark.parametrize("aim", ["reading", "adding"])
def test_a_folder_that_may_only_be_read_can_be_asked_and_not_written(aim: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ledger = Ledger.open(folder / "kb", RECIPE, create=True)
        store(ledger, CHARGED)
        ledger.close()
        (folder / "kb").chmod(0o555)
        folder.chmod(0o755)
        try:
            done = subprocess.run(
                [sys.executable, "-c", READ_ONLY, name, aim],
                capture_output=True,
                text=True,
                cwd=Path(__file__).resolve().parents[3],
                timeout=60,
                check=False,
            )
        finally:
            (folder / "kb").chmod(0o755)
    assert done.stderr == ""
    first, second = done.stdout.splitlines()
    assert first == "1 2"
    assert "cannot be written" in second
