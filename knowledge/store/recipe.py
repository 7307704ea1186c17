"""What an index was made with. Vectors of two recipes cannot be compared, so a store has exactly one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

SPLITTER = "sentences-1"
"""Names how documents are cut into passages. Change it whenever `ingest.passages` cuts differently."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Embedding model and splitter. `dimension` is None until the model has been loaded once.

    The precision that the embeddings were computed in is no part of it: bfloat16 and float32 vectors of one
    text have a cosine of 0.99996, far closer than any two passages.
    """

    model: str
    dimension: int | None
    splitter: str = SPLITTER

    def difference(self, other: Recipe) -> str | None:
        """What sets the two apart, in words; None if an index of one can be used with the other."""
        if self.model != other.model:
            return f"the embedding model {self.model!r}, and the settings now name {other.model!r}"
        if self.splitter != other.splitter:
            return f"the splitter {self.splitter!r}, and this program has {other.splitter!r}"
        if None not in (self.dimension, other.dimension) and self.dimension != other.dimension:
            return f"vectors of {self.dimension} numbers, and the model {other.model!r} makes {other.dimension}"
        return None


def embedded_text(title: str, passage_text: str) -> str:
    """The text that is embedded for a passage: with its document's title, which often alone names the case."""
    return f"{title}\n{passage_text}"


def embedding_key(recipe: Recipe, text: str) -> str:
    """The same for the same text under the same model, in whatever document it stands."""
    return _digest(recipe.model, text)


def vector_id(key: str, passage_id: str) -> str:
    """The id of one passage's vector: a hash of content, recipe and passage, so versions never overwrite each other."""
    return _digest(key, passage_id)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
