"""Holds procedural events that were read out of documents against those that people labelled.

An event is a record as `ingest extract --json` prints it: a mapping with at least `party`, `stage` and
`modality`, and where known `offence`, `counts` and `quote`. A label has the same keys; one with
`"agreed": false` marks an arguable reading: to find it is no error, to leave it out neither.

Two records are the same event if party, stage and modality agree. All functions are pure.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Record = Mapping[str, Any]
Records = Mapping[str, Sequence[Record]]
"""Document id to its records."""
SameParty = Callable[[str, str], bool]

GUILT = frozenset({"pleaded_guilty", "convicted", "sentenced"})
FAVOURABLE = frozenset({"acquitted", "mistrial", "dismissed", "overturned", "pardoned"})
BURDENED = GUILT | {"charged", "arrested"}
OUTSIDE_CORE = frozenset({"investigated", "alleged", "finding", "released"})
"""Scored nowhere: labellers agree too little on them."""

_NAME_FILLERS = frozenset(
    "of the and a an to in on for with by other former company co inc llc ltd limited founder"
    " his her their mr mrs ms dr".split()
)
_OFFENCE_FILLERS = frozenset({"charge", "charges", "count", "counts", "crime", "offence", "offense"})
_STEM = 6
_Z95 = 1.959964


def words_of(text: str | None) -> list[str]:
    """Lower-case ASCII words of a name or an offence, without fillers and accents."""
    plain = unicodedata.normalize("NFKD", text or "").encode("ascii", "ignore").decode().lower()
    return [word for word in re.findall("[a-z0-9]+", plain) if word not in _NAME_FILLERS]


def same_party_loosely(one: str, other: str) -> bool:
    """Whether the last word of either name stands in the other: "Roe" is "Jane Roe", but also "Rick Roe"."""
    left, right = words_of(one), words_of(other)
    return bool(left) and bool(right) and (left[-1] in right or right[-1] in left)


def same_party(one: str, other: str) -> bool:
    """Whether one name can be short for the other: "Roe" is "Jane Roe", and "Rick Roe" is not.

    Stricter than the loose rule wherever relatives, namesakes, or an owner and a firm of one name meet.
    """
    left, right = words_of(one), words_of(other)
    if not left or not right:
        return False
    if set(left) <= set(right) or set(right) <= set(left):
        return True
    return left[-1] == right[-1] and len(left) > 1 and len(right) > 1 and left[0] == right[0]


def same_offence(one: str | None, other: str | None) -> bool:
    """Whether two wordings of an offence share a word ("laundering money", "money launderers")."""

    def stems(text: str | None) -> set[str]:
        return {word[:_STEM] for word in words_of(text) if word not in _OFFENCE_FILLERS}

    return bool(stems(one) & stems(other))


def wilson_interval(hits: int, trials: int) -> tuple[float, float]:
    """95 % interval of a rate after Wilson (1927); (0, 1) without trials."""
    if trials == 0:
        return 0.0, 1.0
    rate, z2 = hits / trials, _Z95**2
    middle = (rate + z2 / (2 * trials)) / (1 + z2 / trials)
    half = _Z95 * math.sqrt(rate * (1 - rate) / trials + z2 / (4 * trials**2)) / (1 + z2 / trials)
    return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(slots=True)
class Tally:
    """How many events were labelled and found, read and right."""

    labelled: int = 0
    found: int = 0
    read: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.read if self.read else 0.0

    @property
    def recall(self) -> float:
        return self.found / self.labelled if self.labelled else 0.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Ratio:
    hits: int = 0
    trials: int = 0

    @property
    def rate(self) -> float:
        """1.0 without trials: nothing was there to get wrong."""
        return self.hits / self.trials if self.trials else 1.0

    def add(self, hit: bool) -> None:
        self.trials += 1
        self.hits += hit


@dataclass(frozen=True, slots=True)
class Finding:
    """One disagreement: `kind` is upgrade, offence_upgrade, favourable_miss, missed or wrong."""

    kind: str
    document: str
    record: Record

    def __str__(self) -> str:
        record = self.record
        wording = " ".join(str(record.get("quote") or "").split())[:140]
        parts = (self.kind, self.document, record["stage"], record["modality"], record["party"])
        return " | ".join([*map(str, parts), str(record.get("offence") or ""), wording])


@dataclass(slots=True)
class Score:
    """What one run over a corpus came to.

    guilt_clean: readings of guilt that no label contradicts, of all readings of guilt.
    favourable: acquittals and the like that were found, or whose party was left unburdened too.
    """

    documents: int = 0
    asserted: Tally = field(default_factory=Tally)
    core: Tally = field(default_factory=Tally)
    stages: dict[str, Tally] = field(default_factory=dict)
    guilt_clean: Ratio = field(default_factory=Ratio)
    offence_clean: Ratio = field(default_factory=Ratio)
    favourable: Ratio = field(default_factory=Ratio)
    offence_right: Ratio = field(default_factory=Ratio)
    counts_right: Ratio = field(default_factory=Ratio)
    findings: list[Finding] = field(default_factory=list)

    def of_kind(self, kind: str) -> list[Finding]:
        return [finding for finding in self.findings if finding.kind == kind]

    @property
    def upgrades(self) -> list[Finding]:
        """Parties read as guilty of whom no label says so."""
        return self.of_kind("upgrade")

    def figures(self) -> dict[str, float]:
        """The figures that floors are set for; higher is better in each."""
        figures = {
            "asserted.precision": self.asserted.precision,
            "asserted.recall": self.asserted.recall,
            "asserted.f1": self.asserted.f1,
            "core.f1": self.core.f1,
            "guilt.offence_clean": self.offence_clean.rate,
            "favourable.kept": self.favourable.rate,
            "offence.right": self.offence_right.rate,
            "counts.right": self.counts_right.rate,
        }
        return {name: round(value, 4) for name, value in figures.items()}


def score(read: Records, labels: Records, alike: SameParty = same_party) -> Score:
    """The score of all documents that have labels; documents without labels are left out.

    read: document id to the records that were read. alike: when two names are one party.
    """
    total = Score(documents=len(labels))
    for document, wanted in sorted(labels.items()):
        _Comparison(
            document,
            [label for label in wanted if label["stage"] not in OUTSIDE_CORE],
            [event for event in read.get(document, ()) if event["stage"] not in OUTSIDE_CORE],
            alike,
            total,
        ).run()
    return total


@dataclass(slots=True)
class _Comparison:
    """One document's records against its labels, added to `total`."""

    document: str
    labels: list[Record]
    events: list[Record]
    alike: SameParty
    total: Score

    def run(self) -> None:
        self._recall()
        self._precision()
        self._guilt()
        self._favourable()
        self._details()

    def _same(self, one: Record, other: Record) -> bool:
        same_kind = one["stage"] == other["stage"] and one["modality"] == other["modality"]
        return same_kind and self.alike(one["party"], other["party"])

    def _distinct(self, records: Iterable[Record]) -> list[Record]:
        kept: list[Record] = []
        for record in records:
            if not any(self._same(record, earlier) for earlier in kept):
                kept.append(record)
        return kept

    def _tallies(self, record: Record) -> list[Tally]:
        if record["modality"] != "asserted":
            return [self.total.core]
        stage = self.total.stages.setdefault(record["stage"], Tally())
        return [self.total.core, self.total.asserted, stage]

    def _note(self, kind: str, record: Record) -> None:
        self.total.findings.append(Finding(kind, self.document, record))

    def _recall(self) -> None:
        for label in self._distinct(filter(_agreed, self.labels)):
            found = any(self._same(label, event) for event in self.events)
            for tally in self._tallies(label):
                tally.labelled += 1
                tally.found += found
            if not found:
                self._note("missed", label)

    def _precision(self) -> None:
        for event in self._distinct(self.events):
            matching = [label for label in self.labels if self._same(event, label)]
            if matching and not any(map(_agreed, matching)):
                continue
            for tally in self._tallies(event):
                tally.read += 1
                tally.right += bool(matching)
            if not matching:
                self._note("wrong", event)

    def _guilt(self) -> None:
        for event in self.events:
            if not _says_guilt(event):
                continue
            backing = [
                label for label in self.labels if _says_guilt(label) and self.alike(label["party"], event["party"])
            ]
            self.total.guilt_clean.add(bool(backing))
            if not backing:
                self._note("upgrade", event)
            elif event.get("offence") and all(label.get("offence") for label in backing):
                clean = any(same_offence(event["offence"], label["offence"]) for label in backing)
                self.total.offence_clean.add(clean)
                if not clean:
                    self._note("offence_upgrade", event)

    def _favourable(self) -> None:
        for label in self._distinct(filter(_agreed, self.labels)):
            if label["modality"] != "asserted" or label["stage"] not in FAVOURABLE:
                continue
            found = any(self._same(label, event) for event in self.events)
            burdened = any(
                event["modality"] == "asserted"
                and event["stage"] in BURDENED
                and self.alike(event["party"], label["party"])
                for event in self.events
            )
            self.total.favourable.add(found or not burdened)
            if burdened and not found:
                self._note("favourable_miss", label)

    def _details(self) -> None:
        for label in filter(_agreed, self.labels):
            if label["modality"] != "asserted":
                continue
            near = [event for event in self.events if self._same(label, event)]
            if near and label.get("offence"):
                hit = any(same_offence(label["offence"], event.get("offence")) for event in near)
                self.total.offence_right.add(hit)
            if near and isinstance(label.get("counts"), int):
                self.total.counts_right.add(any(event.get("counts") == label["counts"] for event in near))


def _agreed(label: Record) -> bool:
    return bool(label.get("agreed", True))


def _says_guilt(record: Record) -> bool:
    return record["modality"] == "asserted" and record["stage"] in GUILT
