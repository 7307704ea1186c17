"""Who a document speaks of: names gathered to people and organisations, each under the fullest name it gives."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from knowledge.model import PartyKind
from knowledge.procedure.lexicon import forenames, words
from knowledge.procedure.names import GENERATIONS, OF_HEADS, PARTICLES, NameRun, is_title_case, name_runs
from knowledge.procedure.tokens import Token

if TYPE_CHECKING:
    from nicknames import NickNamer

_PERSON = "*person"
"""Stands among a name's titles where a word for a person precedes it: "her husband Joe"."""
_SHORT = 3
"""In a text of more sentences, a capital that only ever opens one sentence makes no name."""
_IN_COURT = frozenset("prosecuting defending mitigating".split())
_FOR_OTHERS = frozenset("prosecuted represents represented defended defends presided".split())
_WEB = re.compile(r"\.(?:com|net|org|io|co|info|biz|ru|uk|de|to|tv|me)$", re.IGNORECASE)


@dataclass(slots=True)
class Entity:
    """One person or organisation. `name`: the fullest form met so far."""

    name: str
    kind: PartyKind
    place: bool = False
    official: bool = False
    gender: str | None = None
    seen: int = 1
    descriptors: set[str] = field(default_factory=set)

    @property
    def parts(self) -> list[str]:
        return self.name.lower().split()

    @property
    def pronoun(self) -> str | None:
        """ "he" or "she" where a title or a common forename tells; None where nothing does."""
        if self.gender:
            return self.gender
        first = self.parts[0] if len(self.parts) > 1 else ""
        return next((p for p in ("he", "she") if first in forenames(p)), None)

    @property
    def surname(self) -> str:
        parts = [p for p in self.parts if p not in GENERATIONS]
        return parts[-1] if parts else self.name.lower()


class Cast:
    """The people and organisations of one document. `resolve` gives the fullest name behind a shorter one."""

    def __init__(self) -> None:
        self.entities: list[Entity] = []
        self._aliases: dict[str, list[Entity]] = {}
        self._likely: dict[str, list[Entity]] = {}

    def knows(self, name: str) -> bool:
        low = _plain(name)
        return low in self._aliases and low not in words("stop_initial") and (low not in words("places"))

    def outstanding(self, many: list[Entity]) -> Entity | None:
        """Of namesakes, the one that the document names far more often than the others; else nobody."""
        ranked = sorted(many, key=lambda e: -e.seen)
        if len(ranked) < 2:
            return None
        kin = bool(ranked[1].descriptors & words("kin")) and not ranked[0].descriptors & words("kin")
        return ranked[0] if ranked[0].seen >= (1 if kin else 2) * ranked[1].seen else None

    def resolve(self, name: str) -> Entity | None:
        """The one entity called so; None where nobody is, or more than one."""
        found = self._aliases.get(_plain(name), [])
        return found[0] if len(found) == 1 else None

    def namesakes(self, name: str) -> list[Entity]:
        return list(self._aliases.get(_plain(name), []))

    def people(self) -> list[Entity]:
        return [e for e in self.entities if e.kind is PartyKind.PERSON]

    def add(self, entity: Entity) -> None:
        self.entities.append(entity)
        self.note_keys(entity, entity)

    def likely(self, entity: Entity) -> list[Entity]:
        """Those who may be the same as `entity`, for they share its surname or its core, in the order of `add`."""
        return [old for key in _keys(entity) for old in self._likely.get(key, [])]

    def note_keys(self, held: Entity, named: Entity) -> None:
        """Makes `held` findable by the name of `named` too."""
        for key in _keys(named):
            holders = self._likely.setdefault(key, [])
            if held not in holders:
                holders.append(held)

    def index(self) -> None:
        """Builds the aliases, after all names are in."""
        self._aliases = {}
        for entity in self.entities:
            for alias in _aliases_of(entity):
                holders = self._aliases.setdefault(alias, [])
                if entity not in holders:
                    holders.append(entity)


def _aliases_of(entity: Entity) -> set[str]:
    full = _plain(entity.name)
    parts = [p for p in full.split() if p not in GENERATIONS]
    aliases = {full, " ".join(parts)}
    if entity.kind is PartyKind.PERSON and len(parts) > 1:
        aliases |= {parts[-1], f"{parts[0]} {parts[-1]}", parts[0]}
        if parts[-2] in PARTICLES:
            aliases.add(" ".join(parts[-2:]))
        if len(parts) > 2:
            aliases |= {" ".join(parts[1:]), " ".join(parts[:2])}
    elif entity.kind is PartyKind.ORGANISATION:
        core = [p for p in parts if p not in words("suffixes")]
        aliases.add(" ".join(core))
        if core:
            aliases.add(_WEB.sub("", core[0]) if len(core) == 1 else " ".join(core))
            initials = "".join(p[0] for p in core if p not in {"of", "the", "for", "and"})
            if len(initials) >= 3:
                aliases.add(initials)
    return {a for a in aliases if a}


def _plain(name: str) -> str:
    return " ".join(name.lower().replace("’", "'").split())


def gather(sentences: Iterable[Sequence[Token]]) -> Cast:
    """The cast of a document from its sentences (headlines in title case are passed over)."""
    counts: Counter[str] = Counter()
    titles: dict[str, set[str]] = {}
    opening: Counter[str] = Counter()
    lower: set[str] = set()
    sentences_read = 0
    for tokens in sentences:
        lower.update(t.text for t in tokens if t.kind == "w" and t.text.islower())
        if is_title_case(tokens):
            continue
        runs = [_with_shared_surname(run, runs, tokens) for runs in [name_runs(tokens)] for run in runs]
        for run in runs:
            counts[run.name] += 1
            opening[run.name] += run.left == 0
            if run.title:
                titles.setdefault(run.name, set()).update(run.title.split())
            _note_descriptor(tokens, run, runs, titles)
            if [t.low for t in tokens[run.last : run.last + 2]] == [",", "who"] and not of_a_place(tokens, run.left):
                titles.setdefault(run.name, set()).add(_PERSON)
            if _introduced_as_official(tokens, run.last) or _office_before(tokens, run.left):
                titles.setdefault(run.name, set()).add("lawyer")
        sentences_read += 1
    if sentences_read > _SHORT:
        for name in [n for n in counts if len(n.split()) == 1 and counts[n] == opening[n] == 1]:
            del counts[name]
    return _cast(counts, titles, opening, lower)


def of_a_place(tokens: Sequence[Token], left: int) -> bool:
    """ "Jane Roe, 29, of Springfield, who": where somebody is from is nobody."""
    return left > 1 and tokens[left - 1].low in {"of", "from", "in", "near"} and tokens[left - 2].low in {",", ")"}


def _with_shared_surname(run: NameRun, runs: Sequence[NameRun], tokens: Sequence[Token]) -> NameRun:
    """ "David and Louise Roe": David Roe, where the first word is a common forename."""
    if run.name.lower() not in forenames("he") | forenames("she"):
        return run
    partner = next((r for r in runs if r.first == run.last + 1 and tokens[run.last].low == "and"), None)
    if partner is None or len(partner.name.split()) != 2:
        return run
    return replace(run, name=f"{run.name} {partner.name.split()[1]}")


def _note_descriptor(
    tokens: Sequence[Token], run: NameRun, runs: Sequence[NameRun], titles: dict[str, set[str]]
) -> None:
    """ "her husband Joe", "officers A and B": the word for a person before a name tells of it, or of the list."""
    at = run.left - 1
    if at > 0 and tokens[at].low == "," and run.last < len(tokens) and tokens[run.last].low == ",":
        at -= 1  # "his wife, Ann, was"
    noun = tokens[at].low if at >= 0 else ""
    if noun not in words("person_nouns") - words("authority_nouns"):
        return
    named = [run]
    for nxt in runs:
        between = [t.low for t in tokens[named[-1].last : nxt.left]]
        if noun.endswith("s") and nxt.first > run.first and between in ([","], ["and"], [",", "and"]):
            named.append(nxt)
    for each in named:
        titles.setdefault(each.name, set()).update({_PERSON, f"*{noun}"})


def _office_before(tokens: Sequence[Token], left: int) -> bool:
    """ "Her lawyer, Jane Roe," and "defence lawyer Jane Roe"."""
    at = left - 1 - (left > 0 and tokens[left - 1].low == ",")
    return (
        at >= 0
        and tokens[at].low in words("official_titles")
        and "former" not in {t.low for t in tokens[max(0, at - 3) : at]}
    )


def _introduced_as_official(tokens: Sequence[Token], at: int) -> bool:
    """ "Jane Roe, a lawyer for the victim": who speaks for or judges others is no party of its own."""
    near = [t.low for t in tokens[at : at + 9]]
    if near[:1] != [","]:
        return False
    if near[1:2] and (near[1] in _IN_COURT or (near[1] == "for" and "the" in near[2:3])):
        return near[1] in _IN_COURT or bool({"prosecution", "defence", "defense", "crown"} & set(near[3:4]))
    if near[1:2] == ["who"] and _FOR_OTHERS & set(near[2:4]):
        return True
    until = near.index(",", 1) if "," in near[1:] else len(near)
    offices = {
        low
        for i, low in enumerate(near[:until])
        if not (tokens[at + i].capital and at + i + 1 < len(tokens) and tokens[at + i + 1].capital)
        or near[i + 1 : i + 2] == ["general"]
    }  # not in "Jane Roe, Judge Poe said": the office of the next name
    return bool(words("official_titles") & offices) and not {"former", "ex", "then"} & set(near[:until])


def _cast(counts: Counter[str], titles: dict[str, set[str]], opening: Counter[str], lower: set[str]) -> Cast:
    cast = Cast()
    pending = []
    for name, seen in counts.items():
        given = titles.get(name, set())
        parts = name.split()
        if len(parts) == 1 and opening[name] == seen and name.lower() in lower:
            continue
        kind = _kind(name, given)
        if len(parts) == 1:
            pending.append((name, seen, given))
            continue
        _merge_in(
            cast, Entity(name, kind, _is_place(name), _is_official(given), _gender(given), seen, _descriptors(given))
        )
    cast.index()
    for name, seen, given in pending:
        if name.endswith("s") and len(cast.namesakes(name[:-1])) > 1:
            continue  # "the Roes": a family, resolved to its members where they are mentioned
        if not cast.namesakes(name):
            kind = PartyKind.PERSON if given & {*words("titles"), _PERSON} else PartyKind.ORGANISATION
            _merge_in(
                cast,
                Entity(name, kind, _is_place(name), _is_official(given), _gender(given), seen, _descriptors(given)),
            )
        else:
            _note_titles(cast.namesakes(name), given, seen)
    cast.index()
    return cast


def _note_titles(holders: list[Entity], given: set[str], seen: int) -> None:
    """What the titles of a bare surname tell of its one holder; of namesakes they tell nothing."""
    if len(holders) != 1:
        return
    holders[0].seen += seen
    holders[0].descriptors |= _descriptors(given)
    holders[0].gender = holders[0].gender or _gender(given)
    holders[0].official = holders[0].official or _is_official(given)


def _is_official(titles: set[str]) -> bool:
    return bool(titles & words("official_titles"))


def _descriptors(titles: set[str]) -> set[str]:
    nouns = {t[1:] for t in titles if t.startswith("*")} - {"person"}
    return nouns | ({"doctor"} if titles & {"dr", "dr."} else set())


def _gender(titles: set[str]) -> str | None:
    return gender_of(t.lstrip("*") for t in titles)


def gender_of(nouns: Iterable[str]) -> str | None:
    """ "he" or "she" where a title or a word for a person tells ("Ms.", "brother"); None where nothing does."""
    found = set(nouns)
    if found & words("titles_he"):
        return "he"
    return "she" if found & words("titles_she") else None


def _kind(name: str, titles: set[str]) -> PartyKind:
    parts = name.lower().split()
    if _WEB.search(name) or "&" in parts or set(parts) & words("org_words") or _is_place(name):
        return PartyKind.ORGANISATION
    if len(parts) > 1 and not any(p in words("places") | words("demonyms") for p in parts[:-1]):
        shouted = [p for p in name.split() if p.isupper() and len(p) > 2 and "." not in p]
        if any(p in OF_HEADS for p in parts) or "of" in parts or "the" in parts:
            return PartyKind.ORGANISATION
        return PartyKind.ORGANISATION if shouted else PartyKind.PERSON
    if titles & {*words("titles"), _PERSON} and len(parts) == 1:
        return PartyKind.PERSON
    return PartyKind.ORGANISATION


def _is_place(name: str) -> bool:
    low = name.lower()
    return (
        low in words("places")
        or low in words("place_pairs")
        or low in {"us", "u.s.", "uk", "u.k.", "eu", "d.c.", "uae"}
    )


def _merge_in(cast: Cast, new: Entity) -> None:
    for old in cast.likely(new):
        if _same(old, new):
            cast.note_keys(old, new)
            old.seen += new.seen
            old.official = old.official or new.official
            old.gender = old.gender or new.gender
            old.descriptors |= new.descriptors
            if len(new.parts) > len(old.parts) or (len(new.parts) == len(old.parts) and len(new.name) > len(old.name)):
                old.name = new.name
            return
    cast.add(new)


def _keys(entity: Entity) -> list[str]:
    """What two names of the same one share: a surname, or the core of a company's name (see `_same`)."""
    if entity.kind is PartyKind.ORGANISATION:
        return sorted({f"org {stem}" for stem in {*_stems(entity.name), entity.name}})
    parts = [p.strip(".") for p in entity.parts if p not in GENERATIONS]
    return [f"person {parts[-1]}"] if parts else []


def _same(one: Entity, other: Entity) -> bool:
    if one.kind is not other.kind:
        return False
    if one.kind is PartyKind.ORGANISATION:
        return one.name == other.name or bool(_stems(one.name) & _stems(other.name))
    a = [p.strip(".") for p in one.parts if p not in GENERATIONS]
    b = [p.strip(".") for p in other.parts if p not in GENERATIONS]
    if not a or not b or a[-1] != b[-1]:
        return False
    if len(a) == 1 or len(b) == 1:
        return True
    return _same_forename(a[0], b[0]) or a[0] in b[1:-1] or b[0] in a[1:-1]


def _same_forename(a: str, b: str) -> bool:
    if a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b)):
        return True
    return b in _nicknames(a) or a in _nicknames(b)


def _nicknames(name: str) -> set[str]:
    return {str(nick) for nick in _namer().nicknames_of(name)}


@cache
def _namer() -> NickNamer:
    """The table of nicknames, loaded when two forenames first differ."""
    from nicknames import NickNamer

    return NickNamer()


def _stems(name: str) -> set[str]:
    core = [p for p in _plain(name).split() if p not in words("suffixes")]
    return {_WEB.sub("", " ".join(core)), " ".join(core)} - {""}
