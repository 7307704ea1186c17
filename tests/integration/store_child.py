"""What the tests of the store run in processes of its own: writers to kill, writers and readers side by side."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from knowledge.model import Passage, ProceduralEvent, SourceDocument, Zone
from knowledge.store import ledger, seal, writer
from knowledge.store.library import Library, open_library
from knowledge.store.vectors import Vectors
from tests.fakes import WordEmbedder
from tests.store_factories import document, settings_for

Made = tuple[SourceDocument, list[Passage], list[ProceduralEvent]]


def version(number: int, size: int) -> Made:
    """Version `number` of one source: every passage says its version, and nothing else tells them apart."""
    parts = ((Zone.BODY, f"edition{number} line{n} of the harbour gazette.") for n in range(size))
    return document("gazette.txt", *parts, title="Gazette", version=number)


def edition(library: Library) -> tuple[set[str], set[str], set[str], int]:
    """What one answer would see: the editions in the document, in its passages, in what is found; and how many."""
    with library.snapshot():
        source = library.list_sources()[0]
        text = library.document(source.id).text
        passages = library.source_passages(source.id)
        by_word = library.passages([hit.passage_id for hit in library.full_text(["gazette"], 10)])
        by_meaning = library.passages([hit.passage_id for hit in library.dense("harbour gazette", 10)])
    found = {stored.passage.text.split()[0] for stored in (*by_word, *by_meaning)}
    return {text.split()[0]}, {stored.passage.text.split()[0] for stored in passages}, found, len(passages)


def _die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _second(call: Callable[..., Any]) -> Callable[..., Any]:
    calls: list[int] = []

    def counted(*args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        return call(*args, **kwargs) if len(calls) < 2 else _die()

    return counted


def arm(point: str) -> None:
    """Makes this process kill itself when it gets to `point` of adding a document."""
    if point == "before_vectors":
        Vectors.upsert = _die  # type: ignore[method-assign]
    elif point == "between_batches":
        Vectors._write = _second(Vectors._write)  # type: ignore[method-assign]
    elif point == "before_commit":
        ledger.Ledger.store = _die  # type: ignore[method-assign, assignment]
    elif point == "inside_commit":
        ledger._raise_generation = _die  # type: ignore[assignment]
    elif point == "after_commit":
        writer.Writer._discard = _die  # type: ignore[method-assign]
    elif point == "before_seal":
        seal.seal = _die
    else:
        raise ValueError(point)


def main(command: str, folder: Path, *args: str) -> None:
    with open_library(settings_for(folder), create=True, embedder=WordEmbedder()) as library:
        if command == "add_and_die":
            arm(args[0])
            library.add(*version(2, int(args[1])))
        elif command == "add_many":
            for number in range(2, 2 + int(args[0])):
                library.add(*version(number, int(args[1])))
                print(number, flush=True)  # noqa: T201 - read by the test
        elif command == "add_for_ever":
            number = library.list_sources()[0].version
            while True:
                number += 1
                library.add(*version(number, int(args[0])))
        elif command == "ask":
            print(*edition(library), library.degraded)  # noqa: T201 - read by the test


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
