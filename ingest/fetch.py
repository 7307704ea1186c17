"""From what stands on the command line to bytes: files, folders, standard input, and their sidecars."""

from __future__ import annotations

import errno
import json
import os
import re
import stat
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import BinaryIO

from ingest.text.dispatch import SUPPORTED_SUFFIXES, Limits, too_many_bytes
from ingest.text.metadata import metadata_from
from knowledge.errors import EmptyInput, InputError, UnreadableInput
from knowledge.model import DocumentMetadata

STDIN = "-"
_SIDECAR_SUFFIXES = (".meta.toml", ".meta.json", ".meta.yaml", ".meta.yml")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_CHUNK = 1 << 20
_WHY = {
    errno.ENOENT: "there is no such file; check the path",
    errno.EACCES: "no permission to read it; change its permissions or copy it",
    errno.EPERM: "no permission to read it; change its permissions or copy it",
    errno.ELOOP: "a symbolic link that leads back to itself; name the file itself",
    errno.ENAMETOOLONG: "the name is too long to be a file",
    errno.ENOTDIR: "there is no such file; check the path",
    errno.EISDIR: "a folder, not a file",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """One document as it was read.

    name: what it is called to the user. location: the same place always has the same one (resolved path,
    "starter:NAME", or "-"). sidecar: what the file beside it says of it.
    """

    name: str
    location: str
    data: bytes
    sidecar: DocumentMetadata = field(default_factory=DocumentMetadata)


@dataclass(frozen=True, slots=True)
class Input:
    """One document to be read. `read` opens it only then, and raises InputError if that fails."""

    name: str
    read: Callable[[], Fetched]


def expand(inputs: Sequence[str], limits: Limits, stdin: Callable[[], BinaryIO]) -> Iterator[Input | InputError]:
    """Every document that the inputs stand for, in order; what cannot be used is an InputError in its place.

    A folder stands for all supported documents below it, sorted, hidden ones left out. stdin: gives the
    stream that "-" stands for.
    """
    for given in inputs:
        if given == STDIN:
            yield Input(STDIN, lambda: _read_stdin(stdin(), limits))
        elif _ADDRESS.match(given):
            yield UnreadableInput(
                given,
                "web addresses cannot be read yet: save the page and add the file, with --url for its address",
            )
        elif given and _is_there(Path(given), stat.S_ISDIR):
            yield from _expand_folder(given, limits)
        elif _is_sidecar(given) and _is_there(Path(given), stat.S_ISREG):
            continue  # it belongs to the document beside it: `add articles/*` names both
        else:
            yield _file_input(given, limits)


def starter_inputs() -> list[Input]:
    """The case briefs that come with the program, sorted by name."""
    folder = resources.files("ingest").joinpath("starter")
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".md"))
    return [Input(name, _starter_reader(name)) for name in names]


def _starter_reader(name: str) -> Callable[[], Fetched]:
    def read() -> Fetched:
        data = resources.files("ingest").joinpath("starter", name).read_bytes()
        return Fetched(name, f"starter:{name}", data)

    return read


def _file_input(given: str, limits: Limits) -> Input:
    return Input(given, lambda: _read_file(given, limits))


def _expand_folder(given: str, limits: Limits) -> Iterator[Input | InputError]:
    failed: list[InputError] = []

    def note(error: OSError) -> None:
        failed.append(UnreadableInput(str(error.filename), _why(error)))

    found = 0
    for folder, subfolders, files in os.walk(given, onerror=note):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(files):
            suffix = Path(name).suffix.lower()
            if not name.startswith(".") and suffix in SUPPORTED_SUFFIXES and not _is_sidecar(name):
                found += 1
                yield _file_input(str(Path(folder) / name), limits)
    yield from failed
    if not found and not failed:
        kinds = ", ".join(sorted(SUPPORTED_SUFFIXES))
        yield EmptyInput(given, f"there is no document in this folder; documents end in {kinds}")


def _read_file(given: str, limits: Limits) -> Fetched:
    path = Path(given)
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise UnreadableInput(given, _WHY[errno.EISDIR])
        if not stat.S_ISREG(about.st_mode):
            raise UnreadableInput(given, "a device or a pipe, not a file; save its content to a file, or use -")
        if about.st_size > limits.max_bytes:
            raise UnreadableInput(given, too_many_bytes(about.st_size, limits))
        with path.open("rb") as stream:
            data = _read_up_to(stream, given, limits)
        location = readable_name(str(path.resolve(strict=True)))
    except OSError as error:
        if error.errno == errno.ENOENT and path.is_symlink():
            raise UnreadableInput(given, "a symbolic link to a file that is not there") from None
        raise UnreadableInput(given, _why(error)) from None
    except ValueError:
        raise UnreadableInput(given, "this cannot be the name of a file") from None
    return Fetched(given, location, data, _read_sidecar(path))


def _read_stdin(stream: BinaryIO, limits: Limits) -> Fetched:
    try:
        return Fetched(STDIN, STDIN, _read_up_to(stream, STDIN, limits))
    except OSError as error:
        raise UnreadableInput(STDIN, _why(error)) from None


def _read_up_to(stream: BinaryIO, name: str, limits: Limits) -> bytes:
    """All of the stream; a file may grow while it is read, so the limit holds here too."""
    chunks: list[bytes] = []
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > limits.max_bytes:
            raise UnreadableInput(name, too_many_bytes(size, limits))
        chunks.append(chunk)
    return b"".join(chunks)


def _why(error: OSError) -> str:
    known = _WHY.get(error.errno or 0)
    return known or f"cannot be read: {error.strerror or error}"


def readable_name(name: str) -> str:
    """A file's name as Unicode text: bytes of it that are none are written as "\\xe9"."""
    return os.fsencode(name).decode("utf-8", errors="backslashreplace")


def _is_there(path: Path, is_kind: Callable[[int], bool]) -> bool:
    """Whether the path leads to a file of this kind; a path that cannot even be looked up does not."""
    try:
        return is_kind(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def _is_sidecar(name: str) -> bool:
    return name.lower().endswith(_SIDECAR_SUFFIXES)


def _read_sidecar(path: Path) -> DocumentMetadata:
    """What "article.pdf.meta.toml" (or .json, .yaml), else "article.meta.toml", says of "article.pdf"."""
    for stem in (path.name, path.stem):
        for suffix in _SIDECAR_SUFFIXES:
            sidecar = path.with_name(stem + suffix)
            if _is_there(sidecar, stat.S_ISREG):
                return _parse_sidecar(sidecar)
    return DocumentMetadata()


def _parse_sidecar(sidecar: Path) -> DocumentMetadata:
    name = str(sidecar)
    try:
        values = _load_mapping(sidecar)
    except OSError as error:
        raise UnreadableInput(name, _why(error)) from None
    except ValueError as error:  # every parser's error is one, and so is wrong UTF-8
        what = " ".join(str(error).split())
        raise UnreadableInput(name, f"this description of a document cannot be read: {what}") from None
    if not isinstance(values, dict):
        raise UnreadableInput(name, 'a description of a document has lines like title = "…", published = "…"')
    try:
        return metadata_from(values)
    except ValueError as error:
        raise UnreadableInput(name, str(error)) from None


def _load_mapping(sidecar: Path) -> object:
    text = sidecar.read_text(encoding="utf-8-sig")
    if sidecar.suffix.lower() == ".toml":
        return tomllib.loads(text)
    if sidecar.suffix.lower() == ".json":
        return json.loads(text)
    import yaml

    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None
