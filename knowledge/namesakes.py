"""One name, perhaps two people: a warning where the sources give no sign that they mean the same one.

Nothing is split on this ground, since wrongly splitting hides a record; whoever reads the answer is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from knowledge.model import PartyKind, StoredEvent
from knowledge.names import KnownParty, PartyDirectory
from knowledge.standing import Fact


def namesake_notes(facts: Iterable[Fact], events: Iterable[StoredEvent], directory: PartyDirectory) -> tuple[str, ...]:
    """A sentence for each person whom two sources place in different forums without any other party in common.

    facts: of the parties that an answer is about. events: all of the knowledge base.
    """
    people = [fact for fact in facts if fact.party.kind is PartyKind.PERSON]
    company = _company_of(events, directory)
    notes: list[str] = []
    for party in {id(fact.party): fact.party for fact in people}.values():
        forums = _forums(party, people)
        for one, two in combinations(sorted(forums), 2):
            shared = (company.get(one, set()) & company.get(two, set())) - {id(party)}
            if not shared and not forums[one] & forums[two]:
                places = " and ".join(sorted(forums[one] | forums[two]))
                notes.append(f"The sources speak of a {party.name} in {places}; they may be different people.")
                break
    return tuple(notes)


def _forums(party: KnownParty, facts: list[Fact]) -> dict[str, set[str]]:
    """Source id → the forums in which it places the party; sources that name none are left out."""
    found: dict[str, set[str]] = {}
    for fact in facts:
        if fact.party is party and fact.forum is not None:
            found.setdefault(fact.source_id, set()).add(fact.forum)
    return found


def _company_of(events: Iterable[StoredEvent], directory: PartyDirectory) -> dict[str, set[int]]:
    """Source id → the parties it tells of."""
    found: dict[str, set[int]] = {}
    for stored in events:
        party = directory.of(stored.event.party, stored.event.party_kind)
        if party is not None:
            found.setdefault(stored.source_id, set()).add(id(party))
    return found
