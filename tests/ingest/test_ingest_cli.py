"""`python -m ingest`, as a user or a script sees it: output, messages, exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ingest import __main__ as cli
from ingest.terminal import safe
from knowledge.errors import KnowledgeBaseError
from tests.factories import STORY, pdf

_HEAVY = ("torch", "chromadb", "langchain", "langchain_core", "sqlalchemy", "sentence_transformers", "trafilatura")


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


def _records(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_extract_prints_the_records_of_the_contract(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["extract", str(story), "--json"]) == 0
    records = _records(capsys)
    assert records
    for record in records:
        assert list(record) == [
            "source", "party", "party_kind", "stage", "modality", "attributed_to", "offence", "counts", "date",
            "sentence", "quote", "start", "end", "zone",
        ]  # fmt: skip
        assert record["source"] == str(story)
        assert STORY[record["start"] : record["end"]] == record["quote"]
    assert ("Omar Vance", "charged") in {(record["party"], record["stage"]) for record in records}


def test_extract_adds_the_page_of_a_pdf(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([["The case."], ["A jury convicted Omar Vance of perjury on Monday."]]))
    assert cli.main(["--json", "extract", str(path)]) == 0
    assert {record["page"] for record in _records(capsys)} == {2}


def test_extract_goes_on_after_a_failure(story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").touch()
    assert cli.main(["extract", str(tmp_path / "empty.txt"), str(tmp_path / "gone.txt"), str(story), "--json"]) == 1
    captured = capsys.readouterr()
    assert len(captured.err.splitlines()) == 2
    assert "empty.txt: the file is empty" in captured.err
    assert "gone.txt: there is no such file" in captured.err
    assert all(json.loads(line)["source"] == str(story) for line in captured.out.splitlines())


def test_extract_for_people(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["extract", str(story)]) == 0
    out = capsys.readouterr().out
    assert "procedural event" in out
    assert "charged" in out
    assert "Omar Vance" in out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param([], "Usage", id="no_command"),
        pytest.param(["frobnicate"], "frobnicate", id="unknown_command"),
        pytest.param(["extract"], "PATH", id="no_path"),
        pytest.param(["extract", "--nope", "x"], "--nope", id="unknown_option"),
        pytest.param(["add"], "at least one file", id="nothing_to_add"),
        pytest.param(["add", "a.txt", "--kind", "gossip"], "gossip", id="unknown_kind"),
        pytest.param(["add", "a.txt", "--published", "soon"], "soon", id="no_date"),
        pytest.param(["add", "a.txt", "b.txt", "--title", "T"], "one document", id="title_for_two"),
        pytest.param(["show"], "ID", id="show_without_id"),
    ],
)
def test_wrong_usage_is_2_and_nothing_is_done(
    arguments: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "knowledge"
    assert cli.main([*(["--data", str(folder)] if arguments else []), *arguments]) == 2
    captured = capsys.readouterr()
    assert says in captured.err + captured.out
    assert "Traceback" not in captured.err
    assert not folder.exists()


@pytest.mark.parametrize("command", [["list"], ["show", "abc"], ["remove", "abc"], ["verify"]])
def test_no_knowledge_base_is_3(command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*command, "--data", str(tmp_path / "none"), "--json"]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        pytest.param(KnowledgeBaseError("The disk is full."), 3, "The disk is full.", id="store"),
        pytest.param(KeyboardInterrupt(), 130, "Interrupted", id="ctrl_c"),
        pytest.param(RuntimeError("odd\nthing"), 1, "--debug", id="unexpected"),
    ],
)
def test_no_traceback_reaches_the_user(
    error: BaseException,
    status: int,
    says: str,
    story: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(cli, "_extract_one", fail)
    assert cli.main(["extract", str(story)]) == status
    captured = capsys.readouterr()
    assert says in captured.err
    assert len(captured.err.splitlines()) == 1


def test_debug_shows_where(story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("odd")

    monkeypatch.setattr(cli, "_extract_one", fail)
    monkeypatch.setattr("logging.basicConfig", lambda **_: None)
    with pytest.raises(RuntimeError, match="odd"):
        cli.main(["extract", str(story), "--debug"])


def test_text_of_documents_cannot_steer_the_terminal() -> None:
    assert safe("a\x1b[31mred\x9b\x07 \u202eback\ttab\nline") == "a[31mred back\ttab\nline"


def test_extract_loads_nothing_heavy(story: Path) -> None:
    code = (
        "import sys; from ingest.__main__ import main; status = main(['extract', sys.argv[1], '--json']); "
        f"print([name for name in {_HEAVY!r} if name in sys.modules], file=sys.stderr); sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(story)], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stderr.strip() == "[]"
    assert json.loads(done.stdout.splitlines()[0])["source"] == str(story)


def test_broken_pipe_is_no_traceback(story: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -m ingest extract {story} | true", shell=True, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr


@pytest.mark.integration
def test_from_add_to_remove(story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data", str(tmp_path / "knowledge"), "--json"]
    assert cli.main(["add", str(story), str(tmp_path / "gone.txt"), "--publisher", "Reuters", *data]) == 1
    added, failed = _records(capsys)
    assert (added["outcome"], failed["outcome"]) == ("added", "failed")
    assert cli.main(["add", str(story), *data]) == 0
    assert [record["outcome"] for record in _records(capsys)] == ["unchanged"]
    assert cli.main(["list", *data]) == 0
    (listed,) = _records(capsys)
    assert (listed["id"], listed["kind"], listed["passages"]) == (added["source_id"], "news", added["passages"])
    assert cli.main(["show", added["source_id"][:6], "--text", *data]) == 0
    (shown,) = _records(capsys)
    assert shown["text"] == STORY
    assert len(shown["passages"]) == added["passages"]
    assert len(shown["events"]) == added["events"]
    assert all(STORY[event["start"] : event["end"]] == event["quote"] for event in shown["events"])
    assert cli.main(["verify", *data]) == 0
    assert [record["ok"] for record in _records(capsys)] == [True]
    assert cli.main(["remove", added["source_id"], "ffff", *data]) == 1
    assert [record["removed"] for record in _records(capsys)] == [True, False]
    assert cli.main(["list", *data]) == 0
    assert _records(capsys) == []
