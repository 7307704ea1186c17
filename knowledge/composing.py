"""Headline, premise and conflicts in words: the composer's sentences, each built from reports alone."""

from __future__ import annotations

from collections.abc import Callable

from knowledge.citations import Citer
from knowledge.conflict import Clash
from knowledge.evidence import Evidence
from knowledge.model import Conflict, ConflictSide, SourceDocument, Stage, Tier, Verdict
from knowledge.question import Form, Question
from knowledge.standing import Report, rank
from knowledge.verdict import Finding, Judgement
from knowledge.wording import KIND_NAMES, event_noun, join_and, report_words, summary

_ABOUT = {
    "plea or trial": "whether there was a guilty plea or a trial",
    "outcome": "how it ended",
    "length": "the length of the sentence",
    "counts": "the number of counts",
    "date": "the date",
    "whether": "whether it happened",
}


def headline_of(question: Question, evidence: Evidence, judgement: Judgement, shown: list[Report]) -> str:
    """The first line of the answer, from the verdict and the reports that are shown."""
    hits = _unique([report for finding in judgement.findings for report in finding.hits if report in shown])
    if judgement.verdict is Verdict.YES:
        if question.never:
            return f"{_missing(question, evidence, judgement)}.{_instead(question, shown)}"
        return f"Yes, the sources report it: {summary(hits)}."
    if judgement.verdict is Verdict.DISPUTED:
        return f"The sources disagree on {_whom(question, evidence)}: see both sides below."
    if judgement.verdict is Verdict.PARTLY:
        said = f"{_capital(summary(hits or _unique(_near(judgement))))}."
        return f"Not all: {said}" if question.universal and hits else said + _left_open(judgement, evidence)
    if judgement.verdict is Verdict.NO:
        return _no(question, evidence, judgement, shown)
    if judgement.verdict is Verdict.UNKNOWN:
        return _unknown(question, evidence, judgement, shown)
    if question.form is Form.REPORT:
        return "What the sources say, quoted below. A report's finding is not a verdict."
    if hits:
        return f"{_capital(summary(hits))}.{_open_note(hits)}"
    if shown:
        return f"{_capital(summary(rank(shown, question.stages, question.offence), limit=4))}.{_open_note(shown)}"
    return "What the sources say is quoted below."


def _no(question: Question, evidence: Evidence, judgement: Judgement, shown: list[Report]) -> str:
    if judgement.not_prison and not judgement.unmet:
        return f"No prison term is reported: {summary(judgement.not_prison)}."
    if question.in_custody_now:
        return f"Not in prison, as far as the sources here go.{_instead(question, shown)}"
    if question.never:
        return f"{_capital(summary(_unique([r for f in judgement.findings for r in f.hits])))}."
    undone = [r for finding in judgement.findings for r in finding.hits if r.superseded_by is not None]
    if undone and not judgement.unmet:
        return f"No longer: {summary(_unique(undone))}."
    denied = [fact for finding in judgement.unmet for fact in finding.denials]
    if denied:
        event = denied[0].event
        return f"A source here says that it is not so: “{' '.join(event.quote.split())}”{_instead(question, shown)}"
    return f"{_missing(question, evidence, judgement)}.{_instead(question, shown)}"


def _missing(question: Question, evidence: Evidence, judgement: Judgement) -> str:
    finding = judgement.unmet[0] if judgement.unmet else judgement.findings[0]
    offence = f" for {question.offence}" if question.offence else ""
    place = f" in {join_and(sorted(question.forums))}" if question.forums else ""
    term = f" ({question.term})" if question.term and Stage.SENTENCED in finding.stages else ""
    return f"No source here reports {event_noun(finding.stages)}{term} of {_whom(question, evidence)}{offence}{place}"


def _unknown(question: Question, evidence: Evidence, judgement: Judgement, shown: list[Report]) -> str:
    if not judgement.findings or not (evidence.parties or question.unknown_names or question.role):
        return "The sources do not settle that; what they say is quoted below."
    if question.in_custody_now:
        return f"No source here says where {_whom(question, evidence)} is now.{_instead(question, shown)}"
    return f"{_missing(question, evidence, judgement)}.{_instead(question, shown)}{_open_note(shown)}"


def _instead(question: Question, shown: list[Report]) -> str:
    told = [report for report in shown if report.tier is not Tier.ALLEGATION] or shown
    told = rank(told, question.stages, question.offence)
    return f" What they report: {summary(told, limit=4)}." if told else ""


def _open_note(reports: list[Report]) -> str:
    waiting = [report for report in reports if not report.outcome_known and report.tier is Tier.ACCUSED]
    if not waiting:
        return ""
    as_of = max((report.as_of for report in waiting if report.as_of), default=None)
    when = f" as of {as_of}" if as_of else ""
    return f" Charged{when}; no outcome of these charges is reported here."


def _left_open(judgement: Judgement, evidence: Evidence) -> str:
    without = [
        party.name
        for finding in judgement.findings
        for party in finding.missing_for
        if finding.hits and not evidence.by_role
    ]
    return f" Nothing of the kind is reported of {join_and(list(dict.fromkeys(without)))}." if without else ""


def premise_of(
    question: Question, evidence: Evidence, judgement: Judgement
) -> str | None:
    """What the question takes for granted and no source bears out, corrected as far as the sources go."""
    if evidence.taken_as is not None:
        return evidence.taken_as
    if question.form is Form.YES_NO or judgement.verdict not in (
        Verdict.NO,
        Verdict.DISPUTED,
        Verdict.UNKNOWN,
    ):
        return _claims_note(judgement)
    if judgement.not_prison and not judgement.unmet:
        return f"The question takes a prison term for granted; the sources report {summary(judgement.not_prison)}."
    if not (evidence.parties or question.unknown_names or question.role):
        return None
    parts = [_premise_part(question, evidence, finding) for finding in judgement.unmet]
    text = " ".join(part for part in parts if part)
    if judgement.only_civil and question.stages & _CRIMINAL:
        text += " The matter in these sources is a civil suit, in which nobody is charged, convicted or sentenced."
    claims = _claims_note(judgement)
    return f"{text} {claims}".strip() if claims else text or None


_CRIMINAL = frozenset(
    {Stage.CONVICTED, Stage.PLEADED_GUILTY, Stage.SENTENCED, Stage.CHARGED, Stage.ACQUITTED, Stage.ARRESTED}
)


def _premise_part(question: Question, evidence: Evidence, finding: Finding) -> str:
    noun = event_noun(finding.stages)
    whom = _whom(question, evidence)
    offence = f" for {question.offence}" if question.offence else ""
    if finding.disputed:
        return f"The question takes {noun} of {whom} for granted; the sources disagree on that."
    near = f" Reported instead: {summary(_unique(finding.near), limit=3)}." if finding.near else ""
    return f"The question takes {noun} of {whom}{offence} for granted; no source here reports it.{near}"


def _claims_note(judgement: Judgement) -> str | None:
    claimed = {fact.event.stage for finding in judgement.unmet for fact in finding.claims}
    if claimed:
        return f"A reader's comment claims {event_noun(claimed)}; no report here bears that out."
    return None


def _whom(question: Question, evidence: Evidence) -> str:
    if question.role is not None and evidence.by_role:
        return question.role.phrase
    if evidence.by_role and len(evidence.parties) > 4:
        return "anybody in this case"
    names = [party.name for party in evidence.parties]
    return join_and((names or list(question.unknown_names))[:4]) or "anybody that the question names"


def _near(judgement: Judgement) -> list[Report]:
    return [report for finding in judgement.findings for report in finding.near]


def _unique(reports: list[Report]) -> list[Report]:
    kept: list[Report] = []
    for report in reports:
        if not any(report is other for other in kept):
            kept.append(report)
    return kept


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def conflicts_of(
    clashes: list[Clash], citer: Citer, document: Callable[[str], SourceDocument], *, limit: int = 4
) -> tuple[Conflict, ...]:
    """Each disagreement with both sides, dated and labelled by kind of source. The same two reports once."""
    conflicts: dict[str, Conflict] = {}
    for clash in clashes:
        about = f"{clash.first.party.name}: {_ABOUT[clash.what]}"
        sides = tuple(_side(report, clash, citer, document) for report in (clash.first, clash.second))
        known = conflicts.get(about)
        merged = (known.sides if known else ()) + sides
        unique = {side.text: side for side in merged}
        conflicts[about] = Conflict(about, tuple(unique.values()))
    return tuple(list(conflicts.values())[:limit])


def _side(
    report: Report, clash: Clash, citer: Citer, document: Callable[[str], SourceDocument]
) -> ConflictSide:
    fact = report.facts[0]
    source = document(fact.source_id)
    number = citer.cite(fact.source_id, fact.event.start, fact.event.end, fact.event.zone)
    citer.support(number, report.party.name, report.stage.value)
    words = report_words(report)
    if clash.what == "whether" and report is clash.second:
        words = f"says that this did not happen: {words}"
    label = source.publisher or source.title
    return ConflictSide(
        f"{label} ({KIND_NAMES[source.kind]}, {source.dated or 'undated'}): {words}", (number,)
    )
