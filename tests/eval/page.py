"""Writes docs/reading.md: how well procedure is read, on what, and where it is weak.

    python -m tests.eval.page
"""

from __future__ import annotations

import platform
from dataclasses import replace
from pathlib import Path

from tests.eval.corpora import Corpus, beside, newsroom, own, program_reader
from tests.eval.gate import measure
from tests.eval.scoring import Score, wilson_interval

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reading.md"

_NAMES = {
    "own": "the exam in `tests/eval`: documents written for the tests about invented people and cases, by somebody "
    "who had not seen the reader",
    "newsroom": "documents about invented cases in the manner of wires, broadcasters, agencies, courts and the trade "
    "press, by a second hand",
    "newsroom, second half": "n19 to n36, the nearest there is to prose never met, and not untouched: its totals were "
    "looked at while rules were written, and the one guilt upgrade found in it was then mended by a rule and one label "
    "put into the document's full words. Scored before that it had 1 upgrade",
    "beside": "labelled news documents that are not part of the project (Wikinews and three web pages); most of the "
    "rules were developed on two thirds of them, and guilt upgrades were looked at in all of them, so its figures are "
    "the better ones",
}

_INTRODUCTION = """# How well procedure is read

This page is written by `make eval`; do not edit it. An event counts as found if party, stage and modality agree with
the label. *Guilt upgrade*: somebody read as having pleaded guilty, been convicted or been sentenced of whom no label
says so. The build fails on the first. *Favourable end lost*: an acquittal, mistrial, dismissal, overturning or pardon
that was not found, of somebody of whom something adverse was.
"""

_WEAK = """## Known weaknesses

- Prose that nobody has labelled yet reads worse than what the rules were developed on: expect the figures of the second
  half of the newsroom, not those of the others.
- Where it is unclear who is meant (a pronoun with two candidates, two people of one surname, an unnamed person), no
  guilt is read at all. Recall pays for that.
- Civil suits whose defendant the text only implies, and steps told over several sentences, are often missed.
- `sought`, `scheduled` and `hypothetical` are less sure than `asserted`; `alleged` and `investigated` are rough.
- Offences are taken as worded; where the wording is long, its end may be off by a phrase.
- English only.
"""


def page(results: list[tuple[Corpus, Score]]) -> str:
    """The whole page as Markdown."""
    parts = [_INTRODUCTION, *(_section(corpus, result) for corpus, result in results), _WEAK]
    parts.append(f"Measured with Python {platform.python_version()}, no language model, one core.\n")
    return "\n".join(parts)


def _section(corpus: Corpus, result: Score) -> str:
    low, high = wilson_interval(len(result.upgrades), result.guilt_clean.trials)
    figures = result.figures()
    lines = [
        f"## {corpus.name}",
        "",
        f"{result.documents} documents, {result.asserted.labelled} labelled asserted events: "
        f"{_NAMES.get(corpus.name, 'further documents')}.",
        "",
        "| figure | value |",
        "| --- | --- |",
        f"| guilt upgrades | {len(result.upgrades)} of {result.guilt_clean.trials} readings of guilt "
        f"(95 % interval of the rate: {low:.3f} to {high:.3f}, Wilson) |",
        f"| favourable ends lost | {len(result.of_kind('favourable_miss'))} of {result.favourable.trials} |",
        f"| asserted events | precision {figures['asserted.precision']:.3f}, recall {figures['asserted.recall']:.3f}, "
        f"F1 {figures['asserted.f1']:.3f} |",
        f"| all core events, every modality | F1 {figures['core.f1']:.3f} |",
        f"| offence right | {result.offence_right.hits} of {result.offence_right.trials} |",
        f"| counts right | {result.counts_right.hits} of {result.counts_right.trials} |",
        "",
        "| stage (asserted) | labels | found | read | right |",
        "| --- | --- | --- | --- | --- |",
    ]
    for stage, tally in sorted(result.stages.items(), key=lambda item: (-item[1].labelled, item[0])):
        lines.append(f"| `{stage}` | {tally.labelled} | {tally.found} | {tally.read} | {tally.right} |")
    return "\n".join([*lines, ""])


def second_half(corpus: Corpus) -> Corpus:
    """The later half of a corpus, in the order of its files' names."""
    documents = corpus.documents[len(corpus.documents) // 2 :]
    labels = {path.stem: corpus.labels[path.stem] for path in documents}
    return replace(corpus, name=f"{corpus.name}, second half", documents=documents, labels=labels)


def main() -> None:
    """Measure what is there and write the page."""
    corpora = [own(), newsroom(), second_half(newsroom()), beside()]
    results = [(corpus, measure(corpus, program_reader)) for corpus in corpora if corpus is not None]
    PAGE.write_text(page(results), "utf-8")


if __name__ == "__main__":
    main()
