"""What the reports come to for one question: yes, no, partly, disputed, unknown — and why.

The rules only compare what was asked with what is reported. A step that no source reports is said to be
missing from the sources; it is never said not to have happened unless a source says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from knowledge.conflict import months
from knowledge.model import GUILT_STAGES, TIER_OF, Modality, PartyKind, Stage, Tier, Verdict
from knowledge.names import KnownParty, words
from knowledge.question import Form, Question
from knowledge.standing import Fact, Report, touches

_CHARGED = frozenset(
    {
        Stage.CHARGED,
        Stage.ARRAIGNED,
        Stage.PLEADED_NOT_GUILTY,
        Stage.ON_TRIAL,
        Stage.MISTRIAL,
        Stage.ACQUITTED,
        Stage.DEFERRED,
        Stage.PLEADED_GUILTY,
        Stage.CONVICTED,
    }
)
SATISFIED_BY: dict[Stage, frozenset[Stage]] = {
    Stage.CHARGED: _CHARGED,
    Stage.ON_TRIAL: frozenset({Stage.ON_TRIAL, Stage.MISTRIAL}),
    Stage.SUED: frozenset({Stage.SUED, Stage.SETTLED, Stage.CIVIL_LIABLE, Stage.CIVIL_NOT_LIABLE}),
    Stage.DISMISSED: frozenset({Stage.DISMISSED}),
}
"""Which reported stages bear out a stage that is asked for. Every other stage is borne out by itself alone."""

NEAR: dict[Stage, frozenset[Stage]] = {
    Stage.CONVICTED: frozenset({Stage.PLEADED_GUILTY, Stage.SENTENCED}),
    Stage.PLEADED_GUILTY: frozenset({Stage.CONVICTED}),
    Stage.ACQUITTED: frozenset({Stage.MISTRIAL, Stage.DISMISSED, Stage.OVERTURNED}),
    Stage.DISMISSED: frozenset({Stage.CIVIL_NOT_LIABLE, Stage.ACQUITTED}),
    Stage.CIVIL_LIABLE: frozenset({Stage.SETTLED}),
    Stage.CHARGED: frozenset({Stage.INVESTIGATED, Stage.ARRESTED, Stage.ALLEGED}),
    Stage.FINED: frozenset({Stage.SENTENCED}),
    Stage.SENTENCED: frozenset({Stage.FINED}),
}
"""Stages that are not what was asked for but that somebody who asks will want to be told of."""


@dataclass(slots=True)
class Finding:
    """How one asked step stands: reports that bear it out, that lie near, that are disputed, denials."""

    stages: frozenset[Stage]
    hits: list[Report] = field(default_factory=list)
    near: list[Report] = field(default_factory=list)
    disputed: list[Report] = field(default_factory=list)
    denials: list[Fact] = field(default_factory=list)
    claims: list[Fact] = field(default_factory=list)
    missing_for: list[KnownParty] = field(default_factory=list)


@dataclass(slots=True)
class Judgement:
    """The verdict and the findings behind it; `unmet` are the steps taken for granted that nothing bears out."""

    verdict: Verdict
    findings: list[Finding]
    unmet: list[Finding] = field(default_factory=list)
    only_civil: bool = False
    not_prison: list[Report] = field(default_factory=list)


def judge(
    question: Question,
    parties: list[KnownParty],
    reports: list[Report],
    facts: list[Fact],
    claims: list[Fact],
) -> Judgement:
    """Hold what is asked against what is reported."""
    findings = [_find(question, group, parties, reports, facts, claims) for group in question.asked]
    unmet = [finding for finding in findings if not finding.hits]
    judgement = Judgement(Verdict.ANSWERED, findings, unmet)
    own = [report for report in reports if not report.withheld]
    judgement.only_civil = (
        bool(own)
        and all(
            report.tier in (Tier.CIVIL, Tier.ALLEGATION) or report.stage in _EITHER_AXIS for report in own
        )
        and any(report.tier is Tier.CIVIL for report in own)
    )
    if question.in_prison or Stage.SENTENCED in question.stages:
        judgement.not_prison = _without_prison(findings) if question.in_prison else []
    judgement.verdict = _verdict(question, judgement, own)
    return judgement


_EITHER_AXIS = frozenset(
    {Stage.DISMISSED, Stage.APPEALED, Stage.AFFIRMED, Stage.OVERTURNED, Stage.FINED, Stage.ON_TRIAL}
)


def _find(
    question: Question,
    group: frozenset[Stage],
    parties: list[KnownParty],
    reports: list[Report],
    facts: list[Fact],
    claims: list[Fact],
) -> Finding:
    wanted = frozenset(stage for asked in group for stage in SATISFIED_BY.get(asked, {asked}))
    nearby = frozenset(stage for asked in group for stage in NEAR.get(asked, frozenset()))
    finding = Finding(group)
    for report in reports:
        if not in_scope(question, report):
            continue
        about = touches(question.offence, report.offence)
        if report.stage in wanted and bears_out(question, report):
            (finding.disputed if report.withheld else finding.hits).append(report)
        elif (report.stage in wanted or (report.stage in nearby and about)) and not report.withheld:
            finding.near.append(report)
    finding.denials = [
        fact
        for fact in facts
        if fact.event.modality is Modality.NEGATED
        and fact.event.stage in group
        and touches(question.offence, fact.event.offence)
    ]
    if finding.denials and question.offence:
        _give_way(finding, question.offence)
    finding.claims = [
        fact
        for fact in claims
        if fact.event.stage in (group | (nearby & GUILT_STAGES)) and touches(question.offence, fact.event.offence)
    ]
    borne_out = {id(report.party) for report in finding.hits}
    finding.missing_for = [party for party in parties if id(party) not in borne_out]
    return finding


def bears_out(question: Question, report: Report) -> bool:
    """Whether a report of the right stage is of the very matter that the question names.

    A conspiracy to do something is not the thing itself, a report that names no place bears out nothing about one,
    and a sentence must have the length that is asked about.
    """
    if not touches(question.offence, report.offence) or not _fits_the_term(question, report):
        return False
    if question.forums and report.forum not in question.forums and question.form is Form.YES_NO:
        return False
    if question.offence is None or report.offence is None:
        return True
    return _is_conspiracy(question.offence) == _is_conspiracy(report.offence)


def _is_conspiracy(offence: str) -> bool:
    return re.search(r"\bconspir|\bplot", offence, re.IGNORECASE) is not None


def _fits_the_term(question: Question, report: Report) -> bool:
    """Whether a sentence is the one that a yes-or-no question names: its length, and prison if it says prison."""
    if report.stage is not Stage.SENTENCED or question.form is not Form.YES_NO or not report.sentence:
        return True
    if question.in_prison and not_custody(report.sentence):
        return False
    asked, reported = months(question.term or ""), months(report.sentence)
    return asked is None or (reported is not None and abs(asked - reported) < 1)


def in_scope(question: Question, report: Report) -> bool:
    """Whether a report is of the place and year that the question names, if it names any."""
    places = question.forums
    if places and report.forum is not None and report.forum not in places:
        return False
    if question.years and report.date is not None and report.stage in _DATED:
        return report.date[:4] in question.years
    return True


def _give_way(finding: Finding, offence: str) -> None:
    """Where a source denies the very offence, a report of a wording that only contains it does not bear it out."""
    asked = words(offence)
    exact = [report for report in finding.hits if report.offence is None or words(report.offence) == asked]
    finding.near.extend(report for report in finding.hits if report not in exact)
    finding.hits = exact


_DATED = frozenset(stage for stage in Stage if TIER_OF[stage] not in (Tier.ACCUSED, Tier.ALLEGATION))


def _without_prison(findings: list[Finding]) -> list[Report]:
    """Sentences that are reported and are not prison: asked for "years in prison", they do not answer."""
    return [
        report
        for finding in findings
        for report in finding.hits
        if report.stage is Stage.SENTENCED and report.sentence and not_custody(report.sentence)
    ]


def not_custody(sentence: str) -> bool:
    lowered = sentence.lower()
    return any(word in lowered for word in _NOT_CUSTODY)


_NOT_CUSTODY = ("probation", "time served", "community", "suspended", "home ", "house arrest", "supervised", "hours")


def _verdict(question: Question, judgement: Judgement, own: list[Report]) -> Verdict:
    findings = judgement.findings
    nobody = not own and not question.parties and not question.unknown_names and question.role is None
    if nobody and question.form is not Form.REPORT:
        return Verdict.UNKNOWN
    if not findings:
        return Verdict.UNKNOWN if question.form is Form.YES_NO else Verdict.ANSWERED
    if question.form is Form.YES_NO:
        if question.in_custody_now:
            return _in_custody(findings, own)
        verdict = _yes_or_no(question, findings, own)
        return _OPPOSITE.get(verdict, verdict) if question.never else verdict
    if not judgement.unmet:
        if judgement.not_prison and len(judgement.not_prison) == len(findings[0].hits):
            return Verdict.NO
        return Verdict.ANSWERED
    if any(finding.disputed for finding in judgement.unmet):
        return Verdict.DISPUTED
    if question.form in (Form.HAPPENED, Form.REPORT, Form.OPEN):
        return Verdict.ANSWERED
    if all(_about_an_appeal(finding) for finding in judgement.unmet):
        return Verdict.UNKNOWN
    return Verdict.NO


_OPPOSITE = {Verdict.YES: Verdict.NO, Verdict.NO: Verdict.YES}


def _in_custody(findings: list[Finding], own: list[Report]) -> Verdict:
    """Whether somebody sits in prison now: a sentence does not tell; a release, a pardon or probation does."""
    sentences = [report for report in own if report.stage is Stage.SENTENCED]
    free = {Stage.RELEASED, Stage.PARDONED}
    if any(report.stage in free for report in own):
        return Verdict.NO
    if sentences and all(report.sentence and not_custody(report.sentence) for report in sentences):
        return Verdict.NO
    if any(finding.denials for finding in findings):
        return Verdict.NO
    return Verdict.UNKNOWN


def _about_an_appeal(finding: Finding) -> bool:
    return finding.stages <= {Stage.AFFIRMED, Stage.OVERTURNED, Stage.APPEALED}


def _yes_or_no(question: Question, findings: list[Finding], own: list[Report]) -> Verdict:
    verdicts = [_one_yes_or_no(question, finding, own) for finding in findings]
    if all(verdict is verdicts[0] for verdict in verdicts):
        return verdicts[0]
    for verdict in (Verdict.DISPUTED, Verdict.NO, Verdict.UNKNOWN, Verdict.PARTLY):
        if verdict in verdicts:
            return Verdict.PARTLY if verdict is Verdict.NO and Verdict.YES in verdicts else verdict
    return Verdict.UNKNOWN


def _one_yes_or_no(question: Question, finding: Finding, own: list[Report]) -> Verdict:
    standing = [report for report in finding.hits if report.superseded_by in (None, Stage.PARDONED)]
    if question.still and finding.stages <= _ACCUSED:
        standing = [report for report in standing if report.tier is Tier.ACCUSED and not report.outcome_known]
    if finding.hits and not standing:
        return Verdict.NO if question.still else Verdict.PARTLY
    if finding.disputed:
        return Verdict.DISPUTED
    if finding.hits:
        several = len(question.parties) > 1 and finding.missing_for
        left_over = question.universal and _something_remains(finding, own)
        return Verdict.PARTLY if several or left_over else Verdict.YES
    if finding.denials:
        return Verdict.NO
    if finding.near and _nearly(question, finding):
        return Verdict.PARTLY
    return Verdict.NO if _otherwise_decided(finding, own) else Verdict.UNKNOWN


_ACCUSED = frozenset(stage for stage in Stage if TIER_OF[stage] in (Tier.ACCUSED, Tier.ARREST))


def _nearly(question: Question, finding: Finding) -> bool:
    """Not the same, and not nothing: a plea where a conviction was asked for, a conspiracy where the deed was."""
    akin = [report for report in finding.near if question.offence and touches(question.offence, report.offence)]
    if any(report.stage in finding.stages and not question.forums for report in akin):
        return True
    asks_guilt = finding.stages & {Stage.CONVICTED, Stage.PLEADED_GUILTY}
    return bool(asks_guilt) and any(
        report.stage in (Stage.PLEADED_GUILTY, Stage.CONVICTED) and report.stage not in finding.stages
        for report in finding.near
    )


def _something_remains(finding: Finding, own: list[Report]) -> bool:
    ended = {(id(report.party), report.offence) for report in finding.hits}
    return any(
        report.tier in (Tier.ACCUSED, Tier.GUILT) and (id(report.party), report.offence) not in ended
        for report in own
    )


def _otherwise_decided(finding: Finding, own: list[Report]) -> bool:
    """Whether the sources tell how the matter went, and it went otherwise than asked."""
    asked_tiers = {TIER_OF[stage] for stage in finding.stages}
    if asked_tiers & {Tier.GUILT, Tier.PENALTY, Tier.NO_FINDING}:
        return any(report.tier in (Tier.GUILT, Tier.NO_FINDING, Tier.PENALTY) for report in own) or any(
            report.tier is Tier.CIVIL and report.stage is not Stage.SUED for report in own
        )
    if Tier.ACCUSED in asked_tiers:
        return any(report.tier in (Tier.ACCUSED, Tier.GUILT, Tier.NO_FINDING) for report in own)
    return False


def people_first(parties: list[KnownParty]) -> list[KnownParty]:
    return sorted(parties, key=lambda party: party.kind is not PartyKind.PERSON)
