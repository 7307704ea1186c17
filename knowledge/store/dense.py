"""Finding passages by meaning: Chroma where it is in step with the ledger, else exact search.

Chroma is asked only while it is known to hold what the ledger holds: opened at this generation, under its seal,
with no writer at work. In every other case exact search answers, with the same passages. What Chroma finds is
shown only if a current passage owns it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress

import numpy as np

from knowledge.store import seal
from knowledge.store.catalogue import Catalogue
from knowledge.store.exact import ExactIndex
from knowledge.store.ledger import Ledger
from knowledge.store.lock import lock_if_free
from knowledge.store.records import GROUPS, Group, Hit
from knowledge.store.vectors import OPEN_SECONDS, QUERY_SECONDS, Vectors, VectorsBroken

QUIET_SECONDS = 2.0
"""Chroma is opened again when nothing has been written for this long."""

RETRY_SECONDS = 60.0
"""After a fault Chroma is left alone for this long, unless something is written."""

WAIT_SECONDS = 0.5
"""A question waits this long for another one that is using Chroma."""

HEADROOM = 10
"""Vectors asked for beyond the limit: those of superseded passages are dropped afterwards."""

REPAIR = "`python -m ingest verify --repair` rebuilds it; until then answers come from the slower exact search"

_State = tuple[int, str]


class DenseSearch:
    """The reader's side of the vectors. Safe to use from several threads.

    degraded: why Chroma is not in use, in a sentence for a person; None where nothing is wrong.
    answered_by: "chroma" or "exact", for the last search; None before the first.
    """

    def __init__(
        self,
        ledger: Ledger,
        catalogue: Catalogue,
        *,
        clock: Callable[[], float] = time.monotonic,
        query_seconds: float = QUERY_SECONDS,
    ) -> None:
        self.degraded: str | None = None
        self.answered_by: str | None = None
        self._ledger = ledger
        self._catalogue = catalogue
        self._clock = clock
        self._query_seconds = query_seconds
        self._lock = threading.Lock()
        self._exact = {group: ExactIndex(ledger, group) for group in GROUPS}
        self._vectors: Vectors | None = None
        self._opened: _State | None = None
        self._seen: tuple[_State, float] | None = None
        self._fault: tuple[_State, float] | None = None

    def search(self, vector: np.ndarray, limit: int, group: Group) -> list[Hit]:
        """The nearest current passages of a half, best first; at most `limit`."""
        if limit < 1:
            return []
        found = self._in_chroma(vector, limit, group)
        self.answered_by = "exact" if found is None else "chroma"
        return self._exact[group].search(vector, limit) if found is None else found

    def forget(self) -> None:
        """Forgets what was wrong: something has been done about it."""
        with self._lock:
            self._drop()
            self._fault = None
            self.degraded = None

    def close(self) -> None:
        with self._lock:
            self._drop()

    def _in_chroma(self, vector: np.ndarray, limit: int, group: Group) -> list[Hit] | None:
        meta = self._ledger.meta()
        state = (int(meta["generation"]), meta["vectors"])
        if not self._lock.acquire(timeout=WAIT_SECONDS):
            return None  # another question is opening Chroma, or waits for it in vain: no need to wait too
        try:
            vectors = self._ready(state)
            return None if vectors is None else self._ask(vectors, vector, limit, group)
        except VectorsBroken as error:
            with lock_if_free(self._ledger.file.parent) as free:
                if free:
                    self._break(state, f"The vector index does not work ({error}): {REPAIR}.")
                else:
                    self._drop()  # a writer is at work: waiting for it is no fault
            return None
        finally:
            self._lock.release()

    def _ask(self, vectors: Vectors, vector: np.ndarray, limit: int, group: Group) -> list[Hit] | None:
        """None if too few current passages were among what Chroma found."""
        wanted = limit + HEADROOM
        found = vectors.query(group, vector, wanted, timeout=self._query_seconds)
        owner = self._catalogue.passages_of_vectors([one for one, _ in found])
        hits = [Hit(owner[one], score) for one, score in found if one in owner]
        return hits[:limit] if len(hits) >= min(limit, self._ledger.embedded_count(group)) else None

    def _ready(self, state: _State) -> Vectors | None:
        """Chroma, open and in step with the ledger; None while it is not. The first look opens it at once."""
        if self._vectors is not None and self._opened == state:
            return self._vectors
        now = self._clock()
        if self._fault is not None and self._fault[0] == state and now - self._fault[1] < RETRY_SECONDS:
            return None
        if self._seen is None:
            self._seen = (state, now - QUIET_SECONDS)
        elif self._seen[0] != state:
            self._seen = (state, now)
        self._drop()
        if now - self._seen[1] < QUIET_SECONDS:
            return None
        with lock_if_free(self._ledger.file.parent) as free:
            # With the lock held no writer can move the ledger on; without this look it might just have done so.
            if not free or self._ledger.latest_generation() != state[0]:
                return None
            return self._open(state)

    def _open(self, state: _State) -> Vectors | None:
        folder = self._ledger.file.parent / state[1]
        if not folder.is_dir():
            self._break(state, f"The vector index is missing: {REPAIR}.")
            return None
        if not seal.is_intact(folder):
            self._break(state, f"The vector index was not closed properly or has been changed: {REPAIR}.")
            return None
        vectors = Vectors.open(folder)
        self._vectors, self._opened = vectors, state
        for group in GROUPS:
            expected = self._ledger.embedded_count(group)
            held = vectors.count(group, timeout=OPEN_SECONDS)
            if held < expected:
                self._break(state, f"The vector index holds {held} of {expected} passages: {REPAIR}.")
                return None
        self._first_query(vectors)
        with suppress(OSError):  # rows that a killed writer left in Chroma's log have been taken in just now
            seal.seal(folder)
        self.degraded = None
        self._fault = None
        for index in self._exact.values():
            index.clear()
        return vectors

    def _first_query(self, vectors: Vectors) -> None:
        """The index files are read by the first query: it has to happen while the lock is held."""
        dimension = self._ledger.recipe().dimension
        for group in GROUPS:
            if dimension and self._ledger.embedded_count(group):
                vectors.query(group, np.ones(dimension, dtype=np.float32), 1, timeout=OPEN_SECONDS)

    def _break(self, state: _State, reason: str) -> None:
        self._drop()
        self._fault = (state, self._clock())
        self.degraded = reason

    def _drop(self) -> None:
        vectors, self._vectors, self._opened = self._vectors, None, None
        if vectors is not None:
            with suppress(VectorsBroken):  # it hangs: its thread is left behind, a new one is opened next time
                vectors.close()
