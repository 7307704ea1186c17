"""The nouns of the field, shared by every package. Plain data: no store, no model, no clock.

Offsets are always character offsets into the *extracted text* of one version of one source
(`SourceDocument.text`); `text[start:end]` is the quoted wording, character for character.
Dates are ISO strings of the precision that the text gives: YYYY, YYYY-MM or YYYY-MM-DD.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Zone(StrEnum):
    """What a stretch of a document is. Only headline, body and quotation are reporting."""

    HEADLINE = "headline"
    BODY = "body"
    QUOTATION = "quotation"
    COMMENT = "comment"
    BOILERPLATE = "boilerplate"


class SourceKind(StrEnum):
    """Who speaks in a source. Orders and labels what is shown; never silences a disagreement."""

    COURT_RECORD = "court_record"
    GOVERNMENT_RELEASE = "government_release"
    LEGISLATIVE_REPORT = "legislative_report"
    NEWS = "news"
    ADVOCACY = "advocacy"
    COMMENTARY = "commentary"
    BRIEF = "brief"
    UNKNOWN = "unknown"


class Stage(StrEnum):
    """How far a matter has gone. Names after ACE 2005's Justice events and the FJC/NCSC disposition codes."""

    INVESTIGATED = "investigated"
    ALLEGED = "alleged"
    FINDING = "finding"
    SUED = "sued"
    SETTLED = "settled"
    CIVIL_LIABLE = "civil_liable"
    CIVIL_NOT_LIABLE = "civil_not_liable"
    ARRESTED = "arrested"
    CHARGED = "charged"
    ARRAIGNED = "arraigned"
    PLEADED_NOT_GUILTY = "pleaded_not_guilty"
    ON_TRIAL = "on_trial"
    EXTRADITED = "extradited"
    MISTRIAL = "mistrial"
    DISMISSED = "dismissed"
    ACQUITTED = "acquitted"
    DEFERRED = "deferred"
    PLEADED_GUILTY = "pleaded_guilty"
    CONVICTED = "convicted"
    SENTENCED = "sentenced"
    FINED = "fined"
    APPEALED = "appealed"
    AFFIRMED = "affirmed"
    OVERTURNED = "overturned"
    PARDONED = "pardoned"
    RELEASED = "released"


class Tier(StrEnum):
    """The rungs that keep allegations, charges, outcomes and guilt apart (see docs/glossary.md)."""

    ALLEGATION = "allegation"
    CIVIL = "civil"
    ARREST = "arrest"
    ACCUSED = "accused"
    NO_FINDING = "no_finding"
    GUILT = "guilt"
    PENALTY = "penalty"
    AFTER = "after"


_TIERS: dict[Tier, tuple[Stage, ...]] = {
    Tier.ALLEGATION: (Stage.INVESTIGATED, Stage.ALLEGED, Stage.FINDING),
    Tier.CIVIL: (Stage.SUED, Stage.SETTLED, Stage.CIVIL_LIABLE, Stage.CIVIL_NOT_LIABLE),
    Tier.ARREST: (Stage.ARRESTED,),
    Tier.ACCUSED: (
        Stage.CHARGED,
        Stage.ARRAIGNED,
        Stage.PLEADED_NOT_GUILTY,
        Stage.ON_TRIAL,
        Stage.EXTRADITED,
    ),
    Tier.NO_FINDING: (Stage.MISTRIAL, Stage.DISMISSED, Stage.ACQUITTED, Stage.DEFERRED),
    Tier.GUILT: (Stage.PLEADED_GUILTY, Stage.CONVICTED),
    Tier.PENALTY: (Stage.SENTENCED, Stage.FINED),
    Tier.AFTER: (Stage.APPEALED, Stage.AFFIRMED, Stage.OVERTURNED, Stage.PARDONED, Stage.RELEASED),
}
TIER_OF: dict[Stage, Tier] = {stage: tier for tier, stages in _TIERS.items() for stage in stages}

GUILT_STAGES = frozenset({Stage.PLEADED_GUILTY, Stage.CONVICTED, Stage.SENTENCED})
"""Stages that say somebody was found, or owned themselves, guilty. A fine, which may be a regulator's, is not one."""


class Modality(StrEnum):
    """Whether the text states the event, denies it, supposes it, or leaves it to somebody else's word."""

    ASSERTED = "asserted"
    NEGATED = "negated"
    HYPOTHETICAL = "hypothetical"
    SCHEDULED = "scheduled"
    SOUGHT = "sought"
    ATTRIBUTED = "attributed"


class PartyKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"


Counts = int | str | None
"""A number of counts, "all", "rest", or None where the text gives none."""


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of text, `start <= i < end`, in characters."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Block:
    """A contiguous stretch of one zone. The blocks of a document are ordered and do not overlap.

    speaker: who speaks, where known (a comment's author, a quotation's source).
    flagged: for comments, whether the site's readers or moderators flagged it; None if unknown.
    """

    zone: Zone
    start: int
    end: int
    speaker: str | None = None
    flagged: bool | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A web address behind a stretch of text, as the document itself gives it."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class PageSpan:
    """Where page `number` (counted from 1) of a paged document stands in its extracted text."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DocumentMetadata:
    """What a document says of itself. Unknown stays None; nothing is ever filled in from the day of ingest."""

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    kind: SourceKind | None = None
    as_of: str | None = None
    """For a brief: the day up to which it was checked."""


@dataclass(frozen=True, slots=True)
class ExtractedDocument:
    """The text of one document as every later step sees it.

    text: decoded (plain text, Markdown) or extracted (HTML, PDF, DOCX) text; newlines are "\\n".
    media_type: "text/plain", "text/markdown", "text/html", "application/pdf" or the DOCX type.
    pages: for PDFs, where each page stands in `text`; else empty.
    links: addresses behind stretches of the text (Markdown, HTML); may be empty.
    marked: blocks that the format itself marks (a Markdown or HTML heading or block quote), in order;
        hints for zoning, not the zoning itself.
    """

    text: str
    media_type: str
    metadata: DocumentMetadata = field(default_factory=DocumentMetadata)
    pages: tuple[PageSpan, ...] = ()
    links: tuple[Link, ...] = ()
    marked: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one zone: what is embedded, searched and cited.

    id: hash of the source's identity, span and text; the same for the same content.
    """

    id: str
    ordinal: int
    zone: Zone
    start: int
    end: int
    text: str
    page: int | None = None
    speaker: str | None = None
    flagged: bool | None = None


@dataclass(frozen=True, slots=True)
class ProceduralEvent:
    """One step of procedure that a text reports, denies, supposes or lets somebody claim (contract.md).

    party: the fullest name that the document gives. offence: the text's own words.
    quote: `text[start:end]` of the document. sentence: normalised ("5 years", "USD 3,000,000").
    """

    party: str
    party_kind: PartyKind
    stage: Stage
    modality: Modality
    quote: str
    start: int
    end: int
    zone: Zone
    attributed_to: str | None = None
    offence: str | None = None
    counts: Counts = None
    date: str | None = None
    sentence: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """One stored version of one source.

    id: stable for the source across its versions. location: where it was read from (path or address).
    content_hash: SHA-256 of the bytes that were read, hex. version: 1 for the first.
    retrieved: the day it was read, YYYY-MM-DD; never used as a publication date.
    reading: names the rules that it was zoned and read by; the same bytes under other rules are read again.
    """

    id: str
    version: int
    location: str
    content_hash: str
    title: str
    text: str
    media_type: str
    retrieved: str
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    kind: SourceKind = SourceKind.UNKNOWN
    as_of: str | None = None
    reading: str | None = None
    blocks: tuple[Block, ...] = ()
    pages: tuple[PageSpan, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def dated(self) -> str | None:
        """The day that this source speaks from: a brief's `as_of`, else its publication date."""
        return self.as_of or self.published


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event together with where it is stored: what standings are derived from."""

    event: ProceduralEvent
    source_id: str
    passage_id: str | None


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered, verbatim quotation: `quote == text[start:end]` of the source's stored text.

    rests_on: for a brief, the addresses behind the quoted line.
    """

    n: int
    source_id: str
    title: str
    publisher: str | None
    url: str | None
    published: str | None
    kind: SourceKind
    zone: Zone
    quote: str
    start: int
    end: int
    page: int | None = None
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What the sources report of one party in one matter, and as of when.

    date: of the event, as precise as a source gives it. as_of: day of the newest source behind it.
    forum: the state, country or "federal" where the matter is heard, if a source says so.
    outcome_known: False for a charge whose end no source here reports.
    superseded_by: the stage of a later event that changes how this one stands (overturned, pardoned, ...).
    """

    party: str
    party_kind: PartyKind
    offence: str | None
    stage: Stage
    citations: tuple[int, ...]
    counts: Counts = None
    date: str | None = None
    as_of: str | None = None
    sentence: str | None = None
    forum: str | None = None
    outcome_known: bool = True
    superseded_by: Stage | None = None
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """Something a source says, quoted. speaker: whose word it is, where it is not the source's own."""

    text: str
    citations: tuple[int, ...]
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class ConflictSide:
    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Reports that cannot both be true, each with its date and kind; neither is dropped."""

    about: str
    sides: tuple[ConflictSide, ...]


class Verdict(StrEnum):
    YES = "yes"
    NO = "no"
    PARTLY = "partly"
    DISPUTED = "disputed"
    UNKNOWN = "unknown"
    ANSWERED = "answered"
    NOT_IN_SOURCES = "not_in_sources"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, the same in the terminal and in Discord (docs/commands.md, `bot ask --json`).

    notes: what a reader should keep in mind, such as that a name may be two people's.
    """

    question: str
    verdict: Verdict
    headline: str
    premise: str | None = None
    standings: tuple[Standing, ...] = ()
    statements: tuple[Statement, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    citations: tuple[Citation, ...] = ()
    as_of: str | None = None
    notes: tuple[str, ...] = ()
    composer: str = "extractive"
    elapsed_ms: int = 0
