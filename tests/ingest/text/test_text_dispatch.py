"""What a document is, by its bytes: what is read, what is refused, and in which words."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.text import Limits, extract_document
from knowledge.errors import EmptyInput, InputError, UnreadableInput
from tests.factories import STORY, docx, encrypted_pdf, page, pdf

_SCAN = pdf([[]])
_WHOLE_PDF = pdf([["Omar Vance was charged."]])


def _zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        pytest.param(STORY.encode(), "story.txt", "text/plain", id="text"),
        pytest.param(STORY.encode(), "story", "text/plain", id="text_without_a_suffix"),
        pytest.param(STORY.encode(), "story.md", "text/markdown", id="markdown_by_its_name"),
        pytest.param(page(f"<p>{STORY}</p>").encode(), "story.txt", "text/html", id="page_saved_as_text"),
        pytest.param(f"<p>{STORY}</p>".encode(), "story.html", "text/html", id="fragment_of_a_page"),
        pytest.param(STORY.encode(), "story.html", "text/plain", id="text_saved_as_page"),
        pytest.param(_WHOLE_PDF, "story.txt", "application/pdf", id="pdf_named_text"),
        pytest.param(b"\n\n" + _WHOLE_PDF, "story.pdf", "application/pdf", id="pdf_after_blank_lines"),
    ],
)
def test_format_is_what_the_bytes_are(data: bytes, name: str, media_type: str) -> None:
    assert extract_document(data, name).media_type == media_type


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        pytest.param(b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 40, "a.txt", "binary", id="program_named_text"),
        pytest.param(b"Omar\0 Vance was charged.", "a.txt", "binary", id="nul_byte_in_text"),
        pytest.param(bytes(range(1, 256)) * 50, "a.txt", "text", id="noise_without_nul"),
        pytest.param("Omar Vance was charged.".encode("utf-16-le"), "a.txt", "binary", id="utf16_without_mark"),
        pytest.param(b"\xff\xfeO\0m", "a.txt", "damaged", id="utf16_cut_in_the_middle"),
        pytest.param(b"The jury convicted Roe of fraud \xff\xfe\xc3 today.", "a.txt", "not", id="stray_bytes"),
        pytest.param("“Omar” – “Vance” said".encode()[:-9] + b"\xe2\x80 said", "a.txt", "byte", id="damaged_utf8"),
        pytest.param(b"\xd0\xcf\x11\xe0" + bytes(600), "a.doc", "old Word document", id="old_word"),
        pytest.param(b"{\\rtf1 Omar}", "a.rtf", "RTF", id="rtf"),
        pytest.param(b"\x89PNG\r\n\x1a\n....", "a.txt", "picture", id="picture_named_text"),
        pytest.param(_zip(mimetype=b"application/epub+zip"), "a.docx", "archive", id="other_archive_named_docx"),
        pytest.param(docx()[:4000], "a.docx", "ends too early", id="cut_off_docx"),
        pytest.param(_zip(word__other=b""), "a.docx", "archive", id="archive_without_document"),
        pytest.param(b"Omar Vance was charged.", "a.pdf", "not in that format", id="text_named_pdf"),
        pytest.param(_WHOLE_PDF[:-40], "a.pdf", "cut off", id="truncated_pdf"),
        pytest.param(_WHOLE_PDF[:300], "a.pdf", "cut off", id="half_a_pdf"),
        pytest.param(b"%PDF-1.4\nnothing\n%%EOF\n", "a.pdf", "damaged", id="damaged_pdf"),
        pytest.param(encrypted_pdf("quay"), "a.pdf", "password", id="encrypted_pdf"),
        pytest.param(b"<?xml version='1.0'?><rss><channel/></rss>", "a.txt", "XML", id="feed"),
        pytest.param(b"From: <Saved by Blink>\nSnapshot-Content", "a.mhtml", "MHTML", id="web_archive"),
        pytest.param(b"---\ntitle: [open\n---\nText.", "a.md", "not YAML", id="front_matter_not_yaml"),
        pytest.param(b"---\ndate: soon\n---\nText.", "a.md", "soon", id="front_matter_date_is_none"),
        pytest.param(b"---\nkind: gossip\n---\nText.", "a.md", "gossip", id="front_matter_kind_is_none"),
    ],
)
def test_refused_with_one_sentence(data: bytes, name: str, says: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        extract_document(data, name)
    assert caught.value.subject == name
    assert says in caught.value.reason
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        pytest.param(b"", "a.txt", "empty", id="no_bytes"),
        pytest.param(b" \n\t\r\n", "a.md", "empty", id="white_space"),
        pytest.param(b"\xef\xbb\xbf", "a.txt", "empty", id="byte_order_mark_alone"),
        pytest.param(_SCAN, "a.pdf", "OCR", id="scan_without_text"),
        pytest.param(page("<nav>Home</nav><script>var a = 1</script>").encode(), "a.html", "no article", id="shell"),
        pytest.param(b"<html></html>", "a.html", "no article", id="empty_page"),
    ],
)
def test_empty_is_its_own_kind_of_failure(data: bytes, name: str, says: str) -> None:
    with pytest.raises(EmptyInput) as caught:
        extract_document(data, name)
    assert says in caught.value.reason


@pytest.mark.parametrize(
    ("size", "limits"),
    [
        pytest.param(50_000_000, Limits(), id="fifty_megabytes_in_one_line"),
        pytest.param(2_000, Limits(max_bytes=1_999), id="more_bytes_than_set"),
        pytest.param(2_000, Limits(max_characters=1_999), id="more_characters_than_set"),
    ],
)
def test_too_much_text_is_refused(size: int, limits: Limits) -> None:
    with pytest.raises(UnreadableInput, match="MAX_DOCUMENT_MB"):
        extract_document(b"a" * size, "long.txt", limits)


def test_small_archive_that_unpacks_to_too_much_is_refused() -> None:
    bomb = _zip(word__other=b"")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 3_000_000)
    assert len(bomb) < len(out.getvalue()) < 10_000
    with pytest.raises(UnreadableInput, match="too large"):
        extract_document(out.getvalue(), "a.docx", Limits(max_bytes=1_000_000))


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.md", "a.html", "a.pdf", "a.docx", "a"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    try:
        document = extract_document(data, name)
    except InputError:
        return
    assert document.text.strip()
    assert "\r" not in document.text
    assert "\0" not in document.text
