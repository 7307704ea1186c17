"""The one door to python-docx: paragraphs and tables of a DOCX document, in their order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ingest.text.metadata import sensible_author, sensible_title
from knowledge.errors import UnreadableInput
from knowledge.model import Block, DocumentMetadata, ExtractedDocument, Link, Zone

if TYPE_CHECKING:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset({f"{_WORD}del", f"{_WORD}moveFrom", f"{_WORD}pPr", f"{_WORD}rPr", _FALLBACK})
_AS_TEXT = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}


@dataclass(slots=True)
class _Paper:
    """The text so far, and what stands where in it."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    links: list[Link] = field(default_factory=list)
    marked: list[Block] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def extract_docx(data: bytes, name: str) -> ExtractedDocument:
    """Paragraphs apart by a blank line, table rows a line each with tabs between cells.

    Tracked changes count as accepted: what was inserted is read, what was deleted is not.
    Raises UnreadableInput if the file is damaged.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table
    from lxml.etree import LxmlError

    paper = _Paper()
    try:
        document = docx.Document(io.BytesIO(data))
        for item in document.iter_inner_content():
            if isinstance(item, Table):
                _add_table(paper, item)
            else:
                _add_paragraph(paper, item)
        about = document.core_properties
        metadata = DocumentMetadata(title=sensible_title(about.title, name), author=sensible_author(about.author))
    except (PackageNotFoundError, zipfile.BadZipFile, LxmlError, KeyError, ValueError, EOFError) as error:
        raise UnreadableInput(name, "the DOCX document is damaged; save or download it again") from error
    return ExtractedDocument(
        "".join(paper.parts), MEDIA_TYPE, metadata, links=tuple(paper.links), marked=tuple(paper.marked)
    )


def _add_paragraph(paper: _Paper, paragraph: Paragraph) -> None:
    pieces = [piece for piece in _pieces(paragraph._p, None) if piece[0]]
    if not "".join(text for text, _ in pieces).strip():
        return
    if paper.length:
        paper.add("\n\n")
    start = paper.length
    for text, relation in pieces:
        address = _address(paragraph, relation)
        if address and text.strip():
            paper.links.append(Link(paper.length, paper.length + len(text), address))
        paper.add(text)
    zone = _zone(paragraph)
    if zone:
        paper.marked.append(Block(zone, start, paper.length))


def _pieces(element: Any, relation: str | None) -> Iterator[tuple[str, str | None]]:
    """The words under an element, each with the id of the link that it stands in."""
    for child in element:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == f"{_WORD}t":
            yield (child.text or "").replace("\r", ""), relation
        elif child.tag in _AS_TEXT:
            yield _AS_TEXT[child.tag], relation
        else:
            inner = child.get(_RELATION) if child.tag == f"{_WORD}hyperlink" else None
            yield from _pieces(child, inner or relation)


def _address(paragraph: Paragraph, relation: str | None) -> str | None:
    found = paragraph.part.rels.get(relation) if relation else None
    return found.target_ref if found is not None and found.is_external else None


def _zone(paragraph: Paragraph) -> Zone | None:
    style = (paragraph.style.name or "" if paragraph.style else "").lower()
    if style == "title" or style.startswith("heading"):
        return Zone.HEADLINE
    return Zone.QUOTATION if "quote" in style or style == "block text" else None


def _add_table(paper: _Paper, table: Table) -> None:
    for number, row in enumerate(table.rows):
        cells: list[str] = []
        for cell in dict.fromkeys(cell._tc for cell in row.cells):  # a merged cell stands once
            paragraphs = ("".join(text for text, _ in _pieces(part, None)) for part in cell.iter(f"{_WORD}p"))
            cells.append(" ".join(" ".join(paragraphs).split()))
        if any(cells):
            paper.add(("\n" if number else "\n\n") if paper.length else "")
            paper.add("\t".join(cells))
