"""Verifying the knowledge base, and making what is derived anew from the ledger."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import Connection, Table, select, text
from sqlalchemy.exc import DBAPIError

from knowledge.errors import KnowledgeBaseError, StoreUnwritable
from knowledge.store import schema, seal
from knowledge.store.catalogue import Catalogue
from knowledge.store.ledger import Ledger
from knowledge.store.lock import writer_lock
from knowledge.store.records import GROUPS, Group, VerifyReport
from knowledge.store.vectors import BATCH, Vectors, VectorsBroken, unit_rows

if TYPE_CHECKING:
    from knowledge.store.writer import Writer

Progress = Callable[[int, int], None]

PROBES = 25
"""Passages whose own vector is looked up, spread over the store: an index that has lost its links misses them."""

_REPAIR = "run `python -m ingest verify --repair`"


def verify(ledger: Ledger, catalogue: Catalogue) -> VerifyReport:
    """Holds ledger, full text and vectors against each other; changes nothing.

    Takes the writer's lock, so that nothing moves meanwhile. Raises StoreUnwritable if it does not come free.
    """
    lock: AbstractContextManager[None] = nullcontext() if ledger.read_only else writer_lock(ledger.file.parent)
    findings: list[str] = []
    with lock:
        damage = ledger_damage(ledger)
        if damage:
            findings.append(f"The ledger is damaged ({damage}): restore it from a copy, or add the documents again.")
        findings += [
            f"The full-text index of the {group} is out of step with the ledger: {_REPAIR}."
            for group in GROUPS
            if not ledger.read_only and not full_text_ok(ledger, group)
        ]
        bad_quotes, bad_passages = _not_verbatim(ledger)
        if bad_quotes:
            findings.append(f"{bad_quotes} events quote what their source does not say: add their documents again.")
        if bad_passages:
            findings.append(f"{bad_passages} passages differ from their source's text: add their documents again.")
        missing, orphans, fault = _vectors_against(ledger)
    if fault:
        findings.append(f"{fault}: {_REPAIR}.")
    if missing:
        findings.append(f"{missing} passages have no vector: {_REPAIR}.")
    if orphans:
        findings.append(f"{orphans} vectors belong to no passage (a write was cut short): {_REPAIR}.")
    leftovers = [path.name for path in _unused_folders(ledger)]
    if leftovers:
        findings.append(f"A rebuilding of the vectors was cut short and left {', '.join(leftovers)}: {_REPAIR}.")
    return VerifyReport(not findings, findings, catalogue.counts(), missing, orphans, bad_quotes)


def repair(ledger: Ledger, writer: Writer, progress: Progress | None) -> None:
    """Full text and vectors made right from the ledger. Raises KnowledgeBaseError, StoreUnwritable."""
    damage = ledger_damage(ledger)
    if damage:
        raise KnowledgeBaseError(
            f"The ledger {ledger.file} is damaged ({damage}) and cannot be repaired from itself: restore it from a "
            "copy, or move the folder away and add the documents again."
        )
    with writer.session():
        for group in GROUPS:
            if not full_text_ok(ledger, group):
                with ledger.write() as connection:
                    connection.execute(text(f"INSERT INTO {group}_text({group}_text) VALUES ('rebuild')"))  # noqa: S608 - our own names
        for leftover in _unused_folders(ledger):
            shutil.rmtree(leftover, ignore_errors=True)
        try:
            _mend_vectors(ledger, writer, progress)
        except (VectorsBroken, OSError) as error:
            raise StoreUnwritable(
                f"The vectors in {ledger.file.parent} cannot be rebuilt ({error}): make sure that there is space and "
                "permission to write; meanwhile questions are answered by exact search."
            ) from error


def rebuild_vectors(ledger: Ledger, progress: Progress | None = None) -> Path:
    """Builds a new Chroma folder from the ledger's embeddings, switches to it, and moves the old one aside.

    Call it with the writer's lock held. Readers of the old folder go on until they notice the switch.
    Raises VectorsBroken, OSError, StoreUnwritable; then the old folder stays in use.
    """
    parent = ledger.file.parent
    old = parent / ledger.meta()["vectors"]
    new = next(
        path for path in (parent / f"vectors.{n}" for n in range(1, 1_000_000)) if path != old and not path.exists()
    )
    total, done = ledger.embedded_total(), 0
    vectors = Vectors.open(new)
    try:
        for group in GROUPS:
            for ids, matrix in _embeddings(ledger, group):
                vectors.upsert(group, ids, matrix)
                done += len(ids)
                if progress is not None:
                    progress(done, total)
    finally:
        vectors.close()
    seal.seal(new)
    ledger.set_meta(vectors=new.name)
    _move_aside(old)
    return new


def ledger_damage(ledger: Ledger) -> str | None:
    """What SQLite finds wrong with the ledger's file; None if nothing."""
    try:
        with ledger.read() as connection:
            found = connection.execute(text("PRAGMA integrity_check(1)")).scalar()
            if found != "ok":
                return str(found)
            if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
                return "a row refers to a source that is gone"
    except KnowledgeBaseError as error:
        return str(error.__cause__ or error)
    return None


def full_text_ok(ledger: Ledger, group: Group) -> bool:
    """Whether the full-text index of a half holds exactly the passages' words (FTS5's own check)."""
    statement = text(f"INSERT INTO {group}_text({group}_text, rank) VALUES ('integrity-check', 1)")  # noqa: S608 - our own names
    with ledger.write() as connection:
        try:
            connection.execute(statement)
        except DBAPIError as error:
            if "malformed" not in str(error.orig):
                raise
            return False
    return True


def _mend_vectors(ledger: Ledger, writer: Writer, progress: Progress | None) -> None:
    missing, orphans, fault = _vectors_against(ledger)
    total = ledger.embedded_total()
    if fault or missing * 4 > total:
        rebuild_vectors(ledger, progress)
        return
    if not missing and not orphans:
        return
    vectors = writer.open_vectors()
    for group in GROUPS:
        held = vectors.ids(group)
        for ids, matrix in _embeddings(ledger, group):
            wanted = [at for at, one in enumerate(ids) if one not in held]
            if wanted:
                vectors.upsert(group, [ids[at] for at in wanted], matrix[wanted])
            held.difference_update(ids)
        vectors.delete(group, sorted(held))
    ledger.set_meta()  # a new generation: readers that had given Chroma up look again
    if progress is not None:
        progress(total, total)


def _vectors_against(ledger: Ledger) -> tuple[int, int, str | None]:
    """Passages without a vector, vectors without a passage, and what keeps the index from being used at all."""
    folder = ledger.file.parent / ledger.meta()["vectors"]
    total = ledger.embedded_total()
    if not folder.is_dir():
        return (total, 0, "The vector index is missing") if total else (0, 0, None)
    if not seal.is_intact(folder):
        return 0, 0, "The vector index was not closed properly or has been changed"
    missing = orphans = lost = 0
    try:
        vectors = Vectors.open(folder)
        try:
            for group in GROUPS:
                held = vectors.ids(group)
                needed = _vector_ids(ledger, group)
                missing += len(needed - held)
                orphans += len(held - needed)
                lost += _lost(ledger, vectors, group, needed & held)
        finally:
            vectors.close()
    except VectorsBroken as error:
        return missing, orphans, f"The vector index does not work ({error})"
    return missing, orphans, "The vector index does not find what it holds" if lost else None


def _lost(ledger: Ledger, vectors: Vectors, group: Group, held: set[str]) -> int:
    """How many of some passages are not found by their own vector. More than one in ten counts as damage."""
    sample = sorted(held)[:: max(1, len(held) // PROBES)][:PROBES]
    dimension = ledger.recipe().dimension
    if not sample or not dimension:
        return 0
    column = schema.passages.c
    with ledger.read() as connection:
        rows = connection.execute(select(column.vector_id, column.embedding).where(column.vector_id.in_(sample))).all()
    matrix = unit_rows([row.embedding for row in rows], dimension)
    lost = 0
    for row, vector in zip(rows, matrix, strict=True):
        found = vectors.query(group, vector, 5)
        # A reprint has the same vector under another id: as near as itself counts as found.
        lost += not any(one == row.vector_id or score > 0.999 for one, score in found)
    return lost if lost * 10 > len(rows) else 0


def _embeddings(ledger: Ledger, group: Group) -> Iterator[tuple[list[str], np.ndarray]]:
    """The ledger's vectors of a half, a batch at a time: ids and a float32 matrix."""
    dimension = ledger.recipe().dimension or 0
    column = schema.passages.c
    last = 0
    while True:
        with ledger.read() as connection:
            rows = connection.execute(
                select(column.row, column.vector_id, column.embedding)
                .where(column.search_group == group, column.vector_id.is_not(None), column.row > last)
                .order_by(column.row)
                .limit(BATCH)
            ).all()
        if not rows:
            return
        last = rows[-1].row
        yield [row.vector_id for row in rows], unit_rows([row.embedding for row in rows], dimension)


def _vector_ids(ledger: Ledger, group: Group) -> set[str]:
    column = schema.passages.c
    with ledger.read() as connection:
        return set(
            connection.scalars(
                select(column.vector_id).where(column.search_group == group, column.vector_id.is_not(None))
            )
        )


def _not_verbatim(ledger: Ledger) -> tuple[int, int]:
    """Events and passages whose wording is not `text[start:end]` of their source."""
    with ledger.read() as connection:
        return _differing(connection, schema.events, "quote"), _differing(connection, schema.passages, "text")


def _differing(connection: Connection, table: Table, column: str) -> int:
    # Compared here and not in SQL: SQLite's substr() ends at a NUL character.
    versions, sources = schema.versions.c, schema.sources.c
    rows = connection.execute(
        select(table.c[column].label("words"), table.c.start, table.c.end, versions.text)
        .join(schema.sources, sources.id == table.c.source_id)
        .join(schema.versions, (versions.source_id == sources.id) & (versions.version == sources.version))
    )
    return sum(row.text[row.start : row.end] != row.words for row in rows)


def _unused_folders(ledger: Ledger) -> list[Path]:
    """Folders of vectors that are neither in use nor kept aside."""
    used = ledger.meta()["vectors"]
    return [
        path
        for path in sorted(ledger.file.parent.glob("vectors*"))
        if path.is_dir() and path.name != used and not path.name.startswith("vectors.broken-")
    ]


def _move_aside(old: Path) -> None:
    """Keeps the last broken folder for whoever wants to look into it, and no more than that."""
    kept = sorted(old.parent.glob("vectors.broken-*"), key=lambda path: path.stat().st_mtime)
    if not old.is_dir():
        return
    numbers = [int(path.name.rpartition("-")[2]) for path in kept if path.name.rpartition("-")[2].isdigit()]
    old.rename(old.with_name(f"vectors.broken-{max(numbers, default=0) + 1}"))
    for path in kept:
        shutil.rmtree(path, ignore_errors=True)
