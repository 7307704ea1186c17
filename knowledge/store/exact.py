"""Exact search over the ledger's own embeddings: what answers while Chroma cannot.

Measured: 5 ms at 100,000 passages of 384 numbers, 32 ms at 500,000. The matrix is kept between questions and
brought up to date with what has changed, not read again.
"""

from __future__ import annotations

import threading

import numpy as np
from sqlalchemy import select

from knowledge.store import schema
from knowledge.store.ledger import Ledger
from knowledge.store.records import Group, Hit
from knowledge.store.vectors import unit_rows


class ExactIndex:
    """The embeddings of one half of a ledger, in memory. Safe to use from several threads."""

    def __init__(self, ledger: Ledger, group: Group) -> None:
        self._ledger = ledger
        self._group = group
        self._lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        """Frees the memory."""
        self._generation = -1
        self._rows = np.empty(0, dtype=np.int64)
        self._ids = np.empty(0, dtype=object)
        self._matrix = np.empty((0, 0), dtype=np.float32)

    def search(self, vector: np.ndarray, limit: int) -> list[Hit]:
        """The nearest current passages, best first."""
        with self._lock:
            self._refresh(len(vector))
            ids, matrix = self._ids, self._matrix
        if not len(ids) or limit < 1:
            return []
        scores = matrix @ vector.astype(np.float32)
        best = np.argpartition(-scores, min(limit, len(scores) - 1))[:limit]
        best = best[np.argsort(-scores[best], kind="stable")]
        return [Hit(str(ids[at]), float(scores[at])) for at in best]

    def _refresh(self, dimension: int) -> None:
        column = schema.passages.c
        with self._ledger.snapshot() as generation:
            if generation == self._generation:
                return
            with self._ledger.read() as connection:
                mine = (column.search_group == self._group) & column.vector_id.is_not(None)
                current = np.array(connection.scalars(select(column.row).where(mine)).all(), dtype=np.int64)
                new = connection.execute(
                    select(column.row, column.id, column.embedding).where(mine, column.generation > self._generation)
                ).all()
        new_rows = np.array([row.row for row in new], dtype=np.int64)
        kept = np.isin(self._rows, current) & ~np.isin(self._rows, new_rows)
        added = unit_rows([row.embedding for row in new], dimension)
        old = self._matrix[kept] if len(self._rows) else np.empty((0, dimension), dtype=np.float32)
        self._matrix = np.concatenate([old, added])
        self._rows = np.concatenate([self._rows[kept], new_rows])
        self._ids = np.concatenate([self._ids[kept], np.array([row.id for row in new], dtype=object)])
        self._generation = generation
