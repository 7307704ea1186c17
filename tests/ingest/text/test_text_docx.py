"""DOCX: paragraphs and tables in their order, tracked changes as accepted."""

from __future__ import annotations

import io

import docx as python_docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.text.docx import extract_docx
from knowledge.model import Zone
from tests.factories import docx


def test_paragraphs_and_tables_in_order() -> None:
    document = extract_docx(docx(title="Vance report", author="Ann Lee"), "a.docx")
    assert document.text == (
        "Counts against Vance\n\nOmar Vance was charged with wire fraud.\n\nI did nothing wrong.\n\n"
        "Count\tPlea\nOne: not guilty\n\nThe trial begins in June."
    )
    marked = [(block.zone, document.text[block.start : block.end]) for block in document.marked]
    assert marked == [
        (Zone.HEADLINE, "Counts against Vance"),
        (Zone.QUOTATION, "I did nothing wrong."),
    ]
    assert (document.metadata.title, document.metadata.author) == ("Vance report", "Ann Lee")
    assert document.metadata.published is None


def test_author_that_a_program_filled_in_is_none() -> None:
    assert extract_docx(docx(author="python-docx"), "a.docx").metadata.author is None


def test_inserted_words_are_read_and_deleted_ones_are_not() -> None:
    document = python_docx.Document()
    paragraph = document.add_paragraph("Vance was ")
    words = '<w:r><w:{0} xml:space="preserve">{1}</w:{0}></w:r>'
    for change, tag, word in (("ins", "t", "not "), ("del", "delText", "never ")):
        inner = words.format(tag, word)
        paragraph._p.append(parse_xml(f'<w:{change} {nsdecls("w")} w:id="1">{inner}</w:{change}>'))
    paragraph.add_run("convicted.")
    out = io.BytesIO()
    document.save(out)
    assert extract_docx(out.getvalue(), "a.docx").text == "Vance was not convicted."


def test_links_stand_behind_their_words() -> None:
    document = python_docx.Document()
    paragraph = document.add_paragraph("See the ")
    relation = document.part.relate_to("https://c.example/order", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    paragraph._p.append(
        parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}"><w:r><w:t>order</w:t></w:r></w:hyperlink>')
    )
    out = io.BytesIO()
    document.save(out)
    extracted = extract_docx(out.getvalue(), "a.docx")
    (link,) = extracted.links
    assert extracted.text[link.start : link.end] == "order"
    assert link.url == "https://c.example/order"
