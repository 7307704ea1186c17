"""The doctor's findings: each check by itself, and what it advises."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from bot.doctor import Check, Health, examine, worst
from knowledge.settings import Settings, load_settings


def settings_for(folder: Path, token: str | None = None) -> Settings:
    return load_settings(knowledge_dir=folder, discord_token=token)


def finding(settings: Settings, name: str, client: httpx.Client | None = None) -> Check:
    return next(check for check in examine(settings, client) if check.name == name)


def discord(status: int, body: object = None) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(status, json=body or {})))


@pytest.mark.parametrize(
    ("token", "status", "health"),
    [
        pytest.param(None, None, Health.WARNING, id="no_token"),
        pytest.param("  ", None, Health.WARNING, id="blank_token"),
        pytest.param("abc", None, Health.OK, id="not_tried"),
        pytest.param("abc", 200, Health.OK, id="accepted"),
        pytest.param("abc", 401, Health.BROKEN, id="refused"),
        pytest.param("abc", 503, Health.WARNING, id="discord_is_down"),
    ],
)
def test_token(tmp_path: Path, token: str | None, status: int | None, health: Health) -> None:
    client = discord(status, {"username": "on-record"}) if status else None
    assert finding(settings_for(tmp_path, token), "Discord token", client).health is health


def test_unreachable_discord_is_no_fault_of_the_token(tmp_path: Path) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route", request=request)

    client = httpx.Client(transport=httpx.MockTransport(fail))
    assert finding(settings_for(tmp_path, "abc"), "Discord token", client).health is Health.WARNING


def test_token_never_shows(tmp_path: Path) -> None:
    checks = list(examine(settings_for(tmp_path, "very-secret"), discord(401)))
    assert all("very-secret" not in f"{check.finding}{check.advice}" for check in checks)


def test_missing_knowledge_base_is_told_with_what_to_do(tmp_path: Path) -> None:
    check = finding(settings_for(tmp_path / "none"), "knowledge base")
    assert check.health is Health.WARNING
    assert check.advice is not None
    assert "ingest add" in check.advice


def test_folder_that_is_a_file(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("not a folder")
    assert finding(settings_for(place), "data folder").health is Health.BROKEN


def test_worst() -> None:
    assert worst([]) is Health.OK
    assert worst([Check("a", Health.OK, ""), Check("b", Health.BROKEN, ""), Check("c", Health.WARNING, "")]) is (
        Health.BROKEN
    )
