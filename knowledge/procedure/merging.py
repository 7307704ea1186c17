"""One record for each thing that a document reports, however often it says so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from knowledge.model import GUILT_STAGES, Modality, PartyKind, ProceduralEvent, Stage, Zone
from knowledge.procedure.counts import number
from knowledge.procedure.lexicon import words
from knowledge.procedure.names import name_runs
from knowledge.procedure.noun_phrases import QUANTIFIERS, is_plural
from knowledge.procedure.offences import offence_key
from knowledge.procedure.parties import Cast, Entity, gender_of
from knowledge.procedure.tokens import Token

Why = TypeVar("Why")
_ACCUSED = frozenset({Stage.CHARGED, Stage.ARRESTED, Stage.ARRAIGNED, Stage.PLEADED_NOT_GUILTY, Stage.ON_TRIAL})

_AFTER_GUILT = frozenset(
    {Stage.APPEALED, Stage.AFFIRMED, Stage.OVERTURNED, Stage.SENTENCED, Stage.PARDONED, Stage.RELEASED}
)
_SOME = frozenset("at more nearly almost about around over former other others fellow thousands tens".split())
"""What opens a wording for people who are meant in particular; bare \"site owners\" are all there may be."""
_LEAD = 600
"""Characters of a document in which it tells of somebody whom it names only further on."""


def merge(found: Sequence[tuple[ProceduralEvent, Why]]) -> list[tuple[ProceduralEvent, Why]]:
    """Repeats folded into the first that says the most; a headline never makes guilt alone."""
    body = {(e.party, e.stage) for e, _ in found if e.zone is not Zone.HEADLINE}
    ordered = sorted(found, key=lambda pair: pair[0].zone is Zone.HEADLINE)
    kept: list[tuple[ProceduralEvent, Why]] = []
    alike: dict[tuple[object, ...], list[int]] = {}
    for event, why in ordered:
        if event.zone is Zone.HEADLINE and event.stage in GUILT_STAGES and (event.party, event.stage) not in body:
            continue
        same = alike.setdefault((event.party, event.stage, event.modality, event.attributed_to), [])
        at = next((i for i in same if _repeats(kept[i][0], event)), None)
        if at is None:
            same.append(len(kept))
            kept.append((event, why))
        else:
            kept[at] = (_joined(kept[at][0], event), kept[at][1])
    kept.sort(key=lambda pair: (pair[0].start, pair[0].end))
    return kept


def introduced(sentences: Sequence[Sequence[Token]], cast: Cast) -> tuple[Entity, ...]:
    """Whom a story introduces after its lead: the names with an age behind them in the first sentence that opens so."""
    for tokens in sentences[1:4]:
        runs = name_runs(tokens)
        if not runs or runs[0].left or not _aged(tokens, runs[0].last):
            continue
        aged = (cast.resolve(run.name) for run in runs if _aged(tokens, run.last))
        return tuple({e.name: e for e in aged if e}.values())
    return ()


def _aged(tokens: Sequence[Token], at: int) -> bool:
    """ "Jane Roe, 40," or "Jane Roe (40)"."""
    behind = tokens[at : at + 3]
    return len(behind) == 3 and behind[0].low in {",", "("} and behind[1].kind == "n" and behind[2].low in {",", ")"}


def settle_unnamed(
    found: Sequence[tuple[ProceduralEvent, Why]],
    cast: Cast,
    after_lead: Sequence[Entity] = (),
    listed: Mapping[str, tuple[str, ...]] | None = None,
) -> list[tuple[ProceduralEvent, Why]]:
    """ "A doctor was jailed ... Dr. Roe was found guilty in May": the doctor is Roe, where nobody else can be.

    Only where the named ones answer to the same noun and an event of their own says as much of them, or where the
    story introduces the one after its lead (after_lead), or lists the ones by that noun (listed: noun to names).
    """
    settled: list[tuple[ProceduralEvent, Why]] = []
    guilty = {e.party for e, _ in found if e.stage in GUILT_STAGES and e.modality is Modality.ASSERTED}
    charged = guilty | {e.party for e, _ in found if e.stage in _ACCUSED and e.modality is Modality.ASSERTED}
    people = {e.name for e in cast.people()}
    tried = _ACCUSED | GUILT_STAGES | {Stage.ACQUITTED, Stage.MISTRIAL}
    concerned = {e.party for e, _ in found if e.party in people and e.stage in tried}
    for event, why in found:
        named = _answering(event, cast) or _introduced_later(event, found, cast, after_lead)
        named = named or _only_one(event, cast, concerned)
        sure = guilty if event.stage in GUILT_STAGES else charged | concerned
        if named and all(e in after_lead for e in named):
            sure = sure | {e.name for e in named}
        if not named:
            named = _named_further_on(event, found, cast) or _by_noun(event, cast, listed or {}, guilty)
            sure = sure | {e.name for e in named}
        if named and any(entity.name in sure for entity in named):
            settled += [(replace(event, party=e.name, party_kind=e.kind), why) for e in named]
        elif not _told_by_name(event, found, people):
            settled.append((event, why))
    return settled


def _told_by_name(event: ProceduralEvent, found: Sequence[tuple[ProceduralEvent, Why]], people: set[str]) -> bool:
    """ "Three men were jailed" at the top of a story that goes on to say by name who was."""
    counted = any((number(w) or 0) > 1 for w in event.party.lower().split()[:2])
    if event.start > _LEAD or not counted or event.stage not in GUILT_STAGES or event.party_kind is not PartyKind.GROUP:
        return False
    later = (e for e, _ in found if e.start > event.start and e.modality is Modality.ASSERTED)
    return len({e.party for e in later if e.stage in GUILT_STAGES and e.party in people}) > 1


def _named_further_on(event: ProceduralEvent, found: Sequence[tuple[ProceduralEvent, Why]], cast: Cast) -> list[Entity]:
    """ "Two traders were jailed ... Roe and Doe were jailed": those of whom the text says the same by name.

    Only for the lead's unnamed ones, and only where as many are named as it speaks of.
    """
    worded = event.party.lower().split()
    size = next((n for w in worded[:2] if (n := number(w)) and n > 1), 1 if worded[0] in {"a", "an"} else None)
    skipped = {"other", "second", "third", "fourth", "fifth", "another"}
    if event.start > _LEAD or size is None or skipped & set(worded) or cast.namesakes(event.party):
        return []
    if event.modality not in {Modality.ASSERTED, Modality.SCHEDULED}:
        return []
    later = [e for e, _ in found if e.start > event.start and e.modality is Modality.ASSERTED]
    stages: frozenset[Stage] | set[Stage] = {event.stage}
    if event.stage in _AFTER_GUILT and (size == 1 or not any(e.stage is event.stage for e in later)):
        stages = GUILT_STAGES if event.stage not in GUILT_STAGES or event.modality is Modality.SCHEDULED else stages
    people = {e.name: e for e in cast.entities if (e.kind is PartyKind.ORGANISATION) == _company(event)}
    said = list(dict.fromkeys(e.party for e in later if e.stage in stages and e.party in people))
    gender = gender_of(worded)
    named = [people[name] for name in said if gender is None or people[name].pronoun in {None, gender}]
    like = [e for e in later if e.stage is event.stage and e.party in said]
    if size == 1 and any(_differ(e.sentence, event.sentence) or _differ(e.counts, event.counts) for e in like):
        return []  # "A man was jailed for two years ... Roe, his supplier, was jailed for six"
    return named if len(named) == len(said) == size else []


def _by_noun(
    event: ProceduralEvent, cast: Cast, listed: Mapping[str, tuple[str, ...]], guilty: set[str]
) -> list[Entity]:
    """ "two aides who were convicted ... The two aides, Roe and Doe, were sentenced": Roe and Doe."""
    worded = event.party.lower().split()
    size = next((n for w in worded[:2] if (n := number(w)) and n > 1), None)
    names = next((listed[w] for w in worded[1:] if w in listed), ())
    if size is None or size != len(names) or (event.stage in GUILT_STAGES and not guilty.issuperset(names)):
        return []
    return [e for e in (cast.resolve(name) for name in names) if e]


def _introduced_later(
    event: ProceduralEvent, found: Sequence[tuple[ProceduralEvent, Why]], cast: Cast, known: Sequence[Entity]
) -> list[Entity]:
    """ "A jury convicted the founder of a website. ... Jane Roe, 40, showed no reaction": Roe, if she stood trial."""
    worded = event.party.lower().split()
    size = next((n for w in worded[:2] if (n := number(w)) and n > 1), 1)
    opens = worded[0] in {"a", "an", "the"} or size > 1
    if event.start > _LEAD or not opens or cast.namesakes(event.party) or event.modality is Modality.ATTRIBUTED:
        return []
    if event.party_kind is PartyKind.ORGANISATION or (size == 1 and is_plural(worded[-1])):
        return []
    if {"other", "others", "second", "third", "fourth", "fifth", "another"} & set(worded):
        return []
    concerned = _ACCUSED | GUILT_STAGES | _AFTER_GUILT | {Stage.ACQUITTED, Stage.MISTRIAL, Stage.DISMISSED}
    said = {e.party for e, _ in found if e.stage in concerned and e.start > event.start}
    gender = gender_of(worded)
    chosen = list(known[:1] if size == 1 else known)
    if size > 1 and event.stage in _ACCUSED:
        said |= {e.name for e in chosen}
    fits = all(e.name in said and (gender is None or e.pronoun in {None, gender}) for e in chosen)
    return chosen if len(chosen) == size and fits else []


def _company(event: ProceduralEvent) -> bool:
    return event.party_kind is PartyKind.ORGANISATION


def without_unnamed_guilt(
    found: Sequence[tuple[ProceduralEvent, Why]], cast: Cast
) -> list[tuple[ProceduralEvent, Why]]:
    """Without guilt stated of one whom the text does not name ("the man", "a user"): the least serious reading."""
    return [
        (event, why)
        for event, why in found
        if event.stage not in GUILT_STAGES
        or event.modality is not Modality.ASSERTED
        or cast.namesakes(event.party)
        or _several(event)
    ]


def _several(event: ProceduralEvent) -> bool:
    """ "Two of his staff", "other companies": more than one, as worded."""
    if event.party_kind is PartyKind.GROUP:
        first = event.party.split()[0].lower()
        return bool(number(first)) or first.isdigit() or first in words("determiners") | QUANTIFIERS | _SOME
    if event.party_kind is PartyKind.PERSON:
        return False
    head = re.split(r"\s(?:of|behind|at|from|in|for)\s", event.party.lower())[0].split()
    return bool(head) and is_plural(head[-1]) and head[0] not in {"a", "an", "one", "this", "that"}


def _only_one(event: ProceduralEvent, cast: Cast, concerned: set[str]) -> list[Entity]:
    """ "The driver was charged ... Roe was taken into custody": in a text about one accused person, that one."""
    lead = event.start < _LEAD and event.stage not in GUILT_STAGES
    whole = event.party.lower()
    words = (re.split(r"\s(?:of|behind|at|from)\s", whole)[0] if lead else whole).split()
    plain = words[0] in {"a", "an", "the"} and len(words) <= 4 and not {"of", "other", "second", "third"} & set(words)
    if (
        len(concerned) != 1
        or not plain
        or event.party_kind is not PartyKind.PERSON
        or "’s" in event.party
        or "'s" in event.party
    ):
        return []
    return [e for e in cast.people() if e.name in concerned]


def _answering(event: ProceduralEvent, cast: Cast) -> list[Entity]:
    words = event.party.lower().split()
    if cast.resolve(event.party) or words[0] in {"other", "another", "some", "several"} or " of " in event.party:
        return []
    named = [e for e in cast.people() if e.descriptors & {words[-1], words[-1].rstrip("s")}]
    size = next((n for w in words[:-1] if (n := number(w))), 1 if words[0] in {"a", "an", "the"} else None)
    return named if size == len(named) else []


def _repeats(one: ProceduralEvent, other: ProceduralEvent) -> bool:
    """Whether two records of one party, stage, modality and speaker are the same step."""
    if _differ(one.date, other.date) or _differ(one.counts, other.counts):
        return False
    if one.stage in {Stage.SENTENCED, Stage.FINED} and _differ(one.sentence, other.sentence):
        return False
    apart = one.stage in {Stage.MISTRIAL, Stage.ON_TRIAL, Stage.ACQUITTED, Stage.DISMISSED}
    if apart and one.date != other.date and one.counts != other.counts:
        return False  # one trial's counts and another trial's date
    if one.offence is None or other.offence is None:
        bare, named = (one, other) if one.offence is None else (other, one)
        if apart and bare.date and not named.date and named.offence is not None:
            return False  # "a mistrial in 2021" and "hung on the fraud count" may be two trials
        # "29 counts" in all are not 29 counts of the one offence that was named elsewhere.
        return bare.counts is None or named.counts is not None or named.offence is None
    return offence_key(one.offence) == offence_key(other.offence)


def _differ(a: object, b: object) -> bool:
    """Two different values; a date within the other's month or year is none."""
    if a is None or b is None or a == b:
        return False
    if isinstance(a, str) and isinstance(b, str) and a[:1].isdigit() and b[:1].isdigit():
        return not (a.startswith(b) or b.startswith(a))
    return True


def _joined(one: ProceduralEvent, other: ProceduralEvent) -> ProceduralEvent:
    date = max((d for d in (one.date, other.date) if d), key=len, default=None)
    if other.zone is Zone.HEADLINE:
        other = replace(other, offence=None, counts=None)  # a heading shortens, and may shorten wrongly
    return replace(
        one,
        offence=one.offence or other.offence,
        counts=one.counts if one.counts is not None else other.counts,
        date=date,
        sentence=one.sentence or other.sentence,
    )
