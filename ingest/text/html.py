"""The one door to trafilatura: the article in a web page, without what surrounds it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ingest.text.metadata import clean, iso_date
from knowledge.errors import EmptyInput
from knowledge.model import Block, DocumentMetadata, ExtractedDocument, Link, Span, Zone

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LEAST_TEXT = 20
"""Characters. Less than this is a button or a notice, not an article."""

_NOT_ARTICLE = (
    "//nav|//footer|//aside|//noscript|//template|//dialog",
    "//*[@role='navigation' or @role='contentinfo']",
    "//*[not(self::html or self::body or self::main or self::article)]["
    + " or ".join(
        f"@id='{word}' or contains(concat(' ', normalize-space(@class), ' '), ' {word} ')"
        for word in (
            "comments", "comment-list", "commentlist", "comments-area", "comment-section", "disqus_thread",
            "respond", "related", "related-posts", "related-articles",
        )
    )
    + "]",
)  # fmt: skip
"""Taken out before anything else, because trafilatura's last resort on short pages is the whole body."""

_PUBLISHED_NAMES = frozenset(
    "article:published_time og:published_time date dc.date dc.date.issued dc.date.created dcterms.date "
    "dcterms.issued dcterms.created datepublished date_published pubdate publishdate publish_date "
    "publish-date publication_date publication-date published sailthru.date parsely-pub-date "
    "citation_publication_date "
    "citation_date article.published originalpublicationdate ptime article_date_original release_date".split()
)
_PUBLISHED_CLASS = re.compile(r"publish|entry-date|post-date|pub-?date|dateline|posted-on|article-date", re.I)
_CHANGED_CLASS = re.compile(r"updat|modif|edited", re.I)
_ADDRESS_DATE = re.compile(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])(?:/|$)")
_ARTICLE_TYPES = re.compile(r"Article|Posting|Report|WebPage|CreativeWork", re.I)
_DECLARATION = re.compile(r"\s*<\?xml[^>]*>")
_WIDTHS = ("", " ", "\t", "\n", "\n\n")
_SPACE_BEFORE = {
    **dict.fromkeys(("head", "p", "quote", "list", "table", "code", "div", "details"), "\n\n"),
    **dict.fromkeys(("item", "row", "lb"), "\n"),
    "cell": "\t",
}
_ZONE_OF = {"head": Zone.HEADLINE, "quote": Zone.QUOTATION}


def extract_html(markup: str, name: str) -> ExtractedDocument:
    """The article of a page: its title, then its text, paragraphs apart by a blank line.

    Metadata is what the page states (meta elements, JSON-LD, its own address); a date is never guessed.
    Raises EmptyInput if the page holds no article.
    """
    import trafilatura
    from lxml import etree, html

    parse: Any = html.document_fromstring
    try:
        page = parse(_DECLARATION.sub("", markup, count=1))
    except (ValueError, etree.ParserError):
        raise EmptyInput(name, "there is no article in this page") from None
    metadata = _metadata(page)
    for path in _NOT_ARTICLE:
        for element in page.xpath(path):
            element.drop_tree()
    found = trafilatura.bare_extraction(
        page, include_comments=False, include_links=True, include_tables=True, include_formatting=True
    )
    body = getattr(found, "body", None)
    writer = _Writer()
    if body is not None:
        writer.write(body)
    document = writer.document(metadata)
    if len(document.text.strip()) < _LEAST_TEXT:
        raise EmptyInput(
            name,
            "there is no article in this page; save it once it has loaded, or copy its text to a .txt file",
        )
    return _titled(document)


class _Writer:
    """Writes trafilatura's tree as text and keeps where its headings, quotations and links stand."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._space = ""
        self._found: list[tuple[Any, Span]] = []

    def write(self, body: Any) -> None:
        """Add everything in `body`, without recursion: a hostile page may nest thousands deep."""
        from lxml import etree

        opened: list[int] = []
        quotes = 0
        for event, element in etree.iterwalk(body, events=("start", "end")):
            tag = element.tag
            if event == "start":
                self._separate(tag)
                opened.append(self._length)
                quotes += tag == "quote"
                self._text(element.text)
                continue
            quotes -= tag == "quote"
            start = opened.pop()
            if quotes == 0 or tag == "ref":
                self._found.append((element, Span(start, self._length)))
            if tag not in ("cell", "lb"):
                self._separate(tag)
            if element is not body:
                self._text(element.tail)

    def document(self, metadata: DocumentMetadata) -> ExtractedDocument:
        """What was written so far."""
        text = "".join(self._parts)
        links: list[Link] = []
        marked: list[Block] = []
        for element, around in self._found:
            span = _stripped(text, around)
            address = element.get("target") or ""
            if span.start >= span.end:
                continue
            if element.tag == "ref" and address.startswith(("http://", "https://")):
                links.append(Link(span.start, span.end, address))
            elif element.tag in _ZONE_OF:
                marked.append(Block(_ZONE_OF[element.tag], span.start, span.end))
        return ExtractedDocument(text, "text/html", metadata, links=tuple(links), marked=tuple(marked))

    def _separate(self, tag: str) -> None:
        """Ask for the space before the next words; the widest that was asked for is written."""
        self._ask(_SPACE_BEFORE.get(tag, ""))

    def _ask(self, space: str) -> None:
        if _WIDTHS.index(space) > _WIDTHS.index(self._space):
            self._space = space

    def _text(self, text: str | None) -> None:
        if not text:
            return
        words = " ".join(text.split())
        if text[0].isspace():
            self._ask(" ")
        if words:
            written = (self._space if self._parts else "") + words
            self._parts.append(written)
            self._length += len(written)
            self._space = " " if text[-1].isspace() else ""


def _stripped(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _titled(document: ExtractedDocument) -> ExtractedDocument:
    """The page's title as its first line, unless the text already begins with it."""
    title = document.metadata.title
    if not title or clean(document.text[: len(title) + 200]).casefold().startswith(title.casefold()):
        return document
    shift = len(title) + 2
    return replace(
        document,
        text=f"{title}\n\n{document.text}",
        links=tuple(Link(link.start + shift, link.end + shift, link.url) for link in document.links),
        marked=(
            Block(Zone.HEADLINE, 0, len(title)),
            *(replace(block, start=block.start + shift, end=block.end + shift) for block in document.marked),
        ),
    )


def _metadata(page: HtmlElement) -> DocumentMetadata:
    from trafilatura.metadata import extract_metadata

    found = extract_metadata(page, date_config={"extensive_search": False, "max_date": "9999-12-31"})
    url = found.url if found.url and urlsplit(found.url).scheme in ("http", "https") else None
    return DocumentMetadata(
        title=clean(found.title) if found.title else None,
        author=clean(found.author) if found.author else None,
        publisher=clean(found.sitename) if found.sitename else None,
        published=_published(page, url),
        url=url,
    )


def _published(page: HtmlElement, url: str | None) -> str | None:
    """The day of publication as the page states it: meta elements, JSON-LD, a marked time, its address."""
    for value in _stated_dates(page):
        date = iso_date(value)
        if date:
            return date
    match = _ADDRESS_DATE.search(urlsplit(url or "").path)
    return iso_date(f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}") if match else None


def _stated_dates(page: HtmlElement) -> Iterator[str]:
    for meta in page.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        if name in _PUBLISHED_NAMES and meta.get("content"):
            yield meta.get("content", "")
    for script in page.xpath("//script[@type='application/ld+json']"):
        try:
            yield from _json_dates(json.loads(script.text_content()))
        except (ValueError, RecursionError):
            continue
    for element in page.xpath("//*[@itemprop='datePublished']|//time[@pubdate]|//time[@datetime]"):
        about = " ".join(filter(None, (element.get("class"), element.getparent().get("class"))))
        stated = element.get("itemprop") == "datePublished" or "pubdate" in element.attrib
        if stated or (_PUBLISHED_CLASS.search(about) and not _CHANGED_CLASS.search(about)):
            yield element.get("datetime") or element.get("content") or element.text_content()


def _json_dates(data: Any) -> Iterator[str]:
    """datePublished of the articles in a JSON-LD script (a list, an object, or a graph of them)."""
    for one in data if isinstance(data, list) else [data]:
        if not isinstance(one, dict):
            continue
        if isinstance(one.get("@graph"), list):
            yield from _json_dates(one["@graph"])
        kind = one.get("@type")
        if isinstance(one.get("datePublished"), str) and _ARTICLE_TYPES.search(json.dumps(kind)):
            yield one["datePublished"]
