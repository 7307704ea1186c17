"""Bytes to text, for everything that is text: strict first, a guess only where it is plausible."""

from __future__ import annotations

import codecs
import re
import unicodedata

from knowledge.errors import UnreadableInput

_SAMPLE_BYTES = 64 * 1024
"""How much of a file the detection of its encoding looks at; the whole is then decoded strictly."""

_MAX_WESTERN_SHARE = 0.2
"""Western European prose in Windows-1252 has far fewer accented letters among its letters than this."""

_MAX_CONTROLS = 0.1
"""A transcript may hold colour codes; what has more control characters than this is no text."""

_MAX_ODD = 0.3
"""From this share on of characters that Western prose hardly ever has, the bytes are damage and not Windows-1252."""

_HARDLY_EVER = frozenset("ÿþýðÞÐÝ×÷¬¦¨¯¸¹²³¼¾µ¶¤¥¢ÃÂƒˆ˜†‡‰¡")

_NEWLINES = re.compile(r"\r\n?")

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes, name: str, declared: str | None = None) -> str:
    """The text of `data`, newlines as "\\n", otherwise character for character.

    declared: an encoding that the document itself names (an HTML page's meta charset); used after UTF-8.
    Raises UnreadableInput if the bytes are not text, or in no encoding that fits.
    """
    text = _NEWLINES.sub("\n", _decoded(data, name, declared))
    if "\0" in text or _share_of_controls(text) > _MAX_CONTROLS:
        raise UnreadableInput(
            name,
            "this is a binary file, or text in an encoding that is not recognised; save it as UTF-8 text",
        )
    return text


def _decoded(data: bytes, name: str, declared: str | None) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strictly(data[len(bom) :], encoding, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        offset = error.start
    if b"\0" in data[:_SAMPLE_BYTES]:
        raise UnreadableInput(name, "this is a binary file, not text; save the document as text, PDF or DOCX")
    for encoding in filter(None, (declared, *_guesses(data, offset, name))):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise UnreadableInput(
        name,
        f"not text in any known encoding (byte {offset} is not UTF-8); save it as UTF-8 and add it again",
    )


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableInput(
            name, f"marked as {encoding.upper()}, but damaged at byte {error.start}; save it again as UTF-8"
        ) from None


def _guesses(data: bytes, offset: int, name: str) -> list[str]:
    """Encodings worth trying for bytes that are not UTF-8, the most plausible first; none for binary data."""
    sample = data[max(0, offset - _SAMPLE_BYTES // 2) :][:_SAMPLE_BYTES]
    _refuse_damaged_utf8(data, offset, name)
    try:
        western = sample.decode("cp1252")
    except UnicodeDecodeError:
        western = ""
    if western and _share_of_controls(western) > 0:
        return []
    if _odd_share(western) > _MAX_ODD:
        return []
    letters = [char for char in western if char.isalpha()]
    if letters and sum(char > "\x7f" for char in letters) <= _MAX_WESTERN_SHARE * len(letters):
        return ["cp1252"]
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return [best.encoding] if best is not None else []


def _refuse_damaged_utf8(data: bytes, offset: int, name: str) -> None:
    """A file that is UTF-8 but for a few bytes is damaged: as Windows-1252 its quotes would be garbled."""
    lenient = data.decode("utf-8", errors="replace")
    damaged = lenient.count("�")
    intact = sum(1 for char in lenient if char > "\x7f") - damaged
    if intact >= damaged:
        raise UnreadableInput(name, f"damaged: byte {offset} is not valid UTF-8; save the document again as UTF-8")


def _share_of_controls(text: str) -> float:
    sample = text[:_SAMPLE_BYTES]
    if not sample:
        return 0.0
    bad = sum(1 for char in sample if unicodedata.category(char) == "Cc" and char not in "\t\n\v\f\r\x85")
    return bad / len(sample)


def _odd_share(text: str) -> float:
    high = [char for char in text if char > "\x7f"]
    return sum(char in _HARDLY_EVER for char in high) / len(high) if high else 0.0
