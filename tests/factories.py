"""Documents made on the spot, so that no binary file has to lie in the tree."""

from __future__ import annotations

import io
from collections.abc import Sequence

STORY = """Harbour site manager charged with wire fraud

A grand jury in Porttown charged Omar Vance on 4 March 2021 with wire fraud, prosecutors said.

Vance, who managed the classifieds site Quayside, denies the charge. His lawyer said that he had done nothing
wrong and that the records of the site would show it.
"""


def pdf(pages: Sequence[Sequence[str]], *, title: str | None = None, author: str | None = None) -> bytes:
    """A PDF with the given lines on its pages; an empty line leaves a gap. A page without lines has no text."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    about = "".join(f"/{key} ({_escaped(value)}) " for key, value in (("Title", title), ("Author", author)) if value)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        shown = "".join(f"({_escaped(line)}) Tj T*\n" for line in lines)
        content = f"BT /F1 12 Tf 72 720 Td 14 TL\n{shown}ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    objects.append(f"<< /CreationDate (D:20200101000000Z) {about}>>")
    return _assembled(objects)


def _assembled(objects: Sequence[str]) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252"))
    table = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\n".encode())
    out.write(f"startxref\n{table}\n%%EOF\n".encode())
    return out.getvalue()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def encrypted_pdf(password: str) -> bytes:
    """A PDF that opens only with the password."""
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([["Omar Vance was charged."]])))
    writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def docx(*, title: str | None = None, author: str | None = None) -> bytes:
    """A DOCX with a heading, a paragraph, a quotation, a table with a merged row, and a last paragraph."""
    import docx as python_docx

    document = python_docx.Document()
    document.core_properties.title = title or ""
    if author:
        document.core_properties.author = author
    document.add_heading("Counts against Vance", level=1)
    document.add_paragraph("Omar Vance was charged with wire fraud.")
    document.add_paragraph("I did nothing wrong.", style="Quote")
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text = "Count"
    table.cell(0, 1).text = "Plea"
    table.cell(1, 0).merge(table.cell(1, 1)).text = "One: not guilty"
    document.add_paragraph("The trial begins in June.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def page(body: str, head: str = "") -> str:
    """A small web page."""
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
