"""The seal on Chroma's index files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge.store.seal import is_intact, seal, unseal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    segment = tmp_path / "vectors" / "segment"
    segment.mkdir(parents=True)
    (segment / "index_metadata.pickle").write_bytes(b"written out")
    (segment / "link_lists.bin").write_bytes(b"links" * 100)
    (tmp_path / "vectors" / "chroma.sqlite3").write_bytes(b"rows")
    seal(tmp_path / "vectors")
    return tmp_path / "vectors"


def test_untouched_files_are_intact(folder: Path) -> None:
    assert is_intact(folder)


def test_a_copy_is_intact(folder: Path) -> None:
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy, copy_function=shutil.copyfile)  # new times of change
    assert is_intact(copy)


def test_the_database_may_change(folder: Path) -> None:
    (folder / "chroma.sqlite3").write_bytes(b"more rows")
    assert is_intact(folder)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda f: (f / "segment/link_lists.bin").write_bytes(b"links" * 50), id="truncated"),
        pytest.param(lambda f: (f / "segment/link_lists.bin").write_bytes(b"links" * 99 + b"lynks"), id="garbled"),
        pytest.param(lambda f: (f / "segment/link_lists.bin").unlink(), id="deleted"),
        pytest.param(lambda f: (f / "segment/more.bin").write_bytes(b""), id="added"),
        pytest.param(lambda f: (f / "seal.json").write_text("{"), id="seal_garbled"),
        pytest.param(lambda f: (f / "seal.json").write_text("[1]"), id="seal_of_another_shape"),
        pytest.param(unseal, id="seal_taken_away"),
    ],
)
def test_a_change_is_noticed(folder: Path, damage: object) -> None:
    assert callable(damage)
    damage(folder)
    assert not is_intact(folder)


def test_an_index_that_was_never_written_out_is_not_read_and_needs_no_seal(folder: Path) -> None:
    (folder / "segment/index_metadata.pickle").unlink()
    unseal(folder)
    assert is_intact(folder)


def test_sealing_again_takes_in_what_has_changed(folder: Path) -> None:
    (folder / "segment/link_lists.bin").write_bytes(b"new")
    seal(folder)
    assert is_intact(folder)
