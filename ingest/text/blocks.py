"""Laying marked stretches over one another, so that the blocks of a document never overlap."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from knowledge.model import Block


def layered(*layers: Iterable[Block]) -> tuple[Block, ...]:
    """One ordered run of blocks without overlaps; where layers meet, the later layer wins.

    Within one layer the blocks must not overlap. Empty blocks are dropped.
    """
    under: list[Block] = []
    for layer in layers:
        over = sorted((block for block in layer if block.end > block.start), key=lambda block: block.start)
        under = sorted([*_outside(under, over), *over], key=lambda block: block.start)
    return tuple(under)


def _outside(under: Sequence[Block], over: Sequence[Block]) -> list[Block]:
    """What is left of `under` where `over` does not lie on it."""
    starts = [block.start for block in over]
    ends = [block.end for block in over]
    left: list[Block] = []
    for block in under:
        at = block.start
        for cover in over[bisect_right(ends, block.start) : bisect_left(starts, block.end)]:
            if cover.start > at:
                left.append(_cut(block, at, cover.start))
            at = max(at, cover.end)
        if at < block.end:
            left.append(_cut(block, at, block.end))
    return left


def _cut(block: Block, start: int, end: int) -> Block:
    return Block(block.zone, start, end, speaker=block.speaker, flagged=block.flagged)
