"""Which kind of source a publisher is, by an editable table (publishers.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

from knowledge.errors import SettingsError
from knowledge.model import SourceKind

_NOT_IN_NAMES = re.compile(r"[^\w&]+")
_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}$")


@dataclass(frozen=True, slots=True)
class PublisherTable:
    """Kinds by domain ("justice.gov", "gov") and by publisher's name (folded, see `_folded`)."""

    domains: Mapping[str, SourceKind]
    names: Mapping[str, SourceKind]

    def kind_of(self, publisher: str | None, url: str | None) -> SourceKind:
        """The kind by the publisher's name, else by its address; UNKNOWN if the table knows neither.

        The name goes first: a release that another site reprints under its author's name stays a release.
        """
        by_name = self._by_name(publisher) if publisher else None
        return by_name or self._by_domain(_host(url)) or SourceKind.UNKNOWN

    def _by_name(self, publisher: str) -> SourceKind | None:
        known = self.names.get(_folded(publisher))
        if known is None and _DOMAIN.match(publisher.strip().lower()):
            return self._by_domain(publisher.strip().lower())
        return known

    def _by_domain(self, host: str) -> SourceKind | None:
        labels = host.split(".")
        for first in range(len(labels)):
            kind = self.domains.get(".".join(labels[first:]))
            if kind is not None:
                return kind
        return None


def load_publishers(path: Path | None = None) -> PublisherTable:
    """The table in `path`, else the packaged one. Raises SettingsError if it cannot be read or is wrong."""
    try:
        text = (
            path.read_text(encoding="utf-8")
            if path
            else resources.files("ingest").joinpath("publishers.toml").read_text(encoding="utf-8")
        )
        table = tomllib.loads(text)
    except OSError as error:
        raise SettingsError(
            f"PUBLISHERS_FILE {path} cannot be read: {error.strerror}; correct the setting or the file."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"PUBLISHERS_FILE {path} is not a TOML file: {error}.") from None
    return PublisherTable(
        domains={key.lower().removeprefix("www."): kind for key, kind in _kinds(table, "domains", path)},
        names={_folded(key): kind for key, kind in _kinds(table, "names", path)},
    )


def _kinds(table: Mapping[str, object], section: str, path: Path | None) -> list[tuple[str, SourceKind]]:
    entries = table.get(section, {})
    if not isinstance(entries, dict):
        raise SettingsError(f'PUBLISHERS_FILE {path}: [{section}] must hold lines like "name" = "news".')
    kinds: list[tuple[str, SourceKind]] = []
    for key, value in entries.items():
        if value not in SourceKind.__members__.values():
            known = ", ".join(SourceKind)
            raise SettingsError(f'PUBLISHERS_FILE {path}: the kind of "{key}" is "{value}", which is none of {known}.')
        kinds.append((key, SourceKind(value)))
    return kinds


def _folded(name: str) -> str:
    """A publisher's name without letter case, "The" and punctuation: "The U.S. Senate" is "us senate"."""
    folded = _NOT_IN_NAMES.sub(" ", re.sub(r"[.'’]", "", name.casefold())).strip()
    return folded.removeprefix("the ")


def _host(url: str | None) -> str:
    if not url:
        return ""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return ""
    return (host or "").rstrip(".")
