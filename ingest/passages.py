"""Passages: runs of whole sentences of one zone, the pieces that are embedded, searched and cited.

A passage never cuts a sentence, never leaves its block (so never a zone or a comment) and stays on one page of a paged
document where its sentences do. The one exception: a "sentence" of more than `LONGEST_SENTENCE` characters is no
sentence but a table or a lost line structure, and is cut at white space.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ingest.zoning.lines import is_list_item
from knowledge.model import Block, ExtractedDocument, Passage, Span, Zone
from knowledge.sentences import paragraph_spans, sentence_spans
from knowledge.store.recipe import SPLITTER

LONGEST_SENTENCE = 6000
_SMALL = 0.25
"""A last piece below this share of the target joins the one before it."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    span: Span
    page: int | None
    unit: int
    """What it must not be parted from or joined with: 0 for running text, a number of its own for a list item."""


def split(
    source_id: str,
    document: ExtractedDocument,
    blocks: Sequence[Block],
    *,
    target_chars: int = 900,
    max_chars: int = 1500,
) -> list[Passage]:
    """The passages of a document, in order; `passage.text == document.text[passage.start:passage.end]`.

    Sentences are put together up to `target_chars` (the embedding model reads some 1,000 characters), and up to
    `max_chars` where a passage would else be very short; a longer one is always a single sentence. A headline and a
    list item are passages of their own. Boilerplate gives none. Raises ValueError unless
    0 < target_chars <= max_chars.
    """
    if not 0 < target_chars <= max_chars:
        raise ValueError(f"target_chars ({target_chars}) has to lie between 1 and max_chars ({max_chars})")
    passages: list[Passage] = []
    for block in blocks:
        if block.zone is Zone.BOILERPLATE:
            continue
        for span in _runs(_sentences(document, block, max_chars), target_chars, max_chars):
            passages.append(_passage(source_id, document, block, span, len(passages)))
    return passages


def passage_id(source_id: str, start: int, end: int, text: str) -> str:
    """The same for the same stretch of the same source, split the same way: 32 hexadecimal digits."""
    parts = (source_id, SPLITTER, str(start), str(end), text)
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _passage(source_id: str, document: ExtractedDocument, block: Block, span: Span, ordinal: int) -> Passage:
    text = span.of(document.text)
    return Passage(
        id=passage_id(source_id, span.start, span.end, text),
        ordinal=ordinal,
        zone=block.zone,
        start=span.start,
        end=span.end,
        text=text,
        page=_page(document, span.start),
        speaker=block.speaker,
        flagged=block.flagged,
    )


def _page(document: ExtractedDocument, offset: int) -> int | None:
    """The number of the page that an offset lies on; between two pages, of the one above."""
    at = bisect_right(document.pages, offset, key=lambda page: page.start)
    if not document.pages:
        return None
    return document.pages[max(at - 1, 0)].number


def _sentences(document: ExtractedDocument, block: Block, max_chars: int) -> list[_Sentence]:
    text = document.text
    found: list[_Sentence] = []
    for number, paragraph in enumerate(paragraph_spans(text, block.start, block.end), start=1):
        unit = number if is_list_item(paragraph.of(text)) else 0
        for sentence in sentence_spans(text, paragraph.start, paragraph.end):
            pieces = [sentence]
            if sentence.end - sentence.start > LONGEST_SENTENCE:
                pieces = list(_cut(text, sentence, max_chars))
            found.extend(_Sentence(piece, _page(document, piece.start), unit) for piece in pieces)
    return found


def _cut(text: str, span: Span, size: int) -> Iterator[Span]:
    """Pieces of at most `size` characters, parted at white space where there is any."""
    at = span.start
    while at < span.end:
        stop = min(at + size, span.end)
        if stop < span.end:
            stop = next((n for n in range(stop, at, -1) if text[n].isspace()), stop)
        yield Span(at, stop)
        at = stop
        while at < span.end and text[at].isspace():
            at += 1


def _runs(sentences: Sequence[_Sentence], target: int, longest: int) -> Iterator[Span]:
    """Sentences of one unit and page put together."""
    for _, group in groupby(sentences, key=lambda sentence: (sentence.unit, sentence.page)):
        yield from _filled([sentence.span for sentence in group], target, longest)


def _filled(spans: Sequence[Span], target: int, longest: int) -> list[Span]:
    runs: list[Span] = []
    for span in spans:
        if runs and _joins(runs[-1], span, target, longest):
            runs[-1] = Span(runs[-1].start, span.end)
        else:
            runs.append(span)
    if len(runs) > 1 and runs[-1].end - runs[-1].start < target * _SMALL and runs[-1].end - runs[-2].start <= longest:
        runs[-2:] = [Span(runs[-2].start, runs[-1].end)]
    return runs


def _joins(run: Span, span: Span, target: int, longest: int) -> bool:
    together = span.end - run.start
    return together <= target or (run.end - run.start < target * _SMALL and together <= longest)
