"""Everything that one answer rests on, read from one state of the knowledge base.

A question goes in; out come the parties it is about, the facts on them, the passages that speak to it, and
what only readers' comments say. "Nothing found" is an empty `Evidence`, never an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from knowledge.dates import on_or_before
from knowledge.forum import forum_of, is_a_states_own
from knowledge.model import GUILT_STAGES, PartyKind, SourceDocument, StoredEvent, Zone
from knowledge.names import KnownParty, PartyDirectory, person_tokens, words
from knowledge.question import Question
from knowledge.retrieval import Found, retrieve
from knowledge.roles import heading_above, holders, in_case
from knowledge.standing import Fact
from knowledge.store.library import Library

RELEVANT_SIMILARITY = 0.35
"""Cosine from which a passage counts as speaking to a question that names no known party (measured on
all-MiniLM-L6-v2: unrelated pairs of news sentences lie below 0.3)."""


@dataclass(slots=True)
class Evidence:
    """What was found for one question.

    parties: whom it is about. facts: all events of those parties outside comments. companions: the facts of
    others whom a report of guilt names in the same breath. claims: events of comments
    that speak to the question. found: passages, best first. missing: names that occur nowhere here.
    by_role: whether the parties were found by what they are. taken_as: how a misspelt name was understood.
    """

    parties: list[KnownParty] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    companions: list[Fact] = field(default_factory=list)
    claims: list[Fact] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    by_role: bool = False
    taken_as: str | None = None

    @property
    def nothing(self) -> bool:
        """Whether there is nothing usable: no party of the question, and no passage that speaks to it."""
        return not self.parties and not self.found


class Reader:
    """Reads documents and events of the knowledge base for one answer, each document once."""

    def __init__(self, library: Library, as_of: str | None) -> None:
        """`as_of`: YYYY-MM-DD; what was not yet reported or had not yet happened on that day is left out."""
        self._library = library
        self._as_of = as_of
        self._documents: dict[str, SourceDocument] = {}
        self.events: list[StoredEvent] = [event for event in library.events() if self._known_then(event)]
        self.directory = PartyDirectory(
            (stored.event.party, stored.event.party_kind) for stored in self.events
        )

    def document(self, source_id: str) -> SourceDocument:
        if source_id not in self._documents:
            self._documents[source_id] = self._library.document(source_id)
        return self._documents[source_id]

    def _known_then(self, stored: StoredEvent) -> bool:
        if self._as_of is None:
            return True
        if stored.event.date is not None:
            return on_or_before(stored.event.date, self._as_of)
        dated = self.document(stored.source_id).dated
        return dated is None or on_or_before(dated, self._as_of)

    def passages(self, question: Question, *, comments: bool = False, limit: int = 14) -> list[Found]:
        found = retrieve(self._library, question.text, question.terms, comments=comments, limit=limit)
        if self._as_of is None:
            return found
        return [item for item in found if self._written_then(item)]

    def _written_then(self, found: Found) -> bool:
        """A passage of a later source counts only by the dated events in it, and those are all known then."""
        dated = self.document(found.source_id).dated
        if dated is None or self._as_of is None or on_or_before(dated, self._as_of):
            return True
        own = [
            stored.event
            for stored in self._library.source_events(found.source_id)
            if found.passage.start <= stored.event.start < found.passage.end
        ]
        return bool(own) and all(
            event.date is not None and on_or_before(event.date, self._as_of) for event in own
        )

    def occurs(self, name: str) -> bool:
        """Whether a name stands anywhere in the texts, comments included, word for word."""
        wanted = words(name)
        if not wanted:
            return True
        titled = wanted[:-1] == person_tokens(name)[:-1] or len(wanted) == 1
        for comments in (False, True):
            hits = self._library.full_text(wanted, 50, comments=comments)
            for item in self._library.passages([hit.passage_id for hit in hits]):
                tokens = words(item.passage.text)
                if _stands_in(tokens, wanted, gap=0 if titled else 2):
                    return True
        return False

    def fact(self, stored: StoredEvent) -> Fact | None:
        event = stored.event
        party = self.directory.of(event.party, event.party_kind)
        if party is None:
            return None
        document = self.document(stored.source_id)
        line_start = document.text.rfind("\n", 0, event.start) + 1
        line_end = document.text.find("\n", event.end)
        line = document.text[line_start : line_end if line_end >= 0 else len(document.text)]
        heading = heading_above(document, event.start) or ""
        near = line if len(line) < 400 else ""
        forum = forum_of(event.quote) or forum_of(near, heading)
        own = any(is_a_states_own(text, forum) for text in (event.quote, near, heading))
        return Fact(event, party, stored.source_id, document.dated, document.kind, forum, own)


def _stands_in(tokens: list[str], name: list[str], *, gap: int) -> bool:
    """Whether a name stands in a text; `gap` other words may follow its title ("Judge Ada Roe" for "Judge Roe")."""
    first, rest = name[:1], name[1:]
    size = len(rest)
    return any(
        tokens[at : at + 1] == first and tokens[at + 1 + skip : at + 1 + skip + size] == rest
        for at in range(len(tokens))
        for skip in range(gap + 1)
    )


def gather(reader: Reader, question: Question) -> Evidence:
    """All evidence for a question."""
    parties, by_role = _parties(reader, question)
    taken_as = None
    if not parties and question.role is None and question.relation is None:
        parties, taken_as = _misspelt(reader, question)
    missing = tuple(name for name in question.unknown_names if not reader.occurs(name))
    found = reader.passages(question)
    evidence = Evidence(parties=parties, found=found, missing=missing, by_role=by_role, taken_as=taken_as)
    if question.relation is not None:
        return Evidence(missing=missing)
    if taken_as is None and _asks_for_a_stranger(question, evidence):
        return Evidence(missing=missing)
    if not parties:
        evidence.found = _relevant(found, question)
    wanted = {id(party) for party in parties}
    reporting = [fact for fact in _facts(reader, reader.events) if fact.event.zone is not Zone.COMMENT]
    evidence.facts = [fact for fact in reporting if id(fact.party) in wanted]
    evidence.companions = _companions(evidence.facts, reporting, wanted)
    evidence.claims = _claims(reader, question, wanted)
    return evidence


def _companions(facts: Sequence[Fact], reporting: Sequence[Fact], wanted: set[int]) -> list[Fact]:
    """All facts of those whom a report of guilt on the question's parties names in the very same words."""
    shared = {
        (fact.source_id, fact.event.start, fact.event.end)
        for fact in facts
        if fact.event.stage in GUILT_STAGES
    }
    beside = {
        id(fact.party)
        for fact in reporting
        if (fact.source_id, fact.event.start, fact.event.end) in shared and id(fact.party) not in wanted
    }
    return [fact for fact in reporting if id(fact.party) in beside]


def _facts(reader: Reader, events: Iterable[StoredEvent]) -> Iterable[Fact]:
    return (fact for fact in map(reader.fact, events) if fact is not None)


def _parties(reader: Reader, question: Question) -> tuple[list[KnownParty], bool]:
    """Whom the question is about; an organisation that only describes somebody is not meant itself."""
    named = _without_courts(list(question.parties))
    role = question.role
    if role is not None:
        people = [party for party in named if party.kind is PartyKind.PERSON]
        people = [party for party in people if tuple(words(party.name)) != role.of]
        if people:
            return people, False
        held = holders(role, reader.events, reader.directory, reader.document)
        if held:
            return held, True
    if question.asks_for_people and not any(party.kind is PartyKind.PERSON for party in named):
        for name in (*(party.name for party in named), *question.unknown_names):
            involved = in_case(name, reader.events, reader.directory, reader.document)
            if involved:
                return involved, True
    people = [party for party in named if party.kind is PartyKind.PERSON]
    if len(people) < len(named):
        people = [party for party in people if not _is_the_injured_party(party, question.text)]
        named = [party for party in named if party in people or party.kind is not PartyKind.PERSON]
    if people:
        # "the Adverto trial of Roe" asks about Roe; "Roe and Adverto" asks about both.
        return [party for party in named if party in people or _coordinated(party, question.text)], False
    return named, False


def _is_the_injured_party(party: KnownParty, text: str) -> bool:
    """ "What must Adverto pay for Roe's death?" asks about Adverto."""
    suffered = r"(?:death|suicide|murder|family|estate|suit|lawsuit|claims?|injur\w+)"
    pattern = rf"\b{re.escape(party.surname)}['’]s? {suffered}\b"
    return re.search(pattern, text, re.IGNORECASE) is not None


def _coordinated(party: KnownParty, text: str) -> bool:
    name = re.escape(party.name.split()[0].split(".")[0])
    pattern = rf"\b(?:and|or)\s+(?:\w+\s+){{0,2}}{name}|\b{name}[\w.]*(?:\s+[A-Z]\w*\.?)*,?\s+(?:and|or)\b"
    return re.search(pattern, text, re.IGNORECASE) is not None


_ALIKE = 86.0
"""Similarity (0 to 100) from which a word that occurs nowhere is taken for a misspelt surname."""


def _misspelt(reader: Reader, question: Question) -> tuple[list[KnownParty], str | None]:
    """The one party whose surname a word of the question all but spells, where that word itself occurs nowhere."""
    people = [party for party in reader.directory.parties if party.kind is PartyKind.PERSON and len(party.surname) > 4]
    for term in question.terms:
        if len(term) < 5 or any(term == party.surname for party in people):
            continue
        alike = [party for party in people if fuzz.ratio(term, party.surname) >= _ALIKE]
        if len(alike) == 1 and not reader.occurs(term):
            return alike, f"“{term}” is taken as {alike[0].name}."
    return [], None


_INSTITUTION = re.compile(
    r"\b(?:court|circuit|jury|judges?|tribunal|prosecutors?|attorney general|department|doj|fbi|police|government|"
    r"state of|united states|congress|senate|parliament|agency|commission|committee|subcommittee)\b",
    re.IGNORECASE,
)


def _without_courts(parties: list[KnownParty]) -> list[KnownParty]:
    """Parties without the courts and authorities that decide or bring the case, if anybody else is named."""
    others = [party for party in parties if party.kind is PartyKind.PERSON or not _INSTITUTION.search(party.name)]
    return others or parties


def _asks_for_a_stranger(question: Question, evidence: Evidence) -> bool:
    """Whether the person asked about occurs nowhere: what is known of others is then no answer."""
    if any(party.kind is PartyKind.PERSON for party in evidence.parties):
        return False
    return any(_is_asked_about(name, question.text) for name in evidence.missing)


_SUBJECT_BEFORE = frozenset(
    "did was is are were has have had does do will can could would should mr mrs ms dr for on against about of".split()
)


def _is_asked_about(name: str, text: str) -> bool:
    before = words(text[: text.find(name)])
    tokens = person_tokens(name)
    return 1 <= len(tokens) <= 3 and (not before or before[-1] in _SUBJECT_BEFORE)


def _relevant(found: Sequence[Found], question: Question) -> list[Found]:
    """Passages that speak to a question without a known party: with the name asked for, or near in meaning."""
    kept: list[Found] = []
    surnames = {words(name)[-1] for name in question.unknown_names if words(name)}
    for item in found:
        if surnames & set(words(item.passage.text)):
            kept.append(item)
            continue
        tokens = {token[:6] for token in words(item.passage.text)}
        shared = [term for term in question.terms if term[:6] in tokens]
        enough = len(shared) * 2 >= len(question.terms) if question.terms else False
        if (item.similarity or 0.0) >= RELEVANT_SIMILARITY and shared and (enough or item.by_words):
            kept.append(item)
    return kept


def _claims(reader: Reader, question: Question, wanted: set[int]) -> list[Fact]:
    """Events of comments on the question's parties, or in comments that speak to the question."""
    asked = question.stages | (GUILT_STAGES if question.stages & GUILT_STAGES else frozenset())
    comments = [stored for stored in reader.events if stored.event.zone is Zone.COMMENT]
    if not comments or not asked:
        return []
    # A question about named people is not answered by what a comment says of others.
    named = bool(question.parties or question.unknown_names) and question.role is None
    near = set() if named else {item.passage.id for item in reader.passages(question, comments=True, limit=10)}
    return [
        fact
        for stored in comments
        if stored.event.stage in asked
        for fact in [reader.fact(stored)]
        if fact is not None and (id(fact.party) in wanted or stored.passage_id in near)
    ]
