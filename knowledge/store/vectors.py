"""The one door to Chroma: two collections of vectors in a folder, derived from the ledger.

Found by trying (chromadb 1.5.9): a client never sees what another process has added since it was opened; two
clients of one path share one state, so every client here opens its folder under a spelling of its own; a damaged
index can crash the process or never return, so a folder is only opened under its seal (`seal.py`).

Every failure is a VectorsBroken: what is in here can be made anew from the ledger.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from knowledge.store.records import GROUPS, Group

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from langchain_chroma import Chroma

T = TypeVar("T")

OPEN_SECONDS = 30.0
QUERY_SECONDS = 2.0
WRITE_SECONDS = 120.0
BATCH = 1_000
"""Rows in one call; Chroma's own limit is above 5,000."""

_spellings: set[str] = set()
_spellings_lock = threading.Lock()


class VectorsBroken(Exception):
    """Chroma failed, or did not answer in time. Never shown to a user as it is."""


class Vectors:
    """An open Chroma folder. Not to be shared between threads without a lock around it.

    whole: False after a write that did not come back, or was interrupted: it may be going on in its thread.
    """

    def __init__(self, client: ClientAPI, stores: dict[Group, tuple[Chroma, _Ready]], spelling: str) -> None:
        self._client = client
        self._stores = stores
        self._spelling = spelling
        self.whole = True

    @classmethod
    def open(cls, folder: Path, *, timeout: float = OPEN_SECONDS) -> Vectors:
        """Opens the folder, or makes it. Raises VectorsBroken."""
        return within(timeout, lambda: cls._open(folder))

    @classmethod
    def _open(cls, folder: Path) -> Vectors:
        import chromadb
        from chromadb.config import Settings
        from langchain_chroma import Chroma

        folder.mkdir(parents=True, exist_ok=True)
        spelling = _own_spelling(folder)
        client = chromadb.PersistentClient(path=spelling, settings=Settings(anonymized_telemetry=False))
        stores: dict[Group, tuple[Chroma, _Ready]] = {}
        for group in GROUPS:
            ready = _Ready()
            store = Chroma(
                collection_name=group,
                client=client,
                embedding_function=ready,  # type: ignore[arg-type]
                collection_configuration={"hnsw": {"space": "cosine"}},
            )
            stores[group] = (store, ready)
        return cls(client, stores, spelling)

    def upsert(self, group: Group, ids: Sequence[str], embeddings: np.ndarray) -> None:
        """Adds or replaces vectors: `embeddings` is (len(ids), dimension). Raises VectorsBroken."""
        store, ready = self._stores[group]
        for start in range(0, len(ids), BATCH):
            batch = list(ids[start : start + BATCH])
            rows = embeddings[start : start + BATCH].astype(np.float32)

            def call(batch: list[str] = batch, rows: np.ndarray = rows) -> None:
                # The text stands in the ledger; here an id is text enough (Chroma would index every trigram of it).
                with ready.given(dict(zip(batch, rows, strict=True))):
                    store.add_texts(batch, ids=batch)

            self._write(call)

    def delete(self, group: Group, ids: Sequence[str]) -> None:
        """Deletes what is there of `ids`. Raises VectorsBroken."""
        store, _ = self._stores[group]
        for start in range(0, len(ids), BATCH):
            batch = list(ids[start : start + BATCH])
            self._write(lambda batch=batch: store.delete(ids=batch))  # type: ignore[misc]

    def _write(self, call: Callable[[], None]) -> None:
        self.whole = False
        within(WRITE_SECONDS, call)
        self.whole = True

    def query(
        self, group: Group, embedding: np.ndarray, limit: int, *, timeout: float = QUERY_SECONDS
    ) -> list[tuple[str, float]]:
        """The nearest vectors, best first: (id, cosine similarity). Raises VectorsBroken."""
        store, _ = self._stores[group]
        vector = [float(x) for x in embedding]
        found = within(timeout, lambda: store.similarity_search_by_vector_with_relevance_scores(vector, k=limit))
        return [(document.page_content, 1.0 - float(distance)) for document, distance in found]

    def ids(self, group: Group) -> set[str]:
        """Every id there is. Raises VectorsBroken."""
        store, _ = self._stores[group]
        return set(within(WRITE_SECONDS, lambda: store.get(include=[])["ids"]))

    def count(self, group: Group, *, timeout: float = QUERY_SECONDS) -> int:
        """How many vectors there are. Raises VectorsBroken."""
        return within(timeout, lambda: int(self._client.get_collection(group).count()))

    def close(self) -> None:
        """Lets go of the folder; what was written is on disk afterwards. Raises VectorsBroken."""
        self._stores = {}
        within(OPEN_SECONDS, self._client.close)  # type: ignore[attr-defined]
        with _spellings_lock:
            _spellings.discard(self._spelling)


class _Ready:
    """Hands LangChain's Chroma the vectors that are there already, in the place of an embedding model."""

    def __init__(self) -> None:
        self._rows: dict[str, np.ndarray] = {}

    def given(self, rows: dict[str, np.ndarray]) -> _Given:
        return _Given(self, rows)

    def embed_documents(self, texts: list[str]) -> list[np.ndarray]:
        return [self._rows[text] for text in texts]

    def embed_query(self, _text: str) -> list[float]:
        raise VectorsBroken("queries come as vectors")


class _Given:
    def __init__(self, ready: _Ready, rows: dict[str, np.ndarray]) -> None:
        self._ready, self._rows = ready, rows

    def __enter__(self) -> None:
        self._ready._rows = self._rows

    def __exit__(self, *_: object) -> None:
        self._ready._rows = {}


def _own_spelling(folder: Path) -> str:
    """The path in a spelling that no live client uses: Chroma shares one state between clients of one spelling."""
    spelling = str(folder.resolve())
    with _spellings_lock:
        while spelling in _spellings:
            spelling += "/."
        _spellings.add(spelling)
    return spelling


def within(seconds: float, call: Callable[[], T]) -> T:
    """Runs `call` in a thread of its own and waits. Raises VectorsBroken if it fails or takes longer.

    A call that never returns is left behind in its daemon thread: Chroma offers no way to stop one. This helps
    while Chroma waits (for its SQLite file: measured); inside a damaged index it hangs holding the interpreter's
    lock, and no time-out of this process can help. That is what the seal is for.
    """
    outcome: list[T] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(call())
        except BaseException as error:  # noqa: BLE001 - Rust panics arrive as BaseException; raised again below
            failure.append(error)

    thread = threading.Thread(target=run, name="chroma", daemon=True)
    thread.start()
    thread.join(seconds)
    if failure:
        raise VectorsBroken(f"{type(failure[0]).__name__}: {failure[0]}") from failure[0]
    if not outcome:
        raise VectorsBroken(f"no answer within {seconds:g} seconds")
    return outcome[0]


def unit_rows(blobs: Sequence[bytes], dimension: int) -> np.ndarray:
    """Stored float16 embeddings as a float32 matrix (n, dimension) of unit length."""
    matrix: Any = np.frombuffer(b"".join(blobs), dtype=np.float16).reshape(len(blobs), dimension)
    matrix = matrix.astype(np.float32)
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-12)
    return np.asarray(matrix, dtype=np.float32)
