"""What a person sees in the terminal: everything that matters, nothing that a source could smuggle in."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from rich.console import Console

from bot.answer_json import answer_to_dict
from bot.terminal import plain, print_answer
from knowledge.model import (
    Answer,
    Citation,
    Conflict,
    ConflictSide,
    PartyKind,
    SourceKind,
    Stage,
    Standing,
    Statement,
    Verdict,
    Zone,
)

CITATION = Citation(
    n=1,
    source_id="abc",
    title="Roe verdict",
    publisher="The Example Post",
    url="https://example.org/roe",
    published="2023-11-17",
    kind=SourceKind.NEWS,
    zone=Zone.BODY,
    quote="A jury convicted Roe of one count of fraud.",
    start=10,
    end=53,
    page=4,
)
ANSWER = Answer(
    question="Was Roe convicted of arson?",
    verdict=Verdict.NO,
    headline="No: no source here reports a conviction of Ada Roe over arson.",
    premise="The question takes arson for granted.",
    standings=(
        Standing(
            party="Ada Roe",
            party_kind=PartyKind.PERSON,
            offence="fraud",
            stage=Stage.CONVICTED,
            citations=(1,),
            counts=1,
            date="2023-11-16",
        ),
        Standing(
            party="Ada Roe",
            party_kind=PartyKind.PERSON,
            offence="perjury",
            stage=Stage.CHARGED,
            citations=(1,),
            as_of="2017-01-11",
            forum="Ohio",
            outcome_known=False,
        ),
    ),
    statements=(Statement("A jury convicted Roe of one count of fraud.", (1,), "the court"),),
    conflicts=(Conflict("Ada Roe: the date", (ConflictSide("one day", (1,)), ConflictSide("another", (1,)))),),
    citations=(CITATION,),
    as_of="2023-11-17",
)


def shown(answer: Answer, width: int = 120) -> str:
    out = io.StringIO()
    print_answer(answer, Console(file=out, width=width, highlight=False, color_system=None))
    return out.getvalue()


@pytest.mark.parametrize(
    "part",
    [
        "NO",
        ANSWER.headline,
        "The question takes arson for granted.",
        "convicted",
        "fraud, 1 count",
        "2023-11-16",
        "no outcome here, as of 2017-01-11",
        "perjury, Ohio",
        "“A jury convicted Roe of one count of fraud.” [1]",
        "Where they disagree",
        "Roe verdict — The Example Post, news, 2023-11-17",
        "[1] quoted above (page 4)",
        "https://example.org/roe",
        "Newest source here: 2023-11-17",
    ],
)
def test_answer_shows(part: str) -> None:
    assert part in shown(ANSWER)


def test_verdict_comes_first_and_sources_last() -> None:
    text = shown(ANSWER)
    places = [text.index(part) for part in ("NO", "Who", "What the sources say", "Where they disagree", "Sources")]
    assert places == sorted(places)


def test_reader_comment_is_called_one() -> None:
    comment = replace(CITATION, zone=Zone.COMMENT)
    text = shown(replace(ANSWER, standings=(), citations=(comment,)))
    assert "in a comment and not in a report" in text
    assert "reader comment" in text.split("Sources")[1]


@pytest.mark.parametrize(
    "nasty",
    [
        pytest.param("[bold red]convicted[/]", id="rich_markup"),
        pytest.param("[link=https://evil.example]x[/link]", id="link_markup"),
        pytest.param("\x1b[31mconvicted", id="terminal_escape"),
        pytest.param("a\u202econvicted", id="right_to_left_override"),
        pytest.param("[/]", id="unbalanced_markup"),
    ],
)
def test_source_text_is_data(nasty: str) -> None:
    text = shown(replace(ANSWER, headline=nasty, statements=(Statement(nasty, (1,), nasty),)), width=200)
    assert plain(nasty) in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_narrow_terminal_loses_nothing() -> None:
    squeezed = "".join(shown(ANSWER, width=40).split())
    assert "https://example.org/roe" in squeezed
    assert "convicted" in squeezed


def test_json_has_the_contracts_names_and_plain_values() -> None:
    data = json.loads(json.dumps(answer_to_dict(ANSWER)))
    assert set(data) >= {
        "question",
        "verdict",
        "headline",
        "premise",
        "standings",
        "statements",
        "conflicts",
        "citations",
        "as_of",
        "composer",
        "elapsed_ms",
    }
    assert data["verdict"] == "no"
    assert data["standings"][1] | {"outcome_known": False, "stage": "charged"} == data["standings"][1]
    assert data["citations"][0]["zone"] == "body"
    assert data["statements"][0]["citations"] == [1]
