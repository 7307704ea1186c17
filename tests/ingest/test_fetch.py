"""From arguments to bytes: what stands for which documents, and what is said of the rest."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.fetch import Fetched, Input, expand, starter_inputs
from ingest.text import Limits
from knowledge.errors import InputError
from knowledge.model import SourceKind


def _all(inputs: Sequence[str], limits: Limits | None = None, stdin: bytes = b"") -> list[Input | InputError]:
    return list(expand(inputs, limits or Limits(), lambda: io.BytesIO(stdin)))


def _read(given: str, limits: Limits | None = None) -> Fetched:
    (item,) = _all([given], limits)
    assert isinstance(item, Input)
    return item.read()


def _reason(given: str, limits: Limits | None = None) -> str:
    (item,) = _all([given], limits)
    if isinstance(item, InputError):
        return item.reason
    with pytest.raises(InputError) as caught:
        item.read()
    return caught.value.reason


def test_file_is_read_under_its_resolved_path(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"text")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    plain, link = _read(str(tmp_path / "a.txt")), _read(str(tmp_path / "link.txt"))
    assert plain.data == b"text"
    assert plain.location == link.location == str((tmp_path / "a.txt").resolve())
    assert link.name == str(tmp_path / "link.txt")


def test_folder_stands_for_its_documents(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/y.PDF", "c.html", ".hidden.txt", ".git/d.txt", "e.jpg", "b.txt.meta.toml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"text")
    names = [str(Path(item.name).relative_to(tmp_path)) for item in _all([str(tmp_path)]) if isinstance(item, Input)]
    assert names == ["b.txt", "c.html", "a/y.PDF", "a/z.md"]


def test_folder_without_documents_is_one_failure(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"x")
    assert "no document in this folder" in _reason(str(tmp_path))


def test_sidecars_named_beside_their_documents_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"text")
    (tmp_path / "a.meta.toml").write_text('title = "A"', encoding="utf-8")
    items = _all([str(path) for path in sorted(tmp_path.iterdir())])
    assert [Path(item.name).name for item in items if isinstance(item, Input)] == ["a.txt"]
    assert len(items) == 1


def test_standard_input() -> None:
    (item,) = _all(["-"], stdin=b"from a pipe")
    assert isinstance(item, Input)
    assert item.read() == Fetched("-", "-", b"from a pipe")


def test_standard_input_has_a_limit() -> None:
    (item,) = _all(["-"], Limits(max_bytes=3), stdin=b"from a pipe")
    assert isinstance(item, Input)
    with pytest.raises(InputError, match="too large"):
        item.read()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        pytest.param("gone.txt", "no such file", id="not_there"),
        pytest.param("file.txt/x.txt", "no such file", id="below_a_file"),
        pytest.param("broken.txt", "symbolic link", id="broken_link"),
        pytest.param("loop.txt", "symbolic link", id="link_to_itself"),
        pytest.param("pipe.txt", "pipe", id="named_pipe"),
        pytest.param("x" * 5000, "too long", id="name_too_long"),
        pytest.param("a\0b", "cannot be the name", id="nul_in_the_name"),
    ],
)
def test_unreadable_file(name: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_bytes(b"text")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert says in _reason(str(tmp_path / name))


def test_longest_possible_name_has_no_room_for_a_sidecar(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 251 + ".txt")
    path.write_bytes(b"text")
    assert _read(str(path)).data == b"text"


def test_device_file() -> None:
    assert "device" in _reason("/dev/null")


def test_empty_argument() -> None:
    assert _reason("")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_without_permission(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"text")
    (tmp_path / "a.txt").chmod(0)
    assert "no permission" in _reason(str(tmp_path / "a.txt"))


def test_file_that_vanishes_between_listing_and_reading(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"text")
    (item,) = _all([str(tmp_path)])
    (tmp_path / "a.txt").unlink()
    assert isinstance(item, Input)
    with pytest.raises(InputError, match="no such file"):
        item.read()


def test_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(10**9)
    assert "too large" in _reason(str(path))


def test_web_address_is_not_read_yet() -> None:
    assert "--url" in _reason("https://quill.example/1")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.txt.meta.toml", 'title = "T"\npublished = 2021-03-04\nkind = "news"', id="toml"),
        pytest.param("a.txt.meta.json", '{"title": "T", "date": "2021-03-04", "kind": "news"}', id="json"),
        pytest.param("a.txt.meta.yaml", "title: T\npublished: 2021-03-04\nkind: news", id="yaml"),
        pytest.param("a.meta.yml", "title: T\npublished: 2021-03-04\nkind: news", id="without_the_suffix"),
    ],
)
def test_sidecar(name: str, content: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"text")
    (tmp_path / name).write_text(content, encoding="utf-8")
    sidecar = _read(str(tmp_path / "a.txt")).sidecar
    assert (sidecar.title, sidecar.published, sidecar.kind) == ("T", "2021-03-04", SourceKind.NEWS)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        pytest.param("a.txt.meta.toml", "title = ", "cannot be read", id="not_toml"),
        pytest.param("a.txt.meta.json", "{", "cannot be read", id="not_json"),
        pytest.param("a.txt.meta.yaml", "a: [", "cannot be read", id="not_yaml"),
        pytest.param("a.txt.meta.json", "[1]", "title =", id="no_mapping"),
        pytest.param("a.txt.meta.toml", 'date = "soon"', "soon", id="no_date"),
    ],
)
def test_wrong_sidecar_is_named(name: str, content: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"text")
    (tmp_path / name).write_text(content, encoding="utf-8")
    (item,) = _all([str(tmp_path / "a.txt")])
    assert isinstance(item, Input)
    with pytest.raises(InputError, match=says) as caught:
        item.read()
    assert caught.value.subject.endswith(name)
    assert "\n" not in str(caught.value)


def test_starter_briefs_have_a_location_of_their_own() -> None:
    inputs = starter_inputs()
    fetched = inputs[0].read()
    assert fetched.location == f"starter:{inputs[0].name}"
    assert fetched.data.startswith(b"---\n")
