"""Whether a document calls a person "he" or "she", learnt from sentences in which only one person can be meant."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.model import PartyKind
from knowledge.procedure.lexicon import words
from knowledge.procedure.mentions import Mention
from knowledge.procedure.parties import Entity, gender_of

_OPENING = 3
"""A pronoun among a sentence's first words takes up whom the sentence before was about."""


def learn_genders(sentences: Sequence[Sequence[Mention]]) -> None:
    """Sets the gender of every person whom all telling sentences of `sentences` (their mentions) call the same.

    A sentence tells where it names one person and speaks of no other before its pronouns, which agree; or where it
    names nobody, opens with a pronoun, and the sentence before names one person only.
    """
    votes: dict[int, tuple[Entity, set[str]]] = {}
    before: list[Entity] = []
    for mentions in sentences:
        people = _people(mentions)
        said = {g for m in mentions if (g := _pronoun_gender(m)) and not _precedes(m, mentions)}
        opens = next((m for m in mentions if _pronoun_gender(m)), None)
        others = any(m.how == "description" and _human(m) for m in mentions)
        takes_up = not people and opens is not None and opens.first < _OPENING and mentions[0] is opens
        if len(said) == 1 and not others:
            gender = next(iter(said))
            fit = [e for e in (before if takes_up else people) if e.pronoun in {None, gender}]
            if len(fit) == 1:
                votes.setdefault(id(fit[0]), (fit[0], set()))[1].add(gender)
        if people or others:
            before = [] if others else people
    for entity, said in votes.values():
        if entity.pronoun is None and len(said) == 1:
            entity.gender = next(iter(said))


def _people(mentions: Sequence[Mention]) -> list[Entity]:
    found = {e.name: e for m in mentions for e in m.entities if e.kind is PartyKind.PERSON}
    return list(found.values())


def _human(mention: Mention) -> bool:
    """A description of one person who may be the one that a pronoun means."""
    return mention.kind is PartyKind.PERSON and not mention.plural and gender_of([mention.head]) is None


def _pronoun_gender(mention: Mention) -> str | None:
    if mention.how != "pronoun":
        return None
    if mention.wording in words("pronouns_he"):
        return "he"
    return "she" if mention.wording in words("pronouns_she") else None


def _precedes(pronoun: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether the sentence names its person only behind the pronoun."""
    named = next((m for m in mentions if m.entities and m.entities[0].kind is PartyKind.PERSON), None)
    return named is not None and pronoun.first < named.first
