"""The knowledge base as the rest of the program sees it: ledger and vectors, kept in step.

Writing a document: embed, put the vectors into Chroma under ids of their own, commit the ledger (that is the
switch: before it nobody sees the new version, after it nobody sees the old one), then delete the old vectors. A
process killed anywhere leaves a whole ledger; leftovers in Chroma are invisible and go with the next repair.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from knowledge.errors import KnowledgeBaseError, UnreadableInput
from knowledge.model import Passage, ProceduralEvent, SourceDocument, StoredEvent
from knowledge.settings import Settings
from knowledge.store.records import (
    Group,
    Hit,
    SourceSummary,
    StoreCounts,
    StoredPassage,
    VerifyReport,
)

if TYPE_CHECKING:
    from types import TracebackType

    from knowledge.store.catalogue import Catalogue
    from knowledge.store.dense import DenseSearch
    from knowledge.store.embedder import Embedder
    from knowledge.store.ledger import Ledger
    from knowledge.store.writer import Writer

__all__ = [
    "Hit",
    "Library",
    "SourceSummary",
    "StoreCounts",
    "StoredPassage",
    "VerifyReport",
    "open_library",
]

Progress = Callable[[int, int], None]


def open_library(settings: Settings, *, create: bool, embedder: Embedder | None = None) -> Library:
    """Opens the knowledge base in `settings.knowledge_dir`; makes one there if `create` and there is none.

    Neither Chroma nor the embedding model is loaded here; both are on first need. embedder: for tests, or another
    model; by default the one that the settings name.
    Raises KnowledgeBaseError (none there, damaged), RecipeMismatch, StoreTooNew, StoreUnwritable.
    """
    from knowledge.store.catalogue import Catalogue
    from knowledge.store.dense import DenseSearch
    from knowledge.store.ledger import Ledger
    from knowledge.store.recipe import Recipe
    from knowledge.store.writer import Writer

    if embedder is None:
        from knowledge.store.embedder import embedder_of

        embedder = embedder_of(settings)
    recipe = Recipe(embedder.recipe_name, None)
    ledger = Ledger.open(settings.knowledge_dir, recipe, create=create)
    catalogue = Catalogue(ledger)
    return Library(ledger, catalogue, DenseSearch(ledger, catalogue), Writer(ledger, embedder), embedder)


class Library:
    """An open knowledge base. Safe to use from several threads and, for reading, while other processes write."""

    def __init__(
        self, ledger: Ledger, catalogue: Catalogue, dense: DenseSearch, writer: Writer, embedder: Embedder
    ) -> None:
        self._ledger = ledger
        self._catalogue = catalogue
        self._dense = dense
        self._writer = writer
        self._embedder = embedder

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._dense.close()
        self._ledger.close()

    # writing

    def writing(self) -> AbstractContextManager[None]:
        """Holds the writer's lock and Chroma open over several `add` and `remove`: quicker in a row of documents.

        Raises StoreUnwritable if another process does not let go of the lock.
        """
        return self._writer.session()

    def add(
        self,
        document: SourceDocument,
        passages: Sequence[Passage],
        events: Sequence[ProceduralEvent],
        *,
        progress: Progress | None = None,
    ) -> None:
        """Makes this version of the source the visible one; the former one is gone in the same moment.

        The version number stored is the current one if the bytes are the same, else the next free one.
        progress: called with (passages embedded, passages to embed).
        Raises StoreUnwritable, UnreadableInput (text that is not Unicode), SettingsError (the model cannot load).
        """
        for text in (document.title, document.text, *(passage.text for passage in passages)):
            if not _is_unicode(text):
                raise UnreadableInput(document.location, "its text holds half of a character; read it again as UTF-8")
        if len({passage.id for passage in passages}) < len(passages):
            raise ValueError(f"{document.location}: two passages have the same id")
        self._writer.add(document, passages, events, progress)

    def remove(self, source_id: str) -> bool:
        """Takes a source out for good. False if there is none of this id. Raises StoreUnwritable."""
        return self._writer.remove(source_id)

    def verify(self) -> VerifyReport:
        """Holds ledger, full text and vectors against each other; changes nothing. Raises KnowledgeBaseError."""
        from knowledge.store.maintenance import verify

        return verify(self._ledger, self._catalogue)

    def repair(self, progress: Progress | None = None) -> VerifyReport:
        """Mends what is derived (vectors, full text) from the ledger, without the embedding model; then verifies.

        A vector index beyond mending is kept aside as `vectors.broken-<n>`. Raises StoreUnwritable,
        KnowledgeBaseError (the ledger itself is damaged).
        """
        from knowledge.store.maintenance import repair, verify

        repair(self._ledger, self._writer, progress)
        self._dense.forget()
        self._writer.degraded = None
        return verify(self._ledger, self._catalogue)

    # sources

    def current(self, source_id: str) -> SourceDocument | None:
        """The current version of a source, or None."""
        return self._ledger.document(source_id)

    def document(self, source_id: str) -> SourceDocument:
        """The current version of a source. Raises KnowledgeBaseError if there is none."""
        found = self._ledger.document(source_id)
        if found is None:
            raise KnowledgeBaseError(
                f"There is no source {source_id} in the knowledge base: `python -m ingest list` shows them all."
            )
        return found

    def find_by_hash(self, content_hash: str) -> str | None:
        """The id of a source whose current version was read from bytes of this SHA-256, or None."""
        return self._catalogue.find_by_hash(content_hash)

    def resolve(self, id_or_prefix: str) -> str | None:
        """The full id for an id or the beginning of exactly one; None for none or several."""
        return self._catalogue.resolve(id_or_prefix)

    def list_sources(self) -> list[SourceSummary]:
        """Every source, by title."""
        return self._catalogue.list_sources()

    def source_passages(self, source_id: str) -> list[StoredPassage]:
        """The passages of a source in order; none if there is no such source."""
        return self._catalogue.source_passages(source_id)

    def source_events(self, source_id: str) -> list[StoredEvent]:
        """The events of a source in the order they were read; those of boilerplate among them."""
        return self._catalogue.source_events(source_id)

    def counts(self) -> StoreCounts:
        return self._catalogue.counts()

    # retrieval

    def snapshot(self) -> AbstractContextManager[int]:
        """Inside, everything read in this thread or task is of one state, whatever is written meanwhile."""
        return self._ledger.snapshot()

    def generation(self) -> int:
        """Rises with every change by any process."""
        return self._ledger.generation()

    def dense(self, query: str, limit: int, *, comments: bool = False) -> list[Hit]:
        """Passages nearest in meaning to `query`, best first. Falls back to exact search; see `degraded`.

        Raises SettingsError if the embedding model cannot be loaded.
        """
        group: Group = "comments" if comments else "reporting"
        if limit < 1 or not query.strip() or not self._ledger.embedded_count(group):
            return []
        return self._dense.search(self._embedder.embed_query(query), limit, group)

    def full_text(self, terms: Sequence[str], limit: int, *, comments: bool = False) -> list[Hit]:
        """Passages that hold any of the terms, best first by bm25. A term of several words is a phrase."""
        return self._catalogue.full_text(terms, limit, "comments" if comments else "reporting")

    def passages(self, ids: Sequence[str]) -> list[StoredPassage]:
        """The current passages among `ids`, in that order."""
        return self._catalogue.passages(ids)

    def events(self) -> list[StoredEvent]:
        """All events of current versions that are not boilerplate. Shared between callers: do not change it."""
        return self._catalogue.events()

    def warm_up(self) -> None:
        """Loads the embedding model and opens Chroma, so that the first question does not wait for them."""
        self.dense("warm up", 1)

    @property
    def degraded(self) -> str | None:
        """Why searches do without Chroma, in a sentence for a person; None where nothing is wrong."""
        return self._dense.degraded or self._writer.degraded

    @property
    def answered_by(self) -> str | None:
        """What answered the last dense search: "chroma" or "exact"."""
        return self._dense.answered_by


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
