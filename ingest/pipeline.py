"""The way of a document: bytes, text, zones, passages and events, and at last the knowledge base."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import cache
from pathlib import Path, PurePath
from typing import Protocol

from ingest.fetch import STDIN, Fetched, Input, readable_name
from ingest.publishers import PublisherTable
from ingest.text import Limits, extract_document
from ingest.text.metadata import clean, overlaid
from ingest.text.prose import prose
from knowledge.errors import EmptyInput, InputError, OnRecordError
from knowledge.model import (
    Block,
    DocumentMetadata,
    ExtractedDocument,
    Passage,
    ProceduralEvent,
    SourceDocument,
    Zone,
)

_log = logging.getLogger(__name__)
_ID_LENGTH = 12
_MAX_TITLE = 300

Progress = Callable[[int, int], None]
"""Called with how many passages of the current document are embedded, and how many there are."""


class Shelf(Protocol):
    """What the pipeline needs of the knowledge base (`knowledge.store.library.Library`)."""

    def current(self, source_id: str) -> SourceDocument | None: ...

    def find_by_hash(self, content_hash: str) -> str | None: ...

    def add(
        self,
        document: SourceDocument,
        passages: Sequence[Passage],
        events: Sequence[ProceduralEvent],
        *,
        progress: Progress | None = None,
    ) -> None: ...


class Outcome(StrEnum):
    """What became of one input."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one input. `same_as`: for a duplicate, the id of the source that holds the same bytes."""

    input: str
    outcome: Outcome
    source_id: str | None = None
    title: str | None = None
    version: int | None = None
    passages: int | None = None
    events: int | None = None
    same_as: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as it was read: its text, its zones, and the procedural events in it."""

    document: ExtractedDocument
    blocks: tuple[Block, ...]
    events: tuple[ProceduralEvent, ...]


def read(document: ExtractedDocument) -> Reading:
    """Zones and events of a document. Pure: needs no knowledge base and no model."""
    from ingest.zones import zone
    from knowledge.procedure.reader import read_events

    blocks = zone(document)
    found = read_events(
        prose(document),
        blocks,
        title=document.metadata.title,
        published=document.metadata.published or document.metadata.as_of,
        pages=document.pages,
    )
    events = tuple(replace(event, quote=document.text[event.start : event.end]) for event in found)
    return Reading(document, blocks, events)


_READING = ("ingest/text", "ingest/zoning", "ingest/zones.py", "ingest/passages.py", "knowledge/procedure")


@cache
def reading_rules() -> str:
    """Names the rules that documents are read by: changes whenever the code or the wording of a rule does."""
    digest = hashlib.sha256()
    root = Path(__file__).resolve().parents[1]
    for part in _READING:
        place = root / part
        files = [place] if place.is_file() else sorted(place.rglob("*"))
        for file in files:
            if file.suffix in (".py", ".toml"):
                digest.update(file.read_bytes())
    return digest.hexdigest()[:_ID_LENGTH]


def source_id(location: str) -> str:
    """The id of the source at a location: the same for every version of it."""
    return hashlib.sha256(location.encode()).hexdigest()[:_ID_LENGTH]


class Pipeline:
    """Brings documents into a knowledge base, each whole or not at all."""

    def __init__(
        self,
        shelf: Shelf,
        publishers: PublisherTable,
        *,
        limits: Limits,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        self._shelf = shelf
        self._publishers = publishers
        self._limits = limits
        self._today = today

    def add_all(
        self,
        inputs: Iterable[Input | InputError],
        options: DocumentMetadata,
        progress: Callable[[str], Progress] | None = None,
    ) -> Iterator[Result]:
        """Adds one input after the other; one that fails is a result of its own and does not stop the rest.

        options: what the user says of all of them; wins over sidecars, which win over the documents.
        progress: gives, for a document's name, what to call while it is embedded.
        Raises KnowledgeBaseError if the knowledge base cannot be written.
        """
        for item in inputs:
            if isinstance(item, InputError):
                yield Result(item.subject, Outcome.FAILED, reason=item.reason)
                continue
            try:
                yield self.add(item.read(), options, progress(item.name) if progress else None)
            except InputError as error:
                reason = error.reason if error.subject == item.name else str(error)
                yield Result(item.name, Outcome.FAILED, reason=reason)
            except OnRecordError:
                raise
            except Exception as error:  # noqa: BLE001 — the edge of one document: the others go on
                _log.warning("unexpected failure on %s", item.name, exc_info=True)
                reason = f"it could not be read ({type(error).__name__}: {error}); please report this"
                yield Result(item.name, Outcome.FAILED, reason=reason)

    def add(self, fetched: Fetched, options: DocumentMetadata, progress: Progress | None = None) -> Result:
        """Adds one document, unless the knowledge base holds these bytes already. Raises InputError."""
        content_hash = hashlib.sha256(fetched.data).hexdigest()
        said = overlaid(fetched.sidecar, options)
        location = _location(fetched, said, content_hash)
        identity = source_id(location)
        before = self._shelf.current(identity)
        same_bytes = before is not None and before.content_hash == content_hash
        if before and same_bytes and before.reading == reading_rules() and _agrees(before, said):
            return Result(fetched.name, Outcome.UNCHANGED, identity, before.title, before.version)
        if before is None:
            same_id = self._shelf.find_by_hash(content_hash)
            same = self._shelf.current(same_id) if same_id else None
            if same is not None:
                return Result(fetched.name, Outcome.DUPLICATE, title=same.title, version=same.version, same_as=same.id)
        document, passages, events = self._prepare(fetched, said, location, content_hash)
        self._shelf.add(document, passages, events, progress=progress)
        stored = self._shelf.current(identity)  # the knowledge base counts the versions
        return Result(
            fetched.name,
            Outcome.UPDATED if before else Outcome.ADDED,
            identity,
            document.title,
            stored.version if stored else document.version,
            len(passages),
            len(events),
        )

    def _prepare(
        self, fetched: Fetched, said: DocumentMetadata, location: str, content_hash: str
    ) -> tuple[SourceDocument, list[Passage], tuple[ProceduralEvent, ...]]:
        from ingest.passages import split

        extracted = extract_document(fetched.data, fetched.name, self._limits)
        extracted = replace(extracted, metadata=overlaid(extracted.metadata, said))
        reading = read(extracted)
        about = extracted.metadata
        identity = source_id(location)
        passages = split(identity, extracted, reading.blocks)
        if not passages:
            raise EmptyInput(fetched.name, "there is no reporting in it, only headings or site furniture")
        document = SourceDocument(
            id=identity,
            version=1,
            location=location,
            content_hash=content_hash,
            title=about.title or _title(fetched, extracted.text, reading.blocks),
            text=extracted.text,
            media_type=extracted.media_type,
            retrieved=self._today().isoformat(),
            author=about.author,
            publisher=about.publisher,
            published=about.published,
            url=about.url,
            kind=about.kind or self._publishers.kind_of(about.publisher, about.url),
            as_of=about.as_of,
            reading=reading_rules(),
            blocks=tuple(reading.blocks),
            pages=extracted.pages,
            links=extracted.links,
        )
        return document, list(passages), reading.events


def _location(fetched: Fetched, said: DocumentMetadata, content_hash: str) -> str:
    """Where the document is from. Standard input has no place of its own: its address, else its content."""
    if fetched.location != STDIN:
        return fetched.location
    return said.url or f"stdin:{content_hash[:_ID_LENGTH]}"


def _agrees(stored: SourceDocument, said: DocumentMetadata) -> bool:
    """Whether everything that the user says of a document is what is stored of it."""
    known = {spec.name: getattr(said, spec.name) for spec in fields(said)}
    return all(value is None or getattr(stored, name) == value for name, value in known.items())


def _title(fetched: Fetched, text: str, blocks: Sequence[Block]) -> str:
    """A title for a document that states none: its first headline, else its file's name."""
    for block in blocks:
        if block.zone is Zone.HEADLINE:
            headline = clean(text[block.start : block.end])
            if headline:
                return headline[:_MAX_TITLE]
    if fetched.location == STDIN:
        return clean(text[:_MAX_TITLE].strip().partition("\n")[0])
    return PurePath(readable_name(fetched.name)).stem or fetched.location
