""" "A and B were convicted of C and D respectively": C is A's, D is B's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from knowledge.model import ProceduralEvent

Why = TypeVar("Why")


def respectively(sentence: str, found: Sequence[tuple[ProceduralEvent, Why]]) -> list[tuple[ProceduralEvent, Why]]:
    """The events of one sentence, each party with its own step or offence where the sentence says "respectively"."""
    if "respectively" not in sentence.lower():
        return list(found)
    steps: dict[int, list[tuple[ProceduralEvent, Why]]] = {}
    for event, why in found:
        steps.setdefault(id(why), []).append((event, why))
    lists = [_distinct(e.party for e, _ in step) for step in steps.values()]
    if len(lists) > 1 and all(parties == lists[0] for parties in lists) and len(lists) == len(lists[0]):
        return _step_by_step(list(steps.values()), lists[0])
    return [pair for step in steps.values() for pair in _offence_by_offence(step)]


def _step_by_step(
    steps: Sequence[Sequence[tuple[ProceduralEvent, Why]]], parties: Sequence[str]
) -> list[tuple[ProceduralEvent, Why]]:
    """ "A and B were charged and convicted respectively of C and D"."""
    offences = _distinct(e.offence for e, _ in steps[-1] if e.offence)
    kept: list[tuple[ProceduralEvent, Why]] = []
    for k, step in enumerate(steps):
        event, why = next(pair for pair in step if pair[0].party == parties[k])
        kept.append((replace(event, offence=offences[k] if len(offences) == len(parties) else event.offence), why))
    return kept


def _offence_by_offence(step: Sequence[tuple[ProceduralEvent, Why]]) -> list[tuple[ProceduralEvent, Why]]:
    parties = _distinct(e.party for e, _ in step)
    offences = _distinct(e.offence for e, _ in step if e.offence)
    if len(parties) < 2 or len(parties) != len(offences):
        return list(step)
    own = dict(zip(parties, offences, strict=True))
    return [(event, why) for event, why in step if event.offence == own[event.party]]


def _distinct(items: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(items))
