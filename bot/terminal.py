"""An `Answer` on a terminal: verdict first, then where each matter stands, quotes, disagreements, sources.

Everything that comes from a source or a question is data: it is printed as plain text, never as markup, and
control characters are taken out.
"""

from __future__ import annotations

import re

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from knowledge.model import TIER_OF, Answer, Citation, Standing, Tier, Verdict, Zone
from knowledge.wording import KIND_NAMES, counts_words, stage_name

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_VERDICTS: dict[Verdict, tuple[str, str]] = {
    Verdict.YES: ("YES", "bold green"),
    Verdict.NO: ("NO", "bold red"),
    Verdict.PARTLY: ("IN PART", "bold yellow"),
    Verdict.DISPUTED: ("DISPUTED", "bold magenta"),
    Verdict.UNKNOWN: ("NOT KNOWN HERE", "bold yellow"),
    Verdict.ANSWERED: ("ANSWER", "bold cyan"),
    Verdict.NOT_IN_SOURCES: ("NOT IN THE SOURCES", "bold yellow"),
}
_TIER_STYLE: dict[Tier, str] = {
    Tier.ALLEGATION: "dim",
    Tier.CIVIL: "blue",
    Tier.ARREST: "yellow",
    Tier.ACCUSED: "yellow",
    Tier.NO_FINDING: "green",
    Tier.GUILT: "red",
    Tier.PENALTY: "red",
    Tier.AFTER: "cyan",
}


def plain(text: str) -> str:
    """Text of a source made safe for a terminal: one line, without control or direction characters."""
    return " ".join(_CONTROL.sub("", text).split())


def print_answer(answer: Answer, console: Console) -> None:
    """Print one answer. The console decides on width and colour."""
    label, style = _VERDICTS[answer.verdict]
    console.print(Text.assemble((f" {label} ", f"{style} reverse"), "  ", (plain(answer.headline), "bold")))
    if answer.premise:
        console.print(Padding(Text(plain(answer.premise), style="italic"), (1, 0, 0, 2)))
    if answer.standings:
        console.print()
        console.print(_standings(answer))
    if answer.statements:
        console.print(Text("\nWhat the sources say", style="bold"))
        for statement in answer.statements:
            zones = {citation.n: citation.zone for citation in answer.citations}
            told = _told_by(statement.speaker, [zones.get(n) for n in statement.citations])
            marks = "".join(f"[{n}]" for n in statement.citations)
            console.print(Padding(Text(f"{told}“{plain(statement.text)}” {marks}"), (0, 0, 0, 2)))
    if answer.conflicts:
        console.print(Text("\nWhere they disagree", style="bold magenta"))
        for conflict in answer.conflicts:
            console.print(Text(f"  {plain(conflict.about)}"))
            for side in conflict.sides:
                marks = "".join(f"[{n}]" for n in side.citations)
                console.print(Padding(Text(f"• {plain(side.text)} {marks}"), (0, 0, 0, 4)))
    if answer.citations:
        console.print(Text("\nSources", style="bold"))
        _print_sources(answer, console)
    for note in answer.notes:
        console.print(Padding(Text(f"Note: {plain(note)}", style="yellow"), (1, 0, 0, 0)))
    if answer.as_of:
        console.print(Text(f"\nNewest source here: {answer.as_of}. Not legal advice.", style="dim"))


def _told_by(speaker: str | None, zones: list[Zone | None]) -> str:
    if Zone.COMMENT in zones:
        who = plain(speaker or "a reader")
        return f"{who[:1].upper()}{who[1:]}, in a comment and not in a report: "
    return f"{plain(speaker)}: " if speaker else ""


def _standings(answer: Answer) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for heading in ("Who", "Stage", "Of what", "When", "Cited"):
        table.add_column(heading, overflow="fold")
    for standing in answer.standings:
        table.add_row(
            Text(plain(standing.party)),
            Text(_stage_words(standing), style=_TIER_STYLE[TIER_OF[standing.stage]]),
            Text(_matter_words(standing)),
            Text(_when_words(standing)),
            Text("".join(f"[{n}]" for n in standing.citations)),
        )
    return table


def _stage_words(standing: Standing) -> str:
    text = stage_name(standing.stage)
    if standing.sentence:
        text += f": {plain(standing.sentence)}"
    if standing.superseded_by is not None:
        text += f" (later {stage_name(standing.superseded_by)})"
    if standing.disputed:
        text += " (disputed)"
    return text


def _matter_words(standing: Standing) -> str:
    parts = [plain(standing.offence or "—"), counts_words(standing.counts), standing.forum or ""]
    return ", ".join(part for part in parts if part)


def _when_words(standing: Standing) -> str:
    if standing.outcome_known:
        return standing.date or "—"
    as_of = f"as of {standing.as_of}" if standing.as_of else "undated source"
    when = f"{standing.date}; " if standing.date else ""
    return f"{when}no outcome here, {as_of}"


def _print_sources(answer: Answer, console: Console) -> None:
    """Each source once, with the numbers, words and addresses that the answer takes from it."""
    by_source: dict[str, list[Citation]] = {}
    for citation in answer.citations:
        by_source.setdefault(citation.source_id, []).append(citation)
    shown_above = {statement.text for statement in answer.statements}
    for citations in by_source.values():
        console.print(Padding(Text(_source_words(citations[0])), (0, 0, 0, 2)))
        if citations[0].url:
            console.print(Padding(Text(plain(citations[0].url), style="dim", overflow="fold"), (0, 0, 0, 4)))
        for citation in citations:
            console.print(Padding(Text(_citation_words(citation, citation.quote in shown_above)), (0, 0, 0, 4)))
            for address in citation.rests_on:
                console.print(Padding(Text(plain(address), style="dim", overflow="fold"), (0, 0, 0, 8)))


def _source_words(citation: Citation) -> str:
    about = [citation.publisher, KIND_NAMES[citation.kind], citation.published or "undated"]
    return f"{plain(citation.title)} — {', '.join(plain(part) for part in about if part)}"


def _citation_words(citation: Citation, quoted_above: bool) -> str:
    where = [f"page {citation.page}"] if citation.page is not None else []
    where += ["reader comment"] if citation.zone is Zone.COMMENT else []
    words = "quoted above" if quoted_above else f"“{plain(citation.quote)}”"
    return f"[{citation.n}] {words}" + (f" ({', '.join(where)})" if where else "")
