"""Settings: where they come from, and what is said when one is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge.errors import SettingsError
from knowledge.settings import PACKAGED_MODEL, Settings, load_settings

EXAMPLE = Path(__file__).resolve().parents[2] / ".env.example"


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_the_example_file_lists_every_setting_and_no_other() -> None:
    listed = re.findall(r"^#? ?([A-Z_]+)=", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert sorted(listed) == sorted(name.upper() for name in Settings.model_fields)


def test_the_example_file_shows_the_defaults() -> None:
    shown = dict(re.findall(r"^#? ?([A-Z_]+)=(.+)$", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE))
    defaults = load_settings()
    assert shown, "no default is shown"
    for name, value in shown.items():
        assert str(getattr(defaults, name.lower())) == value


def test_every_setting_of_the_example_file_has_a_word_on_what_it_does() -> None:
    blocks = EXAMPLE.read_text(encoding="utf-8").strip().split("\n\n")[1:]
    assert all(block.startswith("# ") and "=" in block.splitlines()[-1] for block in blocks)
    assert len(blocks) == len(Settings.model_fields)


def test_defaults_need_no_configuration() -> None:
    settings = load_settings()
    assert settings.knowledge_dir.name == "on-record"
    assert settings.embedding_model == PACKAGED_MODEL
    assert settings.discord_token is None


def test_the_environment_wins_over_the_file_and_an_option_over_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=debug\nMAX_DOCUMENT_MB=7\nEMBEDDING_BATCH_SIZE=8\nSOMETHING_ELSE=1\n")
    monkeypatch.setenv("MAX_DOCUMENT_MB", "8")
    settings = load_settings(embedding_batch_size=9, knowledge_dir=None)
    assert (settings.log_level, settings.max_document_mb, settings.embedding_batch_size) == ("DEBUG", 8, 9)


def test_an_empty_line_takes_the_default(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DISCORD_TOKEN=\nKNOWLEDGE_DIR=\n")
    settings = load_settings()
    assert settings.discord_token is None
    assert settings.knowledge_dir.name == "on-record"


def test_a_home_folder_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOWLEDGE_DIR", "~/records")
    assert load_settings().knowledge_dir == Path.home() / "records"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("EMBEDDING_PRECISION", "float16", id="unknown_precision"),
        pytest.param("EMBEDDING_BATCH_SIZE", "0", id="batch_of_nothing"),
        pytest.param("MAX_DOCUMENT_MB", "much", id="not_a_number"),
        pytest.param("LOG_LEVEL", "LOUD", id="unknown_level"),
    ],
)
def test_a_wrong_value_is_named_in_one_sentence(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=rf"^{name} is .*{value}.* \.env\.$") as caught:
        load_settings()
    assert "\n" not in str(caught.value)


def test_an_unknown_option_is_refused() -> None:
    with pytest.raises(SettingsError, match="no setting COLOUR"):
        load_settings(colour="red")


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"LOG_LEVEL=\xff\xfe")
    with pytest.raises(SettingsError, match=r"\.env is not UTF-8"):
        load_settings()


def test_the_token_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "very-secret-value")
    settings = load_settings()
    assert "very-secret-value" not in f"{settings!r} {settings}"
    assert settings.discord_token is not None
    assert settings.discord_token.get_secret_value() == "very-secret-value"
