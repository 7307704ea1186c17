"""A block of a document in sentences and tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.model import (
    Block,
    Span,
)
from knowledge.procedure.tokens import Token, tokenise
from knowledge.sentences import sentence_spans

_BROKEN_OFF = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Sgt|Prof|vs?|No)\.$")
"""A sentence does not end in a title."""


_LONGEST = 4_000
"""Characters of the longest sentence that is read whole."""
_MISSED_END = re.compile(r"(?<=[a-z0-9%][a-z0-9%])\.\s+(?=[A-Z“])")


_ABBREVIATED = re.compile(
    r"\b(?:Inc|Ltd|Corp|Co|Bros|Mr|Mrs|Ms|Dr|Jr|Sr|St|Sen|Rep|Gov|Gen|Col|Capt|Prof|Lt|Sgt|Dept|"
    r"Esq|vs|etc|No|Jan|Feb|Mar|Apr"
    r"|Aug|Sept|Sep|Oct|Nov|Dec|Art|Sec|al|op|cit|fig|approx|est)\.$"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a block, cut into tokens."""

    block: Block
    span: Span
    tokens: list[Token]


def sentences_of(text: str, block: Block) -> Iterator[Sentence]:
    held: Span | None = None
    for span in sentence_spans(text, block.start, block.end):
        joined = Span(held.start, span.end) if held else span
        answer = text[joined.start : joined.end] == "No."  # "Did she plead? No. She stood trial."
        if not answer and _BROKEN_OFF.search(text, max(joined.start, joined.end - 12), joined.end):
            held = joined
            continue
        held = None
        for part in _resplit(text, joined):
            yield Sentence(block, part, tokenise(text, part))
    if held:
        yield Sentence(block, held, tokenise(text, held))


def _resplit(text: str, span: Span) -> Iterator[Span]:
    """Two sentences that were taken for one: a full stop after a plain word, then a capital."""
    start = span.start
    for match in _MISSED_END.finditer(text, span.start, span.end):
        if not _ABBREVIATED.search(text, max(span.start, match.start() - 8), match.start() + 1):
            yield Span(start, match.start() + 1)
            start = match.end()
    while span.end - start > _LONGEST:  # no prose; cut, so that the time stays linear
        yield Span(start, start + _LONGEST)
        start += _LONGEST
    yield Span(start, span.end)
