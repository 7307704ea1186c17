"""Stand-ins for what is slow or far away, with the same doors as the real things."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from knowledge.errors import StoreUnwritable
from knowledge.model import Passage, ProceduralEvent, SourceDocument


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
