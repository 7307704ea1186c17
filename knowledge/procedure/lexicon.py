"""The word lists and wording rules of `rules/*.toml`, read once on first use."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from knowledge.model import Modality, Stage

_RULES = Path(__file__).parent / "rules"


class Frame(StrEnum):
    """To whom a trigger's step happens; see `rules/triggers.toml`."""

    PATIENT = "patient"
    AGENT = "agent"
    NOUN = "noun"
    MATTER = "matter"
    EPITHET = "epithet"


@dataclass(frozen=True, slots=True)
class TriggerRule:
    """Wording that states a step of procedure."""

    id: str
    stage: Stage
    frame: Frame
    needs: tuple[str, ...]
    pattern: re.Pattern[str]
    modality: Modality | None
    asked: bool
    """Only in a question or a claim: too loose for reporting."""
    example: str
    counter: str


@dataclass(frozen=True, slots=True)
class PseudoRule:
    """Wording that looks like a step and is none; blocks what overlaps it, or its whole sentence."""

    id: str
    whole_sentence: bool
    needs: tuple[str, ...]
    pattern: re.Pattern[str]
    example: str
    counter: str


@dataclass(frozen=True, slots=True)
class ModifierRule:
    """Wording that changes how a trigger is meant. `scope`: words to the trigger; None: to the clause wall."""

    id: str
    kind: str
    forward: bool
    scope: int | None
    pattern: re.Pattern[str]
    only: frozenset[Stage]
    exempt: frozenset[Stage]
    frame: Frame | None
    example: str
    counter: str

    def applies_to(self, stage: Stage, frame: Frame) -> bool:
        if self.frame is not None and self.frame is not frame:
            return False
        return stage not in self.exempt and (not self.only or stage in self.only)


def read_toml(name: str) -> dict[str, Any]:
    """The rule file `name`, parsed."""
    with (_RULES / name).open("rb") as file:
        return tomllib.load(file)


@cache
def words(name: str) -> frozenset[str]:
    """The word list `name` of words.toml."""
    text: str = _word_lists()[name]
    return frozenset(part.strip() for part in text.split(";")) if ";" in text else frozenset(text.split())


@cache
def _word_lists() -> dict[str, Any]:
    return read_toml("words.toml")


@cache
def forenames(gender: str) -> frozenset[str]:
    """Common forenames of `gender` ("he" or "she")."""
    return frozenset(read_toml("forenames.toml")[gender].split())


def _pattern(source: str) -> re.Pattern[str]:
    """A rule's pattern: a blank stands for any white space, so a line break does not hide wording."""
    return re.compile(source.replace(" ", r"\s").replace("[A-Z]", "(?-i:[A-Z])"), re.IGNORECASE)


def _stages(raw: list[str]) -> frozenset[Stage]:
    return frozenset(Stage(name) for name in raw)


@cache
def trigger_rules() -> tuple[TriggerRule, ...]:
    return tuple(_triggers())


def _triggers() -> Iterator[TriggerRule]:
    for raw in read_toml("triggers.toml")["rule"]:
        modality = raw.get("modality")
        yield TriggerRule(
            id=raw["id"],
            stage=Stage(raw["stage"]),
            frame=Frame(raw["frame"]),
            needs=tuple(raw["needs"]),
            pattern=_pattern(raw["pattern"]),
            modality=Modality(modality) if modality else None,
            asked=raw.get("asked", False),
            example=raw["example"],
            counter=raw["counter"],
        )


@cache
def pseudo_rules() -> tuple[PseudoRule, ...]:
    return tuple(
        PseudoRule(
            id=raw["id"],
            whole_sentence=raw["scope"] == "sentence",
            needs=tuple(raw["needs"]),
            pattern=_pattern(raw["pattern"]),
            example=raw["example"],
            counter=raw["counter"],
        )
        for raw in read_toml("pseudo.toml")["rule"]
    )


@cache
def modifier_rules() -> tuple[ModifierRule, ...]:
    return tuple(
        ModifierRule(
            id=raw["id"],
            kind=raw["kind"],
            forward=raw["direction"] == "forward",
            scope=raw["scope"] if isinstance(raw["scope"], int) else None,
            pattern=_pattern(raw["pattern"]),
            only=_stages(raw.get("only", [])),
            exempt=_stages(raw.get("except", [])),
            frame=Frame(raw["frame"]) if "frame" in raw else None,
            example=raw["example"],
            counter=raw["counter"],
        )
        for raw in read_toml("modifiers.toml")["rule"]
    )
