"""Which sentences to quote: the ones that say what was asked, word for word, with whose word it is."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from knowledge.model import SourceDocument, Span, StoredEvent, Zone
from knowledge.names import KnownParty, organisation_tokens, words
from knowledge.question import Form, Question
from knowledge.retrieval import Found
from knowledge.sentences import sentence_spans

DEATH = re.compile(
    r"\b(?:died|dies|dead|death|deceased|passed away|suicide|killed (?:him|her)self|took (?:his|her) own life)\b",
    re.IGNORECASE,
)
"""A death ends a prosecution without an outcome; it is told where somebody asks what became of a person."""

_REPEATED = 85.0
_STEM = 6


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence chosen to be quoted, with its score (higher is nearer to the question)."""

    source_id: str
    span: Span
    zone: Zone
    speaker: str | None
    score: float


def choose(
    question: Question,
    found: Sequence[Found],
    parties: Sequence[KnownParty],
    events: Callable[[str], Iterable[StoredEvent]],
    document: Callable[[str], SourceDocument],
    contradicted: frozenset[tuple[str, int]] = frozenset(),
    *,
    limit: int = 4,
) -> list[Quoted]:
    """The sentences of the found passages that speak most to the question, best first, each saying once.

    contradicted: (source id, start) of quotations that another source contradicts; their sentences are left
    to the disagreements.
    """
    weights = _weights(question, found)
    # Of somebody who is no party here, only what names them is to the point.
    strangers = [words(name)[-1:] for name in question.unknown_names] if not parties else []
    candidates: list[Quoted] = []
    for item in found:
        if item.passage.zone not in (Zone.BODY, Zone.QUOTATION):
            continue
        text = document(item.source_id).text
        stored = list(events(item.source_id))
        for span in sentence_spans(text, item.passage.start, item.passage.end):
            if strangers and not any(_holds_all(words(span.of(text)), name) for name in strangers):
                continue
            if any(source == item.source_id and span.start <= at < span.end for source, at in contradicted):
                continue
            score = _score(question, span.of(text), item, weights, parties)
            score += _event_bonus(question, span, stored, parties)
            if score > 0:
                speaker = _speaker(span, stored, item)
                candidates.append(Quoted(item.source_id, span, item.passage.zone, speaker, score))
    candidates.sort(key=lambda quoted: -quoted.score)
    return _distinct(candidates, document, limit)


def _holds_all(tokens: Sequence[str], name: Sequence[str]) -> bool:
    return all(word in tokens for word in name)


def _weights(question: Question, found: Sequence[Found]) -> dict[str, float]:
    """How much each term of the question tells apart the passages that were found (inverse frequency)."""
    stems = [{token[:_STEM] for token in words(item.passage.text)} for item in found]
    return {
        term[:_STEM]: math.log(1.0 + len(found) / (1 + sum(term[:_STEM] in own for own in stems)))
        for term in question.terms
    }


def _score(
    question: Question,
    sentence: str,
    item: Found,
    weights: dict[str, float],
    parties: Sequence[KnownParty],
) -> float:
    tokens = words(sentence)
    if len(tokens) < 4:
        return 0.0
    stems = {token[:_STEM] for token in tokens}
    total = sum(weights.values()) or 1.0
    score = sum(weight for stem, weight in weights.items() if stem in stems) / total
    score += 0.4 * (item.similarity or 0.0)
    if parties:
        score += 0.3 if any(names(tokens, party) for party in parties) else -0.2
        if question.form is Form.HAPPENED and DEATH.search(sentence):
            score += 0.6 if any(names(tokens, party) for party in parties) else 0.0
    return score


def names(tokens: Sequence[str], party: KnownParty) -> bool:
    """Whether a sentence, as folded words, names a party: a person by surname, others by a whole name."""
    if party.surname in tokens:
        return True
    for name in party.names:
        wanted = organisation_tokens(name)
        size = len(wanted)
        if wanted and any(list(tokens[i : i + size]) == wanted for i in range(len(tokens) - size + 1)):
            return True
    return False


def _event_bonus(
    question: Question, span: Span, stored: Iterable[StoredEvent], parties: Sequence[KnownParty]
) -> float:
    asked = question.stages
    own = {name for party in parties for name in party.names}
    for item in stored:
        event = item.event
        if span.start <= event.start < span.end and event.stage in asked and (not own or event.party in own):
            return 0.25
    return 0.0


def _speaker(span: Span, stored: Iterable[StoredEvent], item: Found) -> str | None:
    if item.passage.speaker is not None:
        return item.passage.speaker
    for own in stored:
        if span.start <= own.event.start < span.end and own.event.attributed_to:
            return own.event.attributed_to
    return None


def _distinct(
    candidates: Sequence[Quoted], document: Callable[[str], SourceDocument], limit: int
) -> list[Quoted]:
    kept: list[Quoted] = []
    for quoted in candidates:
        if kept and quoted.score < 0.45 * kept[0].score:
            break
        text = quoted.span.of(document(quoted.source_id).text)
        if all(fuzz.ratio(text, other.span.of(document(other.source_id).text)) < _REPEATED for other in kept):
            kept.append(quoted)
        if len(kept) == limit:
            break
    return kept
