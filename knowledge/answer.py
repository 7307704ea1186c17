"""From a question to an `Answer`: the extractive composer.

Everything it says comes from reports (wording.py puts exactly their stage into words) or is quoted. What it
composes is verified before it leaves (verification.py).
"""

from __future__ import annotations

import time
from dataclasses import replace

from knowledge.citations import Citer
from knowledge.composing import conflicts_of, headline_of, premise_of
from knowledge.conflict import Clash, find_clashes
from knowledge.evidence import Evidence, Reader, gather
from knowledge.model import GUILT_STAGES, Answer, Stage, Standing, Statement, Tier, Verdict, Zone
from knowledge.names import words
from knowledge.namesakes import namesake_notes
from knowledge.question import Form, Question, parse
from knowledge.standing import Fact, Report, lay_out, rank
from knowledge.statements import DEATH, Quoted, choose, names
from knowledge.store.library import Library
from knowledge.verdict import Judgement, in_scope, judge
from knowledge.verification import says, verify

MAX_STANDINGS = 8
MAX_STATEMENTS = 4
FEW_STANDINGS = 3
CITED_PER_STANDING = 2


class Answerer:
    """Answers questions from one knowledge base. Safe to use again and again; holds no state of a question."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def answer(self, text: str, *, as_of: str | None = None) -> Answer:
        """One verified answer. `as_of`: YYYY-MM-DD, to be answered as on that day.

        Raises KnowledgeBaseError if the knowledge base cannot be read; finding nothing is an answer.
        """
        started = time.perf_counter()
        with self._library.snapshot():
            answer = self._compose(text, as_of)
        return replace(answer, elapsed_ms=round((time.perf_counter() - started) * 1000))

    def _compose(self, text: str, as_of: str | None) -> Answer:
        reader = Reader(self._library, as_of)
        question = parse(text, reader.directory)
        evidence = gather(reader, question)
        if evidence.nothing:
            return not_in_sources(question, evidence)
        reports, clashes = _weigh(evidence)
        judgement = judge(question, evidence.parties, reports, evidence.facts, evidence.claims)
        citer = Citer(reader.document)
        shown = select(question, reports, judgement)
        standings = tuple(_standing(report, citer) for report in shown)
        conflicts = conflicts_of(_relevant(clashes, question, shown), citer, reader.document)
        statements = self._statements(reader, question, evidence, judgement, citer, _withheld_spans(reports))
        if not standings and not statements and not conflicts:
            return not_in_sources(question, evidence)
        draft = Answer(
            question=text,
            verdict=judgement.verdict,
            headline=headline_of(question, evidence, judgement, shown),
            premise=premise_of(question, evidence, judgement),
            standings=standings,
            statements=statements,
            conflicts=conflicts,
            citations=tuple(citer.citations),
            notes=namesake_notes(evidence.facts, reader.events, reader.directory),
        )
        if question.form is Form.HAPPENED and any(DEATH.search(statement.text) for statement in statements):
            draft = replace(draft, headline=f"{draft.headline} A death is reported too: see the quotations.")
        checked = verify(draft, reader.document, citer.supports)
        return replace(checked, as_of=_newest(checked))

    def _statements(
        self,
        reader: Reader,
        question: Question,
        evidence: Evidence,
        judgement: Judgement,
        citer: Citer,
        contradicted: Contradicted,
    ) -> tuple[Statement, ...]:
        chosen = choose(
            question,
            evidence.found,
            evidence.parties,
            self._library.source_events,
            reader.document,
            contradicted,
            limit=MAX_STATEMENTS,
        )
        chosen.extend(_deaths(reader, question, evidence, chosen))
        statements = [_statement(quoted, reader, citer) for quoted in chosen]
        statements.extend(_comment_claims(judgement, citer))
        return tuple(statements)


def _weigh(evidence: Evidence) -> tuple[list[Report], list[Clash]]:
    """Reports on the parties asked about, and the clashes that concern them.

    Facts of people named in the same breath are weighed too: a sentence that is wrong about one of the people
    it names is in doubt for the other.
    """
    everything = lay_out([fact for fact in evidence.facts + evidence.companions if _legible(fact)])
    clashes = find_clashes(everything, evidence.facts + evidence.companions)
    wanted = {id(party) for party in evidence.parties}
    reports = [report for report in everything if id(report.party) in wanted]
    doubted = {
        (fact.source_id, fact.event.start) for report in reports if report.withheld for fact in report.facts
    }
    concerning = [
        clash
        for clash in clashes
        if id(clash.first.party) in wanted
        or any(
            (fact.source_id, fact.event.start) in doubted for fact in clash.first.facts + clash.second.facts
        )
    ]
    return reports, concerning


Contradicted = frozenset[tuple[str, int]]
"""Where reports stand that another source contradicts: (source id, start of the quotation)."""


def _withheld_spans(reports: list[Report]) -> Contradicted:
    """Reports that are withheld are quoted beside what contradicts them, never by themselves."""
    return frozenset(
        (fact.source_id, fact.event.start) for report in reports if report.withheld for fact in report.facts
    )


def _relevant(clashes: list[Clash], question: Question, shown: list[Report]) -> list[Clash]:
    """Clashes over what was asked or over what is shown; others would only distract."""
    return [
        clash
        for clash in clashes
        if any(report.stage in question.stages or report in shown for report in (clash.first, clash.second))
        or question.form is Form.HAPPENED
        or not question.asked
    ]


def _legible(fact: Fact) -> bool:
    """Whether the quoted words alone can bear the guilt that they were read as; otherwise nothing rests on them."""
    return fact.event.stage not in GUILT_STAGES or says(fact.event.quote, fact.event.stage)


def select(question: Question, reports: list[Report], judgement: Judgement) -> list[Report]:
    """The reports to show as standings: those that answer first, then how the matters ended, then what is open."""
    usable = [report for report in reports if not report.withheld and in_scope(question, report)]
    if question.forums:
        named = [report for report in usable if report.forum in question.forums]
        usable = named or usable
    hits = [report for finding in judgement.findings for report in finding.hits if report in usable]
    ordered = hits + [r for r in rank(usable, question.stages, question.offence) if r not in hits]
    if Stage.CHARGED in question.stages and any(report.stage is Stage.CHARGED for report in hits):
        ordered.sort(key=lambda report: report.stage is not Stage.CHARGED)
    elif len(ordered) > FEW_STANDINGS:
        # A charge whose end is told adds little beside the end itself.
        ordered = [report for report in ordered if report in hits or not _is_ended_accusation(report)]
    chosen = ordered[:MAX_STANDINGS]
    told_first = [report for report in chosen if report in hits]
    rest = [report for report in chosen if report not in told_first]
    return told_first + sorted(rest, key=lambda report: (report.party.name, report.date or "9999"))


def _is_ended_accusation(report: Report) -> bool:
    return report.tier in (Tier.ACCUSED, Tier.ARREST) and report.outcome_known


def _standing(report: Report, citer: Citer) -> Standing:
    facts = sorted(
        report.facts, key=lambda fact: (fact.event.zone is not Zone.BODY, fact.event.offence is None)
    )
    numbers: list[int] = []
    cited: set[str] = set()
    for fact in facts:
        if len(numbers) == CITED_PER_STANDING:
            break
        if fact.source_id in cited:
            continue
        cited.add(fact.source_id)
        event = fact.event
        number = citer.cite(fact.source_id, event.start, event.end, event.zone)
        citer.support(number, report.party.name, report.stage.value)
        numbers.append(number)
    return Standing(
        party=report.party.name,
        party_kind=report.party.kind,
        offence=report.offence,
        stage=report.stage,
        citations=tuple(dict.fromkeys(numbers)),
        counts=report.counts,
        date=report.date,
        as_of=report.as_of,
        sentence=report.sentence,
        forum=report.forum,
        outcome_known=report.outcome_known,
        superseded_by=report.superseded_by,
        disputed=report.disputed,
    )


def _statement(quoted: Quoted, reader: Reader, citer: Citer) -> Statement:
    number = citer.cite(quoted.source_id, quoted.span.start, quoted.span.end, quoted.zone)
    return Statement(quoted.span.of(reader.document(quoted.source_id).text), (number,), quoted.speaker)


def _deaths(reader: Reader, question: Question, evidence: Evidence, chosen: list[Quoted]) -> list[Quoted]:
    """Where somebody asks what became of a person, a reported death is always told."""
    if question.form is not Form.HAPPENED or any(
        DEATH.search(quoted.span.of(reader.document(quoted.source_id).text)) for quoted in chosen
    ):
        return []
    probe = replace(
        question, terms=(*(party.surname for party in evidence.parties), "died", "death", "suicide")
    )
    found = reader.passages(probe, limit=8)
    more = choose(question, found, evidence.parties, lambda _: (), reader.document, limit=8)
    return [
        quoted
        for quoted in more
        if DEATH.search(text := quoted.span.of(reader.document(quoted.source_id).text))
        and any(names(words(text), party) for party in evidence.parties)
    ][:1]


def _comment_claims(judgement: Judgement, citer: Citer) -> list[Statement]:
    """What only a reader's comment claims, told as that: where no report bears it out."""
    statements: list[Statement] = []
    for finding in judgement.unmet:
        for fact in finding.claims[:1]:
            event = fact.event
            number = citer.cite(fact.source_id, event.start, event.end, Zone.COMMENT)
            quote = citer.citations[number - 1].quote
            statements.append(Statement(quote, (number,), event.attributed_to or "a reader"))
    return statements


def _newest(answer: Answer) -> str | None:
    return max((citation.published for citation in answer.citations if citation.published), default=None)


def not_in_sources(question: Question, evidence: Evidence) -> Answer:
    """The answer when nothing usable was found: it says so, and claims nothing."""
    missing = f" “{evidence.missing[0]}” does not occur in them." if evidence.missing else ""
    if question.relation is not None:
        missing = f" They name nobody as “{question.relation}” with a record of their own."
    return Answer(
        question=question.text,
        verdict=Verdict.NOT_IN_SOURCES,
        headline=f"Nothing in the sources of this knowledge base answers that.{missing}",
    )
