"""Markdown: the text stays raw, and what is markup is marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.text import extract_document
from ingest.text.markdown import extract_markdown
from ingest.text.prose import prose
from knowledge.model import ExtractedDocument, SourceKind, Zone


def _read(text: str) -> ExtractedDocument:
    document = extract_markdown(text, "a.md")
    assert document.text == text
    return document


def _in(document: ExtractedDocument, zone: Zone) -> list[str]:
    return [document.text[block.start : block.end] for block in document.marked if block.zone is zone]


def _links(document: ExtractedDocument) -> list[tuple[str, str]]:
    return [(document.text[link.start : link.end], link.url) for link in document.links]


def test_front_matter_is_metadata_and_boilerplate() -> None:
    document = _read(
        "---\ntitle: Vance\nkind: brief\nas_of: 2024-05-01\ndate: 2024-04-30\nauthor: [Ann Lee, Bo Ek]\n---\n\nText.\n"
    )
    about = document.metadata
    assert (about.title, about.kind, about.as_of) == ("Vance", SourceKind.BRIEF, "2024-05-01")
    assert (about.published, about.author) == ("2024-04-30", "Ann Lee, Bo Ek")
    (front,) = _in(document, Zone.BOILERPLATE)
    assert front.startswith("---\ntitle")
    assert front.endswith("---")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("---\n\nA rule, and text.\n\n---\n\nMore.\n", id="two_rules"),
        pytest.param("---\nOnly one rule.\n", id="one_rule"),
        pytest.param("Text.\n\n---\ntitle: no\n---\n", id="not_at_the_top"),
    ],
)
def test_no_front_matter(text: str) -> None:
    assert _read(text).metadata.title is None


@pytest.mark.parametrize(
    ("line", "furniture", "links"),
    [
        pytest.param(
            "- On 3 May, Vance was charged. [order](https://c.example/o)",
            ["- ", "[order](https://c.example/o)"],
            [("order", "https://c.example/o")],
            id="link_after_a_list_item",
        ),
        pytest.param(
            "1. Vance was charged. [order](https://c.example/o_(1)), [wire](https://w.example)",
            ["1. ", "[order](https://c.example/o_(1)), [wire](https://w.example)"],
            [("order", "https://c.example/o_(1)"), ("wire", "https://w.example")],
            id="several_links_after_a_list_item",
        ),
        pytest.param(
            "Vance was charged. (See [order][o].)\n\n[o]: https://c.example/o",
            ["(See [order][o].)", "[o]: https://c.example/o"],
            [("order", "https://c.example/o"), ("https://c.example/o", "https://c.example/o")],
            id="reference_in_brackets",
        ),
        pytest.param(
            "Vance was charged.[^1]\n\n[^1]: The Quill, https://q.example/1.",
            ["[^1]", "[^1]: The Quill, https://q.example/1."],
            [("[^1]", "https://q.example/1"), ("https://q.example/1", "https://q.example/1")],
            id="footnote",
        ),
        pytest.param(
            "Vance was charged. <https://c.example/o>",
            ["<https://c.example/o>"],
            [("https://c.example/o", "https://c.example/o")],
            id="address_in_angle_brackets",
        ),
        pytest.param(
            "Vance was not [convicted](https://c.example/o) of fraud.",
            [],
            [("convicted", "https://c.example/o")],
            id="link_within_a_sentence_leaves_it_whole",
        ),
        pytest.param(
            "Vance was charged. [The jury](https://c.example/o) acquitted him.",
            [],
            [("The jury", "https://c.example/o")],
            id="sentence_that_begins_with_a_link",
        ),
        pytest.param(
            "![chart](https://c.example/i.png)\n\nText.",
            ["![chart](https://c.example/i.png)"],
            [],
            id="picture",
        ),
        pytest.param(
            "Text.\n\n## Sources\n\n- [Vance convicted](https://q.example), Quill\n",
            ["## Sources\n\n- [Vance convicted](https://q.example), Quill"],
            [("Vance convicted", "https://q.example")],
            id="list_of_sources",
        ),
        pytest.param("<!-- checked: no -->\n\nText.", ["<!-- checked: no -->"], [], id="comment"),
    ],
)
def test_links(line: str, furniture: list[str], links: list[tuple[str, str]]) -> None:
    document = _read(line)
    assert _in(document, Zone.BOILERPLATE) == furniture
    assert _links(document) == links


def test_headings_and_quotations() -> None:
    document = _read(
        "# Vance **case**\n\nText.\n\nUnderlined\n-----\n\n> I did\n> nothing.\n\n```\n# no heading\n```\n## End ##\n"
    )
    assert _in(document, Zone.HEADLINE) == ["Vance **case**", "Underlined", "End"]
    assert _in(document, Zone.QUOTATION) == ["I did\n> nothing."]


def test_what_follows_a_list_of_sources_is_text_again() -> None:
    document = _read("## Notes\n\n- one\n\n### More notes\n\n- two\n\n## Verdict\n\nHe was acquitted.\n")
    (notes, _) = _in(document, Zone.BOILERPLATE)
    assert notes.endswith("- two\n\n")
    assert _in(document, Zone.HEADLINE) == ["Verdict"]


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        pytest.param(
            "He was not [convicted](https://c.example/jury-convicts-him).", "He was not convicted.", id="link"
        ),
        pytest.param("He was **not** _convicted_.", "He was not convicted.", id="emphasis"),
        pytest.param("See https://c.example/jury-convicts-him.", "See .", id="bare_address"),
        pytest.param("> He was\n> acquitted.", "He was acquitted.", id="quotation_marks_of_lines"),
        pytest.param("A snake_case_name and 2 * 3.", "A snake_case_name and 2 * 3.", id="not_emphasis"),
    ],
)
def test_prose_reads_without_markup_at_the_same_offsets(text: str, read_as: str) -> None:
    document = _read(text)
    plain = prose(document)
    assert len(plain) == len(text)
    assert " ".join(plain.split()).replace(" .", ".") == read_as.replace(" .", ".")
    assert all(shown in (" ", "\n") or shown == raw for shown, raw in zip(plain, text, strict=True))


@given(st.lists(st.sampled_from(
    ["# ", "> ", "- ", "1. ", "[a](https://b.example)", "[^1]", "[^1]: ", "![", "](", "---\n", "<!--", "-->", "**", "_",
     "```\n", "word ", "was charged. ", "\n", "\n\n", "## Sources\n", "https://c.example/x_(y).", "===\n", "|"]
), max_size=25))  # fmt: skip
def test_any_markdown_gives_blocks_in_order_and_links_within(parts: list[str]) -> None:
    text = "Text. " + "".join(parts)
    document = extract_document(text.encode(), "a.md")
    at = 0
    for block in document.marked:
        assert at <= block.start < block.end <= len(text)
        at = block.end
    assert all(0 <= link.start <= link.end <= len(text) for link in document.links)
    assert len(prose(document)) == len(text)
