"""The last look before anything is shown: every quote verbatim, no wording above its evidence.

What fails is dropped, not mended: an answer that says less is still true.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import structlog

from knowledge.model import (
    GUILT_STAGES,
    Answer,
    Citation,
    Conflict,
    Modality,
    SourceDocument,
    Stage,
    Standing,
    Zone,
)
from knowledge.procedure import read_claims

_log = structlog.get_logger(__name__)

Supports = Mapping[int, set[tuple[str, str]]]
"""Citation number → the (party name, stage) pairs that its words were read as."""


def verify(answer: Answer, document: Callable[[str], SourceDocument], supports: Supports) -> Answer:
    """The answer without anything that its citations do not bear out.

    Dropped: citations that are not verbatim, standings without a citation that was read as that very stage
    of that party outside comments, guilt whose quoted words alone do not say it, statements that are not in
    their quote, and conflicts with fewer than two cited sides.
    """
    verbatim = {citation.n: citation for citation in answer.citations if _is_verbatim(citation, document)}
    standings = tuple(
        checked for standing in answer.standings if (checked := _borne_out(standing, verbatim, supports))
    )
    statements = tuple(
        replace(statement, citations=tuple(n for n in statement.citations if n in verbatim))
        for statement in answer.statements
        if any(n in verbatim and statement.text in verbatim[n].quote for n in statement.citations)
    )
    conflicts = tuple(conflict for conflict in answer.conflicts if _two_sided(conflict, verbatim))
    _report_losses(answer, standings, len(statements), len(conflicts))
    return replace(
        answer,
        standings=standings,
        statements=statements,
        conflicts=conflicts,
        citations=tuple(verbatim.values()),
    )


def _is_verbatim(citation: Citation, document: Callable[[str], SourceDocument]) -> bool:
    text = document(citation.source_id).text
    return bool(citation.quote) and text[citation.start : citation.end] == citation.quote


def _borne_out(standing: Standing, verbatim: Mapping[int, Citation], supports: Supports) -> Standing | None:
    good = tuple(
        n
        for n in standing.citations
        if n in verbatim
        and verbatim[n].zone is not Zone.COMMENT
        and (standing.party, standing.stage.value) in supports.get(n, set())
    )
    if not good:
        return None
    if standing.stage in GUILT_STAGES and not any(says(verbatim[n].quote, standing.stage) for n in good):
        return None
    return replace(standing, citations=good)


def says(quote: str, stage: Stage) -> bool:
    """Whether a quotation, read alone, can bear that stage.

    Short of its context ("Roe got ten years, Poe five") it may show nothing; what it must not do is show the
    stage only as denied, supposed, scheduled or sought.
    """
    read = [event.modality for event in read_claims(quote) if event.stage is stage]
    return not read or any(modality in (Modality.ASSERTED, Modality.ATTRIBUTED) for modality in read)


def _two_sided(conflict: Conflict, verbatim: Mapping[int, Citation]) -> bool:
    return len(conflict.sides) >= 2 and all(
        any(n in verbatim for n in side.citations) for side in conflict.sides
    )


def _report_losses(answer: Answer, standings: tuple[Standing, ...], statements: int, conflicts: int) -> None:
    lost = (
        len(answer.standings) - len(standings),
        len(answer.statements) - statements,
        len(answer.conflicts) - conflicts,
    )
    if any(lost):
        _log.warning("verification dropped", standings=lost[0], statements=lost[1], conflicts=lost[2])
