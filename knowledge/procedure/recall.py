"""Offences that a text does not name again: "the charges", "the same offence", "was convicted of X and jailed".

Lent only where it is certain which are meant: said of the same party in the same sentence, or in the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from knowledge.model import Modality, ProceduralEvent, Span, Stage
from knowledge.procedure.charges import Charge
from knowledge.procedure.offences import offence_key

Why = TypeVar("Why")
_ACCUSED = frozenset({Stage.CHARGED, Stage.ARRAIGNED, Stage.PLEADED_NOT_GUILTY, Stage.ON_TRIAL})
_GUILT = frozenset({Stage.CONVICTED, Stage.PLEADED_GUILTY})
_BORROWS = frozenset(
    {Stage.SENTENCED, Stage.OVERTURNED, Stage.AFFIRMED, Stage.PARDONED, Stage.APPEALED, Stage.CONVICTED, Stage.FINED}
)
"""What follows a finding of guilt and is about the same offence; a second naming of the conviction too."""
_ANSWERS = frozenset(
    {Stage.PLEADED_GUILTY, Stage.PLEADED_NOT_GUILTY, Stage.CONVICTED, Stage.ACQUITTED, Stage.DISMISSED, Stage.MISTRIAL}
)
_THE_CHARGES = re.compile(
    r"\s(?:to|of|on)\s(?:all\s(?:of\s)?(?:the\s|those\s)?|the\s|these\s|those\s|both\s)(?:(?:two|three|four)\s)?"
    r"(?:charges|counts|crimes|offen[cs]es)\b(?!\s(?:of|for|related|that|on|in|against))"
)
_THE_CHARGE = re.compile(
    r"\s(?:to|of|on)\s(?:the|that|this)\s(?:charge|count)\b(?!\s(?:of|for|related|that|in|against))"
)
_CHARGES_FELL = re.compile(
    r"^(?:the|those|all|these)?\s?charges\b(?!\s(?:of|for))|dropp?\w*\s(?:the|those)\scharges$", re.I
)
_CHARGE_FELL = re.compile(r"^(?:the|that)?\s?charge\b(?!\s(?:of|for))", re.IGNORECASE)
_SAME = re.compile(
    r"\b(?:the|that|those|these)\s(?:very\s)?(?:same|identical)\s(?:\w+\s)?(?:offen[cs]es?|crimes?|charges?|counts?)\b",
    re.IGNORECASE,
)
_NEAR = 60
_STILL_MEANT = 12
"""So many sentences later "the charges" may still be those that were named."""


@dataclass(slots=True)
class Recall:
    """The offences said so far in one document."""

    charged: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    """Per party: the sentence that last said what they are charged with, and with what: what "the charges" are."""
    guilty: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    """Per party: the sentence that last said what they are guilty of, and of what."""
    said: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    """Per event, its sentence and offences, whoever it was about: what "the same offence" is."""
    sentence: int = 0

    def open(self) -> None:
        """Starts a sentence."""
        self.sentence += 1

    def meant(self, text: str, at: Span, upto: int, stage: Stage, party: str, charges: list[Charge]) -> list[Charge]:
        """The charges of a trigger at `at`, with those said before where the words up to `upto` point back to them."""
        offences = tuple(c.offence for c in charges if c.offence)
        if offences:
            if stage in _ACCUSED:
                self.charged[party] = (self.sentence, offences)
            self.said.append((self.sentence, offences))
            return charges
        tail, own = text[at.end : at.end + _NEAR], text[at.start : at.end]
        if _SAME.search(text, at.end, max(upto, at.end)):
            return [Charge(offence, charges[0].counts) for offence in self._the_same()] or charges
        at_sentence, known = self.charged.get(party, (0, ()))
        if self.sentence - at_sentence > _STILL_MEANT or isinstance(charges[0].counts, int):
            # Charges of long ago may be another case's, and a number of counts is not of every offence alike.
            return charges
        every = _THE_CHARGES.match(tail) or (stage is Stage.DISMISSED and _CHARGES_FELL.search(own))
        dropped = stage is Stage.DISMISSED and _CHARGE_FELL.search(own)
        one = (_THE_CHARGE.match(tail) or dropped) and len(known) == 1
        if stage in _ANSWERS and known and (every or one):
            return [Charge(offence, charges[0].counts) for offence in known]
        return charges

    def _the_same(self) -> tuple[str, ...]:
        """The one offence that this sentence named before, or else the sentence before; none where there are two."""
        for at in (self.sentence, self.sentence - 1):
            named = [offence for sentence, offences in self.said for offence in offences if sentence == at]
            if named:
                return (named[-1],) if len({offence_key(offence) for offence in named}) == 1 else ()
        return ()

    def lend(self, found: Sequence[tuple[ProceduralEvent, Why]]) -> list[tuple[ProceduralEvent, Why]]:
        """The events of one sentence, those after guilt with the offence that the guilt was said to be of."""
        said = {party: _offences(found, party) for party in {event.party for event, _ in found}}
        lent: list[tuple[ProceduralEvent, Why]] = []
        for event, why in found:
            offences = said[event.party] or _of_what_became(event, found) or self._just_before(event, found)
            if event.offence or event.stage not in _BORROWS or event.modality is not Modality.ASSERTED or not offences:
                lent.append((event, why))
            elif event.stage is not Stage.CONVICTED or event.counts is None:
                lent += [(replace(event, offence=offence), why) for offence in offences]
            else:
                lent.append((event, why))
        for party, offences in said.items():
            if offences:
                self.guilty[party] = (self.sentence, offences)
        return lent

    def _just_before(self, event: ProceduralEvent, found: Sequence[tuple[ProceduralEvent, Why]]) -> tuple[str, ...]:
        """What the sentence before said the party is guilty of, where this one says no more than the sentence."""
        at, offences = self.guilty.get(event.party, (0, ()))
        alone = all(e.stage in {Stage.SENTENCED, Stage.FINED} for e, _ in found if e.party == event.party)
        return offences if event.stage is Stage.SENTENCED and alone and self.sentence - at == 1 else ()


def _offences(found: Iterable[tuple[ProceduralEvent, Why]], party: str) -> tuple[str, ...]:
    """What the sentence asserts `party` guilty of; nothing where it asserts guilt both by plea and by verdict."""
    guilt = [e for e, _ in found if e.party == party and e.stage in _GUILT and e.modality is Modality.ASSERTED]
    named = [e for e in guilt if e.offence]
    if not guilt:
        named = [e for e, _ in found if e.party == party and e.stage is Stage.SENTENCED and e.offence]
    if len({e.stage for e in named}) != 1 or len({e.date for e in named if e.date}) > 1:
        return ()
    return tuple(dict.fromkeys(e.offence for e in named if e.offence))


def _of_what_became(event: ProceduralEvent, found: Iterable[tuple[ProceduralEvent, Why]]) -> tuple[str, ...]:
    """ "her fraud conviction was upheld" says what she was convicted of."""
    if event.stage is not Stage.CONVICTED:
        return ()
    after = (e.offence for e, _ in found if e.party == event.party and e.stage in {Stage.AFFIRMED, Stage.OVERTURNED})
    return tuple(dict.fromkeys(offence for offence in after if offence))
