"""Plain text: kept as it is; header lines at its top are read as metadata and marked."""

from __future__ import annotations

import re

from ingest.text.metadata import metadata_from
from knowledge.model import Block, DocumentMetadata, ExtractedDocument, Zone

_HEADER_LINE = re.compile(
    r"(?P<key>title|published|date|author|publisher|source|url|kind|as[ _-]of)[ \t]*:"
    r"[ \t]*(?P<value>[^\n]*?)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_LEADING_BLANKS = re.compile(r"(?:[ \t]*\n)*")
_BLANK_LINE = re.compile(r"[ \t]*\n")


def extract_plain(text: str) -> ExtractedDocument:
    """The document with metadata from its header lines ("Title: …" and so on, ended by a blank line)."""
    metadata, marked = read_header(text)
    return ExtractedDocument(text=text, media_type="text/plain", metadata=metadata, marked=marked)


def read_header(text: str) -> tuple[DocumentMetadata, tuple[Block, ...]]:
    """Metadata and marked blocks of the header lines at the very top; nothing if there is no such header.

    Every line up to the first blank one must be a header line, else the text is an ordinary text that
    happens to begin with one.
    """
    values: dict[str, object] = {}
    blocks: list[Block] = []
    blanks = _LEADING_BLANKS.match(text)
    at = blanks.end() if blanks else 0
    while at < len(text) and not _BLANK_LINE.match(text, at):
        line = _HEADER_LINE.match(text, at)
        if line is None:
            return DocumentMetadata(), ()
        values.setdefault(line["key"].lower(), line["value"])
        blocks += _line_blocks(line)
        at = min(line.end() + 1, len(text))
    return (metadata_from(values, strict=False), tuple(blocks)) if blocks else (DocumentMetadata(), ())


def _line_blocks(line: re.Match[str]) -> list[Block]:
    """The line is boilerplate, but for the words of a title, which are a headline."""
    if line["key"].lower() != "title" or not line["value"]:
        return [Block(Zone.BOILERPLATE, line.start(), line.end())]
    return [
        Block(Zone.BOILERPLATE, line.start(), line.start("value")),
        Block(Zone.HEADLINE, line.start("value"), line.end("value")),
    ]
