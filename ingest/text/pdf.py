"""The one door to PDFium: the text layer of a PDF, page by page."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ingest.text.metadata import sensible_author, sensible_title
from knowledge.errors import EmptyInput, UnreadableInput
from knowledge.model import DocumentMetadata, ExtractedDocument, PageSpan

_TAIL_BYTES = 8192
"""Where the end marker must stand; some programs leave a little behind it."""

_LINEARIZED_LENGTH = re.compile(rb"/Linearized\b[^>]{0,200}?/L\s+(\d+)", re.DOTALL)
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_HYPHEN_MARK = re.compile(r"(?P<before>\w*)[\x02\ufffe\u00ad](?P<after>\w*)")
"""PDFium joins a word that is broken over two lines, and puts this mark in place of the hyphen."""

_OWN_HYPHEN = frozenset("co ex non self anti multi vice cross post pre semi quasi so well long short high low".split())
"""Before these a hyphen at the end of a line most likely belongs to the word ("co-founder")."""

_PARAGRAPH_GAP = 1.35
"""Times the usual distance between lines: more than this is a gap between paragraphs."""

_SIZE_CHANGE = 1.15
"""Times the height of the line before: a larger difference sets a heading apart from the text."""

_SENTENCE_END = re.compile(r"[.!?:][\"'”’)\]]*$")
_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD in fpdfview.h


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page as text, and where it stands: in points from the bottom of the page."""

    text: str
    top: float | None = None
    bottom: float | None = None
    end_bottom: float | None = None


def extract_pdf(data: bytes, name: str) -> ExtractedDocument:
    """The text of all pages; `pages` says where each stands. The creation date is no publication date.

    Raises UnreadableInput for a truncated, damaged or protected file, EmptyInput for a scan without text.
    """
    import pypdfium2

    pdfium: Any = pypdfium2
    _refuse_truncated(data, name)
    try:
        with closing(pdfium.PdfDocument(data)) as pdf:
            pages = [_page_lines(pdf, index) for index in range(len(pdf))]
            about = pdf.get_metadata_dict(skip_empty=True)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR:
            raise UnreadableInput(name, "the PDF is protected by a password; save it without one") from None
        raise UnreadableInput(name, "the PDF is damaged; download or export it again") from None
    text, spans = _joined(pages)
    if not text.strip():
        raise EmptyInput(
            name,
            "the PDF holds pictures of pages but no text; run OCR on it (say, ocrmypdf) and add the result",
        )
    metadata = DocumentMetadata(
        title=sensible_title(about.get("Title"), name), author=sensible_author(about.get("Author"))
    )
    return ExtractedDocument(text, "application/pdf", metadata, pages=spans)


def _refuse_truncated(data: bytes, name: str) -> None:
    """PDFium repairs a cut-off file and drops what is missing without a word: half a judgment."""
    linearized = _LINEARIZED_LENGTH.search(data[:2048])
    short = linearized is not None and len(data) < int(linearized[1])
    if short or b"%%EOF" not in data[-_TAIL_BYTES:]:
        raise UnreadableInput(name, "the PDF ends too early: it was cut off; download or export it again")


def _page_lines(pdf: Any, index: int) -> list[_Line]:
    with closing(pdf[index]) as page, closing(page.get_textpage()) as layer:
        count = layer.count_chars()
        text = layer.get_text_range() if count else ""
        # Characters outside the basic plane take two places in the text and one in the layer:
        # then the lines cannot be placed, and the page keeps its plain line breaks.
        placed = len(text) == count
        return list(_lines(layer, text, placed=placed))


def _lines(layer: Any, text: str, *, placed: bool) -> Iterator[_Line]:
    at = 0
    for line_end in [*(match.span() for match in _LINE_BREAK.finditer(text)), (len(text), len(text))]:
        raw = text[at : line_end[0]]
        words = raw.strip()
        if words:
            line = _HYPHEN_MARK.sub(_hyphenated, raw).rstrip()
            if placed:
                first = at + raw.index(words[0])
                _, bottom, _, top = layer.get_charbox(first, loose=True)
                _, end_bottom, _, _ = layer.get_charbox(first + len(words) - 1, loose=True)
                yield _Line(line, top, bottom, end_bottom)
            else:
                yield _Line(line)
        at = line_end[1]


def _hyphenated(match: re.Match[str]) -> str:
    before, after = match["before"], match["after"]
    one_word = before[-1:].islower() and after[:1].islower() and before.lower() not in _OWN_HYPHEN
    return before + ("" if one_word else "-") + after


def _joined(pages: list[list[_Line]]) -> tuple[str, tuple[PageSpan, ...]]:
    """One text of all pages: a blank line between paragraphs, and between pages unless a sentence runs on."""
    usual = _usual_gap(pages)
    parts: list[str] = []
    spans: list[PageSpan] = []
    length = 0
    for number, lines in enumerate(pages, start=1):
        page = _page_text(lines, usual)
        if page and parts:
            between = "\n\n" if _SENTENCE_END.search(parts[-1]) else "\n"
            parts.append(between)
            length += len(between)
        if page:
            parts.append(page)
        spans.append(PageSpan(number, length, length + len(page)))
        length += len(page)
    return "".join(parts), tuple(spans)


def _gap(above: _Line, below: _Line) -> float | None:
    """From one line's foot to the next one's, in points; None where that cannot be told."""
    if above.end_bottom is None or below.bottom is None:
        return None
    return above.end_bottom - below.bottom


def _usual_gap(pages: list[list[_Line]]) -> float | None:
    gaps = [
        gap
        for lines in pages
        for above, below in pairwise(lines)
        if (gap := _gap(above, below)) is not None and gap > 0
    ]
    return statistics.median_low(gaps) if gaps else None


def _page_text(lines: list[_Line], usual: float | None) -> str:
    text = ""
    for number, line in enumerate(lines):
        if number:
            text += "\n\n" if _new_paragraph(lines[number - 1], line, usual) else "\n"
        text += line.text
    return text


def _new_paragraph(above: _Line, below: _Line, usual: float | None) -> bool:
    gap = _gap(above, below)
    if gap is None or usual is None:
        return False
    heights = sorted((_height(above), _height(below)))
    return gap > _PARAGRAPH_GAP * usual or heights[1] > _SIZE_CHANGE * heights[0] > 0


def _height(line: _Line) -> float:
    return (line.top or 0.0) - (line.bottom or 0.0)
