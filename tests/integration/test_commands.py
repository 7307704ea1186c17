"""The two command lines as a person uses them: real processes, real store, real model."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.integration

VERDICT = """Title: Quillmarket founder convicted on one count
Published: 2023-11-17
Publisher: The Example Post

A federal jury convicted Ada Ransome on one count of money laundering on Thursday.
The jury acquitted her of one other count and deadlocked on the remaining 12 counts.
"""
STATEMENT = """Title: A statement on Quillmarket
Published: 2017-01-11

Ada Ransome and Bruno Pell, the owners of Quillmarket, are facing pimping charges in California.
"""


def run(*arguments: str, expect: int = 0, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        capture_output=True,
        text=True,
        input=stdin,
        timeout=180,
        check=False,
        env=os.environ | {"HF_HUB_OFFLINE": "1", "COLUMNS": "120"},
    )
    assert done.returncode == expect, (arguments, done.returncode, done.stdout[-800:], done.stderr[-800:])
    assert "Traceback" not in done.stderr
    return done


def ask(data: Path, question: str) -> dict[str, Any]:
    lines = run("bot", "ask", "--data", str(data), "--json", question).stdout.splitlines()
    assert len(lines) == 1
    answer: dict[str, Any] = json.loads(lines[0])
    return answer


def stages(answer: dict[str, Any], party: str) -> set[str]:
    return {standing["stage"] for standing in answer["standings"] if standing["party"] == party}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base of two good documents that were added together with bad ones."""
    root = tmp_path_factory.mktemp("commands")
    papers = root / "papers"
    papers.mkdir()
    (papers / "verdict.txt").write_text(VERDICT)
    (papers / "statement.txt").write_text(STATEMENT)
    (papers / "empty.txt").write_text("")
    (papers / "picture.txt").write_bytes(bytes(range(256)) * 40)
    done = run("ingest", "add", "--data", str(root / "kb"), "--json", str(papers), expect=1)
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert sorted(result["outcome"] for result in results) == ["added", "added", "failed", "failed"]
    assert "empty.txt" in done.stderr
    assert "picture.txt" in done.stderr
    return root / "kb"


def test_charges_and_convictions_are_kept_apart(filled: Path) -> None:
    answer = ask(filled, "Was Ada Ransome convicted of sex trafficking?")
    assert answer["verdict"] == "no"
    assert {"convicted", "acquitted", "mistrial"} <= stages(answer, "Ada Ransome")
    assert all("trafficking" not in str(standing["offence"]) for standing in answer["standings"])


def test_open_charge_says_as_of_when(filled: Path) -> None:
    answer = ask(filled, "Was Bruno Pell convicted?")
    assert answer["verdict"] == "unknown"
    assert stages(answer, "Bruno Pell") == {"charged"}
    assert answer["standings"][0]["outcome_known"] is False
    assert answer["standings"][0]["as_of"] == "2017-01-11"


def test_every_quote_is_verbatim_in_what_show_prints(filled: Path) -> None:
    answer = ask(filled, "What happened to Ada Ransome?")
    assert answer["citations"]
    for citation in answer["citations"]:
        text = run("ingest", "show", "--data", str(filled), "--text", citation["source_id"]).stdout
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_person_readable_answer(filled: Path) -> None:
    shown = run("bot", "ask", "--data", str(filled), "Was Ada Ransome convicted of money laundering?").stdout
    assert "YES" in shown
    assert "The Example Post" in shown
    assert "[1]" in shown


def test_stranger_is_not_in_the_sources(filled: Path) -> None:
    answer = ask(filled, "What sentence did Mona Strand get?")
    assert answer["verdict"] == "not_in_sources"
    assert not answer["standings"]
    assert not answer["statements"]


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        pytest.param(["bot", "ask", "--data", "{kb}", " "], 2, "question is empty", id="empty_question"),
        pytest.param(["bot", "ask", "--data", "{kb}", "--as-of", "May", "Who?"], 2, "YYYY-MM-DD", id="bad_day"),
        pytest.param(["bot", "ask", "--data", "{none}", "Who?"], 3, "no knowledge base", id="no_knowledge_base"),
        pytest.param(["bot", "ask"], 2, "--help", id="no_question"),
        pytest.param(["ingest", "list", "--data", "{none}"], 3, "no knowledge base", id="nothing_to_list"),
        pytest.param(["ingest", "show", "--data", "{kb}", "zzz"], 1, "zzz", id="unknown_source"),
        pytest.param(["ingest", "add", "--data", "{kb}", "https://example.org/a"], 1, "save the page", id="address"),
    ],
)
def test_wrong_use_gets_one_sentence(
    filled: Path, tmp_path: Path, arguments: list[str], status: int, says: str
) -> None:
    filled_in = [part.format(kb=filled, none=tmp_path / "none") for part in arguments]
    assert says in run(*filled_in, expect=status).stderr


def test_changed_file_replaces_its_former_version(tmp_path: Path) -> None:
    paper, data = tmp_path / "paper.txt", tmp_path / "kb"
    paper.write_text(STATEMENT)
    run("ingest", "add", "--data", str(data), str(paper))
    again = run("ingest", "add", "--data", str(data), "--json", str(paper))
    assert json.loads(again.stdout)["outcome"] == "unchanged"
    paper.write_text(STATEMENT.replace("are facing pimping charges in California", "pleaded not guilty to arson"))
    changed = json.loads(run("ingest", "add", "--data", str(data), "--json", str(paper)).stdout)
    assert (changed["outcome"], changed["version"]) == ("updated", 2)
    answer = ask(data, "What happened to Bruno Pell?")
    assert stages(answer, "Bruno Pell") == {"pleaded_not_guilty"}
    assert all("pimping" not in citation["quote"] for citation in answer["citations"])


@pytest.mark.parametrize("delay", [3.0])
def test_killed_in_the_middle_of_adding(tmp_path: Path, delay: float) -> None:
    """Whatever moment it dies at: what is there answers, verify speaks, repair mends, adding again completes."""
    data = tmp_path / "kb"
    first = tmp_path / "first.txt"
    first.write_text(VERDICT)
    run("ingest", "add", "--data", str(data), str(first))
    adding = subprocess.Popen(
        [sys.executable, "-m", "ingest", "add", "--starter", "--data", str(data)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"HF_HUB_OFFLINE": "1"},
    )
    time.sleep(delay)
    adding.send_signal(signal.SIGKILL)
    adding.wait()
    assert "convicted" in stages(ask(data, "Was Ada Ransome convicted?"), "Ada Ransome")
    verified = subprocess.run(
        [sys.executable, "-m", "ingest", "verify", "--data", str(data)], capture_output=True, text=True, check=False
    )
    assert verified.returncode in (0, 1), verified.stderr
    run("ingest", "verify", "--repair", "--data", str(data))
    run("ingest", "verify", "--data", str(data))
    assert "convicted" in stages(ask(data, "Was Ada Ransome convicted?"), "Ada Ransome")


def test_asking_while_somebody_adds(tmp_path: Path) -> None:
    """No error, no half-visible source, and the next question finds the new version."""
    data, papers = tmp_path / "kb", tmp_path / "papers"
    papers.mkdir()
    for number in range(12):
        story = VERDICT.replace("Ada Ransome", f"Ada Ransome{chr(97 + number)}")
        (papers / f"story{number}.txt").write_text(story)
    first = tmp_path / "first.txt"
    first.write_text(VERDICT)
    run("ingest", "add", "--data", str(data), str(first))
    adding = subprocess.Popen(
        [sys.executable, "-m", "ingest", "add", "--quiet", "--data", str(data), str(papers)],
        stderr=subprocess.PIPE,
        env=os.environ | {"HF_HUB_OFFLINE": "1"},
    )
    asked = 0
    while adding.poll() is None or asked == 0:
        answer = ask(data, "Was Ada Ransome convicted of money laundering?")
        assert answer["verdict"] == "yes"
        assert {"convicted", "acquitted", "mistrial"} <= stages(answer, "Ada Ransome")
        asked += 1
    assert adding.returncode == 0, adding.stderr.read() if adding.stderr else ""
    if adding.stderr:
        adding.stderr.close()
    assert ask(data, "Was Ada Ransomeb convicted of money laundering?")["verdict"] == "yes"
