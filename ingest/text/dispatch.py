"""Which format a document is in, by its bytes; the name of the file is only a hint between kinds of text."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from ingest.text.decoding import decode
from knowledge.errors import EmptyInput, UnreadableInput
from knowledge.model import ExtractedDocument


@dataclass(frozen=True, slots=True)
class Limits:
    """How large one document may be: the file in bytes, and its text in characters."""

    max_bytes: int = 50 * 1024 * 1024
    max_characters: int = 5_000_000

    @classmethod
    def of_megabytes(cls, megabytes: int) -> Limits:
        """Limits for a file of so many MiB; its text may have a tenth of that in characters.

        A PDF or a page is far larger than its text; the five million characters that fifty MiB allow are a
        report of two thousand pages.
        """
        return cls(megabytes * 1024 * 1024, megabytes * 100_000)


_MAX_BYTES_PER_CHARACTER = 4
"""In every encoding that is read (UTF-8 and UTF-32 have up to four)."""

_REFUSED_MAGIC = (
    (
        b"\xd0\xcf\x11\xe0",
        "an old Word document, or one protected by a password; save it as DOCX without a password",
    ),
    (b"{\\rtf", "an RTF document; save it as DOCX or plain text"),
    (b"\x89PNG", "a picture; run OCR on it and add the text"),
    (b"\xff\xd8\xff", "a picture; run OCR on it and add the text"),
    (b"GIF8", "a picture; run OCR on it and add the text"),
    (b"\x1f\x8b", "a compressed file; unpack it and add what is inside"),
    (b"7z\xbc\xaf", "a compressed file; unpack it and add what is inside"),
    (b"%!PS", "a PostScript file; convert it to PDF"),
    (b"SQLite format 3\0", "a database, not a document"),
)
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b", re.I | re.S
)
_HTML_TAG = re.compile(r"<(?:p|div|br|h[1-6]|ul|ol|table|article|section|span|a)\b[^>]*>", re.I)
_XML_START = re.compile(r"\s*<\?xml\b|\s*<(?:rss|feed|urlset)\b", re.I)
_MHTML_START = re.compile(r"(?:From: <?Saved by|MIME-Version: 1\.0\s.*?multipart/related)", re.I | re.S)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.I)

MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd"})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
TEXT_SUFFIXES = frozenset({".txt", ".text"})
SUPPORTED_SUFFIXES = MARKDOWN_SUFFIXES | HTML_SUFFIXES | TEXT_SUFFIXES | {".pdf", ".docx"}
"""What is picked up in a folder. A file that is named itself is tried whatever it is called."""


def extract_document(data: bytes, name: str, limits: Limits | None = None) -> ExtractedDocument:
    """The text of the document in `data` and what it says of itself.

    name: what the document is called to the user, in messages and as a hint ("notes.md").
    Raises UnreadableInput (not a document, damaged, protected, too large) or EmptyInput (no text in it).
    """
    limits = limits or Limits()
    if len(data) > limits.max_bytes:
        raise UnreadableInput(name, too_many_bytes(len(data), limits))
    if not data.strip():
        raise EmptyInput(name, "the file is empty")
    document = _extract(data, name, limits)
    _check_length(document.text, name, limits)
    if not document.text.strip():
        raise EmptyInput(name, "there is no text in it")
    return document


def too_many_bytes(size: int, limits: Limits) -> str:
    """Why a file of `size` bytes is refused, and what to do."""
    return (
        f"too large: {size / 2**20:,.1f} MiB, and one document may have {limits.max_bytes / 2**20:,.1f}; "
        "split it, or raise MAX_DOCUMENT_MB"
    )


def too_many_characters(limits: Limits) -> str:
    """Why a text is refused for its length, and what to do."""
    return (
        f"too long: one document may have {limits.max_characters:,} characters of text; "
        "split it, or raise MAX_DOCUMENT_MB"
    )


def _check_length(text: str, name: str, limits: Limits) -> None:
    if len(text) > limits.max_characters:
        raise UnreadableInput(name, too_many_characters(limits))


def _extract(data: bytes, name: str, limits: Limits) -> ExtractedDocument:
    if b"%PDF-" in data[:1024]:
        from ingest.text.pdf import extract_pdf

        return extract_pdf(data, name)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _extract_zip(data, name, limits)
    for magic, what in _REFUSED_MAGIC:
        if data.startswith(magic):
            raise UnreadableInput(name, f"this is {what}")
    suffix = PurePath(name).suffix.lower()
    if suffix in (".pdf", ".docx"):
        raise UnreadableInput(name, f"named {suffix}, but damaged or not in that format; save or download it again")
    return _extract_text(data, name, suffix, limits)


def _extract_zip(data: bytes, name: str, limits: Limits) -> ExtractedDocument:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {part.filename: part.file_size for part in archive.infolist()}
    except zipfile.BadZipFile:
        raise UnreadableInput(name, "damaged: the file ends too early; save or download it again") from None
    if "word/document.xml" not in parts:
        raise UnreadableInput(name, "an archive, not a DOCX document; unpack it and add what is inside")
    # What a DOCX unpacks to bounds the memory it takes: a few kilobytes can unpack to gigabytes.
    if sum(parts.values()) > limits.max_bytes:
        raise UnreadableInput(name, too_many_bytes(sum(parts.values()), limits))
    from ingest.text.docx import extract_docx

    return extract_docx(data, name)


def _extract_text(data: bytes, name: str, suffix: str, limits: Limits) -> ExtractedDocument:
    if len(data) > _MAX_BYTES_PER_CHARACTER * limits.max_characters:
        raise UnreadableInput(name, too_many_characters(limits))
    charset = _META_CHARSET.search(data[:4096])
    text = decode(data, name, declared=charset[1].decode("ascii") if charset else None)
    _check_length(text, name, limits)
    if not text.strip():
        raise EmptyInput(name, "the file is empty")
    if _HTML_START.match(text) or (suffix in HTML_SUFFIXES and _HTML_TAG.search(text)):
        from ingest.text.html import extract_html

        return extract_html(text, name)
    if _MHTML_START.match(text[:2000]):
        raise UnreadableInput(name, 'a web archive (MHTML); save the page as "HTML only" and add that')
    if _XML_START.match(text):
        raise UnreadableInput(name, "XML, not a page or a text; save the article itself as HTML or text")
    if suffix in MARKDOWN_SUFFIXES:
        from ingest.text.markdown import extract_markdown

        return extract_markdown(text, name)
    from ingest.text.plain import extract_plain

    return extract_plain(text)
