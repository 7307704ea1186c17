"""The gate that every change to the reading of procedure has to pass.

    python -m tests.eval.gate                  holds what the program reads against the labels and the floors
    python -m tests.eval.gate --misses 20      and lists disagreements
    python -m tests.eval.gate --raise-floors   writes higher floors where the program has got better

Floors stand in floors.json, for each corpus beside the hash of its documents and labels, and only go up:
to lower one is an edit by hand that a reviewer sees. A changed corpus has to be floored anew knowingly.
That nobody is read as guilty whom no label calls guilty is no floor but a rule: one such reading fails.

Exit status: 0 passed, 1 failed.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.eval.corpora import EVAL, Corpus, Reader, available, program_reader
from tests.eval.scoring import Score, score, wilson_interval

FLOORS = EVAL / "floors.json"
GUILT_UPGRADES_ALLOWED = 0
MARGIN = 0.02
"""How far below what was measured a floor is set: room for a reading that is as good but different."""

Floors = dict[str, dict[str, Any]]
"""Name of a corpus to {"corpus": its hash, "floors": {figure: least value}}."""
Figures = dict[str, float]
"""What was measured; higher is better in each."""


def measure(corpus: Corpus, reader: Reader) -> Score:
    return score(corpus.read(reader), corpus.labels, corpus.alike)


def failures(corpus: Corpus, result: Score, floors: Floors) -> list[str]:
    """Why `result` does not pass, one sentence each; empty if it does."""
    return upgrades(corpus, result) + below(corpus.name, corpus.digest, result.figures(), floors)


def raised(corpus: Corpus, result: Score, floors: Floors) -> tuple[Floors, list[str]]:
    """Floors with this corpus raised to what was measured less the margin, and why not, if not.

    While somebody is upgraded, nothing is raised: what is read too boldly finds more than it may.
    """
    if found := upgrades(corpus, result):
        return floors, found
    return raise_entry(corpus.name, corpus.digest, result.figures(), floors)


def upgrades(corpus: Corpus, result: Score) -> list[str]:
    if len(result.upgrades) <= GUILT_UPGRADES_ALLOWED:
        return []
    return [f"{corpus.name}: read as guilty without a label: {finding}" for finding in result.upgrades]


def below(name: str, digest: str, figures: Figures, floors: Floors) -> list[str]:
    """Which floors of `name` are missed, and whether what they were measured on is still the same."""
    entry = floors.get(name)
    if entry is None:
        return [f"{name}: no floors are set; run with --raise-floors"]
    changed = [f"{name}: what it is measured on has changed; floor it anew with --raise-floors"]
    return (changed if entry["corpus"] != digest else []) + _missed(name, figures, entry["floors"])


def raise_entry(name: str, digest: str, figures: Figures, floors: Floors) -> tuple[Floors, list[str]]:
    """Floors with those of `name` raised. None is ever lowered: while one is missed, nothing is written."""
    old = floors.get(name, {"floors": {}})["floors"]
    if missed := _missed(name, figures, old):
        return floors, missed
    new = {figure: max(old.get(figure, 0.0), _floor_below(value)) for figure, value in figures.items()}
    return {**floors, name: {"corpus": digest, "floors": new}}, []


def _missed(name: str, figures: Figures, floors: Figures) -> list[str]:
    return [
        f"{name}: {figure} is {figures.get(figure, 0.0):.3f}, below its floor of {floor:.3f}"
        for figure, floor in sorted(floors.items())
        if figures.get(figure, 0.0) < floor
    ]


def _floor_below(value: float) -> float:
    return max(0.0, math.floor((value - MARGIN) * 1000) / 1000)


def load_floors(path: Path = FLOORS) -> Floors:
    if not path.exists():
        return {}
    loaded: Floors = json.loads(path.read_text("utf-8"))
    return loaded


def save_floors(floors: Floors, path: Path = FLOORS) -> None:
    path.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n", "utf-8")


def summary(corpus: Corpus, result: Score, floors: Floors) -> str:
    """The figures of one corpus as plain text, fit for a terminal and a log."""
    low, high = wilson_interval(len(result.upgrades), result.guilt_clean.trials)
    set_floors = floors.get(corpus.name, {}).get("floors", {})
    lines = [
        f"{corpus.name}: {result.documents} documents, {result.asserted.labelled} asserted events labelled",
        f"  guilt upgrades {len(result.upgrades)} of {result.guilt_clean.trials} readings of guilt "
        f"(95 % interval {low:.4f} to {high:.4f}); of offence {len(result.of_kind('offence_upgrade'))}",
        f"  favourable ends lost {len(result.of_kind('favourable_miss'))} of {result.favourable.trials}; "
        f"offence right {_of(result.offence_right)}; counts right {_of(result.counts_right)}",
        f"  {'figure':<22}{'value':>8}{'floor':>8}",
    ]
    for figure, value in result.figures().items():
        floor = set_floors.get(figure)
        lines.append(f"  {figure:<22}{value:>8.3f}{'-' if floor is None else format(floor, '.3f'):>8}")
    lines.append(f"  {'stage':<22}{'labels':>8}{'found':>8}{'read':>8}{'right':>8}")
    for stage, tally in sorted(result.stages.items(), key=lambda item: -item[1].labelled):
        lines.append(f"  {stage:<22}{tally.labelled:>8}{tally.found:>8}{tally.read:>8}{tally.right:>8}")
    return "\n".join(lines)


def _of(ratio: Any) -> str:
    return f"{ratio.hits}/{ratio.trials}"


def worst_first(result: Score) -> list[str]:
    order = ["upgrade", "offence_upgrade", "favourable_miss", "wrong", "missed"]
    return [str(finding) for finding in sorted(result.findings, key=lambda item: order.index(item.kind))]


def main(
    arguments: Sequence[str] | None = None,
    reader: Reader = program_reader,
    corpora: Iterable[Corpus] | None = None,
    floors_file: Path = FLOORS,
) -> int:
    """Runs the gate and returns its exit status; all but `arguments` are there for tests to replace."""
    parser = argparse.ArgumentParser(prog="gate", description="Holds the reading of procedure to its floors.")
    parser.add_argument("--raise-floors", action="store_true", help="write higher floors; never lower ones")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="list N disagreements per corpus")
    options = parser.parse_args(arguments)
    floors, objections = load_floors(floors_file), []
    for corpus in available() if corpora is None else corpora:
        result = measure(corpus, reader)
        if options.raise_floors:
            floors, found = raised(corpus, result, floors)
        else:
            found = failures(corpus, result, floors)
        objections += found
        _say(summary(corpus, result, floors))
        for line in worst_first(result)[: options.misses]:
            _say(f"  {line}")
    if options.raise_floors and not objections:
        save_floors(floors, floors_file)
    for objection in objections:
        _say(f"FAILED {objection}")
    return 1 if objections else 0


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
