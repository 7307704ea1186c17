"""A name that may be two people's gets a note; a case told by several sources does not."""

from __future__ import annotations

import pytest

from knowledge.model import PartyKind, Stage, StoredEvent
from knowledge.names import PartyDirectory
from knowledge.namesakes import namesake_notes
from knowledge.standing import Fact
from tests.knowledge.builders import fact

BAKER = [("Otto Lind", Stage.CONVICTED, "s1", "Sweden")]
CHIEF = [("Otto Lind", Stage.CHARGED, "s2", "Texas")]


@pytest.mark.parametrize(
    ("told", "notes"),
    [
        pytest.param([*BAKER, *CHIEF], 1, id="baker_and_chief_executive"),
        pytest.param([*BAKER, ("Otto Lind", Stage.CHARGED, "s2", "Sweden")], 0, id="one_country"),
        pytest.param([*BAKER, ("Otto Lind", Stage.CHARGED, "s2", None)], 0, id="no_place_named"),
        pytest.param(
            [*BAKER, *CHIEF, ("Mia Berg", Stage.CHARGED, "s1", None), ("Mia Berg", Stage.CHARGED, "s2", None)],
            0,
            id="the_same_co_defendant",
        ),
        pytest.param(
            [("Otto Lind", Stage.CONVICTED, "s1", "Sweden"), ("Otto Lind", Stage.CHARGED, "s1", "Texas")],
            0,
            id="one_source",
        ),
    ],
)
def test_notes(told: list[tuple[str, Stage, str, str | None]], notes: int) -> None:
    directory = PartyDirectory((name, PartyKind.PERSON) for name, *_ in told)
    facts: list[Fact] = []
    for name, stage, source, forum in told:
        made = fact(name, stage, source=source, forum=forum)
        party = directory.of(name, PartyKind.PERSON)
        assert party is not None
        facts.append(Fact(made.event, party, source, made.dated, made.kind, forum))
    events = [StoredEvent(one.event, one.source_id, None) for one in facts]
    own = [one for one in facts if one.party.name == "Otto Lind"]
    assert len(namesake_notes(own, events, directory)) == notes
