"""Opening the ledger's SQLite file, and saying in a sentence what is wrong with it.

WAL, so that readers see one state while a writer works; `synchronous=FULL`, so that a document reported as
stored is stored after a power cut (one fsync for each document costs far less than embedding it).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from knowledge.errors import KnowledgeBaseError, StoreUnwritable

BUSY_SECONDS = 15.0

_UNWRITABLE = {
    sqlite3.SQLITE_FULL: "there is no space left",
    sqlite3.SQLITE_READONLY: "it is read-only",
    sqlite3.SQLITE_PERM: "permission is missing",
    sqlite3.SQLITE_BUSY: "another program has held it for too long",
    sqlite3.SQLITE_LOCKED: "another program has held it for too long",
    sqlite3.SQLITE_IOERR: "the disk reports an error",
    sqlite3.SQLITE_CANTOPEN: "a file in it cannot be opened",
}
_WORDS = {
    "disk is full": sqlite3.SQLITE_FULL,
    "readonly": sqlite3.SQLITE_READONLY,
    "locked": sqlite3.SQLITE_BUSY,
    "disk i/o": sqlite3.SQLITE_IOERR,
    "unable to open": sqlite3.SQLITE_CANTOPEN,
    "malformed": sqlite3.SQLITE_CORRUPT,
    "not a database": sqlite3.SQLITE_NOTADB,
}


def open_engine(file: Path, *, read_only: bool = False) -> Engine:
    """An engine on `file`. read_only: as found, without locks, for a folder that cannot be written."""
    url = URL.create("sqlite", database=str(file))
    if read_only:
        url = URL.create("sqlite", database=file.as_uri(), query={"uri": "true", "mode": "ro", "immutable": "1"})
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _on_connect_read_only if read_only else _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: Any, _record: object) -> None:
    # SQLAlchemy's own recipe for SQLite: the driver must not begin transactions by itself, `_on_begin` does.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_connect_read_only(connection: Any, _record: object) -> None:
    connection.isolation_level = None


def _on_begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def in_words(file: Path, *, writing: bool) -> Iterator[None]:
    """Turns SQLite's errors into the program's.

    Raises StoreUnwritable (no space, no permission, locked) or KnowledgeBaseError (damaged, not readable).
    """
    try:
        yield
    except DBAPIError as error:
        raise _error(file, _code(error), str(error.orig), writing=writing) from error
    except SQLAlchemyError as error:
        raise KnowledgeBaseError(f"The knowledge base in {file.parent} cannot be used: {error}.") from error


def _code(error: DBAPIError) -> int | None:
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return int(code) & 0xFF
    text = str(error.orig).lower()
    return next((known for word, known in _WORDS.items() if word in text), None)


def _error(file: Path, code: int | None, text: str, *, writing: bool) -> KnowledgeBaseError:
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return KnowledgeBaseError(
            f"{file} is damaged or not a knowledge base ({text}): restore it from a copy, "
            "or move the folder away and add the documents again."
        )
    if writing and code in _UNWRITABLE:
        return StoreUnwritable(
            f"The knowledge base in {file.parent} cannot be written: {_UNWRITABLE[code]} ({text}); "
            "nothing of this document was stored."
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return KnowledgeBaseError(
            f"The knowledge base in {file.parent} cannot be opened ({text}): give this program's user permission to "
            "write there; SQLite needs it for its log, even to read."
        )
    return KnowledgeBaseError(f"The knowledge base in {file.parent} cannot be used: {text}.")
