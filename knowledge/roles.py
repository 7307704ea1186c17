"""People named only by what they are to an organisation: "the owners of X", "X's chief executive".

Looked up in the texts themselves, closest evidence first: a sentence that names party, organisation and role;
then parties whose events stand in a passage, or under a heading, that names the organisation; then those of
documents whose title names it. Nobody is in a role because of a list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from knowledge.model import PartyKind, SourceDocument, StoredEvent, Zone
from knowledge.names import KnownParty, PartyDirectory, organisation_tokens, words
from knowledge.question import Role
from knowledge.question_cues import ROLES
from knowledge.sentences import sentence_spans


def holders(
    role: Role,
    events: Sequence[StoredEvent],
    directory: PartyDirectory,
    document: Callable[[str], SourceDocument],
) -> list[KnownParty]:
    """The parties that may be meant by `role`, in order of first mention; empty if the texts show none.

    For a singular role the sentence-level evidence decides alone where there is any.
    """
    candidates = _candidates(events, directory)
    by_source: dict[str, list[KnownParty]] = {}
    for party, sources in candidates:
        for source in sources:
            by_source.setdefault(source, []).append(party)
    close: list[KnownParty] = []
    for source_id, parties in by_source.items():
        _extend(close, _in_role_sentences(document(source_id), parties, role))
    if close and not role.plural:
        return close
    if role.family in _NEVER_BY_NEARNESS:
        return [party for party in close if party.kind is PartyKind.GROUP]
    _extend(close, _near(role.of, events, directory, document))
    if close:
        return close
    titled = [
        party
        for source_id, parties in by_source.items()
        if _holds(words(document(source_id).title), role.of)
        for party in parties
    ]
    return _unique(titled)


_NEVER_BY_NEARNESS = frozenset({"employee"})
"""Roles that too many have for standing near the organisation's name to say anything."""


def in_case(
    name: str,
    events: Sequence[StoredEvent],
    directory: PartyDirectory,
    document: Callable[[str], SourceDocument],
) -> list[KnownParty]:
    """Everybody with events in the case that a name stands for: people, groups and organisations."""
    return _near(tuple(organisation_tokens(name)), events, directory, document, organisations=True)


def _near(
    wanted: tuple[str, ...],
    events: Sequence[StoredEvent],
    directory: PartyDirectory,
    document: Callable[[str], SourceDocument],
    *,
    organisations: bool = False,
) -> list[KnownParty]:
    near: list[KnownParty] = []
    for stored in events:
        holder = directory.of(stored.event.party, stored.event.party_kind)
        if holder is None or stored.event.zone is Zone.COMMENT or any(holder is known for known in near):
            continue
        if holder.kind is PartyKind.ORGANISATION and not organisations:
            continue
        if _context_names(document(stored.source_id), stored, wanted):
            near.append(holder)
    return near


def _candidates(
    events: Iterable[StoredEvent], directory: PartyDirectory
) -> list[tuple[KnownParty, set[str]]]:
    found: dict[int, tuple[KnownParty, set[str]]] = {}
    for stored in events:
        if stored.event.zone is Zone.COMMENT:
            continue
        party = directory.of(stored.event.party, stored.event.party_kind)
        if party is not None and party.kind is not PartyKind.ORGANISATION:
            found.setdefault(id(party), (party, set()))[1].add(stored.source_id)
    return list(found.values())


def _in_role_sentences(document: SourceDocument, parties: list[KnownParty], role: Role) -> list[KnownParty]:
    family = ROLES[role.family]
    held: list[KnownParty] = []
    for block in document.blocks:
        if block.zone in (Zone.BOILERPLATE, Zone.COMMENT):
            continue
        stretch = words(document.text[block.start : block.end])
        if not _holds(stretch, role.of):
            continue
        for span in sentence_spans(document.text, block.start, block.end):
            tokens = words(span.of(document.text))
            if _holds(tokens, role.of):
                _extend(held, _beside_the_role(tokens, parties, role, family))
    return held


_REACH = 8
"""How many words may stand between a role and the name that has it ("the true owners of X to be A, B and C")."""


def _beside_the_role(
    tokens: list[str], parties: list[KnownParty], role: Role, family: frozenset[str]
) -> list[KnownParty]:
    """Who stands next to a word of the role: for a plural all within reach, for a singular the nearest one."""
    places = [
        at + len(wanted) - 1
        for wanted in (tuple(words(word)) for word in family)
        for at in range(len(tokens) - len(wanted) + 1)
        if tuple(tokens[at : at + len(wanted)]) == wanted
    ]
    near: list[tuple[int, KnownParty]] = []
    for party in parties:
        stands = _places_of(tokens, party)
        distance = min((abs(place - stand) for place in places for stand in stands), default=None)
        if distance is not None and (distance <= _REACH or role.plural):
            near.append((distance, party))
    near.sort(key=lambda pair: pair[0])
    return [party for _, party in near] if role.plural else [party for _, party in near[:1]]


def _places_of(tokens: list[str], party: KnownParty) -> list[int]:
    if party.kind is PartyKind.PERSON:
        return [at for at, token in enumerate(tokens) if token == party.surname]
    return [0] if any(_holds(tokens, tuple(words(name))) for name in party.names) else []


def _context_names(document: SourceDocument, stored: StoredEvent, wanted: tuple[str, ...]) -> bool:
    """Whether the paragraph of an event, or the heading above it, names the organisation."""
    event = stored.event
    start = document.text.rfind("\n", 0, event.start) + 1
    end = document.text.find("\n", event.end)
    if _holds(words(document.text[start : end if end >= 0 else len(document.text)]), wanted):
        return True
    heading = heading_above(document, event.start)
    return heading is not None and _holds(words(heading), wanted)


def heading_above(document: SourceDocument, position: int) -> str | None:
    """The last headline before a position of a document's text, None if there is none."""
    above = [block for block in document.blocks if block.zone is Zone.HEADLINE and block.end <= position]
    return document.text[above[-1].start : above[-1].end] if above else None


def _holds(tokens: Sequence[str], wanted: tuple[str, ...]) -> bool:
    size = len(wanted)
    return any(tuple(tokens[i : i + size]) == wanted for i in range(len(tokens) - size + 1))


def _extend(into: list[KnownParty], parties: Iterable[KnownParty]) -> None:
    for party in parties:
        if not any(party is known for known in into):
            into.append(party)


def _unique(parties: Iterable[KnownParty]) -> list[KnownParty]:
    kept: list[KnownParty] = []
    _extend(kept, parties)
    return kept
