"""One process writes, others ask: no error, never half a source, and the next question sees what is new."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from knowledge.store.library import open_library
from tests.fakes import WordEmbedder
from tests.integration.store_child import edition, version
from tests.store_factories import settings_for

pytestmark = pytest.mark.integration

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "tests.integration.store_child"]


def start(*args: object, stderr: int | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen([*COMMAND, *map(str, args)], cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=stderr)


@pytest.mark.parametrize(
    ("editions", "size"), [pytest.param(8, 40, id="small"), pytest.param(3, 1100, id="index_written_out")]
)
def test_a_reader_that_lives_through_the_writing(tmp_path: Path, editions: int, size: int) -> None:
    with open_library(settings_for(tmp_path), create=True, embedder=WordEmbedder()) as library:
        library.add(*version(1, size))
        seen = [edition(library)]
        assert library.answered_by == "chroma"
        committed = 1
        with start("add_many", tmp_path, editions, size) as writer:
            assert writer.stdout is not None
            lines = iter(writer.stdout.readline, "")
            told = threading.Thread(target=lambda: committed_by.extend(int(line) for line in lines))
            committed_by: list[int] = []
            told.start()
            while writer.poll() is None:
                committed = max(committed_by, default=1)
                seen.append(edition(library))
                assert number(seen[-1]) >= committed, "what was committed before the question is seen by it"
            told.join()
            assert writer.returncode == 0
        seen.append(edition(library))
        assert library.degraded is None
        report = library.verify()
        assert report.ok, report.findings
    for text, passages, found, count in seen:
        assert text == passages == found, "one edition alone, in every half of the store"
        assert count == size
    numbers = [number(one) for one in seen]
    assert numbers == sorted(numbers)
    assert (numbers[0], numbers[-1]) == (1, editions + 1)
    with open_library(settings_for(tmp_path), create=False, embedder=WordEmbedder()) as library:
        assert number(edition(library)) == editions + 1
        assert library.answered_by == "chroma"


def number(seen: tuple[set[str], set[str], set[str], int]) -> int:
    (one,) = seen[0]
    return int(one.removeprefix("edition"))


def test_readers_that_start_during_the_writing(tmp_path: Path) -> None:
    with open_library(settings_for(tmp_path), create=True, embedder=WordEmbedder()) as library:
        library.add(*version(1, 600))
    answers: list[str] = []
    with start("add_many", tmp_path, 5, 600) as writer:
        while writer.poll() is None:
            with start("ask", tmp_path, stderr=subprocess.STDOUT) as reader:
                answers.append(reader.communicate(timeout=60)[0].strip())
                assert reader.returncode == 0, answers[-1]
        assert writer.returncode == 0
    assert answers
    for answer in answers:
        editions = {word.strip("{}'") for word in answer.split()[:3]}
        assert len(editions) == 1, answer
        assert answer.endswith("600 None"), answer


def test_two_writers_take_turns(tmp_path: Path) -> None:
    with open_library(settings_for(tmp_path), create=True, embedder=WordEmbedder()) as library:
        library.add(*version(1, 50))
    writers = [start("add_many", tmp_path, 5, 50) for _ in range(2)]
    for writer in writers:
        writer.communicate(timeout=120)
        assert writer.returncode == 0
    with open_library(settings_for(tmp_path), create=False, embedder=WordEmbedder()) as library:
        assert library.verify().ok
        assert library.list_sources()[0].version >= 6


def test_threads_of_one_process(tmp_path: Path) -> None:
    errors: list[BaseException] = []
    with open_library(settings_for(tmp_path), create=True, embedder=WordEmbedder()) as library:
        library.add(*version(1, 40))
        done = threading.Event()

        def ask() -> None:
            try:
                while not done.is_set():
                    text, passages, found, count = edition(library)
                    assert text == passages == found
                    assert count == 40
            except BaseException as error:  # noqa: BLE001 - handed to the test below
                errors.append(error)

        readers = [threading.Thread(target=ask) for _ in range(4)]
        for reader in readers:
            reader.start()
        for edition_number in range(2, 8):
            library.add(*version(edition_number, 40))
        done.set()
        for reader in readers:
            reader.join(60)
        assert library.verify().ok
    assert errors == []
