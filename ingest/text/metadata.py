"""What a document says of itself: reading it out of header fields, and laying one account over another."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import PurePath

from knowledge.model import DocumentMetadata, SourceKind

KINDS = ", ".join(kind.value for kind in SourceKind)

_FIELD_OF = {
    "title": "title",
    "author": "author",
    "authors": "author",
    "publisher": "publisher",
    "source": "publisher",
    "published": "published",
    "date": "published",
    "url": "url",
    "kind": "kind",
    "as_of": "as_of",
}
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ].*)?)?)?$")
_WRITTEN_OUT = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%B %d %Y", "%Y/%m/%d")
_PRODUCER_TITLE = re.compile(r"microsoft \w+ - |untitled|document\d*$|presentation\d*$|slide \d|about:blank", re.I)
_FILE_TITLE = re.compile(r"[^\s]+\.(?:docx?|pdf|indd|odt|rtf|txt|qxd|wpd|pages|html?|pptx?|xlsx?)$", re.I)
_PRODUCER_AUTHOR = re.compile(
    r"(?:python-docx|user|admin|administrator|owner|author|unknown|microsoft office user|root|default)$", re.I
)


def iso_date(value: object) -> str | None:
    """`value` as YYYY, YYYY-MM or YYYY-MM-DD, as precise as it is given; None if it is no date.

    Takes ISO dates and times, dates written out in English, and date objects (YAML and TOML make them).
    """
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    text = str(value).strip()
    match = _ISO.match(text)
    if match:
        year, month, day = match.groups()
        try:
            dt.date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            return None
        return "-".join(part for part in (year, month, day) if part)
    for form in _WRITTEN_OUT:
        try:
            return dt.datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    return None


def source_kind(value: object) -> SourceKind | None:
    """The kind that `value` names ("news", "court record"), or None."""
    word = str(value).strip().lower().replace(" ", "_").replace("-", "_")
    return SourceKind(word) if word in SourceKind.__members__.values() else None


def metadata_from(values: Mapping[str, object], *, strict: bool = True) -> DocumentMetadata:
    """Metadata from named values (front matter, a sidecar, options). Unknown names are left alone.

    strict: raise ValueError, with a sentence, for a date or a kind that is none; else the value is dropped.
    Of two names for one field ("published" and "date") the first that has a value counts.
    """
    found: dict[str, object] = {}
    for given, value in values.items():
        name = _FIELD_OF.get(str(given).strip().lower().replace(" ", "_").replace("-", "_"))
        if name is None or name in found or value is None or not str(value).strip():
            continue
        read = _field(name, value)
        if read is None and strict:
            want = f"one of {KINDS}" if name == "kind" else "a date like 2024-03-31, 2024-03 or 2024"
            raise ValueError(f'"{given}" is "{value}", which is not {want}')
        if read is not None:
            found[name] = read
    return DocumentMetadata(**found)  # type: ignore[arg-type]


def _field(name: str, value: object) -> object:
    if name in ("published", "as_of"):
        return iso_date(value)
    if name == "kind":
        return source_kind(value)
    if isinstance(value, list | tuple):
        return ", ".join(clean(str(part)) for part in value) or None
    return clean(str(value))


def clean(text: str) -> str:
    """One line of it, white space folded."""
    return " ".join(text.split())


def overlaid(under: DocumentMetadata, over: DocumentMetadata) -> DocumentMetadata:
    """`under`, with every field that `over` knows taken from `over`."""
    known = {spec.name: getattr(over, spec.name) for spec in fields(over)}
    return replace(under, **{name: value for name, value in known.items() if value is not None})


def sensible_title(value: str | None, name: str) -> str | None:
    """A title property of a file, unless a program filled it in ("Microsoft Word - x.doc", a file name)."""
    title = clean(value or "")
    if not title or _PRODUCER_TITLE.match(title) or _FILE_TITLE.match(title):
        return None
    return None if title.casefold() == PurePath(name).stem.casefold() else title


def sensible_author(value: str | None) -> str | None:
    """An author property of a file, unless it is a program's or an account's default."""
    author = clean(value or "")
    return None if not author or _PRODUCER_AUTHOR.match(author) else author
