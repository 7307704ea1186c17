"""Invented documents for the tests of the store. No person, company or case in here exists."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from knowledge.model import (
    Modality,
    PartyKind,
    Passage,
    ProceduralEvent,
    SourceDocument,
    SourceKind,
    Stage,
    Zone,
)
from knowledge.settings import Settings, load_settings

VERDICT = "A jury convicted Orla Venn on two counts of wire fraud."
CHARGE = "Prosecutors charged Orla Venn, who runs Tradelantern, with wire fraud."
COMMENT = "Everybody knows that she is guilty of far worse."
FURNITURE = "Subscribe to our newsletter."


def settings_for(folder: Path, **more: object) -> Settings:
    return load_settings(knowledge_dir=folder, **more)


def document(
    name: str, *parts: tuple[Zone, str], title: str = "Tradelantern case", version: int = 1
) -> tuple[SourceDocument, list[Passage], list[ProceduralEvent]]:
    """A document of one passage for each part; an event for each part that speaks of a conviction or a charge."""
    text = "\n\n".join(part for _, part in parts)
    passages: list[Passage] = []
    events: list[ProceduralEvent] = []
    at = 0
    for ordinal, (zone, part) in enumerate(parts):
        identity = hashlib.sha256(f"{name}|{at}|{part}".encode()).hexdigest()[:24]
        passages.append(Passage(identity, ordinal, zone, at, at + len(part), part))
        stage = Stage.CONVICTED if " convicted " in part else Stage.CHARGED if " charged " in part else None
        if stage is not None:
            events.append(
                ProceduralEvent(
                    "Orla Venn", PartyKind.PERSON, stage, Modality.ASSERTED, part, at, at + len(part), zone, counts=2
                )
            )
        at += len(part) + 2
    source = SourceDocument(
        id=hashlib.sha256(name.encode()).hexdigest()[:16],
        version=version,
        location=f"/documents/{name}",
        content_hash=hashlib.sha256(text.encode()).hexdigest(),
        title=title,
        text=text,
        media_type="text/plain",
        retrieved="2031-05-04",
        publisher="The Harbour Ledger",
        published="2031-05-03",
        kind=SourceKind.NEWS,
    )
    return source, passages, events


def many(name: str, count: int, word: str = "harbour") -> tuple[SourceDocument, list[Passage], list[ProceduralEvent]]:
    """A document of `count` passages, each with a word of its own: `<name>number<i>`."""
    return document(name, *((Zone.BODY, f"{word} {name}number{i} sentence of its own.") for i in range(count)))


def renamed(source: SourceDocument, title: str) -> SourceDocument:
    return replace(source, title=title)
