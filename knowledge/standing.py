"""Where each matter stands: the events of each party and offence laid out, merged and put in order of time.

A standing is always derived from events, never stored. Events that are only supposed, sought, scheduled,
denied or left to somebody's word make no standing; nor do reader comments, nor a headline alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from knowledge.dates import compatible, finer, surely_before
from knowledge.forum import can_end
from knowledge.model import (
    TIER_OF,
    Counts,
    Modality,
    ProceduralEvent,
    SourceKind,
    Stage,
    Tier,
    Zone,
)
from knowledge.names import KnownParty
from knowledge.procedure.offences import offence_covers, same_offence

REPORTING = frozenset({Zone.HEADLINE, Zone.BODY, Zone.QUOTATION})
_ENDS = frozenset({Tier.NO_FINDING, Tier.GUILT, Tier.PENALTY})
_UNDOING = frozenset({Stage.OVERTURNED, Stage.PARDONED})
_UNDOABLE = frozenset({Stage.CONVICTED, Stage.PLEADED_GUILTY, Stage.SENTENCED, Stage.FINED})


@dataclass(frozen=True, slots=True)
class Fact:
    """One event with all that is needed to weigh it.

    dated: the day its source speaks from. forum: where the matter is heard, if the text says so.
    states_own: whether the text says that it is a state's own case, not a federal one that sits there.
    """

    event: ProceduralEvent
    party: KnownParty
    source_id: str
    dated: str | None
    kind: SourceKind
    forum: str | None
    states_own: bool = False

    @property
    def reported(self) -> bool:
        """Whether the source itself says that it happened."""
        return self.event.modality is Modality.ASSERTED and self.event.zone in REPORTING


@dataclass(slots=True)
class Report:
    """What one or more sources report alike: the working form of a `Standing`, with the facts behind it."""

    party: KnownParty
    stage: Stage
    offence: str | None
    forum: str | None
    counts: Counts
    date: str | None
    sentence: str | None
    facts: list[Fact] = field(default_factory=list)
    outcome_known: bool = True
    superseded_by: Stage | None = None
    disputed: bool = False
    withheld: bool = False

    @property
    def tier(self) -> Tier:
        return TIER_OF[self.stage]

    @property
    def as_of(self) -> str | None:
        """The day of the newest source behind it."""
        return max((fact.dated for fact in self.facts if fact.dated), default=None)

    @property
    def sources(self) -> frozenset[str]:
        return frozenset(fact.source_id for fact in self.facts)


def lay_out(facts: Iterable[Fact]) -> list[Report]:
    """Reports of all matters that `facts` support, earliest first, with supersession and open charges marked."""
    usable = _supported(list(facts))
    reports: list[Report] = []
    # The most explicit first, so that a bare "was convicted" joins what spells the conviction out.
    for fact in sorted(usable, key=_explicitness):
        home = next((report for report in reports if _joins(report, fact)), None)
        if home is None:
            reports.append(_report_of(fact))
        else:
            _join(home, fact)
    _mark_superseded(reports)
    _mark_open(reports)
    reports.sort(key=lambda report: (report.date or "9999", _tier_order(report.stage), report.party.name))
    return reports


def _supported(facts: list[Fact]) -> list[Fact]:
    """Reported facts, without headlines that no body text of the same source bears out."""
    reported = [fact for fact in facts if fact.reported]
    bodies = {
        (fact.source_id, id(fact.party), fact.event.stage)
        for fact in reported
        if fact.event.zone is not Zone.HEADLINE
    }
    return [
        fact
        for fact in reported
        if fact.event.zone is not Zone.HEADLINE
        or (fact.source_id, id(fact.party), fact.event.stage) in bodies
    ]


def _explicitness(fact: Fact) -> tuple[int, int, int, int, str, int]:
    event = fact.event
    return (
        event.offence is None,
        event.counts is None,
        event.date is None,
        event.sentence is None,
        fact.source_id,
        event.start,
    )


def _joins(report: Report, fact: Fact) -> bool:
    event = fact.event
    return (
        report.party is fact.party
        and report.stage is event.stage
        and (report.forum == fact.forum or report.forum is None or fact.forum is None)
        and one_matter(report.offence, event.offence)
        and (report.counts is None or event.counts is None or report.counts == event.counts)
        and compatible(report.date, event.date)
        and (report.sentence is None or event.sentence is None or report.sentence == event.sentence)
        and _tells_of_one_event(report, event)
    )


def _tells_of_one_event(report: Report, event: ProceduralEvent) -> bool:
    """Whether two reports may be put together: one says nothing new, or they have something definite in common.

    "A mistrial in 2021" and "a mistrial on 50 counts" may be two; together they would say what neither says.
    """
    slots = (
        (report.offence, event.offence),
        (report.counts, event.counts),
        (report.date, event.date),
        (report.sentence, event.sentence),
    )
    adds = any(known is None and told is not None for known, told in slots)
    lacks = any(known is not None and told is None for known, told in slots)
    return not (adds and lacks) or any(known is not None and told is not None for known, told in slots)


def one_matter(left: str | None, right: str | None) -> bool:
    """Whether two wordings can be one offence; a missing wording agrees with any."""
    return left is None or right is None or same_offence(left, right)


def touches(asked: str | None, offence: str | None) -> bool:
    """Whether an offence answers to the one asked for: the same, or a kind of it."""
    if asked is None:
        return True
    if offence is None:
        return False
    return same_offence(asked, offence) or offence_covers(asked, offence)


def _report_of(fact: Fact) -> Report:
    event = fact.event
    return Report(
        fact.party, event.stage, event.offence, fact.forum, event.counts, event.date, event.sentence, [fact]
    )


def _join(report: Report, fact: Fact) -> None:
    event = fact.event
    report.facts.append(fact)
    report.offence = report.offence or event.offence
    report.forum = report.forum or fact.forum
    report.counts = event.counts if report.counts is None else report.counts
    report.date = finer(report.date, event.date)
    report.sentence = report.sentence or event.sentence


def _mark_superseded(reports: list[Report]) -> None:
    for later in reports:
        for earlier in reports:
            if earlier is later or earlier.party is not later.party or earlier.superseded_by is not None:
                continue
            if (later.stage in _UNDOING and earlier.stage in _UNDOABLE and _undoes(later, earlier)) or (
                later.stage is Stage.ACQUITTED and earlier.stage in _UNDOABLE and _acquits(later, earlier)
            ):
                earlier.superseded_by = later.stage


def _undoes(later: Report, earlier: Report) -> bool:
    if earlier.forum != later.forum and not can_end(earlier.forum, later.forum) and later.forum is not None:
        return False
    if not one_matter(later.offence, earlier.offence) and not (
        later.offence and earlier.offence and offence_covers(later.offence, earlier.offence)
    ):
        return False
    return follows(later, earlier)


def _acquits(later: Report, earlier: Report) -> bool:
    """A later acquittal of the same matter in full; one of fewer counts leaves the rest standing."""
    if later.offence is None or earlier.offence is None or not same_offence(later.offence, earlier.offence):
        return False
    if isinstance(later.counts, int) and later.counts != earlier.counts:
        return False
    return surely_before(earlier.date, later.date) and can_end(earlier.forum, later.forum)


def follows(later: Report, earlier: Report) -> bool:
    """Whether one report comes after another: by date, else by their order in one source."""
    if earlier.date is not None and later.date is not None:
        return not surely_before(later.date, earlier.date)
    for second in later.facts:
        for first in earlier.facts:
            if first.source_id == second.source_id:
                return first.event.start <= second.event.start
    return True


def _mark_open(reports: list[Report]) -> None:
    """A charge whose end no source reports stays open; an outcome elsewhere does not end it."""
    for report in reports:
        if report.tier is Tier.ACCUSED:
            report.outcome_known = any(
                outcome.tier in _ENDS and _can_be_the_end_of(outcome, report) for outcome in reports
            )


def _can_be_the_end_of(outcome: Report, charge: Report) -> bool:
    if outcome.party is not charge.party or not _one_court_may_hear(charge, outcome):
        return False
    if surely_before(outcome.date, charge.date):
        return False
    if outcome.offence is None or charge.offence is None:
        return True
    return touches(charge.offence, outcome.offence) or touches(outcome.offence, charge.offence)


def _one_court_may_hear(charge: Report, outcome: Report) -> bool:
    if can_end(charge.forum, outcome.forum):
        return True
    # "Unsealed in New York" names a place, not a state's court: a source that reports the end knows it.
    own = any(fact.states_own for fact in charge.facts + outcome.facts)
    return not own and bool(charge.sources & outcome.sources)


_TIER_ORDER = (
    Tier.ALLEGATION,
    Tier.CIVIL,
    Tier.ARREST,
    Tier.ACCUSED,
    Tier.NO_FINDING,
    Tier.GUILT,
    Tier.PENALTY,
    Tier.AFTER,
)


def _tier_order(stage: Stage) -> int:
    return _TIER_ORDER.index(TIER_OF[stage])


def rank(reports: Sequence[Report], stages: frozenset[Stage], offence: str | None) -> list[Report]:
    """Reports in the order in which a reader needs them: what was asked, then outcomes, then charges, then the rest."""

    def key(report: Report) -> tuple[bool, bool, int]:
        asked = report.stage in stages
        about = offence is not None and touches(offence, report.offence)
        # What undoes a judgment weighs as much as the judgment: neither is told without the other.
        weight = 0 if report.stage in _UNDOING else _WEIGHT[report.tier]
        return (not (asked and (about or offence is None)), not (asked or about), weight)

    # Within one weight the newest first: what holds now before what was once.
    newest_first = sorted(reports, key=lambda report: report.date or "", reverse=True)
    return sorted(newest_first, key=key)


_WEIGHT = {
    Tier.GUILT: 0,
    Tier.NO_FINDING: 0,
    Tier.PENALTY: 0,
    Tier.AFTER: 1,
    Tier.CIVIL: 2,
    Tier.ACCUSED: 3,
    Tier.ARREST: 4,
    Tier.ALLEGATION: 5,
}
