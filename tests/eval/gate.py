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
"""Corpus name to {"corpus": its hash, "floors": {figure: least value}}."""


def measure(corpus: Corpus, reader: Reader) -> Score:
    return score(corpus.read(reader), corpus.labels, corpus.alike)


def failures(corpus: Corpus, result: Score, floors: Floors) -> list[str]:
    """Why `result` does not pass, one sentence each; empty if it does."""
    said = [f"{corpus.name}: read as guilty without a label: {finding}" for finding in result.upgrades]
    if len(result.upgrades) <= GUILT_UPGRADES_ALLOWED:
        said = []
    entry = floors.get(corpus.name)
    if entry is None:
        return [*said, f"{corpus.name}: no floors are set; run with --raise-floors"]
    if entry["corpus"] != corpus.digest:
        said.append(f"{corpus.name}: documents or labels have changed; floor them anew with --raise-floors")
    return said + missed_floors(corpus.name, result, entry["floors"])


def missed_floors(name: str, result: Score, floors: dict[str, float]) -> list[str]:
    figures = result.figures()
    return [
        f"{name}: {figure} is {figures.get(figure, 0.0):.3f}, below its floor of {floor:.3f}"
        for figure, floor in sorted(floors.items())
        if figures.get(figure, 0.0) < floor
    ]


def raised(corpus: Corpus, result: Score, floors: Floors) -> tuple[Floors, list[str]]:
    """Floors with this corpus raised to what was measured less the margin, and why not, if not.

    No floor is ever lowered. While one is missed or somebody is upgraded, nothing is written at all.
    """
    old = floors.get(corpus.name, {"floors": {}})["floors"]
    objections = missed_floors(corpus.name, result, old)
    if len(result.upgrades) > GUILT_UPGRADES_ALLOWED:
        objections += [f"{corpus.name}: read as guilty without a label: {found}" for found in result.upgrades]
    if objections:
        return floors, objections
    new = {figure: max(old.get(figure, 0.0), _floor_below(value)) for figure, value in result.figures().items()}
    return {**floors, corpus.name: {"corpus": corpus.digest, "floors": new}}, []


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
