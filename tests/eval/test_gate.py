"""The gate: it passes what is good, fails what is below a floor, and lets no upgrade through."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.eval.corpora import Corpus, Reader, beside, load, own
from tests.eval.gate import failures, load_floors, main, measure, raised

LABELS: dict[str, list[dict[str, Any]]] = {
    "alpha": [
        {"party": "Jane Roe", "stage": "charged", "modality": "asserted", "offence": "fraud", "counts": 2},
        {"party": "John Doe", "stage": "convicted", "modality": "asserted", "offence": "theft"},
    ],
    "beta": [{"party": "Ann Poe", "stage": "acquitted", "modality": "asserted"}],
}


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    documents, labels = tmp_path / "documents", tmp_path / "labels"
    documents.mkdir()
    labels.mkdir()
    for name, records in LABELS.items():
        (documents / f"{name}.txt").write_text(f"TITLE: {name}\n")
        (labels / f"{name}.json").write_text(json.dumps(records))
    return load("tiny", [documents], labels)


@pytest.fixture
def floors_file(tmp_path: Path) -> Path:
    return tmp_path / "floors.json"


def perfect(path: Path) -> list[dict[str, Any]]:
    return [dict(label) for label in LABELS[path.stem]]


def doctored(path: Path) -> list[dict[str, Any]]:
    """Reads all as it is, but for one charge that it takes for a conviction."""
    return [{**event, "stage": "convicted"} if event["stage"] == "charged" else event for event in perfect(path)]


def silent(path: Path) -> list[dict[str, Any]]:
    return []


def run(corpus: Corpus, floors_file: Path, reader: Reader, *arguments: str) -> int:
    return main(arguments, reader=reader, corpora=[corpus], floors_file=floors_file)


def test_passes_when_all_floors_are_met(corpus: Corpus, floors_file: Path) -> None:
    assert run(corpus, floors_file, perfect, "--raise-floors") == 0
    assert run(corpus, floors_file, perfect) == 0


def test_fails_without_floors(corpus: Corpus, floors_file: Path) -> None:
    assert run(corpus, floors_file, perfect) == 1


def test_fails_when_a_floor_is_missed(corpus: Corpus, floors_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(corpus, floors_file, perfect, "--raise-floors")
    assert run(corpus, floors_file, silent) == 1
    assert "FAILED tiny: asserted.recall is 0.000, below its floor of 0.980" in capsys.readouterr().out


def test_one_charge_read_as_a_conviction_fails(
    corpus: Corpus, floors_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(corpus, floors_file, perfect, "--raise-floors")
    assert run(corpus, floors_file, doctored) == 1
    said = capsys.readouterr().out
    assert "guilt upgrades 1 of 2" in said
    assert "FAILED tiny: read as guilty without a label: upgrade | alpha | convicted" in said


def test_no_floor_in_the_file_lets_an_upgrade_through(corpus: Corpus, floors_file: Path) -> None:
    lenient = {"tiny": {"corpus": corpus.digest, "floors": {}, "guilt_upgrades": 99}}
    floors_file.write_text(json.dumps(lenient))
    assert run(corpus, floors_file, silent) == 0
    assert run(corpus, floors_file, doctored) == 1


def test_floors_are_not_raised_over_an_upgrade(corpus: Corpus, floors_file: Path) -> None:
    assert run(corpus, floors_file, doctored, "--raise-floors") == 1
    assert not floors_file.exists()


def test_floors_never_go_down(corpus: Corpus, floors_file: Path) -> None:
    run(corpus, floors_file, perfect, "--raise-floors")
    before = floors_file.read_text()
    assert run(corpus, floors_file, silent, "--raise-floors") == 1
    assert floors_file.read_text() == before


def test_floors_go_up(corpus: Corpus, floors_file: Path) -> None:
    low = {"tiny": {"corpus": corpus.digest, "floors": {"asserted.f1": 0.1}}}
    floors_file.write_text(json.dumps(low))
    assert run(corpus, floors_file, perfect, "--raise-floors") == 0
    assert load_floors(floors_file)["tiny"]["floors"]["asserted.f1"] == 0.98


def test_a_floor_within_the_margin_stays_where_it_is(corpus: Corpus) -> None:
    high = {"tiny": {"corpus": corpus.digest, "floors": {"asserted.f1": 0.995}}}
    floors, objections = raised(corpus, measure(corpus, perfect), high)
    assert objections == []
    assert floors["tiny"]["floors"]["asserted.f1"] == 0.995


def test_a_changed_corpus_fails_until_it_is_floored_anew(corpus: Corpus, floors_file: Path) -> None:
    run(corpus, floors_file, perfect, "--raise-floors")
    corpus.documents[0].write_text("TITLE: changed\n")
    objections = failures(corpus, measure(corpus, perfect), load_floors(floors_file))
    assert objections == ["tiny: what it is measured on has changed; floor it anew with --raise-floors"]
    assert run(corpus, floors_file, perfect, "--raise-floors") == 0
    assert run(corpus, floors_file, perfect) == 0


def test_lists_disagreements_worst_first(corpus: Corpus, floors_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(corpus, floors_file, doctored, "--misses", "5")
    listed = [line for line in capsys.readouterr().out.splitlines() if " | " in line]
    assert listed[0].startswith("  upgrade | alpha | convicted")
    assert any(line.startswith("  missed | alpha | charged") for line in listed)


def test_the_program_passes_the_gate(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], corpora=[own()]) == 0, capsys.readouterr().out


@pytest.mark.shared
def test_the_program_passes_the_gate_on_the_documents_beside_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    corpus = beside()
    if corpus is None:
        pytest.skip("there are no labelled documents beside the project")
    assert main([], corpora=[corpus]) == 0, capsys.readouterr().out
