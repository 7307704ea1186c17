"""The program's answers to the exam's questions: sound without exception, as expected above a floor."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.model import Modality, Stage, Zone
from tests.eval.asking import exam, knowledge_base, load_questions, name_of, objections_to
from tests.eval.corpora import own
from tests.eval.gate import load_floors
from tests.fakes import WordEmbedder


@pytest.mark.integration
@pytest.mark.parametrize(
    "labelled", [pytest.param(True, id="labelled_events"), pytest.param(False, id="events_as_read")]
)
def test_answers_are_sound_and_as_expected(labelled: bool) -> None:
    replies = exam(labelled=labelled, embedder=WordEmbedder())
    assert len(replies) == len(load_questions())
    assert objections_to(replies, name_of(labelled=labelled), load_floors()) == []


@pytest.mark.integration
def test_labelled_events_are_stored_as_labelled(tmp_path: Path) -> None:
    with knowledge_base(own(), tmp_path / "kb", labelled=True, embedder=WordEmbedder()) as library:
        stored = [entry.event for entry in library.events()]
        claims = [event for event in stored if event.zone is Zone.COMMENT]
    pleas = {event.party for event in stored if event.stage is Stage.PLEADED_GUILTY}
    assert "Bram Tolliver" in pleas
    assert claims
    assert all(event.modality is Modality.ATTRIBUTED for event in claims)
