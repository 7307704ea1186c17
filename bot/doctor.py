"""`bot doctor`: what is configured, what works, and what to do about what does not.

Each check is independent and returns a finding; a broken one never hides the next.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

import httpx

from knowledge.errors import KnowledgeBaseError, SettingsError
from knowledge.settings import Settings

DISCORD_ME = "https://discord.com/api/v10/users/@me"


class Health(StrEnum):
    OK = "ok"
    WARNING = "warning"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Check:
    """One finding. advice: what to do, None where all is well."""

    name: str
    health: Health
    finding: str
    advice: str | None = None


def examine(settings: Settings, client: httpx.Client | None = None) -> Iterator[Check]:
    """All checks, one after another. `client`: for asking Discord about the token; None skips the network."""
    checks: list[Callable[[], Check]] = [
        _versions,
        lambda: _folder(settings),
        lambda: _knowledge_base(settings),
        lambda: _model(settings),
        lambda: _token(settings, client),
    ]
    for check in checks:
        yield check()


def _versions() -> Check:
    names = ("discord.py", "chromadb", "langchain-core", "sentence-transformers", "torch")
    found: list[str] = []
    for name in names:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            return Check("packages", Health.BROKEN, f"{name} is not installed", "run: pip install -e .")
    try:
        import_module("trafilatura")
    except ImportError as error:
        return Check("packages", Health.BROKEN, f"web pages cannot be read: {error}", "run: pip install -e .")
    return Check("packages", Health.OK, ", ".join(found))


def _folder(settings: Settings) -> Check:
    folder = settings.knowledge_dir
    if not folder.exists():
        return Check(
            "data folder",
            Health.WARNING,
            f"{folder} does not exist yet",
            "it is made by the first: python -m ingest add --starter",
        )
    if not folder.is_dir() or not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return Check(
            "data folder",
            Health.BROKEN,
            f"{folder} cannot be read and written",
            "give this user the rights, or set KNOWLEDGE_DIR to another folder",
        )
    return Check("data folder", Health.OK, str(folder))


def _knowledge_base(settings: Settings) -> Check:
    from knowledge.store.library import open_library

    try:
        with open_library(settings, create=False) as library:
            sources = library.list_sources()
            report = library.verify()
    except KnowledgeBaseError as error:
        missing = not settings.knowledge_dir.exists() or not any(settings.knowledge_dir.iterdir())
        health = Health.WARNING if missing else Health.BROKEN
        return Check(
            "knowledge base", health, str(error), "python -m ingest add --starter" if missing else None
        )
    passages = sum(source.passages for source in sources)
    finding = f"{len(sources)} sources, {passages} passages"
    if not report.ok:
        first = report.findings[0] if report.findings else "out of step"
        return Check(
            "knowledge base", Health.BROKEN, f"{finding}; {first}", "run: python -m ingest verify --repair"
        )
    if not sources:
        return Check("knowledge base", Health.WARNING, "empty", "run: python -m ingest add --starter")
    return Check("knowledge base", Health.OK, finding)


def _model(settings: Settings) -> Check:
    from knowledge.store.embedder import embedder_of

    try:
        embedder = embedder_of(settings)
        size = len(embedder.embed_query("a charge is not a conviction"))
    except SettingsError as error:
        return Check("embedding model", Health.BROKEN, str(error), "see EMBEDDING_MODEL in .env.example")
    return Check("embedding model", Health.OK, f"{settings.embedding_model}, {size} dimensions")


def _token(settings: Settings, client: httpx.Client | None) -> Check:
    if settings.discord_token is None or not settings.discord_token.get_secret_value().strip():
        return Check(
            "Discord token",
            Health.WARNING,
            "DISCORD_TOKEN is not set; asking in the terminal works without it",
            "make a bot at discord.com/developers, copy its token into .env",
        )
    if client is None:
        return Check("Discord token", Health.OK, "set (not tried: --offline)")
    try:
        reply = client.get(
            DISCORD_ME, headers={"Authorization": f"Bot {settings.discord_token.get_secret_value().strip()}"}
        )
    except httpx.HTTPError:
        return Check(
            "Discord token",
            Health.WARNING,
            "set, but Discord could not be reached to try it",
            "check the network",
        )
    if reply.status_code == httpx.codes.UNAUTHORIZED:
        return Check(
            "Discord token", Health.BROKEN, "Discord refuses it", "reset the token in the developer portal"
        )
    if reply.status_code != httpx.codes.OK:
        return Check(
            "Discord token", Health.WARNING, f"Discord answered {reply.status_code}", "try again in a while"
        )
    return Check(
        "Discord token", Health.OK, f"accepted, the bot is {reply.json().get('username', 'unnamed')}"
    )


def worst(checks: list[Check]) -> Health:
    """The gravest of the findings."""
    order = [Health.OK, Health.WARNING, Health.BROKEN]
    return max((check.health for check in checks), key=order.index, default=Health.OK)
