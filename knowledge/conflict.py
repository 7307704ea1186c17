"""Reports that cannot both be true. Both sides are kept, with date and kind of source; neither wins by rank.

Where two reports clash, the more serious one is withheld from the standings and shown in the conflict only:
whoever reads the standings alone reads nothing that another source contradicts in somebody's disfavour.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations

from knowledge.dates import compatible, surely_before
from knowledge.forum import can_end
from knowledge.model import Modality, SourceKind, Stage
from knowledge.procedure.offences import same_offence
from knowledge.standing import Fact, Report, one_matter

_AT_TRIAL = re.compile(r"\b(?:jur(?:y|or|ors)|trial|verdict|found guilty|retrial)\b", re.IGNORECASE)
_ALL_CHARGES = re.compile(
    r"^(?:the |all |these |those |federal |state |criminal )*(?:charges?|counts?)\b", re.IGNORECASE
)
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(year|month|week|day)s?")
_MONTHS = {"year": 12.0, "month": 1.0, "week": 0.25, "day": 1 / 30}


@dataclass(slots=True)
class Clash:
    """Two reports that cannot both be true, and what they clash over."""

    what: str
    first: Report
    second: Report


def find_clashes(reports: list[Report], facts: Iterable[Fact]) -> list[Clash]:
    """All clashes among `reports`, which are marked disputed; where guilt is at stake, its side is withheld.

    facts: all facts of the same parties, denials included.
    """
    clashes: list[Clash] = []
    for first, second in combinations(reports, 2):
        if first.party is not second.party or not _same_forum(first, second):
            continue
        for what, test in _TESTS:
            if test(first, second):
                clashes.append(Clash(what, first, second))
                break
    clashes.extend(_denials(reports, facts))
    for clash in clashes:
        _mark(clash)
    _spread(clashes, reports)
    return clashes


def _same_forum(first: Report, second: Report) -> bool:
    if first.forum == second.forum or can_end(first.forum, second.forum):
        return True
    # A report that names no place, of the very same day, is of the same court.
    return None in (first.forum, second.forum) and first.date is not None and first.date == second.date


def _independent(first: Report, second: Report) -> bool:
    """No source vouches for both: a source that reports both knows how they go together."""
    return not (first.sources & second.sources)


def _plea_against_trial(first: Report, second: Report) -> bool:
    for plea, trial in ((first, second), (second, first)):
        if plea.stage is not Stage.PLEADED_GUILTY or not _independent(plea, trial):
            continue
        if not (one_matter(plea.offence, trial.offence) or _all_charges(plea)):
            continue
        if trial.stage in (Stage.ACQUITTED, Stage.CONVICTED):
            tried = trial.stage is Stage.ACQUITTED or any(_at_trial(fact) for fact in trial.facts)
            return tried
        if trial.stage is Stage.MISTRIAL:
            return not surely_before(trial.date, plea.date)
        if trial.stage is Stage.ON_TRIAL:
            return surely_before(plea.date, trial.date)
        if trial.stage is Stage.PLEADED_NOT_GUILTY:
            return plea.date is not None and any(_still_denied(fact, plea.date) for fact in trial.facts)
    return False


def _still_denied(denial: Fact, day: str) -> bool:
    """Whether a plea of not guilty is reported as standing on or after `day`; one given before it may have changed."""
    if denial.event.date is not None:
        return surely_before(day, denial.event.date)
    if denial.kind is SourceKind.BRIEF or denial.dated is None:
        return False
    return not surely_before(denial.dated, day)


def _all_charges(plea: Report) -> bool:
    return plea.offence is None or any(
        _ALL_CHARGES.match(fact.event.offence or "charges") for fact in plea.facts
    )


def _at_trial(fact: Fact) -> bool:
    return _AT_TRIAL.search(fact.event.quote) is not None


def _opposite_outcomes(first: Report, second: Report) -> bool:
    outcomes = {first.stage, second.stage}
    clashing = (
        {Stage.CONVICTED, Stage.ACQUITTED},
        {Stage.CONVICTED, Stage.MISTRIAL},
        {Stage.ACQUITTED, Stage.MISTRIAL},
        {Stage.PLEADED_GUILTY, Stage.ACQUITTED},
        {Stage.CONVICTED, Stage.DISMISSED},
    )
    if outcomes not in clashing or not _independent(first, second):
        return False
    if first.offence is None or second.offence is None or not same_offence(first.offence, second.offence):
        return False
    counted = (
        isinstance(first.counts, int) and isinstance(second.counts, int) and first.counts != second.counts
    )
    return not counted and compatible(first.date, second.date)


def _different_terms(first: Report, second: Report) -> bool:
    if first.stage is not second.stage or first.stage not in (Stage.SENTENCED, Stage.FINED):
        return False
    if not _independent(first, second) or not compatible(first.date, second.date):
        return False
    if not first.sentence or not second.sentence or not one_matter(first.offence, second.offence):
        return False
    return _clash_of_terms(first.sentence, second.sentence)


def _clash_of_terms(left: str, right: str) -> bool:
    """Whether two penalties of one kind differ: durations by length, everything else not compared."""
    one, two = months(left), months(right)
    if one is None or two is None or ("probation" in left) != ("probation" in right):
        return ("life" in left) != ("life" in right) and (one or two) is not None
    return abs(one - two) > 0.5


def months(sentence: str) -> float | None:
    """The length of a term in months ("2 years 7 months" → 31.0), None if it states none."""
    found = _DURATION.findall(sentence)
    return sum(float(number) * _MONTHS[unit] for number, unit in found) if found else None


def _different_counts(first: Report, second: Report) -> bool:
    if first.stage is not second.stage or not _independent(first, second):
        return False
    if (
        not isinstance(first.counts, int)
        or not isinstance(second.counts, int)
        or first.counts == second.counts
    ):
        return False
    if (first.offence is None) != (second.offence is None) or not one_matter(first.offence, second.offence):
        return False
    return compatible(first.date, second.date)


def _different_dates(first: Report, second: Report) -> bool:
    if first.stage is not second.stage or not _independent(first, second):
        return False
    if first.date is None or second.date is None or compatible(first.date, second.date):
        return False
    if len(first.date) < 7 or len(second.date) < 7 or not one_matter(first.offence, second.offence):
        return False
    same_day_of_another_year = first.date[4:] == second.date[4:]
    return same_day_of_another_year or first.date[:7] == second.date[:7]


Test = Callable[[Report, Report], bool]
_TESTS: tuple[tuple[str, Test], ...] = (
    ("plea or trial", _plea_against_trial),
    ("outcome", _opposite_outcomes),
    ("length", _different_terms),
    ("counts", _different_counts),
    ("date", _different_dates),
)


def _denials(reports: list[Report], facts: Iterable[Fact]) -> list[Clash]:
    """A source that says that something did not happen, against one that says it did."""
    clashes: list[Clash] = []
    for fact in facts:
        event = fact.event
        if event.modality is not Modality.NEGATED or event.zone.value not in ("body", "quotation"):
            continue
        for report in reports:
            if (
                report.party is fact.party
                and report.stage is event.stage
                and event.offence is not None
                and report.offence is not None
                and same_offence(event.offence, report.offence)
                and fact.source_id not in report.sources
                and compatible(event.date, report.date)
                and (fact.forum == report.forum or can_end(report.forum, fact.forum))
            ):
                denial = Report(fact.party, event.stage, event.offence, fact.forum, None, None, None, [fact])
                clashes.append(Clash("whether", report, denial))
                break
    return clashes


_GUILT = (Stage.PLEADED_GUILTY, Stage.CONVICTED)


def _mark(clash: Clash) -> None:
    clash.first.disputed = clash.second.disputed = True
    if clash.what == "plea or trial":
        # A plea takes in every charge; a verdict goes count by count and says less.
        plea = clash.first if clash.first.stage is Stage.PLEADED_GUILTY else clash.second
        plea.withheld = True
    elif clash.what == "outcome":
        for report in (clash.first, clash.second):
            report.withheld = report.withheld or report.stage in _GUILT
    elif clash.what == "whether":
        clash.first.withheld = True


def _spread(clashes: list[Clash], reports: list[Report]) -> None:
    """A sentence that is contradicted for one of its parties is in doubt for the others it names alike."""
    doubted = {
        (fact.source_id, fact.event.start, fact.event.end, report.stage)
        for clash in clashes
        for report in (clash.first, clash.second)
        if report.withheld
        for fact in report.facts
    }
    for report in reports:
        if report.withheld or not report.facts:
            continue
        if all((f.source_id, f.event.start, f.event.end, report.stage) in doubted for f in report.facts):
            report.disputed = report.withheld = True
