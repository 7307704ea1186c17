"""Between the field's nouns and the ledger's rows. Pure: no database is touched here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from knowledge.model import (
    Block,
    Link,
    Modality,
    PageSpan,
    PartyKind,
    Passage,
    ProceduralEvent,
    SourceDocument,
    SourceKind,
    Stage,
    StoredEvent,
    Zone,
)
from knowledge.store.records import StoredPassage, group_of

Row = dict[str, Any]


def version_row(document: SourceDocument) -> Row:
    layout = {
        "blocks": [[b.zone, b.start, b.end, b.speaker, b.flagged] for b in document.blocks],
        "pages": [[p.number, p.start, p.end] for p in document.pages],
        "links": [[link.start, link.end, link.url] for link in document.links],
    }
    return {
        "source_id": document.id,
        "version": document.version,
        "content_hash": document.content_hash,
        "location": document.location,
        "retrieved": document.retrieved,
        "title": document.title,
        "media_type": document.media_type,
        "author": document.author,
        "publisher": document.publisher,
        "published": document.published,
        "url": document.url,
        "kind": document.kind.value,
        "as_of": document.as_of,
        "reading": document.reading,
        "text": document.text,
        "characters": len(document.text),
        "layout": json.dumps(layout, ensure_ascii=False),
    }


def document_of(row: Any) -> SourceDocument:
    layout = json.loads(row.layout)
    return SourceDocument(
        id=row.source_id,
        version=row.version,
        location=row.location,
        content_hash=row.content_hash,
        title=row.title,
        text=row.text,
        media_type=row.media_type,
        retrieved=row.retrieved,
        author=row.author,
        publisher=row.publisher,
        published=row.published,
        url=row.url,
        kind=SourceKind(row.kind),
        as_of=row.as_of,
        reading=row.reading,
        blocks=tuple(Block(Zone(zone), *rest) for zone, *rest in layout["blocks"]),
        pages=tuple(PageSpan(*page) for page in layout["pages"]),
        links=tuple(Link(*link) for link in layout["links"]),
    )


def passage_row(document: SourceDocument, passage: Passage, generation: int) -> Row:
    return {
        "id": passage.id,
        "source_id": document.id,
        "version": document.version,
        "ordinal": passage.ordinal,
        "zone": passage.zone.value,
        "search_group": group_of(passage.zone),
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "title": document.title,
        "page": passage.page,
        "speaker": passage.speaker,
        "flagged": passage.flagged,
        "generation": generation,
        "vector_id": None,
        "embedding_key": None,
        "embedding": None,
    }


def stored_passage(row: Any) -> StoredPassage:
    passage = Passage(
        id=row.id,
        ordinal=row.ordinal,
        zone=Zone(row.zone),
        start=row.start,
        end=row.end,
        text=row.text,
        page=row.page,
        speaker=row.speaker,
        flagged=row.flagged,
    )
    return StoredPassage(passage, row.source_id, row.version)


def event_row(document: SourceDocument, event: ProceduralEvent, passage_id: str | None) -> Row:
    return {
        "source_id": document.id,
        "version": document.version,
        "passage_id": passage_id,
        "party": event.party,
        "party_kind": event.party_kind.value,
        "stage": event.stage.value,
        "modality": event.modality.value,
        "attributed_to": event.attributed_to,
        "offence": event.offence,
        "counts": json.dumps(event.counts),
        "date": event.date,
        "sentence": event.sentence,
        "quote": event.quote,
        "start": event.start,
        "end": event.end,
        "zone": event.zone.value,
        "page": event.page,
    }


def stored_event(row: Any) -> StoredEvent:
    event = ProceduralEvent(
        party=row.party,
        party_kind=PartyKind(row.party_kind),
        stage=Stage(row.stage),
        modality=Modality(row.modality),
        quote=row.quote,
        start=row.start,
        end=row.end,
        zone=Zone(row.zone),
        attributed_to=row.attributed_to,
        offence=row.offence,
        counts=json.loads(row.counts),
        date=row.date,
        sentence=row.sentence,
        page=row.page,
    )
    return StoredEvent(event, row.source_id, row.passage_id)


def passage_holding(event: ProceduralEvent, passages: Sequence[Passage]) -> str | None:
    """The id of the passage that holds the event's quotation, or most of it; None if none touches it.

    Passages may overlap; of those that hold as much, the first.
    """
    best: tuple[int, str] | None = None
    for passage in passages:
        shared = min(event.end, passage.end) - max(event.start, passage.start)
        if shared > 0 and (best is None or shared > best[0]):
            best = (shared, passage.id)
    return best[1] if best else None
