"""English prose in, procedural events out. Pure: no store, no model, no clock."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from knowledge.model import (
    GUILT_STAGES,
    Block,
    Modality,
    PageSpan,
    PartyKind,
    ProceduralEvent,
    Span,
    Stage,
    Zone,
)
from knowledge.procedure.asking import with_capitals
from knowledge.procedure.attachment import attach
from knowledge.procedure.charges import Charge, read_charges
from knowledge.procedure.clauses import walls
from knowledge.procedure.dates import Dated, find_dates, parse_day
from knowledge.procedure.discourse import Discourse, Party
from knowledge.procedure.genders import learn_genders
from knowledge.procedure.items import lacks_subject, opener
from knowledge.procedure.layout import Layout
from knowledge.procedure.lexicon import Frame
from knowledge.procedure.mentions import Mention, find_mentions
from knowledge.procedure.merging import introduced, merge, settle_unnamed, without_unnamed_guilt
from knowledge.procedure.modality import read_modality
from knowledge.procedure.parsed import Attached, Parsed
from knowledge.procedure.parties import gather
from knowledge.procedure.recall import Recall
from knowledge.procedure.respective import respectively
from knowledge.procedure.slots import (
    clause_of,
    date_of,
    date_shared,
    over_nouns,
    over_own_nouns,
    penalty_of,
    quote_of,
    reach_of,
    to_next_clause,
)
from knowledge.procedure.speaker import speaker_of
from knowledge.procedure.splitting import Sentence, sentences_of
from knowledge.procedure.tokens import Token, tokenise
from knowledge.procedure.triggers import Trigger, find_triggers

_READ = frozenset({Zone.BODY, Zone.HEADLINE, Zone.QUOTATION, Zone.COMMENT})
_STATEMENTS = frozenset({Stage.INVESTIGATED, Stage.ALLEGED, Stage.SUED})
_CIVIL = frozenset({Stage.SUED, Stage.SETTLED, Stage.CIVIL_LIABLE, Stage.CIVIL_NOT_LIABLE})
_SUIT = re.compile(r"suit\b|suits\b|complaint", re.IGNORECASE)
_TAKEN_FOR_GRANTED = re.compile(r"\bappeal(?:s|ed|ing)?\s(?:against\s)?(?:the|that|this|those)\s$")


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an event was read: the rule that fired, what modified it, its clause, how the party was found."""

    trigger: str
    modifiers: tuple[str, ...]
    clause: Span
    party_by: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What every sentence of one document is read with."""

    text: str
    published: date | None
    discourse: Discourse
    pages: Sequence[PageSpan]
    claims: bool = False
    recall: Recall = field(default_factory=Recall)
    layout: Layout | None = None
    """None for a lone sentence or question, which is no list item."""


def read_events(
    text: str,
    blocks: Sequence[Block],
    *,
    title: str | None = None,
    published: str | None = None,
    pages: Sequence[PageSpan] = (),
) -> list[ProceduralEvent]:
    """The procedural events that `text` reports, in order of their quotes, repeats merged.

    blocks: which stretch is what; boilerplate is left out, a comment's events are a reader's word.
    title: may name people, and gives no event. published: the day (YYYY-MM-DD) that "yesterday" is counted from.
    """
    return [event for event, _ in explain_events(text, blocks, title=title, published=published, pages=pages)]


def explain_events(
    text: str,
    blocks: Sequence[Block],
    *,
    title: str | None = None,
    published: str | None = None,
    pages: Sequence[PageSpan] = (),
) -> list[tuple[ProceduralEvent, Explanation]]:
    """`read_events`, each event with its explanation."""
    sentences = [s for block in blocks if block.zone in _READ for s in sentences_of(text, block)]
    names = [s.tokens for s in sentences if s.block.zone is not Zone.COMMENT]
    if title:
        names.append(tokenise(title, Span(0, len(title))))
    reported = Discourse(gather(names))
    commented = Discourse(gather([s.tokens for s in sentences]))
    day = parse_day(published)
    learn_genders([find_mentions(s.tokens, reported.cast) for s in sentences if s.block.zone is not Zone.COMMENT])
    found: list[tuple[ProceduralEvent, Explanation]] = []
    recall = Recall()
    layout = Layout(text)
    for sentence in sentences:
        discourse = commented if sentence.block.zone is Zone.COMMENT else reported
        found += _read_sentence(Reading(text, day, discourse, pages, recall=recall, layout=layout), sentence)
    listed = {noun: tuple(p.name for p in group) for noun, group in reported.roles.items()}
    settled = settle_unnamed(found, reported.cast, introduced(names, reported.cast), listed)
    return merge(without_unnamed_guilt(settled, reported.cast))


def read_claims(sentence: str) -> list[ProceduralEvent]:
    """The events that one sentence or question states or asks about, by the same rules.

    A question's events carry the modality of its words ("Was X convicted?" reads asserted); a party that cannot
    be named is given as worded ("who", "he").
    """
    return [event for event, _ in explain_claims(sentence)]


def explain_claims(sentence: str) -> list[tuple[ProceduralEvent, Explanation]]:
    """`read_claims`, each event with its explanation."""
    block = Block(Zone.BODY, 0, len(sentence))
    parts = list(sentences_of(sentence, block))
    discourse = Discourse(gather([part.tokens for part in parts]))
    reading = Reading(sentence, None, discourse, (), claims=True)
    found = merge([pair for part in parts for pair in _read_sentence(reading, part)])
    return found or _asked_in_lower_case(sentence)


def _asked_in_lower_case(sentence: str) -> list[tuple[ProceduralEvent, Explanation]]:
    """ "was jane roe convicted": names typed without capitals, found as the words in the subject's place."""
    capitalised = with_capitals(sentence)
    if capitalised == sentence:
        return []
    read = explain_claims(capitalised)
    return [(replace(event, quote=sentence[event.start : event.end]), why) for event, why in read]


def _read_sentence(reading: Reading, sentence: Sentence) -> list[tuple[ProceduralEvent, Explanation]]:
    reading.recall.open()
    mentions = find_mentions(sentence.tokens, reading.discourse.cast)
    _note_groups(reading.discourse, mentions, sentence.tokens)
    reading.discourse.open(mentions)
    opened = _open_item(reading, sentence, mentions)
    triggers = find_triggers(reading.text, sentence.span, asked=reading.claims)
    asks = reading.text[sentence.span.start : sentence.span.end].rstrip('"”’)').endswith("?") and not reading.claims
    if not triggers or (asks and sentence.block.zone in {Zone.COMMENT, Zone.HEADLINE}):
        return []
    starts = {m.left for m in mentions}
    parsed = Parsed(sentence.tokens, mentions, walls(sentence.tokens, starts, {m.last for m in mentions}))
    dates = find_dates(reading.text, sentence.span.start, sentence.span.end, reading.published)
    layout = reading.layout or Layout(reading.text)
    found: list[tuple[ProceduralEvent, Explanation]] = []
    inherited: tuple[Party, ...] = ()
    days: dict[int, Dated] = {}
    for k, trigger in enumerate(triggers):
        parties, how, behind = _parties(reading, parsed, trigger, inherited, opened)
        if sentence.block.zone is Zone.HEADLINE:
            parties = tuple(p for p in parties if reading.discourse.cast.resolve(p.name))
        if not parties:
            continue
        inherited = parties
        reach = reach_of(sentence.span, triggers, k)
        clause = clause_of(parsed, trigger, sentence.span)
        modality, modifiers = read_modality(reading.text, clause, trigger)
        if asks and modality is Modality.ASSERTED:
            modality, modifiers = Modality.HYPOTHETICAL, (*modifiers, "question")
        speech = layout.quotation_at(sentence.block, trigger.span.start)
        own = over_own_nouns(reach, sentence.span, triggers, k)
        draft = _draft(reading, sentence, trigger, own, modality, speech)
        wide = over_nouns(reach, sentence.span, triggers, k)
        opened_at = triggers[0].span.start
        dated = None if wide is None else date_of(reading.text, dates, trigger, wide, sentence.span, opened_at)
        dated = dated or date_shared(reading.text, triggers, k, days)
        if dated:
            days[k] = dated
            ahead = draft.modality in {Modality.SCHEDULED, Modality.HYPOTHETICAL, Modality.SOUGHT}
            draft = replace(draft, date=dated.ahead(reading.published) if ahead else dated.value)
        why = Explanation(trigger.rule.id, modifiers, clause, how)
        reach = wide if wide and trigger.rule.frame is Frame.MATTER else own
        charges = read_charges(reading.text, trigger, to_next_clause(parsed, trigger, reach), behind)
        for party in parties:
            stated = draft.modality is Modality.ASSERTED
            meant = _the_charges(reading, sentence, trigger, reach.end, party, charges, stated=stated)
            found += [(event, why) for event in _fill(draft, (party,), meant)]
        if draft.modality in {Modality.ASSERTED, Modality.SCHEDULED} and trigger.rule.stage is not Stage.INVESTIGATED:
            if trigger.rule.stage in _CIVIL:
                reading.discourse.note_suit(parties)
            else:
                reading.discourse.note(parties)
                if trigger.rule.stage in GUILT_STAGES and draft.modality is Modality.ASSERTED:
                    reading.discourse.guilty = parties
    found = respectively(reading.text[sentence.span.start : sentence.span.end], found)
    return found if sentence.block.zone in {Zone.HEADLINE, Zone.COMMENT} else reading.recall.lend(found)


def _open_item(reading: Reading, sentence: Sentence, mentions: Sequence[Mention]) -> int:
    """Keeps whom a list item is about; returns where the name that opens it ends, 0 in its later sentences."""
    if reading.layout is None:
        return 0
    first = opener(sentence.tokens, mentions)
    if not reading.layout.opens_paragraph(sentence.block, sentence.span.start):
        named = bool(mentions) and mentions[0].left == 0 and mentions[0].how == "name"
        if not named or not reading.discourse.item:
            return 0  # a later sentence that opens with a name is about that one
    reading.discourse.item = reading.discourse.resolve(first) if first else ()
    return first.last if first else 0


def _note_groups(discourse: Discourse, mentions: Sequence[Mention], tokens: Sequence[Token]) -> None:
    run: list[Mention] = []
    for mention in [m for m in mentions if m.how == "name" and m.kind is PartyKind.PERSON]:
        between = [t.low for t in tokens[run[-1].last : mention.left]] if run else []
        if run and between in ([","], ["and"], [",", "and"]):
            run.append(mention)
            continue
        _keep_group(discourse, run, tokens, mentions)
        run = [mention]
    _keep_group(discourse, run, tokens, mentions)


def _keep_group(discourse: Discourse, run: list[Mention], tokens: Sequence[Token], mentions: Sequence[Mention]) -> None:
    if len(run) > 1 and any(t.low == "and" for t in tokens[run[0].last : run[-1].left]):
        group = tuple(p for m in run for p in discourse.resolve(m))
        discourse.note_group(group)
        for beside in mentions:
            apposed = beside.left - run[-1].last in {1, 2} or run[0].left - beside.last in {0, 1}
            if apposed and beside.how == "description" and beside.plural and beside.head:
                discourse.roles[beside.head] = group


def _parties(
    reading: Reading, parsed: Parsed, trigger: Trigger, inherited: tuple[Party, ...], opened: int
) -> tuple[tuple[Party, ...], str, int | None]:
    """Whose step it is, how that was found, and where their mention ends if it follows the trigger."""
    attached = attach(parsed, trigger)
    if attached:
        end = parsed.tokens[attached.mentions[-1].last - 1].end if attached.mentions else 0
        return _resolved(reading, attached), attached.how, end if end > trigger.span.end else None
    if reading.discourse.item and lacks_subject(parsed, trigger, opened):
        return reading.discourse.item, "item", None
    if trigger.rule.frame in {Frame.PATIENT, Frame.AGENT, Frame.MATTER} and _inherits(parsed, trigger, inherited):
        return inherited, "same_sentence", None
    if (
        trigger.rule.id == "conviction_noun"
        and inherited
        and _TAKEN_FOR_GRANTED.search(reading.text[: trigger.span.start][-40:])
    ):
        return inherited, "appellant", None
    if trigger.rule.frame is Frame.MATTER:
        people = _people_before(reading, parsed, trigger)
        if people:
            return people, "only_people_of_the_sentence", None
    if (
        trigger.rule.frame is Frame.MATTER
        or trigger.rule.stage is Stage.ON_TRIAL
        or _speaks_of_the_case(reading, trigger)
    ):
        suit = bool(_SUIT.search(reading.text, trigger.span.start, trigger.span.end))
        salient = reading.discourse.salient(civil=suit)
        if trigger.rule.stage in {Stage.OVERTURNED, Stage.AFFIRMED}:
            salient = reading.discourse.guilty or salient
        if trigger.rule.stage is Stage.ON_TRIAL:
            salient = tuple(p for p in salient if p.kind is not PartyKind.GROUP)
        return salient, "salient", None
    if reading.claims and trigger.rule.frame in {Frame.PATIENT, Frame.AGENT}:
        asked = next((t.low for t in parsed.tokens if t.low in {"who", "whom", "anyone", "anybody"}), None)
        if asked:
            return (Party("who", PartyKind.GROUP),), "asked_for", None
    return (), "nobody", None


def _inherits(parsed: Parsed, trigger: Trigger, inherited: tuple[Party, ...]) -> bool:
    """Whether a step is said of whom the step before it was; guilt only where the sentence named nobody else."""
    if trigger.rule.stage not in GUILT_STAGES:
        return bool(inherited)
    known = {p.name for p in inherited}
    others = (
        e
        for m in parsed.mentions
        for e in m.entities
        if e.kind is PartyKind.PERSON and not e.official and parsed.tokens[m.first].start < trigger.span.start
    )
    return bool(inherited) and all(e.name in known for e in others)


def _speaks_of_the_case(reading: Reading, trigger: Trigger) -> bool:
    """ "Sentencing is set for May", "the crimes carry up to 20 years": of whoever the case is about."""
    if trigger.rule.modality is Modality.HYPOTHETICAL:
        return True
    before = reading.text[max(0, trigger.span.start - 5) : trigger.span.start].lower()
    opens = not before.strip() or before.strip().endswith((".", "the"))
    word = reading.text[trigger.span.start : trigger.span.end].lower()
    behind = reading.text[trigger.span.end : trigger.span.end + 2].strip()
    if behind[:1].isupper():
        return False  # "Sentencing Judge Roe said"
    return word in {"sentencing", "arraignment"} and opens


def _people_before(reading: Reading, parsed: Parsed, trigger: Trigger) -> tuple[Party, ...]:
    """The one person, or the one list of people, that the sentence named before the trigger."""
    people = [
        m
        for m in parsed.mentions
        if m.how == "name" and m.kind is PartyKind.PERSON and parsed.tokens[m.first].start < trigger.span.start
    ]
    parties = tuple(dict.fromkeys(p for m in people for p in reading.discourse.resolve(m)))
    if any(e.official for m in people for e in m.entities):
        return ()
    return parties if len(parties) == 1 or parties in reading.discourse.groups else ()


def _resolved(reading: Reading, attached: Attached) -> tuple[Party, ...]:
    parties: dict[str, Party] = {}
    doers = frozenset(e.name for m in attached.agents for e in m.entities)
    for mention in attached.mentions:
        found = reading.discourse.resolve(mention, doers)
        if not found and reading.claims:
            found = (Party(mention.wording, mention.kind),)
        for party in found:
            parties.setdefault(party.name, party)
    return tuple(parties.values())


def _the_charges(
    reading: Reading,
    sentence: Sentence,
    trigger: Trigger,
    upto: int,
    party: Party,
    charges: list[Charge],
    *,
    stated: bool,
) -> list[Charge]:
    """ "pleaded guilty to the charges": those that the text said before; a heading or a comment lends none.

    stated: whether the text states the step; "was not charged with fraud" lends no fraud to what follows.
    """
    if sentence.block.zone in {Zone.HEADLINE, Zone.COMMENT} or not stated:
        return charges
    return reading.recall.meant(reading.text, trigger.span, upto, trigger.rule.stage, party.name, charges)


def _draft(
    reading: Reading, sentence: Sentence, trigger: Trigger, reach: Span, modality: Modality, speech: Span | None
) -> ProceduralEvent:
    """The event without party, offence and date."""
    start, end = quote_of(sentence.span, trigger)
    zone, speaker = sentence.block.zone, None
    stage = trigger.rule.stage
    if zone is Zone.COMMENT:
        modality, speaker = Modality.ATTRIBUTED, _reader(sentence.block)
    elif (zone is Zone.QUOTATION or speech) and stage not in _STATEMENTS and not reading.claims:
        speaker = (
            sentence.block.speaker if zone is Zone.QUOTATION else speaker_of(reading.text, speech or sentence.span)
        )
        modality = Modality.ATTRIBUTED if modality is Modality.ASSERTED else modality
        speaker = speaker or "a quoted speaker"
    return ProceduralEvent(
        party="",
        party_kind=PartyKind.PERSON,
        stage=stage,
        modality=modality,
        quote=reading.text[start:end],
        start=start,
        end=end,
        zone=zone,
        attributed_to=speaker,
        sentence=penalty_of(reading.text, trigger, reach),
        page=next((p.number for p in reading.pages if p.start <= start < p.end), None),
    )


def _reader(block: Block) -> str:
    return f"a reader ({block.speaker})" if block.speaker else "a reader"


def _fill(draft: ProceduralEvent, parties: Sequence[Party], charges: Sequence[Charge]) -> Iterator[ProceduralEvent]:
    for party in parties:
        for charge in charges:
            yield replace(draft, party=party.name, party_kind=party.kind, offence=charge.offence, counts=charge.counts)
