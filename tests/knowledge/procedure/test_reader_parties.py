"""Whose guilt a text states: the situations of guilt_situations.txt. All names in them are invented."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.model import GUILT_STAGES, Block, Modality, ProceduralEvent, Stage, Zone
from knowledge.procedure import read_events

_STAGES = {"pleaded": Stage.PLEADED_GUILTY, "convicted": Stage.CONVICTED, "sentenced": Stage.SENTENCED}
Guilt = set[tuple[str, Stage]]


def _guilt(line: str) -> Guilt:
    """ "Jane Roe convicted+sentenced; Acme pleaded" as pairs."""
    parts = [part.rpartition(" ") for part in line.split("; ") if part != "-"]
    return {(name, _STAGES[stage]) for name, _, stages in parts for stage in stages.split("+")}


def _situations() -> Iterator[tuple[str, Guilt, Guilt]]:
    """Each text with the guilt that must be read in it, and what more may be."""
    text, must, may = "", set[tuple[str, Stage]](), set[tuple[str, Stage]]()
    lines = (Path(__file__).parent / "guilt_situations.txt").read_text("utf-8").splitlines()
    for line in [*lines, "#"]:
        if line.startswith("  must: "):
            must = _guilt(line.removeprefix("  must: "))
        elif line.startswith("  may: "):
            may = _guilt(line.removeprefix("  may: "))
        else:
            if text:
                yield text, must, may
            text, must, may = "" if line.startswith("#") else line, set(), set()


SITUATIONS = [pytest.param(*case, id=case[0][:60].replace(" ", "_")) for case in _situations()]


def read(text: str) -> list[ProceduralEvent]:
    return read_events(text, (Block(Zone.BODY, 0, len(text)),))


@pytest.mark.parametrize(("text", "must", "may"), SITUATIONS)
def test_guilt_is_stated_of(text: str, must: Guilt, may: Guilt) -> None:
    events = read(text)
    asserted = {(e.party, e.stage) for e in events if e.stage in GUILT_STAGES and e.modality is Modality.ASSERTED}
    assert must <= asserted <= must | may


def test_the_situations_are_there() -> None:
    assert len(SITUATIONS) > 200


def test_list_items_keep_to_the_name_that_opens_them() -> None:
    text = "- Ann Roe: convicted of theft; sentenced to a year.\n- Max Poe: acquitted.\n- Convicted in May."
    found = {(e.party, e.stage) for e in read(text)}
    assert found == {("Ann Roe", Stage.CONVICTED), ("Ann Roe", Stage.SENTENCED), ("Max Poe", Stage.ACQUITTED)}
