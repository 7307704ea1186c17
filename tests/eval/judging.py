"""Judges one answer, as `bot ask --json` prints it, by machine. Pure functions: answers in, failures out.

An expectation (a line of questions.jsonl) has `question`, `verdict` (those that are right) and may have
- `standings` that must be there and `not_standings` that must not: `party`, `stage`, and where it matters
  `offence`, `counts`, `sentence`;
- `words` that must and `not_words` that must not be said: each a wording or a list of alternatives;
- `conflict` and `premise`: whether a conflict has to be shown, a wrong premise corrected;
- `as_of`: the day to ask for. `on`, the documents it rests on, and `kind` are for whoever reads a failure.

Apart from what was asked, every answer is held to `unsound`: what no answer whatever may do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tests.eval.scoring import GUILT, Record, same_offence, same_party

Answer = Mapping[str, Any]
Expectation = Mapping[str, Any]


def judge(expectation: Expectation, answer: Answer) -> list[str]:
    """Why the answer is not what was expected, one sentence each; empty if it is."""
    return [*_verdict(expectation, answer), *_standings(expectation, answer), *_wording(expectation, answer)]


def _verdict(expectation: Expectation, answer: Answer) -> Iterator[str]:
    if answer["verdict"] not in expectation["verdict"]:
        yield f"verdict is {answer['verdict']}, expected {' or '.join(expectation['verdict'])}"
    if expectation.get("conflict") and not answer.get("conflicts"):
        yield "no conflict is shown"
    if expectation.get("premise") and not answer.get("premise"):
        yield "the wrong premise is not corrected"


def _standings(expectation: Expectation, answer: Answer) -> Iterator[str]:
    for wanted in expectation.get("standings", ()):
        if not any(fits(standing, wanted) for standing in answer["standings"]):
            yield f"missing standing: {_describe(wanted)}"
    for barred in expectation.get("not_standings", ()):
        for standing in answer["standings"]:
            if fits(standing, barred):
                yield f"standing that must not be there: {_describe(standing)}"


def _wording(expectation: Expectation, answer: Answer) -> Iterator[str]:
    said = wording_of(answer)
    for wanted in expectation.get("words", ()):
        if not any(word.casefold() in said for word in _alternatives(wanted)):
            yield f"does not say {' or '.join(_alternatives(wanted))!r}"
    for barred in expectation.get("not_words", ()):
        for word in _alternatives(barred):
            if word.casefold() in said:
                yield f"must not say {word!r}"


def fits(standing: Record, wanted: Record) -> bool:
    """Whether a standing is the one described; what the description leaves open may be anything."""
    return (
        same_party(standing["party"], wanted["party"])
        and standing["stage"] == wanted["stage"]
        and ("offence" not in wanted or same_offence(standing.get("offence"), wanted["offence"]))
        and ("counts" not in wanted or standing.get("counts") == wanted["counts"])
        and ("sentence" not in wanted or wanted["sentence"] in str(standing.get("sentence")).casefold())
    )


def wording_of(answer: Answer) -> str:
    """All that an answer says, folded to lower case: its own words, its statements, conflicts and sentences."""
    parts: list[Any] = [answer.get("headline"), answer.get("premise")]
    parts += [statement["text"] for statement in answer["statements"]]
    parts += [side["text"] for conflict in answer["conflicts"] for side in conflict["sides"]]
    parts += [standing.get("sentence") for standing in answer["standings"]]
    return "\n".join(str(part) for part in parts if part).casefold()


def unsound(answer: Answer, texts: Mapping[str, str], labels: Iterable[Record]) -> list[str]:
    """What no answer may do, whatever was asked.

    texts: source id to the stored text. labels: of all documents that the answer could rest on.
    """
    return [
        *uncited(answer),
        *misquoted(answer, texts),
        *unsafe(answer, labels),
        *_claims_without_sources(answer),
        *_comments_unshown(answer),
        *overstated(answer),
    ]


def uncited(answer: Answer) -> list[str]:
    """Standings, statements and sides of conflicts that cite nothing, or a number that is not there."""
    numbers = {citation["n"] for citation in answer["citations"]}
    claims = [("standing", _describe(standing), standing) for standing in answer["standings"]]
    claims += [("statement", statement["text"], statement) for statement in answer["statements"]]
    claims += [("conflict", side["text"], side) for conflict in answer["conflicts"] for side in conflict["sides"]]
    return [
        f"{kind} without a citation: {wording}"
        for kind, wording, claim in claims
        if not claim["citations"] or not set(claim["citations"]) <= numbers
    ]


def misquoted(answer: Answer, texts: Mapping[str, str]) -> list[str]:
    """Quotations that do not stand, character for character, where they are said to stand."""
    return [
        f"not verbatim in {citation['source_id']}: {citation['quote']!r}"
        for citation in answer["citations"]
        if texts.get(citation["source_id"], "")[citation["start"] : citation["end"]] != citation["quote"]
        or not citation["quote"]
    ]


def unsafe(answer: Answer, labels: Iterable[Record]) -> list[str]:
    """Standings of guilt for a party of whom no label asserts guilt."""
    guilty = [label["party"] for label in labels if label["stage"] in GUILT and label["modality"] == "asserted"]
    return [
        f"put at {standing['stage']} without a label: {_describe(standing)}"
        for standing in answer["standings"]
        if standing["stage"] in GUILT and not any(same_party(standing["party"], party) for party in guilty)
    ]


_GUILT_WORDING = {
    "convicted": re.compile(r"\b(?:was|were) (?:convicted|found guilty)\b", re.I),
    "pleaded_guilty": re.compile(r"\bpleaded guilty\b", re.I),
    "sentenced": re.compile(r"\b(?:was|were) sentenced\b", re.I),
}
_QUOTED = re.compile("“[^”]*”")
_DENIAL = re.compile(r"\b(?:no|not|never|none|nobody|takes)\b", re.I)


def overstated(answer: Answer) -> list[str]:
    """Guilt in an answer's own words (headline, premise) for which it has neither a standing nor a conflict.

    Quoted words are the source's, and a sentence that denies anything is passed over: "no source here reports
    that she was convicted".
    """
    if answer["conflicts"]:
        return []
    own_words = _QUOTED.sub("", f"{answer.get('headline') or ''} {answer.get('premise') or ''}")
    affirmed = [clause for clause in re.split(r"(?<=[.:;])\s", own_words) if not _DENIAL.search(clause)]
    stages = {standing["stage"] for standing in answer["standings"]}
    return [
        f"says {stage} in its own words and has no standing for it"
        for stage, wording in _GUILT_WORDING.items()
        if stage not in stages and any(wording.search(clause) for clause in affirmed)
    ]


def _claims_without_sources(answer: Answer) -> list[str]:
    claims = [*answer["standings"], *answer["statements"], *answer["conflicts"]]
    if answer["verdict"] == "not_in_sources" and claims:
        return ["claims something although nothing was found"]
    return []


def _comments_unshown(answer: Answer) -> list[str]:
    """A comment may be spoken of only where it can be read. Quoted words ("declined to comment") do not count."""
    own_words = _QUOTED.sub("", f"{answer.get('headline')} {answer.get('premise')}").casefold()
    if "comment" in own_words and not any(citation.get("zone") == "comment" for citation in answer["citations"]):
        return ["speaks of a comment and shows none"]
    return []


def _describe(standing: Record) -> str:
    parts = [standing["party"], standing["stage"]]
    parts += [str(standing[key]) for key in ("offence", "counts", "sentence") if standing.get(key) is not None]
    return " / ".join(parts)


def _alternatives(wording: str | list[str]) -> list[str]:
    return [wording] if isinstance(wording, str) else wording
