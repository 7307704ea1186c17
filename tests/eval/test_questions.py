"""The questions of the exam: well formed, resting on documents that exist, and of every kind."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from knowledge.model import Stage, Verdict
from tests.eval.corpora import EVAL, own
from tests.eval.scoring import GUILT, same_party

QUESTIONS: list[dict[str, Any]] = [
    json.loads(line) for line in (EVAL / "questions.jsonl").read_text("utf-8").splitlines()
]
LABELS = own().labels
KEYS = {"id", "kind", "question", "verdict", "on", "standings", "not_standings"}
KEYS |= {"words", "not_words", "conflict", "premise", "as_of"}
KINDS = {
    "plain", "false_premise", "company_owner", "comment", "conflict", "stale", "civil",
    "not_in_sources", "death", "finding", "details", "as_of",
}  # fmt: skip


def test_there_are_enough_of_every_kind() -> None:
    assert len(QUESTIONS) >= 40
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    counted = Counter(question["kind"] for question in QUESTIONS)
    assert set(counted) == KINDS
    assert min(counted.values()) >= 2


@pytest.mark.parametrize("question", [pytest.param(question, id=question["id"]) for question in QUESTIONS])
def test_questions_are_well_formed(question: dict[str, Any]) -> None:
    assert set(question) <= KEYS
    assert question["verdict"]
    assert set(question["verdict"]) <= set(Verdict)
    assert set(question["on"]) <= set(LABELS)
    for standing in [*question.get("standings", ()), *question.get("not_standings", ())]:
        assert standing["stage"] in set(Stage)
        assert set(standing) <= {"party", "stage", "offence", "counts", "sentence"}


@pytest.mark.parametrize("question", [pytest.param(question, id=question["id"]) for question in QUESTIONS])
def test_expected_guilt_is_borne_out_by_a_label(question: dict[str, Any]) -> None:
    """The exam must not ask for what the program is never to say."""
    labels = [label for document in question["on"] for label in LABELS[document]]
    for standing in question.get("standings", ()):
        backing = [
            label
            for label in labels
            if label["modality"] == "asserted"
            and label["stage"] == standing["stage"]
            and same_party(label["party"], standing["party"])
        ]
        assert backing, standing
        if standing["stage"] in GUILT and "counts" in standing:
            assert standing["counts"] in {label["counts"] for label in backing}
