"""What the commands print: records on standard output, messages and progress on standard error."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from knowledge.model import Passage, ProceduralEvent, SourceDocument

_KEPT = "\n\t"
_HIDDEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff")
"""Characters that turn the direction of writing: they could make a line read as something else."""

_EVENT_FIELDS = (
    "party", "party_kind", "stage", "modality", "attributed_to", "offence", "counts", "date", "sentence",
    "quote", "start", "end", "zone",
)  # fmt: skip

_SOURCE_FIELDS = (
    "id", "version", "kind", "publisher", "author", "published", "as_of", "url", "location", "retrieved",
)  # fmt: skip


def safe(text: str) -> str:
    """Text from a document as it may be shown in a terminal: without control characters."""
    return "".join(
        char
        for char in text
        if char in _KEPT or (unicodedata.category(char) not in ("Cc", "Cs") and char not in _HIDDEN)
    )


def one_line(text: str) -> str:
    """The same, on one line."""
    return " ".join(safe(text).split())


def event_record(event: ProceduralEvent, source: str | None = None) -> dict[str, Any]:
    """One event as `ingest extract --json` prints it; `page` only where the document has pages."""
    record: dict[str, Any] = {} if source is None else {"source": source}
    record.update((name, getattr(event, name)) for name in _EVENT_FIELDS)
    if event.page is not None:
        record["page"] = event.page
    return record


def event_lines(event: ProceduralEvent) -> Iterator[str]:
    """One event for people: what is said of whom, and the words that say it."""
    counts = f"{event.counts} count{'' if event.counts == 1 else 's'}" if event.counts else None
    modality = event.modality if event.modality != "asserted" else None
    speaker = f"says {event.attributed_to}" if event.attributed_to else None
    details = (modality, event.offence, counts, event.sentence, event.date, speaker)
    about = " · ".join(one_line(str(part)) for part in details if part)
    yield f"  {event.stage:<18} {one_line(event.party)}" + (f" · {about}" if about else "")
    page = f", page {event.page}" if event.page is not None else ""
    yield f"  {'':<18} “{one_line(event.quote)}” [{event.zone} {event.start}–{event.end}{page}]"


def source_record(
    document: SourceDocument,
    passages: Sequence[Passage],
    events: Sequence[ProceduralEvent],
    *,
    with_text: bool,
) -> dict[str, Any]:
    """One source as `ingest show --json` prints it."""
    record = asdict(document)
    for part in ("blocks", "links", "pages") if with_text else ("text", "blocks", "links", "pages"):
        del record[part]
    record["characters"] = len(document.text)
    record["passages"] = [asdict(passage) for passage in passages]
    record["events"] = [event_record(event) for event in events]
    return record


def source_lines(
    document: SourceDocument, passages: Sequence[Passage], events: Sequence[ProceduralEvent]
) -> Iterator[str]:
    """One source for people: what it is, its events, its passages."""
    yield one_line(document.title)
    for name in _SOURCE_FIELDS:
        value = getattr(document, name)
        if value is not None:
            yield f"  {name.replace('_', ' '):<10} {one_line(str(value))}"
    yield f"\n{len(events)} procedural events"
    for event in events:
        yield from event_lines(event)
    yield f"\n{len(passages)} passages"
    for passage in passages:
        page = f", page {passage.page}" if passage.page is not None else ""
        yield f"  [{passage.zone} {passage.start}–{passage.end}{page}] {one_line(passage.text)}"


@dataclass(slots=True)
class Terminal:
    """Where output goes. as_json: only records on standard output. quiet: no messages but of failures."""

    as_json: bool = False
    quiet: bool = False

    def record(self, values: Mapping[str, Any]) -> None:
        """One JSON object on a line of its own, in JSON mode only."""
        if self.as_json:
            line = json.dumps(values, ensure_ascii=False)
            try:
                line.encode("utf-8")
            except UnicodeEncodeError:  # a file name that is not Unicode
                line = json.dumps(values)
            sys.stdout.write(line + "\n")
            sys.stdout.flush()

    def line(self, text: str) -> None:
        """One line for people on standard output; nothing in JSON mode."""
        if not self.as_json:
            sys.stdout.write(safe(text) + "\n")

    def note(self, text: str) -> None:
        """A message on standard error, unless quiet."""
        if not self.quiet:
            self.fail(text)

    def fail(self, text: str) -> None:
        """What went wrong, on standard error, always."""
        sys.stderr.write(re.sub(r"\s*\n\s*", " ", safe(text)) + "\n")
        sys.stderr.flush()

    @contextmanager
    def progress(self) -> Iterator[Callable[[str], Callable[[int, int], None]] | None]:
        """A bar on standard error while documents are embedded, if somebody is looking at it."""
        if self.quiet or not sys.stderr.isatty():
            yield None
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=None)

            def start(name: str) -> Callable[[int, int], None]:
                bar.reset(task, total=None, description=one_line(name))
                return lambda done, total: bar.update(task, completed=done, total=total)

            yield start
