"""How a stage is put into words. Every wording says exactly its stage and nothing more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from knowledge.model import Counts, Modality, PartyKind, SourceKind, Stage
from knowledge.standing import Report

_PHRASES: dict[Stage, tuple[str, str]] = {
    # stage: (with an offence, without one)
    Stage.INVESTIGATED: ("was investigated over {offence}", "was under investigation"),
    Stage.ALLEGED: (
        "was accused of {offence}, without a charge being reported",
        "was accused, without a charge being reported",
    ),
    Stage.FINDING: (
        "was the subject of a report's finding: {offence}",
        "was the subject of a report's finding",
    ),
    Stage.SUED: ("was sued (civil) over {offence}", "was sued (civil)"),
    Stage.SETTLED: ("settled (civil) over {offence}", "settled (civil)"),
    Stage.CIVIL_LIABLE: ("was found liable (civil) for {offence}", "was found liable (civil)"),
    Stage.CIVIL_NOT_LIABLE: ("was found not liable (civil) for {offence}", "was found not liable (civil)"),
    Stage.ARRESTED: ("was arrested over {offence}", "was arrested"),
    Stage.CHARGED: ("was charged with {offence}", "was charged"),
    Stage.ARRAIGNED: ("was arraigned for {offence}", "was arraigned"),
    Stage.PLEADED_NOT_GUILTY: ("pleaded not guilty to {offence}", "pleaded not guilty"),
    Stage.ON_TRIAL: ("stood trial for {offence}", "stood trial"),
    Stage.EXTRADITED: ("was ordered to be extradited, or was, over {offence}", "was ordered to be extradited, or was"),
    Stage.MISTRIAL: ("had a mistrial or a hung jury on {offence}", "had a mistrial or a hung jury"),
    Stage.DISMISSED: ("had {offence} dismissed", "had a case dismissed"),
    Stage.ACQUITTED: ("was acquitted of {offence}", "was acquitted"),
    Stage.DEFERRED: (
        "had the prosecution for {offence} deferred by agreement",
        "had the prosecution deferred by agreement",
    ),
    Stage.PLEADED_GUILTY: ("pleaded guilty to {offence}", "pleaded guilty"),
    Stage.CONVICTED: ("was convicted of {offence}", "was convicted"),
    Stage.SENTENCED: ("was sentenced for {offence}", "was sentenced"),
    Stage.FINED: ("was fined for {offence}", "was fined"),
    Stage.APPEALED: ("appealed in the matter of {offence}", "appealed"),
    Stage.AFFIRMED: ("saw the judgment on {offence} upheld on appeal", "saw the judgment upheld on appeal"),
    Stage.OVERTURNED: ("had the judgment on {offence} overturned", "had the judgment overturned"),
    Stage.PARDONED: ("was granted clemency for {offence}", "was granted clemency (a pardon or commutation)"),
    Stage.RELEASED: ("was released ({offence})", "was released"),
}

_DENIALS: dict[Stage, str] = {
    Stage.CONVICTED: "a conviction",
    Stage.PLEADED_GUILTY: "a guilty plea",
    Stage.SENTENCED: "a sentence",
    Stage.FINED: "a fine",
    Stage.CHARGED: "a charge",
    Stage.ARRESTED: "an arrest",
    Stage.ACQUITTED: "an acquittal",
    Stage.MISTRIAL: "a mistrial or hung jury",
    Stage.DISMISSED: "a dismissal",
    Stage.CIVIL_LIABLE: "a finding of liability or an award",
    Stage.CIVIL_NOT_LIABLE: "a ruling of no liability",
    Stage.SUED: "a civil suit",
    Stage.SETTLED: "a settlement",
    Stage.PARDONED: "a pardon or commutation",
    Stage.OVERTURNED: "an overturned judgment",
    Stage.AFFIRMED: "a judgment upheld on appeal",
    Stage.APPEALED: "an appeal",
    Stage.EXTRADITED: "an extradition",
    Stage.ON_TRIAL: "a trial",
    Stage.ARRAIGNED: "an arraignment",
    Stage.PLEADED_NOT_GUILTY: "a plea of not guilty",
    Stage.DEFERRED: "a deferred prosecution",
    Stage.RELEASED: "a release",
    Stage.INVESTIGATED: "an investigation",
    Stage.ALLEGED: "an accusation",
    Stage.FINDING: "a report's finding",
}

_STAGE_NAMES: dict[Stage, str] = {
    Stage.PLEADED_GUILTY: "pleaded guilty",
    Stage.PLEADED_NOT_GUILTY: "pleaded not guilty",
    Stage.ON_TRIAL: "on trial",
    Stage.MISTRIAL: "mistrial / hung jury",
    Stage.CIVIL_LIABLE: "found liable (civil)",
    Stage.CIVIL_NOT_LIABLE: "not liable (civil)",
    Stage.SUED: "sued (civil)",
    Stage.SETTLED: "settled (civil)",
    Stage.DEFERRED: "prosecution deferred",
    Stage.PARDONED: "clemency",
}

KIND_NAMES: dict[SourceKind, str] = {
    SourceKind.COURT_RECORD: "court record",
    SourceKind.GOVERNMENT_RELEASE: "government release",
    SourceKind.LEGISLATIVE_REPORT: "legislative report",
    SourceKind.NEWS: "news",
    SourceKind.ADVOCACY: "advocacy",
    SourceKind.COMMENTARY: "commentary",
    SourceKind.BRIEF: "brief",
    SourceKind.UNKNOWN: "kind unknown",
}

MODALITY_NAMES: dict[Modality, str] = {
    Modality.ASSERTED: "reported",
    Modality.NEGATED: "denied",
    Modality.HYPOTHETICAL: "only supposed",
    Modality.SCHEDULED: "scheduled",
    Modality.SOUGHT: "sought",
    Modality.ATTRIBUTED: "somebody's claim",
}


def stage_name(stage: Stage) -> str:
    """The stage in words for a table: "convicted", "mistrial / hung jury"."""
    return _STAGE_NAMES.get(stage, stage.value.replace("_", " "))


def event_noun(stages: Iterable[Stage]) -> str:
    """The thing that was looked for, as a noun: "a conviction", "a sentence or a fine"."""
    return join_or([_DENIALS[stage] for stage in sorted(stages)])


def counts_words(counts: Counts) -> str:
    if counts is None:
        return ""
    if isinstance(counts, int):
        return "1 count" if counts == 1 else f"{counts} counts"
    return {"all": "all counts", "rest": "the remaining counts"}.get(counts, str(counts))


def report_words(report: Report, *, dated: bool = True) -> str:
    """What a report says of its party, without the party's name: "was convicted of fraud (2 counts, 2020)"."""
    with_offence, without = _PHRASES[report.stage]
    text = with_offence.format(offence=report.offence) if report.offence else without
    if report.stage in (Stage.SENTENCED, Stage.FINED) and report.sentence:
        verb = "was sentenced to" if report.stage is Stage.SENTENCED else "was fined"
        text = f"{verb} {report.sentence}" + (f" for {report.offence}" if report.offence else "")
    details = [counts_words(report.counts), report.forum or "", (report.date or "") if dated else ""]
    inside = ", ".join(detail for detail in details if detail)
    text = f"{text} ({inside})" if inside else text
    if report.superseded_by is not None:
        text += f", later {'clemency' if report.superseded_by is Stage.PARDONED else stage_name(report.superseded_by)}"
    return text


def summary(reports: Sequence[Report], *, limit: int = 5) -> str:
    """Reports in one sentence, parties with the same record named together, without a full stop."""
    groups: dict[str, list[str]] = {}
    for report in reports:
        names = groups.setdefault(report_words(report), [])
        if report.party.name not in names:
            names.append(report.party.name)
    several = {report.party.name for report in reports if report.party.kind is PartyKind.GROUP}
    by_names: dict[tuple[str, ...], list[str]] = {}
    for words, names in list(groups.items())[:limit]:
        by_names.setdefault(tuple(names), []).append(words)
    return "; ".join(
        f"{join_and(names)} {_agree(', '.join(words), plural=len(names) > 1 or names[0] in several)}"
        for names, words in by_names.items()
    )


def _agree(words: str, *, plural: bool) -> str:
    """ "was" becomes "were" after several names."""
    if not plural:
        return words
    return re.sub(r"(^|, )was ", r"\1were ", re.sub(r"(^|, )had a case ", r"\1had cases ", words))


def join_and(items: Sequence[str]) -> str:
    return _join(items, "and")


def join_or(items: Sequence[str]) -> str:
    return _join(items, "or")


def _join(items: Sequence[str], word: str) -> str:
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"
