"""What each stretch of a document is: headline, body, quotation, comment or boilerplate.

Works on plain text in which a page's article, furniture and comments run on in one stream; the format's own marks
(headings, block quotes, link targets) are hints where there are any. The wording of the rules is data:
`zoning/wording.toml`. What is unclear becomes body above a comment section, and never body inside one.
"""

from __future__ import annotations

import re

from ingest.zoning.article import mark_article
from ingest.zoning.comments import mark_comments
from ingest.zoning.lines import read_lines, to_blocks
from ingest.zoning.rules import rules
from knowledge.model import Block, ExtractedDocument, Zone

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(?:.*\n)*?---[ \t]*(?=\n|$)")


def zone(document: ExtractedDocument) -> tuple[Block, ...]:
    """The document's blocks: in order, not overlapping, and together covering all text that is not white space.

    Each comment is a block with its author as `speaker` where the page names one, and `flagged` where the site says
    so; each headline line is a block; a quotation's `speaker` is whom the text names as its source.
    """
    lines = read_lines(document)
    if not lines:
        return ()
    known = rules()
    body = lines[_front_matter(document, [line.start for line in lines]) :]
    for line in lines[: len(lines) - len(body)]:
        line.zone = Zone.BOILERPLATE
    start = mark_comments(body, known)
    mark_article(body[:start], known, document.metadata.title, discussed=start < len(body))
    for number, line in enumerate(lines):
        if line.zone is Zone.HEADLINE:
            line.group = -1 - number
        elif line.zone is Zone.BOILERPLATE:
            line.group = 0
    return to_blocks(lines)


def _front_matter(document: ExtractedDocument, starts: list[int]) -> int:
    """How many lines at the top are a Markdown document's front matter."""
    if document.media_type != "text/markdown":
        return 0
    match = _FRONT_MATTER.match(document.text)
    return sum(start < match.end() for start in starts) if match else 0
