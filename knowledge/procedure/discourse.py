"""Who "he", "both", "the brothers" or "the company" is, from what the document said before.

A pronoun names somebody only where one candidate is left; otherwise nobody.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from knowledge.model import PartyKind
from knowledge.procedure.counts import number
from knowledge.procedure.lexicon import words
from knowledge.procedure.mentions import Mention
from knowledge.procedure.parties import Cast, Entity, gender_of

_PAIRS = frozenset("both pair couple duo parents brothers sisters siblings two".split())
_TRIOS = frozenset({"trio"})
_LOOSE_GROUPS = frozenset(
    "defendants men women suspects accused executives execs founders co-founders owners officers brothers".split()
)
_NOBODY = frozenset("people persons individuals someone somebody anyone anybody everyone everybody".split())
"""Bare, these name nobody in particular: "cases in which people were charged"."""
_WHOEVER = frozenset(
    "accused defendant suspect man woman teen teenager father mother former founder co-founder ceo executive"
    " driver doctor lawyer singer rapper actor actress player politician businessman entrepreneur developer killer"
    " gunman attacker killer author editor boss owner operator president officer priest "
    "cardinal pastor trader banker".split()
)


@dataclass(frozen=True, slots=True)
class Party:
    """Who an event is about. `name`: the fullest name, or the document's wording."""

    name: str
    kind: PartyKind


@dataclass(slots=True)
class Discourse:
    """What was said so far. Sentences are `open`ed in order; `note` keeps whom events were about."""

    cast: Cast
    recent: list[list[Mention]] = field(default_factory=list)
    groups: list[tuple[Party, ...]] = field(default_factory=list)
    last: tuple[Party, ...] = ()
    sued: tuple[Party, ...] = ()
    last_age: int = 99
    roles: dict[str, tuple[Party, ...]] = field(default_factory=dict)
    """People who were listed as "the promoters" or counted as "all three men", by that noun."""
    guilty: tuple[Party, ...] = ()
    """Whom the last finding of guilt was about: whose "convictions" are overturned or upheld."""
    item: tuple[Party, ...] = ()
    """Whom the present list item is about, where a name opens it."""
    defendants: dict[str, Party] = field(default_factory=dict)
    events: Counter[str] = field(default_factory=Counter)

    def open(self, mentions: list[Mention]) -> None:
        """Starts a sentence with these mentions."""
        self.recent.append(mentions)
        self.last_age += 1

    def note_suit(self, parties: tuple[Party, ...]) -> None:
        """Keeps whom a civil suit was brought against."""
        self.sued = parties

    def note(self, parties: tuple[Party, ...]) -> None:
        """Keeps whom an event was about."""
        self.last, self.last_age = parties, 0
        people = tuple(p for p in parties if p.kind is PartyKind.PERSON)
        if len(people) > 1 and people not in self.groups:
            self.groups.append(people)
        for party in parties:
            self.defendants.setdefault(party.name, party)
            self.events[party.name] += 1

    def note_group(self, parties: tuple[Party, ...]) -> None:
        """Keeps people listed together, whom "both" or "all three men" may mean later."""
        if len(parties) > 1:
            if parties in self.groups:
                self.groups.remove(parties)
            self.groups.append(parties)

    def salient(self, civil: bool = False) -> tuple[Party, ...]:
        """The last one sued; or whom the last event was about, where that is fresh; else whom most are about."""
        if civil:
            return self.sued
        if self.last and self.last_age <= 3:
            return self.last
        ranked = self.events.most_common(2)
        if len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] >= 2 * ranked[1][1]):
            return (self.defendants[ranked[0][0]],)
        return ()

    def resolve(self, mention: Mention, doers: frozenset[str] = frozenset()) -> tuple[Party, ...]:
        """The parties behind one mention; empty where nobody or nobody certain is meant.

        doers: names that a pronoun cannot mean, since they do what is done to it.
        """
        if mention.entities:
            return tuple(party_of(e) for e in mention.entities)
        if mention.namesakes:
            accused = [e for e in mention.namesakes if e.name in self.defendants]
            return (party_of(accused[0]),) if len(accused) == 1 else ()
        if mention.how == "pronoun":
            return self._plural(mention) if mention.plural else self._singular(mention, doers)
        if mention.how == "description":
            return self._described(mention)
        return ()

    def _singular(self, pronoun: Mention, doers: frozenset[str]) -> tuple[Party, ...]:
        gender = "he" if pronoun.wording in words("pronouns_he") else "she"
        if pronoun.wording in words("pronouns_it"):
            return self._organisation()
        unnamed = self._unnamed()
        if unnamed:
            return unnamed
        here = [m for m in self.recent[-1] if m.last <= pronoun.first] if self.recent else []
        if here and here[-1].after_whose and here[-1].entities and _fits(here[-1].entities[0], gender):
            return (party_of(here[-1].entities[0]),)  # "A, whose partner B, who said she": B
        for mentions in [here, *reversed(self.recent[-5:-1])]:
            people = [e for e in self._people(mentions, gender) if e.name not in doers]
            described = self._described_first(mentions, gender)
            if described is not None:
                return self._one_of(people, mentions, gender, mentions is here) if described == () else described
            if self._rival(mentions, gender) and not any(e.pronoun == gender for e in people):
                return ()
            if not people:
                unclear = next((m for m in mentions if m.namesakes), None)
                if unclear:
                    return self.resolve(unclear)
                continue
            if len(people) == 1:
                return (party_of(people[0]),)
            return self._one_of(people, mentions, gender, mentions is here)
        return ()

    def _rival(self, mentions: list[Mention], gender: str) -> bool:
        """Whether "a man" or "her brother", who has no name, may be meant by "he"."""
        return any(
            m.how == "description"
            and m.kind is PartyKind.PERSON
            and not (m.plural or m.possessive or m.authority)
            and gender_of([m.head]) == gender
            for m in mentions
        )

    def _described_first(self, mentions: list[Mention], gender: str) -> tuple[Party, ...] | None:
        """Whom a sentence means that opens with one described person: "the man said he"; None where it does not."""
        first = next((m for m in mentions if m.how != "pronoun"), None)
        if first is None or first.how != "description" or first.kind is not PartyKind.PERSON:
            return None
        if first.plural or first.authority or first.possessive or first.head in words("official_titles"):
            return None
        if first.wording.lower().startswith("one of "):
            return None
        if gender_of([first.head]) not in {None, gender} or first.owner:
            return None
        if any(m.how == "name" and 0 < m.left - first.last < 2 for m in mentions):
            return None  # "A fourth man, Jane Roe,"
        return self._described(first)

    def _unnamed(self) -> tuple[Party, ...]:
        """ "a doctor was jailed. He was also fined": the last event was about one unnamed person."""
        if self.last_age <= 1 and len(self.last) == 1 and self.last[0].kind is PartyKind.PERSON:
            return self.last if self.cast.resolve(self.last[0].name) is None else ()
        return ()

    def _one_of(self, people: list[Entity], mentions: list[Mention], gender: str, here: bool) -> tuple[Party, ...]:
        """Several people: the one whom this document accuses, else the sentence's first.

        The first is meant only where the text calls nobody else so; in the pronoun's own sentence only where it does
        call the first so.
        """
        accused = [e for e in people if e.name in self.defendants]
        if len(accused) == 1:
            return (party_of(accused[0]),)
        first = next((m for m in mentions if m.entities and m.entities[0] in people), None)
        listed = bool(first and self.groups and party_of(first.entities[0]) in self.groups[-1])
        known = first is not None and first.entities[0].pronoun == gender
        unclear = here or any(e.pronoun == gender for e in people)
        if first and first is mentions[0] and not first.plural and not listed and not accused:
            return (party_of(first.entities[0]),) if known or not unclear else ()
        if len(self.last) == 1 and any(e.name == self.last[0].name for e in people):
            return self.last
        return ()

    def _people(self, mentions: list[Mention], gender: str) -> list[Entity]:
        """Whom of `mentions` the pronoun can mean; a lawyer or a judge only where the document accuses them."""
        found: dict[str, Entity] = {}
        for mention in mentions:
            for entity in (mention.owner or mention).entities:
                if not _fits(entity, gender):
                    continue
                if not entity.official or entity.name in self.defendants:
                    found.setdefault(entity.name, entity)
        return list(found.values())

    def _organisation(self) -> tuple[Party, ...]:
        """ "The company", "it": the one of the nearest sentence, or of those named there the one accused."""
        for mentions in reversed(self.recent[-4:]):
            found = {
                e.name: e
                for m in mentions
                for e in (*(m.owner or m).entities, *(m.inner.entities if m.inner else ()))
                if e.kind is PartyKind.ORGANISATION and not m.authority and not e.place
            }
            if len(found) == 1:
                return tuple(party_of(e) for e in found.values())
            if found:
                return self._one_company(list(found.values()))
        return self._one_company([e for e in self.cast.entities if e.name in self.defendants])

    def _one_company(self, many: list[Entity]) -> tuple[Party, ...]:
        """Of several the only one accused, else the only one with a company's name ("Ltd")."""
        companies = [e for e in many if e.kind is PartyKind.ORGANISATION]
        accused = [e for e in companies if e.name in self.defendants]
        limited = [e for e in companies if set(e.parts) & words("suffixes")]
        chosen = next((few for few in (accused, limited) if len(few) == 1), [])
        return tuple(party_of(e) for e in chosen)

    def _plural(self, pronoun: Mention) -> tuple[Party, ...]:
        here = [m for m in self.recent[-1] if m.last <= pronoun.first and m.how == "description" and m.plural]
        near = [m for m in here if not m.authority and m.kind is not PartyKind.ORGANISATION]
        if pronoun.possessive and len(near) == 1:
            return self.resolve(near[0])
        if self.last_age <= 3 and len(self.last) > 1:
            return self.last
        if self.last_age <= 2 and len(self.last) == 1 and self.last[0].kind is PartyKind.GROUP:
            return self.last
        return self.groups[-1] if self.groups else ()

    def _described(self, mention: Mention) -> tuple[Party, ...]:
        parts = mention.wording.lower().replace("’", "'").split()
        if parts[0] in {"each", "every"} and parts[-1] == "defendant":
            return self._group(["the", "defendants"], replace(mention, wording="the defendants", head="defendants"))
        if len(parts) == 1 and parts[0] in _NOBODY:
            return ()
        worded = (Party(mention.wording, mention.kind),)
        if mention.plural or parts[0] == "both":
            group = self._group(parts, mention)
            if len(group) > 1 and mention.head:
                self.roles[mention.head] = group
            return group or (() if _bare(parts) else worded)
        if parts[0] not in {"the", "his", "her", "their", "this", "that"}:
            return worded
        if mention.kind is PartyKind.ORGANISATION:
            return self._organisation() or worded
        if parts[-1] in _WHOEVER or parts[-1].rsplit("-", 1)[-1] in _WHOEVER:
            people = [
                p
                for p in self.defendants.values()
                if p.kind is PartyKind.PERSON and p.name.lower() != mention.wording.lower()
            ]
            if len(people) == 1:
                return (people[0],)
        return worded

    def _group(self, parts: list[str], mention: Mention) -> tuple[Party, ...]:
        if not mention.definite and not (parts[0] in {"two", "three"} and len(parts) == 1):
            return ()
        if "of" in parts or "other" in parts or "former" in parts[:1]:
            return ()
        size = _size(parts)
        listed = self.roles.get(mention.head, ())
        unnamed = self.last_age <= 2 and len(self.last) == 1 and self.last[0].kind is PartyKind.GROUP
        again = unnamed and mention.head in self.last[0].name.lower().split()
        if listed and not again and size in {None, len(listed)}:
            return listed
        sized = next((g for g in reversed(self.groups) if len(g) == size), ())
        if unnamed and len(parts) < 3 and not (sized and size != _size(self.last[0].name.lower().split())):
            return self.last
        for group in reversed(self.groups):
            if size is None and (set(parts) & _LOOSE_GROUPS) and len(parts) <= 3:
                return group
            if size == len(group):
                return group
        accused = tuple(p for p in self.defendants.values() if p.kind is PartyKind.PERSON)
        if size and len(accused) == size:
            return accused
        people = [e for e in self.cast.people() if not e.official]
        return tuple(party_of(e) for e in people) if size and len(people) == size else ()


def _fits(entity: Entity, gender: str) -> bool:
    return entity.kind is PartyKind.PERSON and entity.pronoun in {None, gender}


def party_of(entity: Entity) -> Party:
    return Party(entity.name, entity.kind)


def _bare(parts: list[str]) -> bool:
    """ "both", "the two", "all three": without a noun it names nobody."""
    return all(
        p in {"both", "the", "all", "neither", "each", "of", "them", "some", "most", "us"} or number(p) for p in parts
    )


def _size(parts: list[str]) -> int | None:
    if set(parts) & _TRIOS:
        return 3
    if set(parts) & _PAIRS:
        return 2
    return next((n for part in parts if (n := number(part)) and n > 1), None)
