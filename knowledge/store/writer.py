"""Writing: one writer at a time, Chroma open only while the lock is held, the ledger's commit as the switch."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from knowledge.model import Passage, ProceduralEvent, SourceDocument
from knowledge.store import seal
from knowledge.store.embedder import Embedder
from knowledge.store.ledger import Ledger
from knowledge.store.lock import WAIT_SECONDS, writer_lock
from knowledge.store.recipe import Recipe, embedded_text, embedding_key, vector_id
from knowledge.store.records import GROUPS, Group, group_of
from knowledge.store.rows import Row, event_row, passage_holding, passage_row
from knowledge.store.vectors import Vectors, VectorsBroken, unit_rows

Progress = Callable[[int, int], None]

EMBED_AT_ONCE = 256
"""Passages between two reports of progress."""


class Writer:
    """The writing half of a Library. One thread of a process writes at a time; others wait.

    degraded: why the last writing went without Chroma; None where nothing was wrong.
    """

    def __init__(self, ledger: Ledger, embedder: Embedder, *, wait: float = WAIT_SECONDS) -> None:
        self.degraded: str | None = None
        self._ledger = ledger
        self._embedder = embedder
        self._wait = wait
        self._mutex = threading.RLock()
        self._depth = 0
        self._vectors: Vectors | None = None

    @contextmanager
    def session(self) -> Iterator[None]:
        """Holds the lock; Chroma is opened inside on first need and closed and sealed at the end."""
        with self._mutex:
            if self._depth:
                yield
                return
            with writer_lock(self._ledger.file.parent, wait=self._wait):
                self._depth += 1
                try:
                    yield
                finally:
                    self._depth -= 1
                    self._close_vectors()

    def add(
        self,
        document: SourceDocument,
        passages: Sequence[Passage],
        events: Sequence[ProceduralEvent],
        progress: Progress | None,
    ) -> None:
        embedded = self._embed(document, passages, progress)
        with self.session():
            document = replace(document, version=self._ledger.next_version(document))
            rows = [passage_row(document, passage, 0) | embedded.get(passage.id, {}) for passage in passages]
            found = [event_row(document, event, passage_holding(event, passages)) for event in events]
            with self._best_effort():
                self._put(rows)
            extra = {"dimension": self._embedder.dimension} if embedded else {}
            self._discard(self._ledger.store(document, rows, found, extra))

    def remove(self, source_id: str) -> bool:
        with self.session():
            dropped = self._ledger.remove(source_id)
            self._discard(dropped or [])
            return dropped is not None

    # embedding

    def _embed(
        self, document: SourceDocument, passages: Sequence[Passage], progress: Progress | None
    ) -> dict[str, Row]:
        """For each passage that is searched: vector id, embedding key and embedding (float16 bytes)."""
        recipe = Recipe(self._embedder.recipe_name, None)
        searched = [passage for passage in passages if group_of(passage.zone) is not None]
        texts = {passage.id: embedded_text(document.title, passage.text) for passage in searched}
        keys = {one: embedding_key(recipe, text) for one, text in texts.items()}
        blobs = self._ledger.stored_embeddings(list(keys.values()))
        missing = {key: texts[one] for one, key in keys.items() if key not in blobs}
        blobs |= self._compute(missing, progress)
        return {
            one: {"vector_id": vector_id(key, one), "embedding_key": key, "embedding": blobs[key]}
            for one, key in keys.items()
        }

    def _compute(self, missing: dict[str, str], progress: Progress | None) -> dict[str, bytes]:
        if not missing:
            return {}
        # Longest first: texts of like length are embedded together, and the worst need of memory comes at once.
        keys = sorted(missing, key=lambda key: len(missing[key]), reverse=True)
        blobs: dict[str, bytes] = {}
        for start in range(0, len(keys), EMBED_AT_ONCE):
            batch = keys[start : start + EMBED_AT_ONCE]
            matrix = self._embedder.embed_documents([missing[key] for key in batch])
            blobs.update((key, row.astype(np.float16).tobytes()) for key, row in zip(batch, matrix, strict=True))
            if progress is not None:
                progress(len(blobs), len(missing))
        self._ledger.check(Recipe(self._embedder.recipe_name, self._embedder.dimension))
        return blobs

    # vectors

    def open_vectors(self) -> Vectors:
        """Chroma for writing, inside a session. A folder that is not as it was sealed is rebuilt first."""
        if self._vectors is None:
            from knowledge.store.maintenance import rebuild_vectors

            folder = self._ledger.file.parent / self._ledger.meta()["vectors"]
            if not seal.is_intact(folder) or (not folder.is_dir() and self._ledger.embedded_total()):
                folder = rebuild_vectors(self._ledger)
            self._vectors = Vectors.open(folder)
        return self._vectors

    @contextmanager
    def _best_effort(self) -> Iterator[None]:
        """Chroma may fail: the ledger holds the embeddings, and exact search answers until a repair."""
        try:
            yield
        except VectorsBroken as error:
            self.degraded = f"The vector index cannot be written ({error}): run `python -m ingest verify --repair`."
            self._close_vectors()

    def _put(self, rows: Sequence[Row]) -> None:
        for group in GROUPS:
            mine = [row for row in rows if row["search_group"] == group and row["vector_id"]]
            if mine:
                matrix = unit_rows([row["embedding"] for row in mine], self._embedder.dimension)
                self.open_vectors().upsert(group, [row["vector_id"] for row in mine], matrix)

    def _discard(self, dropped: Sequence[tuple[Group, str]]) -> None:
        with self._best_effort():
            for group in GROUPS:
                ids = [vector for its, vector in dropped if its == group]
                if ids:
                    self.open_vectors().delete(group, ids)

    def _close_vectors(self) -> None:
        """Closes Chroma and seals its files; after a failed write they lose their seal, and are rebuilt next time."""
        vectors, self._vectors = self._vectors, None
        if vectors is None:
            return
        folder = self._ledger.file.parent / self._ledger.meta()["vectors"]
        try:
            vectors.close()
            if vectors.whole:
                seal.seal(folder)
            else:
                seal.unseal(folder)
        except (VectorsBroken, OSError) as error:
            self.degraded = f"The vector index could not be closed ({error}): run `python -m ingest verify --repair`."
