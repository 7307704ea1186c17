"""Reading from the ledger: lists, passages, events, full text. Every answer is of current versions only."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select, text

from knowledge.model import SourceKind, StoredEvent, Zone
from knowledge.store import fulltext, schema
from knowledge.store.ledger import Ledger, chunks
from knowledge.store.records import Group, Hit, SourceSummary, StoreCounts, StoredPassage
from knowledge.store.rows import stored_event, stored_passage

COMMON_SHARE = 0.2
"""A term in more than this share of the passages says little and makes the search slow (measured: 974 ms)."""

COMMON_FROM = 2_000
"""With fewer passages than this every term is searched for."""


class Catalogue:
    """Questions to one ledger. Safe to use from several threads; caches hold for one generation."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = threading.Lock()
        self._events: tuple[int, list[StoredEvent]] | None = None
        self._shares: tuple[int, dict[tuple[Group, str], float]] = (-1, {})

    def counts(self) -> StoreCounts:
        """How much there is, of current versions."""
        column = schema.passages.c
        with self._ledger.read() as connection:
            return StoreCounts(
                sources=connection.scalar(select(func.count()).select_from(schema.sources)) or 0,
                passages=connection.scalar(select(func.count()).select_from(schema.passages)) or 0,
                comments=connection.scalar(select(func.count()).where(column.search_group == "comments")) or 0,
                events=connection.scalar(select(func.count()).select_from(schema.events)) or 0,
            )

    def list_sources(self) -> list[SourceSummary]:
        """Every source, by title."""
        with self._ledger.read() as connection:
            rows = connection.execute(text(_LIST)).all()
        return [SourceSummary(**(row._asdict() | {"kind": SourceKind(row.kind)})) for row in rows]

    def resolve(self, id_or_prefix: str) -> str | None:
        """The source's full id. A prefix must fit exactly one source; None if it fits none or several."""
        if not id_or_prefix:
            return None
        column = schema.sources.c.id
        with self._ledger.read() as connection:
            if connection.scalar(select(column).where(column == id_or_prefix)):
                return id_or_prefix
            found = connection.scalars(
                select(column).where(column.startswith(id_or_prefix, autoescape=True)).limit(2)
            ).all()
        exact = [one for one in found if one.startswith(id_or_prefix)]  # LIKE takes capitals for small letters
        return exact[0] if len(exact) == 1 else None

    def find_by_hash(self, content_hash: str) -> str | None:
        """The id of the source whose current version was read from bytes of this hash; None if there is none."""
        source, version = schema.sources.c, schema.versions.c
        with self._ledger.read() as connection:
            found = connection.scalar(
                select(source.id)
                .join(schema.versions, (version.source_id == source.id) & (version.version == source.version))
                .where(version.content_hash == content_hash)
                .order_by(source.id)
                .limit(1)
            )
        return None if found is None else str(found)

    def passages(self, ids: Iterable[str]) -> list[StoredPassage]:
        """The current passages among `ids`, in the order asked for; ids that are not current are left out."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, StoredPassage] = {}
        with self._ledger.read() as connection:
            for chunk in chunks(wanted):
                rows = connection.execute(select(*_PASSAGE).where(schema.passages.c.id.in_(chunk)))
                found.update((row.id, stored_passage(row)) for row in rows)
        return [found[one] for one in wanted if one in found]

    def source_passages(self, source_id: str) -> list[StoredPassage]:
        column = schema.passages.c
        with self._ledger.read() as connection:
            rows = connection.execute(
                select(*_PASSAGE).where(column.source_id == source_id).order_by(column.ordinal, column.row)
            )
            return [stored_passage(row) for row in rows]

    def source_events(self, source_id: str) -> list[StoredEvent]:
        column = schema.events.c
        with self._ledger.read() as connection:
            rows = connection.execute(select(schema.events).where(column.source_id == source_id).order_by(column.row))
            return [stored_event(row) for row in rows]

    def events(self) -> list[StoredEvent]:
        """All events of current versions, boilerplate left out. The list is shared: do not change it."""
        with self._ledger.snapshot() as generation:
            with self._lock:
                if self._events is not None and self._events[0] == generation:
                    return self._events[1]
            with self._ledger.read() as connection:
                rows = connection.execute(
                    select(schema.events)
                    .where(schema.events.c.zone != Zone.BOILERPLATE.value)
                    .order_by(schema.events.c.row)
                )
                found = [stored_event(row) for row in rows]
        with self._lock:
            if self._events is None or self._events[0] < generation:
                self._events = (generation, found)
        return found

    def passages_of_vectors(self, vector_ids: Sequence[str]) -> dict[str, str]:
        """Vector id to passage id, for those that a current passage owns."""
        column = schema.passages.c
        found: dict[str, str] = {}
        with self._ledger.read() as connection:
            for chunk in chunks(vector_ids):
                rows = connection.execute(select(column.vector_id, column.id).where(column.vector_id.in_(chunk)))
                found.update((vector, passage) for vector, passage in rows)
        return found

    # full text

    def full_text(self, terms: Sequence[str], limit: int, group: Group) -> list[Hit]:
        """Passages that hold any of the terms, best first by bm25. A term of several words is a phrase."""
        quoted = fulltext.phrases(terms)
        if not quoted or limit < 1:
            return []
        with self._ledger.snapshot() as generation:
            total = self._ledger.embedded_count(group)
            many = total >= COMMON_FROM

            def share(phrase: str) -> float:
                return self._share(phrase, group, total, generation)

            match = fulltext.expression(quoted, share if many else lambda _phrase: 0.0, COMMON_SHARE)
            statement = text(_FULL_TEXT.format(group=group))
            with self._ledger.read() as connection:
                rows = connection.execute(statement, {"match": match, "limit": limit}).all()
        return [Hit(row.id, -float(row.rank)) for row in rows]

    def _share(self, phrase: str, group: Group, total: int, generation: int) -> float:
        """The share of a half's passages that hold the phrase, counted no further than needed."""
        with self._lock:
            if self._shares[0] != generation:
                self._shares = (generation, {})
            known = self._shares[1].get((group, phrase))
        if known is not None:
            return known
        enough = int(total * COMMON_SHARE) + 1
        statement = text(_COUNT.format(group=group))
        with self._ledger.read() as connection:
            count = connection.scalar(statement, {"match": phrase, "limit": enough}) or 0
        with self._lock:
            if self._shares[0] == generation:
                self._shares[1][(group, phrase)] = count / total
        return float(count) / total


_PASSAGE = [
    column
    for column in schema.passages.c
    if column.name not in ("embedding", "embedding_key", "vector_id", "title", "generation")
]

_LIST = """
SELECT s.id, v.version, v.title, v.publisher, v.published, v.as_of, v.kind, v.location, v.url, v.characters,
    (SELECT count(*) FROM passages p WHERE p.source_id = s.id) AS passages,
    (SELECT count(*) FROM events e WHERE e.source_id = s.id) AS events
FROM sources s JOIN versions v ON v.source_id = s.id AND v.version = s.version
ORDER BY v.title COLLATE NOCASE, s.id
"""

# The inner query is the FTS5 table alone: sorting by its hidden column `rank` stays inside the index.
# The title counts, at a third: a passage that says only "he" is about whom the headline names.
_FULL_TEXT = """
SELECT p.id AS id, found.rank AS rank FROM
    (SELECT rowid, rank FROM {group}_text
     WHERE {group}_text MATCH :match AND rank MATCH 'bm25(1.0, 0.33)' ORDER BY rank LIMIT :limit) AS found
JOIN passages p ON p.row = found.rowid ORDER BY found.rank, p.row
"""

_COUNT = """
SELECT count(*) FROM (SELECT 1 FROM {group}_text WHERE {group}_text MATCH :match LIMIT :limit)
"""
