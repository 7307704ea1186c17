"""The exam's own documents: each is labelled, every quotation is in it, no kind of event is absent."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge.model import Modality, Stage
from tests.eval.corpora import EVAL, newsroom, own

CORPUS = own()
NEWSROOM = newsroom()
KEYS = {"party", "stage", "modality", "offence", "counts", "date", "sentence", "quote"}
TEXTS = {path.stem: path.read_text("utf-8") for path in CORPUS.documents}


def test_every_document_has_labels_and_every_label_file_a_document() -> None:
    documents = {path.stem for path in (EVAL / "documents").iterdir()}
    assert documents == {path.stem for path in (EVAL / "labels").iterdir()}
    assert len(documents) >= 30


@pytest.mark.parametrize("document", sorted(TEXTS))
def test_documents_are_short_and_dated(document: str) -> None:
    text = TEXTS[document]
    assert 90 <= len(text.split()) <= 460
    assert re.search(r"^(?:PUBLISHED|published|as_of): \d{4}-\d\d-\d\d$", text, re.M)


@pytest.mark.parametrize("document", sorted(TEXTS))
def test_labels_are_well_formed_and_quoted_verbatim(document: str) -> None:
    for label in CORPUS.labels[document]:
        assert set(label) - {"agreed"} == KEYS
        assert label["stage"] in set(Stage)
        assert label["modality"] in set(Modality)
        assert 0 < len(label["quote"]) <= 200
        assert label["quote"] in TEXTS[document]
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", label["date"] or "2000")
        assert label["counts"] is None or isinstance(label["counts"], int) or label["counts"] in {"all", "rest"}


def test_the_labels_cover_every_stage_that_is_scored_and_every_modality() -> None:
    agreed = [label for labels in CORPUS.labels.values() for label in labels if label.get("agreed", True)]
    unscored = {Stage.FINDING, Stage.RELEASED, Stage.ON_TRIAL}
    asserted = {label["stage"] for label in agreed if label["modality"] == "asserted"}
    assert set(Stage) - unscored <= asserted
    assert {label["modality"] for label in agreed} == set(Modality)


def test_some_documents_hold_nothing_at_all() -> None:
    assert any(not labels for labels in CORPUS.labels.values())


@pytest.mark.parametrize("path", NEWSROOM.documents, ids=lambda path: path.stem)
def test_newsroom_labels_are_quoted_verbatim(path: Path) -> None:
    text = path.read_text("utf-8")
    for label in NEWSROOM.labels[path.stem]:
        assert set(label) - {"agreed"} == KEYS
        assert label["stage"] in set(Stage)
        assert label["modality"] in set(Modality)
        assert label["quote"]
        assert label["quote"] in text


def test_newsroom_has_as_many_labels_as_documents() -> None:
    assert len(NEWSROOM.documents) == len(NEWSROOM.labels) >= 30
