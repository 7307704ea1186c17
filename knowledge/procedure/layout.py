"""What is found out once for a whole block: its quotations, and where its paragraphs and list items start."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from knowledge.model import Block, Span
from knowledge.procedure.speaker import quoted_spans
from knowledge.sentences import paragraph_spans


@dataclass(slots=True)
class Layout:
    """The layout of one document's text, read block by block and kept, so that the time stays linear."""

    text: str
    _quotes: dict[Block, list[Span]] = field(default_factory=dict)
    _starts: dict[Block, frozenset[int]] = field(default_factory=dict)

    def quotation_at(self, block: Block, offset: int) -> Span | None:
        """The quotation of `block` that the character `offset` stands in."""
        if block not in self._quotes:
            self._quotes[block] = quoted_spans(self.text, block.start, block.end)
        quotes = self._quotes[block]
        k = bisect_right(quotes, offset, key=lambda q: q.start) - 1
        return quotes[k] if k >= 0 and offset < quotes[k].end else None

    def opens_paragraph(self, block: Block, offset: int) -> bool:
        """Whether a paragraph or a list item starts at the character `offset`."""
        if block not in self._starts:
            spans = paragraph_spans(self.text, block.start, block.end)
            self._starts[block] = frozenset(span.start for span in spans)
        return offset in self._starts[block]
