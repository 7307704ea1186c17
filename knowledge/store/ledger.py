"""The ledger: the truth of the knowledge base, in one SQLite file.

One transaction makes a version of a source visible and the former one invisible, in tables and full text alike,
and raises the generation, a number by which readers notice that something has changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, func, insert, inspect, select, text, update
from sqlalchemy.exc import DBAPIError

from knowledge.errors import KnowledgeBaseError, RecipeMismatch, StoreTooNew, StoreUnwritable
from knowledge.model import SourceDocument
from knowledge.store import schema
from knowledge.store.recipe import Recipe
from knowledge.store.records import GROUPS, Group
from knowledge.store.rows import Row, document_of, version_row
from knowledge.store.sqlite import in_words, open_engine

FILE_NAME = "ledger.sqlite3"
_CHUNK = 500
"""Ids in one IN (...): SQLite allows 999 parameters in old builds."""

_SNAPSHOT: ContextVar[tuple[Ledger, Connection] | None] = ContextVar("ledger_snapshot", default=None)


class Ledger:
    """An open ledger. Safe to use from several threads: each reading takes a connection of its own."""

    def __init__(self, file: Path, engine: Engine, *, read_only: bool) -> None:
        self.file = file
        self.read_only = read_only
        self._engine = engine
        self._counts: tuple[int, dict[str, int]] = (-1, {})

    @classmethod
    def open(cls, folder: Path, recipe: Recipe, *, create: bool) -> Ledger:
        """Opens `folder`'s ledger, or makes one if `create`.

        Raises KnowledgeBaseError (missing, damaged), StoreTooNew, RecipeMismatch, StoreUnwritable.
        """
        file = folder / FILE_NAME
        if not file.is_file() and not create:
            raise _missing(folder)
        if create:
            _make_folder(folder)
        ledger = cls(file, open_engine(file), read_only=False)
        try:
            try:
                ledger._prepare(recipe, create=create)
            except KnowledgeBaseError as error:
                if not _closed_and_unwritable(file, error):
                    raise
                ledger.close()
                ledger = cls(file, open_engine(file, read_only=True), read_only=True)
                ledger._prepare(recipe, create=False)
        except BaseException:
            ledger.close()
            raise
        return ledger

    def close(self) -> None:
        self._engine.dispose()

    # reading and writing

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection to read from: the snapshot's, inside `snapshot()`, else one of its own."""
        held = _SNAPSHOT.get()
        if held is not None and held[0] is self:
            yield held[1]
            return
        with in_words(self.file, writing=False), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[int]:
        """Inside, every reading of this thread or task sees one state, whatever is written meanwhile.

        Yields that state's generation.
        """
        held = _SNAPSHOT.get()
        if held is not None and held[0] is self:
            yield self.generation()
            return
        with in_words(self.file, writing=False), self._engine.connect() as connection:
            token = _SNAPSHOT.set((self, connection))
            try:
                yield self.generation()  # the first reading is what fixes the state
            finally:
                _SNAPSHOT.reset(token)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all of it becomes visible at the end, or nothing of it after an error.

        Raises StoreUnwritable.
        """
        if self.read_only:
            raise StoreUnwritable(f"The knowledge base in {self.file.parent} cannot be written: it is read-only.")
        with in_words(self.file, writing=True), self._engine.connect() as plain:
            connection = plain.execution_options(immediate=True)
            with connection.begin():
                yield connection

    # opening

    def _prepare(self, recipe: Recipe, *, create: bool) -> None:
        with in_words(self.file, writing=create), self._engine.connect() as connection:
            empty = not inspect(connection).get_table_names()
        if empty:
            if not create:
                raise _missing(self.file.parent)
            self._create(recipe)
        self.check(recipe)

    def _create(self, recipe: Recipe) -> None:
        with self.write() as connection:
            if inspect(connection).get_table_names():
                return  # another process was quicker
            schema.metadata.create_all(connection)
            for group in GROUPS:
                for statement in schema.full_text_statements(group):
                    connection.exec_driver_sql(statement)
            values = {"schema": schema.SCHEMA_VERSION, "generation": 0, "vectors": "vectors"}
            values |= {"model": recipe.model, "splitter": recipe.splitter}
            if recipe.dimension is not None:
                values["dimension"] = recipe.dimension
            for key, value in values.items():
                set_meta(connection, key, value)

    def check(self, recipe: Recipe) -> None:
        """Holds the stored schema and recipe against this program's. Raises StoreTooNew, RecipeMismatch."""
        with self.read() as connection:
            if not inspect(connection).has_table("meta"):
                raise KnowledgeBaseError(f"{self.file} is not a knowledge base of this program: name another folder.")
            meta = read_meta(connection)
        if int(meta.get("schema", 0)) > schema.SCHEMA_VERSION:
            raise StoreTooNew(
                f"The knowledge base in {self.file.parent} was written by a newer version of this program: "
                "update the program, or name another folder with --data."
            )
        difference = _recipe(meta).difference(recipe)
        if difference:
            raise RecipeMismatch(
                f"The knowledge base in {self.file.parent} was made with {difference}: change EMBEDDING_MODEL "
                "back, or read the documents into a new folder with `python -m ingest --data DIR add ...`."
            )

    # what is stored

    def meta(self) -> dict[str, str]:
        with self.read() as connection:
            return read_meta(connection)

    def generation(self) -> int:
        """Rises with every change. Read from the file each time."""
        with self.read() as connection:
            return _generation(connection)

    def recipe(self) -> Recipe:
        return _recipe(self.meta())

    def document(self, source_id: str) -> SourceDocument | None:
        with self.read() as connection:
            row = connection.execute(
                select(schema.versions).where(schema.versions.c.source_id == source_id).where(_is_current())
            ).one_or_none()
            return None if row is None else document_of(row)

    def stored_embeddings(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Embeddings (float16 bytes) that are there already, by embedding key."""
        column = schema.passages.c
        found: dict[str, bytes] = {}
        with self.read() as connection:
            for chunk in chunks(list(dict.fromkeys(keys))):
                rows = connection.execute(
                    select(column.embedding_key, column.embedding).where(column.embedding_key.in_(chunk))
                )
                found.update((key, blob) for key, blob in rows if blob is not None)
        return found

    def embedded_count(self, group: Group) -> int:
        """How many passages of a half have a vector: all of them. Counted once for each generation."""
        column = schema.passages.c.search_group
        with self.read() as connection:
            generation = _generation(connection)
            known, counts = self._counts
            if known != generation:
                rows = connection.execute(select(column, func.count()).group_by(column))
                counts = {str(one): int(count) for one, count in rows}
                self._counts = (generation, counts)
        return counts.get(group, 0)

    def embedded_total(self) -> int:
        return sum(self.embedded_count(group) for group in GROUPS)

    def latest_generation(self) -> int:
        """The generation on disk now, even inside a snapshot."""
        with in_words(self.file, writing=False), self._engine.connect() as connection:
            return _generation(connection)

    # changing

    def next_version(self, document: SourceDocument) -> int:
        """The same bytes stay the same version; others count on from the highest there has been."""
        column = schema.versions.c
        current = self.document(document.id)
        if current is not None and current.content_hash == document.content_hash:
            return current.version
        with self.read() as connection:
            highest = connection.scalar(select(func.max(column.version)).where(column.source_id == document.id))
        return max(document.version, 1 if highest is None else highest + 1)

    def store(
        self, document: SourceDocument, passages: Sequence[Row], events: Sequence[Row], extra: dict[str, Any]
    ) -> list[tuple[Group, str]]:
        """Makes this version the visible one. Returns the vectors that nothing needs any more.

        Rows are those of `rows.passage_row` and `rows.event_row`; `extra` goes into the meta table.
        """
        kept = {row["vector_id"] for row in passages}
        with self.write() as connection:
            dropped = _drop_contents(connection, document.id)
            connection.execute(
                delete(schema.versions).where(
                    schema.versions.c.source_id == document.id, schema.versions.c.version == document.version
                )
            )
            known = connection.execute(
                update(schema.sources).where(schema.sources.c.id == document.id).values(version=document.version)
            ).rowcount
            if not known:
                connection.execute(insert(schema.sources).values(id=document.id, version=document.version))
            connection.execute(insert(schema.versions).values(version_row(document)))
            generation = _raise_generation(connection)
            _insert(connection, schema.passages, [row | {"generation": generation} for row in passages])
            _insert(connection, schema.events, events)
            for key, value in extra.items():
                set_meta(connection, key, value)
        return [(group, vector) for group, vector in dropped if vector not in kept]

    def remove(self, source_id: str) -> list[tuple[Group, str]] | None:
        """Takes a source out, with every version. Returns its vectors, or None if there is no such source."""
        with self.write() as connection:
            dropped = _drop_contents(connection, source_id)
            gone = connection.execute(delete(schema.sources).where(schema.sources.c.id == source_id)).rowcount
            if not gone:
                return None
            _raise_generation(connection)
        return dropped

    def set_meta(self, **values: object) -> None:
        """Writes into the meta table and raises the generation."""
        with self.write() as connection:
            for key, value in values.items():
                set_meta(connection, key, value)
            _raise_generation(connection)


def chunks(ids: Sequence[Any], size: int = _CHUNK) -> Iterator[Sequence[Any]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def read_meta(connection: Connection) -> dict[str, str]:
    return {row.key: row.value for row in connection.execute(select(schema.meta))}


def set_meta(connection: Connection, key: str, value: object) -> None:
    statement = "INSERT INTO meta(key, value) VALUES (:key, :value) ON CONFLICT(key) DO UPDATE SET value = :value"
    connection.execute(text(statement), {"key": key, "value": str(value)})


def _raise_generation(connection: Connection) -> int:
    connection.execute(text("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'"))
    return _generation(connection)


def _generation(connection: Connection) -> int:
    return int(connection.scalar(text("SELECT value FROM meta WHERE key = 'generation'")) or 0)


def _drop_contents(connection: Connection, source_id: str) -> list[tuple[Group, str]]:
    """Passages, events and text of the version that was visible; its line in `versions` stays."""
    column = schema.passages.c
    vectors = connection.execute(
        select(column.search_group, column.vector_id).where(
            column.source_id == source_id, column.vector_id.is_not(None)
        )
    ).all()
    connection.execute(delete(schema.passages).where(column.source_id == source_id))
    connection.execute(delete(schema.events).where(schema.events.c.source_id == source_id))
    connection.execute(
        update(schema.versions).where(schema.versions.c.source_id == source_id).values(text=None, layout=None)
    )
    return [(group, vector) for group, vector in vectors]


def _insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    if rows:
        connection.execute(insert(table), list(rows))


def _is_current() -> Any:
    return (
        select(schema.sources.c.id)
        .where(
            schema.sources.c.id == schema.versions.c.source_id,
            schema.sources.c.version == schema.versions.c.version,
        )
        .exists()
    )


def _recipe(meta: dict[str, str]) -> Recipe:
    dimension = meta.get("dimension")
    return Recipe(meta["model"], int(dimension) if dimension else None, meta["splitter"])


def _missing(folder: Path) -> KnowledgeBaseError:
    return KnowledgeBaseError(
        f"There is no knowledge base in {folder}: make one with `python -m ingest add PATH`, "
        "or name its folder with --data or KNOWLEDGE_DIR."
    )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnwritable(
            f"The folder {folder} cannot be made: {error.strerror}; name another with --data or KNOWLEDGE_DIR."
        ) from error


def _closed_and_unwritable(file: Path, error: KnowledgeBaseError) -> bool:
    """A ledger that was closed properly, in a folder that may only be read: it can still be asked."""
    cause = error.__cause__
    if not isinstance(cause, DBAPIError):
        return False
    words = str(cause.orig).lower()
    unwritable = "readonly" in words or "unable to open" in words
    return unwritable and file.is_file() and not file.with_name(file.name + "-wal").exists()
