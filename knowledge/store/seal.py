"""Whether Chroma's index files are as the last writer that finished left them.

Loading damaged index files does not raise: measured with chromadb 1.5.9, truncating or garbling `link_lists.bin`,
`header.bin` or `data_level0.bin` ended the process with a segmentation fault, or hung it for good. So a writer
seals the files when it has closed them (size, time of change, SHA-256), and nobody opens a folder whose files differ
from its seal; the vectors are rebuilt from the ledger instead. Chroma's SQLite file is not sealed: SQLite
reports damage by itself.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

FILE_NAME = "seal.json"

_Seal = dict[str, tuple[int, int, str]]


def seal(folder: Path) -> None:
    """Writes the seal. Call it only after closing the client, with the writer's lock held. Raises OSError."""
    former = _read(folder)
    now = {name: _entry(path, former.get(name)) for name, path in _index_files(folder).items()}
    if now == former and (folder / FILE_NAME).exists():
        return
    part = folder / f"{FILE_NAME}.part"
    part.write_text(json.dumps(now), encoding="utf-8")
    part.replace(folder / FILE_NAME)


def unseal(folder: Path) -> None:
    """Takes the seal away: the files are not to be trusted. Raises OSError."""
    (folder / FILE_NAME).unlink(missing_ok=True)


def is_intact(folder: Path) -> bool:
    """Whether the index files are those of the seal. A copied folder counts: then contents are compared."""
    sealed = _read(folder)
    try:
        files = _index_files(folder)
        return files.keys() == sealed.keys() and all(
            _entry(path, sealed[name])[2] == sealed[name][2] for name, path in files.items()
        )
    except OSError:
        return False


def _index_files(folder: Path) -> dict[str, Path]:
    """The files of every index that has been written out.

    Below 1,000 vectors Chroma has not written `index_metadata.pickle` yet; it then makes the other files anew at
    each opening, without reading them, and takes the vectors from its SQLite file.
    """
    segments = sorted(path.parent for path in folder.glob("*/index_metadata.pickle"))
    return {
        path.relative_to(folder).as_posix(): path
        for segment in segments
        for path in sorted(segment.iterdir())
        if path.is_file()
    }


def _entry(path: Path, known: tuple[int, int, str] | None) -> tuple[int, int, str]:
    """Size, time of change and digest; the digest is not computed again where size and time are as known."""
    state = path.stat()
    if known is not None and known[:2] == (state.st_size, state.st_mtime_ns):
        return known
    with path.open("rb") as stream:
        os.fsync(stream.fileno())  # a power cut must not leave other bytes than were sealed
        return state.st_size, state.st_mtime_ns, hashlib.file_digest(stream, "sha256").hexdigest()


def _read(folder: Path) -> _Seal:
    try:
        entries = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        return {name: (int(size), int(time), str(digest)) for name, (size, time, digest) in entries.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
