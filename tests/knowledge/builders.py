"""Short ways to build facts for tests about invented people."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.model import Counts, Modality, PartyKind, ProceduralEvent, SourceKind, Stage, Zone
from knowledge.names import KnownParty
from knowledge.standing import Fact, Report, lay_out

_PEOPLE: dict[str, KnownParty] = {}


def known(name: str, kind: PartyKind = PartyKind.PERSON) -> KnownParty:
    """The same party object for the same name, as a directory would give it."""
    return _PEOPLE.setdefault(name, KnownParty(name, kind, {name}))


def fact(
    party: str,
    stage: Stage,
    offence: str | None = None,
    *,
    source: str = "s1",
    dated: str | None = None,
    date: str | None = None,
    counts: Counts = None,
    sentence: str | None = None,
    modality: Modality = Modality.ASSERTED,
    zone: Zone = Zone.BODY,
    forum: str | None = None,
    start: int = 0,
    quote: str = "the words of the source",
    kind: PartyKind = PartyKind.PERSON,
    states_own: bool = False,
) -> Fact:
    event = ProceduralEvent(
        party=party,
        party_kind=kind,
        stage=stage,
        modality=modality,
        quote=quote,
        start=start,
        end=start + len(quote),
        zone=zone,
        offence=offence,
        counts=counts,
        date=date,
        sentence=sentence,
    )
    return Fact(event, known(party, kind), source, dated, SourceKind.NEWS, forum, states_own)


def laid_out(facts: Sequence[Fact]) -> set[tuple[str, str, str | None]]:
    """Reports as (party, stage, offence), for comparing in one look."""
    return {(report.party.name, report.stage.value, report.offence) for report in lay_out(facts)}


def one(reports: Sequence[Report], stage: Stage) -> Report:
    found = [report for report in reports if report.stage is stage]
    assert len(found) == 1, [report.stage for report in reports]
    return found[0]
