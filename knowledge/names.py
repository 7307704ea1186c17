"""When two written names mean one party: folding, comparing and finding names.

"Jim Orlo" and "James Orlo" are one man, "Adverto" and "Adverto.com LLC" one company; "John Roe" and
"Jane Roe" are two people, and a company is never its owner. Where it is unclear, names stay apart:
keeping one person's record in two places says less; merging two people says something false.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from nicknames import NickNamer

from knowledge.model import PartyKind

_TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady judge justice senator sen rep gov governor "
    "president chairman chief ceo cfo cto founder co-founder owner attorney".split()
)
_SUFFIXES = frozenset("jr sr ii iii iv esq phd md".split())
_CORPORATE = frozenset(
    "inc incorporated llc llp lp ltd limited corp corporation co company plc gmbh ag sa bv nv srl spa ab oy the".split()
)
_TLD = re.compile(r"\.(?:com|net|org|io|co|app|gg|tv|me|info|biz)\b(?:\.[a-z]{2}\b)?")
_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
_POSSESSIVE = re.compile(r"['’]s?$")


def fold(text: str) -> str:
    """Lower case without accents: what names are compared in."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def words(text: str) -> list[str]:
    """The folded words of a text, possessive endings removed."""
    return [_POSSESSIVE.sub("", word) for word in _WORD.findall(fold(text))]


def person_tokens(name: str) -> list[str]:
    """The given names and surname of a person, folded, without titles, suffixes and quotation marks."""
    tokens = words(name)
    while len(tokens) > 1 and tokens[0] in _TITLES:
        tokens = tokens[1:]
    while len(tokens) > 1 and tokens[-1] in _SUFFIXES:
        tokens = tokens[:-1]
    return tokens


def organisation_tokens(name: str) -> list[str]:
    """The words of an organisation's name, folded, without legal forms and web endings."""
    tokens = words(_TLD.sub(" ", fold(name)))
    kept = [token for token in tokens if token not in _CORPORATE]
    return kept or tokens


@cache
def _nicknames() -> NickNamer:
    return NickNamer()


@cache
def _given_forms(name: str) -> frozenset[str]:
    namer = _nicknames()
    canonicals = namer.canonicals_of(name)
    return frozenset({name} | canonicals | namer.nicknames_of(name))


def _given_names_agree(left: list[str], right: list[str]) -> bool:
    """Whether two lists of given names can belong to one person: an initial, a nickname or a shared name."""
    first, second = left[0], right[0]
    if len(first) == 1 or len(second) == 1:
        return first[0] == second[0]
    if _given_forms(first) & _given_forms(second) and (
        second in _given_forms(first) or first in _given_forms(second)
    ):
        return True
    return first in right or second in left


def same_person(left: str, right: str) -> bool:
    """Whether two names with a given name each mean one person. A bare surname agrees with nothing but itself."""
    one, two = person_tokens(left), person_tokens(right)
    if not one or not two or one[-1] != two[-1]:
        return False
    if len(one) == 1 or len(two) == 1:
        return len(one) == len(two)
    return _given_names_agree(one[:-1], two[:-1])


def same_organisation(left: str, right: str) -> bool:
    """Whether two names mean one organisation once legal form and web ending are put aside."""
    one, two = organisation_tokens(left), organisation_tokens(right)
    return bool(one) and (one == two or "".join(one) == "".join(two))


@dataclass(slots=True)
class KnownParty:
    """One party under all the names that the knowledge base gives it. `name` is the fullest."""

    name: str
    kind: PartyKind
    names: set[str] = field(default_factory=set)

    @property
    def surname(self) -> str:
        """The folded surname of a person; of others, the last word of the name."""
        tokens = person_tokens(self.name)
        return tokens[-1] if tokens else ""


class PartyDirectory:
    """All parties of the knowledge base, found by any of their names."""

    def __init__(self, named: Iterable[tuple[str, PartyKind]]) -> None:
        """`named`: (name, kind) pairs as the events give them, in any order, repeats allowed."""
        self.parties: list[KnownParty] = []
        self._by_name: dict[tuple[str, PartyKind], KnownParty] = {}
        self._by_last: dict[tuple[str, PartyKind], list[KnownParty]] = {}
        distinct = sorted(set(named), key=lambda pair: (-len(words(pair[0])), pair[0]))
        for name, kind in distinct:
            self._enter(name, kind)
        self._companies = [party.name for party in self.parties if party.kind is PartyKind.ORGANISATION]
        self._first_words = Counter(
            token
            for party in self.parties
            if party.kind is PartyKind.ORGANISATION
            for token in organisation_tokens(party.name)[:1]
        )

    def _enter(self, name: str, kind: PartyKind) -> None:
        key = self._key(name, kind)
        bucket = self._by_last.setdefault((key, kind), [])
        matches = [party for party in bucket if self._same(party, name, kind)]
        if not matches and kind is PartyKind.PERSON and len(person_tokens(name)) == 1 and len(bucket) == 1:
            matches = bucket[:1]
        party = matches[0] if len(matches) == 1 else None
        if party is None:
            party = KnownParty(name, kind)
            self.parties.append(party)
            bucket.append(party)
        party.names.add(name)
        self._by_name[(name, kind)] = party

    @staticmethod
    def _key(name: str, kind: PartyKind) -> str:
        if kind is PartyKind.PERSON:
            tokens = person_tokens(name)
            return tokens[-1] if tokens else fold(name)
        return "".join(organisation_tokens(name)) or fold(name)

    @staticmethod
    def _same(party: KnownParty, name: str, kind: PartyKind) -> bool:
        if kind is PartyKind.PERSON:
            return any(same_person(known, name) for known in party.names)
        return any(same_organisation(known, name) for known in party.names)

    def of(self, name: str, kind: PartyKind) -> KnownParty | None:
        """The party that an event's (name, kind) belongs to."""
        return self._by_name.get((name, kind))

    def mentioned_in(self, text: str) -> list[KnownParty]:
        """The parties that a text names, in the order of their first mention.

        A full name beats a surname: "Paul Durand" does not also mean his brother. A surname that is an
        everyday word counts only where it is written with a capital letter inside the text.
        """
        tokens = words(text)
        capitalised = {fold(word) for word in re.findall(r"\b[A-Z][\w’'-]*", text)}
        found: list[tuple[int, KnownParty]] = []
        taken: set[int] = set()
        people_first = sorted(self.parties, key=lambda party: party.kind is not PartyKind.PERSON)
        for party in people_first:
            at = self._full_mention(party, tokens)
            if at is None or (party.kind is not PartyKind.PERSON and self._is_a_persons_name(at, tokens, taken)):
                continue
            found.append((at[0], party))
            taken.update(range(at[0], at[1]))
        for party in self.parties:
            if party.kind is not PartyKind.PERSON or any(party is known for _, known in found):
                continue
            surname = party.surname
            places = [i for i, token in enumerate(tokens) if token == surname and i not in taken]
            places = [i for i in places if not self._other_given_name(party, tokens, i, capitalised)]
            if places and len(surname) > 2 and (surname in capitalised or not _everyday(surname)):
                found.append((places[0], party))
        for party in self.parties:
            if party.kind is PartyKind.ORGANISATION and not any(party is known for _, known in found):
                place = self._short_mention(party, tokens, capitalised)
                if place is not None and place not in taken:
                    found.append((place, party))
        found.sort(key=lambda pair: pair[0])
        return [party for _, party in found]

    @staticmethod
    def _is_a_persons_name(at: tuple[int, int], tokens: list[str], taken: set[int]) -> bool:
        """Whether the words of a company's name are somebody's name here: "Otis Adverto" is not Adverto Inc."""
        if at[0] in taken:
            return True
        before = tokens[at[0] - 1] if at[0] else ""
        return at[1] - at[0] == 1 and before in _all_given_names() and before not in _MAY_STAND_BEFORE

    def _other_given_name(self, party: KnownParty, tokens: list[str], at: int, capitalised: set[str]) -> bool:
        """Whether the word before a surname is the given name of somebody else of that surname."""
        if at == 0:
            return False
        before = tokens[at - 1]
        own = person_tokens(party.name)[:-1]
        if before in own or (own and _given_names_agree(own, [before])):
            return False
        if before in _OFFICIALS:
            return before not in words(" ".join(party.names))
        if before in _MAY_STAND_BEFORE or before.isdigit() or any(before in words(name) for name in self._companies):
            return False
        return before in capitalised or len(before) > 2

    @staticmethod
    def _full_mention(party: KnownParty, tokens: list[str]) -> tuple[int, int] | None:
        for name in party.names:
            if party.kind is PartyKind.PERSON:
                wanted = person_tokens(name)
                if len(wanted) < 2:
                    continue
                hit = _person_at(tokens, wanted)
            else:
                hit = _run_at(tokens, organisation_tokens(name))
            if hit is not None:
                return hit
        return None

    def _short_mention(self, party: KnownParty, tokens: list[str], capitalised: set[str]) -> int | None:
        """Where an organisation is called by the first word of its name alone, if no other begins so."""
        first = organisation_tokens(party.name)[:1]
        if not first or len(first[0]) < 4 or first[0] not in capitalised or first[0] not in tokens:
            return None
        if _everyday(first[0]) or first[0] in _all_given_names() or self._first_words[first[0]] > 1:
            return None
        at = tokens.index(first[0])
        return None if self._is_a_persons_name((at, at + 1), tokens, set()) else at


def _run_at(tokens: list[str], wanted: list[str]) -> tuple[int, int] | None:
    """Where a run of words stands; legal forms, web endings and joined spelling are overlooked."""
    if not wanted:
        return None
    for i in range(len(tokens)):
        if tokens[i : i + len(wanted)] == wanted:
            return i, i + len(wanted)
    joined = "".join(wanted)
    if len(joined) > 4:
        for i, token in enumerate(tokens):
            if token == joined:
                return i, i + 1
            if len(wanted) == 1 and i + 1 < len(tokens) and token + tokens[i + 1] == joined:
                return i, i + 2
    return None


def _person_at(tokens: list[str], wanted: list[str]) -> tuple[int, int] | None:
    for i, token in enumerate(tokens):
        if token != wanted[-1]:
            continue
        for back in range(1, 4):
            before = tokens[i - back] if i - back >= 0 else ""
            # "a" and "i" are words before they are initials.
            if before not in ("", "a", "i") and _given_names_agree([before], wanted[:-1]):
                return i - back, i + 1
    return None


@cache
def _all_given_names() -> frozenset[str]:
    namer = _nicknames()
    return frozenset(namer.canonical_lookup) | frozenset(namer.nickname_lookup)


_OFFICIALS = frozenset(
    """judge justice prosecutor senator representative congressman congresswoman governor president minister
    detective officer sergeant agent sheriff attorney lawyer counsel magistrate""".split()
)
"""Titles of people who are not the accused: "Judge Spear" is nobody of that surname who stands accused."""

_MAY_STAND_BEFORE = frozenset(
    """a about after again against all also an and any are as at be because been before being between both but by can
    could did do does done ever for from get gets given had has have he her him his how if in into is it its just me
    mr mrs ms miss dr sir dame of off on once only or other our out over really regarding re say says she since so
    some still than that the their them then there these they this those to too until up versus v vs was we were what
    when where which while who whom whose why will with would you your whether concerning
    acquit acquitted convict convicted sentence sentenced charge charged indict indicted pardon pardoned arrest
    arrested release released free freed fine fined extradite extradited try tried sue sued jail jailed clear cleared
    find found let make made hold held poor old young former late defendant accused suspect
    founder cofounder co-founder owner ceo chief executive boss developer creator operator administrator director
    manager coder programmer executives founders owners brothers""".split()
)
"""Words that stand before a surname without being part of the name. Anything else before it is another first name."""

_EVERYDAY = frozenset(
    "storm brown green white black gray grey young long short small little king page case law court judge bell field "
    "price rich wise sharp hope may bush wood woods stone rose snow frost day knight bishop major person man "
    "free good best power powers banks cash fine sue mark will bill grant chance love lane street ford park parks "
    "hill rivers waters fields holder baker cook hunter fisher miller mason carpenter singer porter driver english "
    "french german welsh west north east south winter summer spring august church temple abbey house".split()
)


def _everyday(word: str) -> bool:
    return word in _EVERYDAY
