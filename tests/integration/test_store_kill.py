"""A writer killed at any point leaves a whole ledger; the rest is mended from it."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from knowledge.store.library import open_library
from tests.fakes import WordEmbedder
from tests.integration.store_child import edition, version
from tests.store_factories import settings_for

pytestmark = [pytest.mark.integration, pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX's")]

ROOT = Path(__file__).resolve().parents[2]
COMMITTED = {"after_commit", "before_seal"}


def child(*args: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "tests.integration.store_child", *map(str, args)], cwd=ROOT)


def prepare(folder: Path, size: int) -> None:
    with open_library(settings_for(folder), create=True, embedder=WordEmbedder()) as library:
        library.add(*version(1, size))


@pytest.mark.parametrize(
    ("size", "point"),
    [
        pytest.param(size, point, id=f"{point}_{size}")
        # Chroma writes its index out at 1,000 vectors: below and above that are different ways.
        for size, points in (
            (3, ("before_vectors", "before_commit", "inside_commit", "after_commit")),
            (1100, ("between_batches", "before_commit", "before_seal")),
        )
        for point in points
    ],
)
def test_killed_while_adding(tmp_path: Path, size: int, point: str) -> None:
    prepare(tmp_path, size)
    killed = child("add_and_die", tmp_path, point, size)
    assert killed.wait(60) == -signal.SIGKILL
    seen = "edition2" if point in COMMITTED else "edition1"

    with open_library(settings_for(tmp_path), create=False, embedder=WordEmbedder()) as library:
        assert edition(library) == ({seen}, {seen}, {seen}, size), "one whole version, the former or the new"
        report = library.verify()
        assert report.ok == (point == "before_vectors"), report.findings
        assert report.ok or all("verify --repair" in finding for finding in report.findings)
        mended = library.repair()
        assert mended.ok, mended.findings
        library.add(*version(2, size))
        assert edition(library) == ({"edition2"}, {"edition2"}, {"edition2"}, size)
        assert library.verify().ok
    with open_library(settings_for(tmp_path), create=False, embedder=WordEmbedder()) as library:
        assert edition(library)[2] == {"edition2"}
        assert (library.answered_by, library.degraded) == ("chroma", None)


@pytest.mark.parametrize("seed", range(2))
def test_killed_at_any_moment(tmp_path: Path, seed: int) -> None:
    prepare(tmp_path, 1200)
    killed = child("add_for_ever", tmp_path, 1200)
    time.sleep(1.0 + 2.0 * random.Random(seed).random())
    killed.kill()
    killed.wait(60)
    with open_library(settings_for(tmp_path), create=False, embedder=WordEmbedder()) as library:
        text, passages, found, count = edition(library)
        assert text == passages == found
        assert count == 1200
        assert library.repair().ok
        assert edition(library) == (text, text, text, 1200)


FULL = """
import resource, sys
from pathlib import Path
from knowledge.errors import StoreUnwritable
from knowledge.store.library import open_library
from tests.fakes import WordEmbedder
from tests.integration.store_child import version
from tests.store_factories import settings_for
folder = Path(sys.argv[1])
with open_library(settings_for(folder), create=True, embedder=WordEmbedder()) as library:
    limit = int(sys.argv[2])  # no file may grow beyond this: to the program, a full disk
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        library.add(*version(2, 1100))
    except StoreUnwritable as error:
        print(error)
"""


@pytest.mark.parametrize("limit", [300_000, 700_000], ids=["at_once", "on_the_way"])
def test_a_full_disk_is_said_in_a_sentence_and_nothing_is_lost(tmp_path: Path, limit: int) -> None:
    prepare(tmp_path, 3)
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path), str(limit)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-500:]
    assert "cannot be written" in done.stdout
    with open_library(settings_for(tmp_path), create=False, embedder=WordEmbedder()) as library:
        assert edition(library) == ({"edition1"}, {"edition1"}, {"edition1"}, 3)
        assert library.repair().ok
        library.add(*version(2, 1100))
        assert edition(library)[2] == {"edition2"}
