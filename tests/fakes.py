"""Stand-ins that keep the contract of what they stand in for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from knowledge.errors import StoreUnwritable
from knowledge.model import Passage, ProceduralEvent, SourceDocument


class WordEmbedder:
    """An `Embedder` without a model: each word has a direction of its own, a text is the sum of its words.

    Texts that share words are near each other; the same text always has the same vector. `embedded` keeps every
    text that was embedded as a document.
    """

    def __init__(self, recipe_name: str = "words-64", dimension: int = 64) -> None:
        self.recipe_name = recipe_name
        self.dimension = dimension
        self.embedded: list[str] = []

    def embed_documents(self, texts: Sequence[str]) -> np.ndarray:
        self.embedded.extend(texts)
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> np.ndarray:
        total = sum((self._word(word) for word in text.lower().split()), np.zeros(self.dimension))
        length = float(np.linalg.norm(total))
        vector = total / length if length else np.eye(1, self.dimension)[0]
        return np.asarray(vector, dtype=np.float32)

    def _word(self, word: str) -> np.ndarray:
        seed = int.from_bytes(hashlib.sha256(word.strip(".,;:!?\"'()").encode()).digest()[:8], "big")
        return np.asarray(np.random.default_rng(seed).normal(size=self.dimension))


class FakeShelf:
    """A knowledge base in memory, as far as the pipeline needs one. `added` counts what was stored.

    full: the next addition fails as on a full disk.
    """

    def __init__(self) -> None:
        self.documents: dict[str, SourceDocument] = {}
        self.passages: dict[str, list[Passage]] = {}
        self.events: dict[str, list[ProceduralEvent]] = {}
        self.added = 0
        self.full = False

    def current(self, source_id: str) -> SourceDocument | None:
        return self.documents.get(source_id)

    def find_by_hash(self, content_hash: str) -> str | None:
        found = (one.id for one in self.documents.values() if one.content_hash == content_hash)
        return next(found, None)

    def add(
        self,
        document: SourceDocument,
        passages: Sequence[Passage],
        events: Sequence[ProceduralEvent],
        *,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        if self.full:
            raise StoreUnwritable("No space is left for the knowledge base: free some and add again.")
        before = self.documents.get(document.id)
        if before is not None:
            changed = before.content_hash != document.content_hash
            document = replace(document, version=before.version + changed)
        self.documents[document.id] = document
        self.passages[document.id] = list(passages)
        self.events[document.id] = list(events)
        self.added += 1
        if progress is not None:
            progress(len(passages), len(passages))
