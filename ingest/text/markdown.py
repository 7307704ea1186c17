"""Markdown: the text stays raw; front matter, headings, quotations, links and lists of sources are marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.text.blocks import layered
from ingest.text.metadata import metadata_from
from ingest.text.plain import read_header
from ingest.text.prose import ADDRESS, AUTOLINK, FOOTNOTE_MARK, INLINE_LINK, REFERENCE_LINK, address_end
from knowledge.errors import UnreadableInput
from knowledge.model import Block, DocumentMetadata, ExtractedDocument, Link, Span, Zone

_NEWLINE = re.compile(r"\n")
_DEFINITION = re.compile(r"^[ ]{0,3}\[(?P<label>[^\]\n]{1,200})\]:[ \t]*(?P<rest>[^\n]*)$", re.MULTILINE)
_HEADING_LINE = re.compile(r"[ \t]{0,3}(?P<marks>#{1,6})[ \t]+(?P<words>[^\n]*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_LIST_MARKER = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]+\[[ xX]\])?[ \t]+")
_QUOTE_MARKER = re.compile(r"[ \t]{0,3}>[ \t]?")
_SOURCES_HEADING = re.compile(
    r"(?:sources?|references?|notes|footnotes|endnotes|links|citations|further reading|see also)\W*$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]*_]*\s*$|[:;]\s*$")
_BETWEEN_REFERENCES = re.compile(r"(?:[\s,;|/&·()\[\]–—-]|\band\b|\bsee\b|\bsources?:)*$", re.IGNORECASE)
_BLOCK_END = re.compile(r"[ \t]*[)\].]{0,2}[ \t]*(?=\n[ \t]*\n|\n[ \t]*(?:[-*+>#|]|\d{1,9}[.)])|\s*\Z)")


@dataclass(frozen=True, slots=True)
class _Reference:
    """A whole link construct: what it covers, and the link (None for an image or an unresolved one)."""

    span: Span
    link: Link | None


def extract_markdown(text: str, name: str) -> ExtractedDocument:
    """The document; metadata from YAML front matter, or from header lines if there is none.

    Raises UnreadableInput if the front matter is not YAML, or states a date or a kind that is none.
    """
    metadata, front = _front_matter(text, name)
    if not front:
        metadata, front = read_header(text)
    body_start = front[-1].end if front else 0
    references = list(_references(text, body_start))
    quotations, headlines, furniture = _structure(text, body_start)
    trailing = [Block(Zone.BOILERPLATE, span.start, span.end) for span in _trailing_references(text, references)]
    definitions = [Block(Zone.BOILERPLATE, *match.span()) for match in _DEFINITION.finditer(text, body_start)]
    return ExtractedDocument(
        text=text,
        media_type="text/markdown",
        metadata=metadata,
        links=tuple(reference.link for reference in references if reference.link),
        marked=layered(quotations, headlines, _merged(furniture), trailing, definitions, front),
    )


def _front_matter(text: str, name: str) -> tuple[DocumentMetadata, tuple[Block, ...]]:
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    handler = YAMLHandler()
    if not handler.detect(text):
        return DocumentMetadata(), ()
    try:
        header, content = handler.split(text)
    except ValueError:  # a single rule at the top, and none that would close it
        return DocumentMetadata(), ()
    try:
        values = handler.load(header)
    except (yaml.YAMLError, ValueError) as error:
        raise UnreadableInput(name, f"the front matter between the --- lines is not YAML: {_where(error)}") from None
    if values is not None and not isinstance(values, dict):
        return DocumentMetadata(), ()
    try:
        metadata = metadata_from(values or {})
    except ValueError as error:
        raise UnreadableInput(name, f"in the front matter {error}") from None
    return metadata, (Block(Zone.BOILERPLATE, 0, _trimmed(text, len(text) - len(content))),)


def _where(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or str(error)
    return f"{what} (line {mark.line + 1}); correct it or take it out" if mark else f"{what}; correct it or take it out"


def _structure(text: str, start: int) -> tuple[list[Block], list[Block], list[Block]]:
    """Block quotes, headings, and furniture (markers, rules, comments, lists of sources) below `start`."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark")
    parser.core.ruler.disable(["inline", "text_join"])
    lines = _line_starts(text, start)
    quotations: list[Block] = []
    headlines: list[Block] = []
    furniture: list[Block] = []
    sources_at: tuple[int, int] | None = None  # where a list of sources begins, and the level of its heading
    for token in parser.parse(text[start:]):
        if token.map is None:
            continue
        first, end = lines[token.map[0]], lines[min(token.map[1], len(lines) - 1)]
        if token.type == "blockquote_open" and token.level == 0:
            marker = _QUOTE_MARKER.match(text, first)
            furniture += _blocks(Zone.BOILERPLATE, first, marker.end() if marker else first)
            quotations += _blocks(Zone.QUOTATION, marker.end() if marker else first, _trimmed(text, end))
        elif token.type == "heading_open":
            words, markers = _heading(text, first, end)
            headlines += _blocks(Zone.HEADLINE, words.start, words.end)
            furniture += markers
            level = int(token.tag[1:])
            if sources_at and level <= sources_at[1]:
                furniture += _blocks(Zone.BOILERPLATE, sources_at[0], first)
                sources_at = None
            if sources_at is None and _SOURCES_HEADING.match(words.of(text)):
                sources_at = (first, level)
        elif token.type == "list_item_open":
            list_marker = _LIST_MARKER.match(text, first)
            furniture += _blocks(Zone.BOILERPLATE, first, list_marker.end() if list_marker else first)
        elif token.type == "hr" or (token.type == "html_block" and token.content.lstrip().startswith("<!--")):
            furniture += _blocks(Zone.BOILERPLATE, first, _trimmed(text, end))
    if sources_at:
        furniture += _blocks(Zone.BOILERPLATE, sources_at[0], _trimmed(text, len(text)))
    return quotations, headlines, furniture


def _line_starts(text: str, start: int) -> list[int]:
    """Where each line at or after `start` begins, and last the end of the text."""
    return [start, *(match.end() for match in _NEWLINE.finditer(text, start)), len(text)]


def _heading(text: str, first: int, end: int) -> tuple[Span, list[Block]]:
    """The words of a heading ("## Words" or underlined) and its marks."""
    atx = _HEADING_LINE.match(text, first, end)
    if atx:
        words = Span(*atx.span("words"))
    else:
        underline = text.rfind("\n", first, _trimmed(text, end))
        words = Span(first, _trimmed(text, underline if underline > first else end))
    marks = _blocks(Zone.BOILERPLATE, first, words.start) + _blocks(Zone.BOILERPLATE, words.end, _trimmed(text, end))
    return words, marks


def _blocks(zone: Zone, start: int, end: int) -> list[Block]:
    return [Block(zone, start, end)] if end > start else []


def _merged(blocks: list[Block]) -> list[Block]:
    """Blocks of one zone without overlaps (a list of sources covers the markers inside it)."""
    merged: list[Block] = []
    for block in sorted(blocks, key=lambda block: (block.start, -block.end)):
        if merged and block.start < merged[-1].end:
            if block.end > merged[-1].end:
                merged[-1] = Block(block.zone, merged[-1].start, block.end)
        else:
            merged.append(block)
    return merged


def _trimmed(text: str, end: int) -> int:
    while end > 0 and text[end - 1].isspace():
        end -= 1
    return end


def _references(text: str, start: int) -> Iterator[_Reference]:
    """Every link construct at or after `start`, in order, without overlaps."""
    targets = _targets(text, start)
    found: list[_Reference] = []
    for match in INLINE_LINK.finditer(text, start):
        found.append(_reference(match, match["url"]))
    for match in REFERENCE_LINK.finditer(text, start):
        label = (match["label"] or match["text"]).strip().casefold()
        if label in targets:
            found.append(_reference(match, targets[label]))
    for match in AUTOLINK.finditer(text, start):
        found.append(_Reference(Span(*match.span()), Link(*match.span("url"), match["url"])))
    for match in FOOTNOTE_MARK.finditer(text, start):
        url = targets.get(match[0][1:-1].casefold())
        found.append(_Reference(Span(*match.span()), Link(*match.span(), url) if url else None))
    for match in ADDRESS.finditer(text, start):
        end = address_end(match)
        found.append(_Reference(Span(match.start(), end), Link(match.start(), end, text[match.start() : end])))
    at = start
    for reference in sorted(found, key=lambda one: (one.span.start, -one.span.end)):
        if reference.span.start >= at:
            yield reference
            at = reference.span.end


def _reference(match: re.Match[str], url: str) -> _Reference:
    covered = Span(*match.span())
    if match["image"] or not url:
        return _Reference(covered, None)
    return _Reference(covered, Link(*match.span("text"), url))


def _targets(text: str, start: int) -> dict[str, str]:
    """Addresses by label: "[label]: address", and footnotes "[^1]: words with an address"."""
    targets: dict[str, str] = {}
    for match in _DEFINITION.finditer(text, start):
        label, rest = match["label"].strip().casefold(), match["rest"]
        address = ADDRESS.search(rest)
        if address:
            targets.setdefault(label, rest[address.start() : address_end(address)])
        elif not label.startswith("^") and rest.split():
            targets.setdefault(label, rest.split()[0].strip("<>"))
    return targets


def _trailing_references(text: str, references: list[_Reference]) -> Iterator[Span]:
    """Runs of links that stand after the end of a sentence and end their paragraph or list item.

    Only these: taking the marks of a link out of the middle of a sentence would break the sentence apart,
    and with it, say, a "not" from its verb.
    """
    last = len(references)
    while last > 0:
        run_end = _BLOCK_END.match(text, references[last - 1].span.end)
        first = last - 1
        while first > 0 and _joined(text, references[first - 1], references[first]):
            first -= 1
        if run_end:
            start = _run_start(text, references[first].span.start)
            if start is not None:
                yield Span(start, _trimmed(text, run_end.end()))
        last = first


def _joined(text: str, one: _Reference, other: _Reference) -> bool:
    between = text[one.span.end : other.span.start]
    return (
        "\n\n" not in between
        and len(between) < 40
        and _BETWEEN_REFERENCES.match(between) is not None
        and ("\n-" not in between and "\n*" not in between)
    )


def _run_start(text: str, at: int) -> int | None:
    """Where the run of references at `at` starts, its bracket included; None within a sentence."""
    line = max(text.rfind("\n", 0, at), at - 300) + 1
    before = text[line:at]
    opening = re.search(r"[(\[—–-]?\s*(?:\bsee\b|\bsources?:)?\s*$", before, re.IGNORECASE)
    left = before[: opening.start()] if opening else before
    if not left.strip() or _LIST_MARKER.fullmatch(left) or _LIST_MARKER.fullmatch(before):
        return at
    if not _SENTENCE_END.search(left):
        return None
    rest = before[len(left.rstrip()) :]
    return at - len(rest.lstrip())
