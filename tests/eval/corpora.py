"""Where the labelled documents are, and how the program reads them. Imports the program only when called."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.eval.scoring import Record, SameParty, same_party, same_party_loosely

EVAL = Path(__file__).resolve().parent
SHARED = EVAL.parents[1].parent / "shared"

Reader = Callable[[Path], list[dict[str, Any]]]
"""A document's path in, its procedural events as records out."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents (by the stem of their file names) with their labels.

    alike: which names its labels take for one party.
    """

    name: str
    documents: tuple[Path, ...]
    labels: dict[str, list[Record]]
    alike: SameParty = same_party

    @property
    def digest(self) -> str:
        """Changes whenever a document or a label does."""
        sha = hashlib.sha256()
        for path in self.documents:
            sha.update(f"{path.name}\0".encode())
            sha.update(path.read_bytes())
        sha.update(json.dumps(self.labels, sort_keys=True).encode())
        return sha.hexdigest()[:16]

    def read(self, reader: Reader) -> dict[str, list[Record]]:
        return {path.stem: list(reader(path)) for path in self.documents}


def load(name: str, folders: list[Path], labels: Path, alike: SameParty = same_party) -> Corpus:
    """The documents in `folders` that have a label file of the same stem in `labels`."""
    found = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(labels.glob("*.json"))}
    documents = [path for folder in folders for path in sorted(folder.iterdir()) if path.stem in found]
    return Corpus(name, tuple(documents), {path.stem: found[path.stem] for path in documents}, alike)


def own() -> Corpus:
    """The documents written for this project, about invented people and companies."""
    return load("own", [EVAL / "documents"], EVAL / "labels")


def newsroom() -> Corpus:
    """Documents in the manner of newsrooms, courts and agencies, written by somebody who had not seen the others."""
    folder = EVAL / "newsroom"
    return load("newsroom", [folder / "documents"], folder / "labels")


def beside() -> Corpus | None:
    """The labelled documents beside the project; None where they are not."""
    procedure = SHARED / "procedure"
    if not (procedure / "labels").is_dir():
        return None
    folders = [folder for folder in (procedure / "documents", SHARED / "seeds") if folder.is_dir()]
    return load("beside", folders, procedure / "labels", same_party_loosely)


def available() -> list[Corpus]:
    return [corpus for corpus in (own(), newsroom(), beside()) if corpus is not None]


def program_reader(path: Path) -> list[dict[str, Any]]:
    """The events that the program itself reads out of a document, as `ingest extract --json` prints them."""
    from ingest.pipeline import read
    from ingest.text import extract_document

    return [asdict(event) for event in read(extract_document(path.read_bytes(), path.name)).events]
