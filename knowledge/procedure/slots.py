"""Which stretch of a sentence fills which slot of an event: clause, date, penalty, quote."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from knowledge.model import (
    Modality,
    Span,
    Stage,
)
from knowledge.procedure.clauses import Wall
from knowledge.procedure.dates import Dated
from knowledge.procedure.lexicon import Frame, words
from knowledge.procedure.parsed import Parsed
from knowledge.procedure.penalties import read_fine, read_term
from knowledge.procedure.triggers import Trigger

_QUOTE_LIMIT = 300


_OF_A_TERM = re.compile(r"\bof\s(?:an?|his|her|their|the)\s[\w-]+[\s-](?:year|month|week|day|life)s?\b")
"""Served eight years of a ten-year sentence: the term is ten years."""


_VERDICT = frozenset({Stage.CONVICTED, Stage.ACQUITTED, Stage.MISTRIAL})
_NOT_ONE_VERDICT = re.compile(
    r"\b(?:who|which|whose|while|after|before|later|again|retrial|retried|second|previously|earlier|already|once|since|"
    r"appeals?|had)\b|[.:]\s",
    re.IGNORECASE,
)
_NO_DAY_OF_IT = r"(?:by|since|until|till|before|after|from|between|through|than)"
_LED_OFF = re.compile(rf"\b{_NO_DAY_OF_IT}\s(?:late |early |mid-|the end of )?$", re.IGNORECASE)
_LEADS_OFF = re.compile(rf"{_NO_DAY_OF_IT}\b", re.IGNORECASE)
"""A deadline or a beginning: "by 1 March", "mayor since 1963"."""
_DATES_A_NOUN = re.compile(
    r"\s(?:(?!(?:of|for|on|in|to|and|with|at|after|over|as|by|from|that|who|was|were|is|an?|the|his|her|their)\b)"
    r"[\w-]+\s){0,2}?(?:convictions?|sentences?|sentencing|indictments?|arrests?|trial|plea|lawsuits?|charges|"
    r"verdicts?|acquittals?|settlements?|mistrial|murders?|killings?|deaths?|shootings?|attacks?|robber(?:y|ies)|thefts?|"
    r"frauds?|elections?|campaign|book|film|interview|report|ruling|judge?ment|decision|law|raid|crash|bombings?)\b"
)
_BARE = re.compile(r"(?:^|[.!?\n”\"]\s*|\b(?:the|his|her|their|its|an?|this|that)\s|[’']s?\s)$", re.IGNORECASE)
_OF_THE_DEED = re.compile(
    r"\b(?:committed|took place|occurred|happened|dating|stemm\w+|arising|carried out|alleged to have|"
    r"(?:of|for) (?:the )?(?:\w+ly )?(?:killing|raping|murdering|stabbing|shooting|assaulting|attacking|kidnapping|"
    r"abusing|robbing|beating|strangling|poisoning|bombing|torturing|stealing))\b[^,;]*$",
    re.IGNORECASE,
)


_OF_A_CLAUSE = re.compile(
    r"\b(?:for \w{3,}ing|who|which|(?:after|when|while|before|because|once|where)\s[^,;]*?\b(?:was|were|had|died|sank|"
    r"fell|took|began|left|broke|ran|came|went|made|lost|found|fled|\w{3,}ed))\b[^,;]*$",
    re.IGNORECASE,
)
"""The date is that of a clause behind the step: "guilty of fraud after the bank collapsed in 2014"."""
_SAID_OF_THE_NEWS = re.compile(r"(?:on |last |this )?(?:[A-Z]\w+day|yesterday|today|week|month)\b")


def reach_of(span: Span, triggers: Sequence[Trigger], k: int) -> Span:
    """From the end of the trigger before to the start of the one after."""
    start = triggers[k - 1].span.end if k else span.start
    end = next((t.span.start for t in triggers[k + 1 :] if t.span.start >= triggers[k].span.end), span.end)
    return Span(min(start, triggers[k].span.start), end)


def over_own_nouns(reach: Span, span: Span, triggers: Sequence[Trigger], k: int) -> Span:
    """`reach`, past what words the same step: "charged by indictment with", "convicted on a charge of"."""
    own = triggers[k]
    for later in triggers[k + 1 :]:
        gap = later.span.start - own.span.end
        same = later.rule.frame is Frame.NOUN and later.rule.stage is own.rule.stage and gap < 40
        if gap >= 0 and not same and not (later.rule.id == "on_charges_of" and gap < 60):
            return Span(reach.start, max(reach.end, later.span.start))
    return Span(reach.start, max(reach.end, span.end))


def over_nouns(reach: Span, span: Span, triggers: Sequence[Trigger], k: int) -> Span | None:
    """Where to look for the date: "quashed his conviction for theft in 2018" dates the quashing, not the conviction.

    A noun that follows a verb closely has only what stands between them ("his 2006 conviction").
    """
    trigger = triggers[k]
    if trigger.rule.frame is Frame.NOUN:
        before = next((t for t in reversed(triggers[:k]) if t.rule.frame is not Frame.NOUN), None)
        near = before is not None and trigger.span.start - before.span.end < 40
        return Span(reach.start, trigger.span.end) if near else reach
    later = [
        t.span.start for t in triggers[k + 1 :] if t.rule.frame is not Frame.NOUN and t.span.start >= trigger.span.end
    ]
    return Span(reach.start, later[0] if later else span.end)


def to_next_clause(parsed: Parsed, trigger: Trigger, reach: Span) -> Span:
    """`reach`, cut where a clause with a subject of its own begins."""
    last = parsed.token_at(trigger.span.end - 1) + 1
    walls_ahead = [w.at for w in parsed.walls if w.kind == "joined" and w.at > last and w.at < len(parsed.tokens)]
    end = parsed.tokens[walls_ahead[0] - 1].start if walls_ahead else reach.end
    return Span(reach.start, max(trigger.span.end, min(reach.end, end)))


def clause_of(parsed: Parsed, trigger: Trigger, span: Span) -> Span:
    at = parsed.token_at(trigger.span.start)
    last = parsed.token_at(trigger.span.end - 1) + 1
    bars = [w for w in parsed.walls if _bars_modifier(w, parsed)]
    low = max((w.at for w in bars if w.at <= at), default=0)
    high = min((w.at for w in bars if w.at > last), default=len(parsed.tokens))
    low -= low > 0 and parsed.tokens[low - 1].low in words("subordinators")
    start = parsed.tokens[low].start if low < len(parsed.tokens) and low else span.start
    end = parsed.tokens[high - 1].start if high < len(parsed.tokens) else span.end
    return Span(min(start, trigger.span.start), max(end, trigger.span.end))


_GONE = frozenset("died dies dying death fled flees fleeing disappeared vanished suicide absconded".split())


def _bars_modifier(wall: Wall, parsed: Parsed) -> bool:
    """Conditions reach over their own subordinator: "if" and "claimed that" are no walls to themselves."""
    after = parsed.tokens[wall.at].low if wall.at < len(parsed.tokens) else ""
    if wall.kind == "soft" and after in words("be") | words("have") | words("do") | words("modals"):
        return True
    if not wall.hard:
        return False
    word = parsed.tokens[wall.at - 1].low
    if word == "before" and any(t.low in _GONE for t in parsed.tokens[max(0, wall.at - 14) : wall.at - 1]):
        return False  # "died before she was sentenced"
    if word == ":" and after == "that":
        return False  # "Often said, not borne out: that she was jailed"
    return wall.kind != "speech" and word not in {"if", "unless", "whether", "until", "once", "that", "where"}


def quote_of(span: Span, trigger: Trigger) -> tuple[int, int]:
    """The sentence, or so much of it around the trigger as the limit allows."""
    if span.end - span.start <= _QUOTE_LIMIT:
        return span.start, span.end
    room = max(0, _QUOTE_LIMIT - (trigger.span.end - trigger.span.start))
    start = max(span.start, trigger.span.start - room // 2)
    end = min(span.end, start + _QUOTE_LIMIT)
    return max(span.start, min(start, end - _QUOTE_LIMIT)), end


def penalty_of(text: str, trigger: Trigger, reach: Span) -> str | None:
    if trigger.rule.stage is Stage.FINED:
        before, own = text[reach.start : trigger.span.start], text[trigger.span.start : trigger.span.end]
        return read_fine(before, own, text[trigger.span.end : reach.end])
    if trigger.rule.stage is not Stage.SENTENCED:
        return None
    served = _OF_A_TERM.search(text, trigger.span.end, reach.end)
    if served:
        return read_term(served.group())
    after = read_term(text[trigger.span.start : reach.end])
    before = text[max(reach.start, trigger.span.start - 45) : trigger.span.start]
    return (read_term(before) if trigger.rule.frame is Frame.NOUN else None) or after


def _of_the_one_before(text: str, dated: Dated, trigger: Trigger, reach: Span, span: Span) -> bool:
    """ "arrested on 4 May and placed under investigation": the date belongs to the verb before it."""
    if dated.start >= trigger.span.start:
        return False
    opening = len(text[span.start : dated.start].split()) <= 3
    if re.search(r"\b(?:found|ruled|held|decided|concluded)\s(?:on\s)?$", text[span.start : dated.start]):
        return False
    if not opening and "," in text[dated.end : trigger.span.start]:
        return True
    if reach.start == span.start:
        return False
    return not re.search(r"[;,.]|\band\b|\bbut\b|\bafter\b|\bwhile\b", text[reach.start : dated.start])


def _of_another_matter(text: str, dated: Dated, trigger: Trigger) -> bool:
    """A deadline, a beginning, the day of the deed, or the date of a noun that is not the trigger's own."""
    led = _LED_OFF.search(text[max(0, dated.start - 20) : dated.start]) or _LEADS_OFF.match(text, dated.start)
    if led and trigger.rule.modality is not Modality.SCHEDULED:
        return True
    if dated.start < trigger.span.start and _dates_a_noun(text, dated):
        return not _beside_noun(text, dated, trigger)
    if dated.start < trigger.span.end:
        return False
    between = text[trigger.span.end : dated.start]
    reported = _SAID_OF_THE_NEWS.match(text, dated.start)
    deed = _OF_THE_DEED.search(between) or (_OF_A_CLAUSE.search(between) and not reported)
    return bool(deed or _dates_a_noun(text, dated))


def _dates_a_noun(text: str, dated: Dated) -> bool:
    """ "the 2015 murder", "October 2016 charges"; not "on Thursday charges were dropped"."""
    bare = _BARE.search(text[max(0, dated.start - 14) : dated.start])
    return (
        bare is not None
        and text[dated.start].isupper() | text[dated.start].isdigit()
        and bool(_DATES_A_NOUN.match(text, dated.end))
    )


def _beside_noun(text: str, dated: Dated, trigger: Trigger) -> bool:
    """ "her 2020 conviction", "October 2016 charges"."""
    between = text[dated.end : trigger.span.start]
    return dated.end <= trigger.span.start and len(between.split()) <= 3 and not re.search(r"[,;.]", between)


def date_of(
    text: str, dates: Sequence[Dated], trigger: Trigger, reach: Span, span: Span, first: int | None = None
) -> Dated | None:
    """The date beside the trigger, else the one that opens the sentence, before its `first` trigger."""
    dates = [d for d in dates if not _of_another_matter(text, d, trigger)]
    own = [d for d in dates if trigger.rule.frame is Frame.NOUN and _beside_noun(text, d, trigger)]
    if own and _dates_a_noun(text, own[-1]):
        return own[-1]
    near = [
        d for d in dates if reach.start <= d.start < reach.end and not _of_the_one_before(text, d, trigger, reach, span)
    ]
    if near:
        behind = [d for d in near if d.start >= trigger.span.start]
        return min(behind or near, key=lambda d: abs(d.start - trigger.span.end))
    noun = trigger.rule.frame is Frame.NOUN and reach.end == trigger.span.end
    before = trigger.span.start if first is None else first
    opening = [] if noun else [d for d in dates if d.start - span.start < 12 and d.start < before]
    return opening[0] if opening else None


def date_shared(text: str, triggers: Sequence[Trigger], k: int, dated: Mapping[int, Dated]) -> Dated | None:
    """One verdict has one day: "was convicted in March of fraud, acquitted of theft"."""
    if k - 1 not in dated:
        return None
    stages = {triggers[k].rule.stage, triggers[k - 1].rule.stage}
    if stages == {Stage.CHARGED} and triggers[k].span.start - triggers[k - 1].span.end < 60:
        return dated[k - 1]  # "indicted on Tuesday on charges of"
    if not stages <= _VERDICT:
        return None
    before = triggers[k - 1].span
    lead, between = text[max(0, before.start - 30) : before.start], text[before.end : triggers[k].span.start]
    return None if _NOT_ONE_VERDICT.search(lead) or _NOT_ONE_VERDICT.search(between) else dated[k - 1]
