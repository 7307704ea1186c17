"""An `Answer` as the one JSON object that `bot ask --json` prints (the names are fixed; more may be added)."""

from __future__ import annotations

from dataclasses import asdict
from enum import Enum
from typing import Any

from knowledge.model import Answer


def answer_to_dict(answer: Answer) -> dict[str, Any]:
    """Plain JSON values only: enums as their values, tuples as lists, nothing left out."""
    plain = _plain(asdict(answer))
    assert isinstance(plain, dict)
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
