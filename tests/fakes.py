"""Stand-ins that keep the contract of what they stand in for."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np


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
