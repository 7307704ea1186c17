"""Whose step it is: the mention that a trigger's frame points at, inside one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.model import PartyKind, Stage
from knowledge.procedure.lexicon import Frame, words
from knowledge.procedure.mentions import Mention
from knowledge.procedure.parsed import CIVIL, Attached, Parsed, clause_start, group_of, object_at, verb_group
from knowledge.procedure.relatives import antecedent
from knowledge.procedure.subjects import first_free, subject_of
from knowledge.procedure.tokens import Token
from knowledge.procedure.triggers import Trigger

_RECEIVED = frozenset("received receives receiving won obtained given".split())
_MATTERS = frozenset("conviction convictions sentence sentences verdict verdicts plea pleas charges case trial".split())
_TRIED = frozenset("trial retrial first second case prosecution".split())
_ORDINALS = frozenset("second third fourth fifth sixth seventh eighth ninth tenth".split())
_NOUN_LINKS = frozenset("of against for on to by involving with over between".split())
_CLOSE_LINKS = frozenset("of for on to by with over".split())
"""These tell whose a noun is only right behind it: "convictions for A", not "convictions, and a letter for A"."""


def attach(parsed: Parsed, trigger: Trigger) -> Attached | None:
    """The party mentions of `trigger`, None where the sentence gives none (the reader may then look further)."""
    frame = trigger.rule.frame
    if frame is Frame.NOUN:
        return _of_noun(parsed, trigger)
    if frame is Frame.MATTER:
        return _of_matter(parsed, trigger)
    if frame is Frame.EPITHET:
        return _of_epithet(parsed, trigger)
    if frame is Frame.AGENT and trigger.rule.stage is Stage.DEFERRED:
        owner = _possessor(parsed, parsed.token_at(trigger.span.start))
        if owner:
            return owner
    if frame is Frame.AGENT and trigger.rule.stage in {Stage.SETTLED, Stage.SUED, Stage.DEFERRED}:
        other = _other_side(parsed, trigger)
        if other:
            return other
    if frame is Frame.AGENT:
        other = _on_behalf(parsed, trigger)
        if other:
            return other
        return _accompanied(parsed, subject_of(parsed, parsed.token_at(trigger.span.start), trigger), trigger)
    return _accompanied(parsed, _of_patient(parsed, trigger), trigger)


def _on_behalf(parsed: Parsed, trigger: Trigger) -> Attached | None:
    """ "The lawyer pleaded guilty on behalf of the company": the company's step, not the lawyer's."""
    start = parsed.token_at(trigger.span.end - 1) + 1
    lows = [t.low for t in parsed.tokens[start : start + 16]]
    at = next((i for i in range(len(lows) - 2) if lows[i] == "on" and "behalf" in lows[i + 1 : i + 4]), None)
    if at is None or {";", ".", "and", "but"} & set(lows[:at]):
        return None
    if lows[at + 1] == "behalf":
        return Attached(object_at(parsed, start + at + 3), "on_behalf")
    whose = next((m for m in parsed.mentions if m.left == start + at + 1), None)
    if whose and whose.wording == "its":
        return Attached((replace(whose, wording="it", possessive=False),), "on_behalf")
    return Attached((whose,) if whose else (), "on_behalf")


def _accompanied(parsed: Parsed, found: Attached | None, trigger: Trigger) -> Attached | None:
    """ "A was convicted in May, along with B and C": B and C too."""
    if found is None or not found.mentions:
        return found
    tokens = parsed.tokens
    start = parsed.token_at(trigger.span.end - 1) + 1
    for i in range(start, min(len(tokens) - 2, start + 25)):
        if tokens[i].low in {";", ".", ":"} or any(w.at == i and w.kind == "joined" for w in parsed.walls):
            break
        if tokens[i].low in {"along", "together", "alongside"} and tokens[i - 1].low in {",", "alone"} | words(
            "months"
        ):
            mention = parsed.starting(i + 2 if tokens[i].low != "alongside" else i + 1)
            if mention and mention.how == "name" and mention.kind is PartyKind.PERSON and not mention.possessive:
                return Attached((*found.mentions, *group_of(parsed, mention)), found.how, found.agents)
    return _with_included(parsed, found, start)


def _with_included(parsed: Parsed, found: Attached, start: int) -> Attached:
    """ "Seven people were convicted in May, among them its owner, Roe": Roe too."""
    tokens = parsed.tokens
    if not (found.mentions[0].plural and found.mentions[0].how == "description"):
        return found
    for i in range(start, min(len(tokens) - 1, start + 15)):
        including = tokens[i].low == "including" or (tokens[i].low == "among" and tokens[i + 1].low == "them")
        if not including and any(m.left == i and not m.authority and not m.entities[:1] for m in parsed.mentions):
            return found
        if tokens[i].low in {";", ":", "and", "but"} or any(
            m.left == i and m.kind is PartyKind.PERSON for m in parsed.mentions
        ):
            return found
        if including:
            first = parsed.starting(i + 1 + (tokens[i].low == "among"))
            if first and first.how == "name" and first.kind is PartyKind.PERSON and not first.possessive:
                return Attached((*found.mentions, *group_of(parsed, first)), found.how, found.agents)
            return found
    return found


def _of_patient(parsed: Parsed, trigger: Trigger) -> Attached | None:
    at = parsed.token_at(trigger.span.start)
    if trigger.object is not None:
        first, last = parsed.token_at(trigger.object.start), parsed.token_at(trigger.object.end - 1) + 1
        inside = [m for m in parsed.mentions if first <= m.first and m.last <= last and not m.authority]
        if inside:
            return Attached(group_of(parsed, inside[0]), "object")
    if _is_passive(parsed.tokens, at) or parsed.tokens[at].low in words("be"):
        return subject_of(parsed, at, trigger)
    found = object_at(parsed, parsed.token_at(trigger.span.end - 1) + 1, trigger.rule.stage in CIVIL)
    if found and trigger.rule.id == "jailed" and not _has_subject(parsed, at):
        return None  # "the jailed writer Jane Roe": held, perhaps without a sentence
    if found:
        return Attached(found, "object", _agents(parsed, at))
    if _unnamed_object(parsed, parsed.token_at(trigger.span.end - 1) + 1):
        return Attached((), "unresolved")
    opens = clause_start(parsed, verb_group(parsed.tokens, at))
    if opens and parsed.tokens[opens - 1].low == "whom":
        return Attached(antecedent(parsed, opens - 1), "whom")  # "A, whom the agency had charged"
    word = parsed.tokens[at].low
    if trigger.rule.id == "granted_clemency" and word not in _RECEIVED:
        return None
    if trigger.rule.stage is Stage.SUED and parsed.tokens[min(at + 1, len(parsed.tokens) - 1)].low != "by":
        return None
    if (
        word.endswith(("ed", "found", "given", "held", "taken", "granted", "convicted", "put"))
        or trigger.rule.id == "formal_investigation"
    ):
        return subject_of(parsed, at, trigger)
    return None


def _other_side(parsed: Parsed, trigger: Trigger) -> Attached | None:
    """ "A settled his suit against B", "the regulator settled with B": B is who was sued."""
    subject = subject_of(parsed, parsed.token_at(trigger.span.start), trigger)
    office = subject is None or all(m.authority for m in subject.mentions)
    start = parsed.token_at(trigger.span.start)
    for i in range(start, min(len(parsed.tokens), parsed.token_at(trigger.span.end - 1) + 12)):
        if parsed.tokens[i].low == "against" or (office and parsed.tokens[i].low in {"with", "between"}):
            found = tuple(m for m in object_at(parsed, i + 1, civil=True) if not m.authority)
            if found:
                return Attached(found, "other_side")
    return None


def _unnamed_object(parsed: Parsed, at: int) -> bool:
    """ "convicted A and acquitted a third": somebody else, and nobody who was named before."""
    ahead = [t.low for t in parsed.tokens[at : at + 3]]
    if ahead[:1] in (["another"], ["others"]):
        return True
    return len(ahead) == 3 and ahead[0] in {"a", "the"} and ahead[1] in _ORDINALS and ahead[2] not in {"time", "day"}


def _has_subject(parsed: Parsed, at: int) -> bool:
    """Whether a helper or somebody stands right before the verb: "has jailed", "the court jailed"."""
    begin = verb_group(parsed.tokens, at)
    return begin < at or any(m.last == begin for m in parsed.mentions)


def _agents(parsed: Parsed, at: int) -> tuple[Mention, ...]:
    """The subject of the active verb at token `at`, where its clause names one."""
    begin = verb_group(parsed.tokens, at)
    beside = next((m for m in parsed.mentions if m.last == begin and not m.possessive), None)
    if beside:
        return (beside,)
    low = clause_start(parsed, begin)
    found = first_free(parsed, low, begin)
    court = next((m for m in parsed.mentions if m.left >= low and m.authority and not m.possessive), None)
    return () if court and found and court.left < found[0].left else found


def _is_passive(tokens: Sequence[Token], at: int) -> bool:
    i = verb_group(tokens, at)
    if tokens[at].low.endswith("ing"):
        return False  # "is suing"
    return any(t.low in words("be") for t in tokens[i:at]) or (i > 0 and tokens[i - 1].low in {"being", "been"})


def _of_noun(parsed: Parsed, trigger: Trigger) -> Attached | None:
    at = parsed.token_at(trigger.span.start)
    if parsed.tokens[at].low.endswith("ing"):
        beside = next((m for m in parsed.mentions if m.left == at + 1 and not m.possessive and not m.authority), None)
        if beside and not any(e.official for e in beside.entities):
            return Attached(group_of(parsed, beside), "object")  # "Sentencing Roe, the judge said"
    owner = _possessor(parsed, at) if trigger.rule.stage not in {Stage.SUED, Stage.INVESTIGATED} else None
    if owner:
        return owner
    if trigger.rule.stage is not Stage.APPEALED or parsed.tokens[min(at + 1, len(parsed.tokens) - 1)].low == "by":
        linked = _linked(parsed, parsed.token_at(trigger.span.end - 1) + 1, trigger)
        if linked:
            return linked
    if trigger.rule.id in {"guilty_plea_noun", "not_guilty_plea_noun"}:
        found = subject_of(parsed, at, trigger)
        return found if found and found.how != "main_clause" else None
    return None


def _possessor(parsed: Parsed, at: int) -> Attached | None:
    """ "Roe's fraud conviction", "his May 2020 arrest", "the Roe trial"."""
    tokens = parsed.tokens
    i = at
    while i > 0 and at - i < 7:
        low = tokens[i - 1].low
        mention = next(
            (m for m in parsed.mentions if m.last == i or (m.possessive and m.last == i - 1 and m.how != "pronoun")),
            None,
        )
        if mention and mention.possessive and mention.wording != "its":
            return Attached(_group_back(parsed, mention), "possessor") if not mention.authority else None
        if mention and mention.how == "name" and mention.kind is PartyKind.PERSON and i == at:
            return Attached((mention,), "possessor")
        if low == "whose":
            taken = antecedent(parsed, i - 1)
            return Attached(taken, "whose") if taken else None
        if (tokens[i - 1].kind == "p" and low != "-") or low in words("prepositions") | words("be") | words(
            "have"
        ) | words("modals") | words("do") | words("subordinators"):
            return None
        if low in {"and"} and at - i > 3:
            return None
        i -= 1
    return None


def _group_back(parsed: Parsed, last: Mention) -> tuple[Mention, ...]:
    """ "Roe and Doe's convictions" are of both."""
    for mention in parsed.mentions:
        if mention.last < last.left and mention.how == "name":
            group = group_of(parsed, mention)
            if last in group:
                return group
    return (last,)


def _linked(parsed: Parsed, at: int, trigger: Trigger) -> Attached | None:
    """ "the conviction of Jane Roe", "charges were filed against her"."""
    tokens = parsed.tokens
    limit = min(len(tokens), at + 14)
    strong = {"against"} if trigger.rule.stage in {Stage.CHARGED, Stage.SUED} else _NOUN_LINKS
    for i in range(at, limit):
        low = tokens[i].low
        if low in {";", ":", ".", "—"} or low in words("relative") | words("subordinators"):
            return None
        if (
            low in strong
            or (low in _NOUN_LINKS and trigger.rule.id in {"indictment_noun", "investigation_noun"})
            or low in {"into", "accusing", "charging"}
        ):
            passive = i - at <= 3 and any(t.low in words("be") for t in tokens[at:i])
            if low in _CLOSE_LINKS and i - at > 1 and not passive:
                continue
            found = object_at(parsed, i + 1, trigger.rule.stage in CIVIL)
            if found and (low != "by" or trigger.rule.stage is Stage.APPEALED or "plea" in trigger.rule.id):
                return Attached(found, f"complement_{low}")
            if low == "against" and i - at < 8:
                return None
    return None


def _of_matter(parsed: Parsed, trigger: Trigger) -> Attached | None:
    first = parsed.token_at(trigger.span.start)
    last = parsed.token_at(trigger.span.end - 1) + 1
    suit = any("suit" in t.low or t.low == "complaint" for t in parsed.tokens[first:last])
    owner = None if suit or parsed.tokens[first].low not in _MATTERS else _possessor(parsed, first)
    if owner:
        return owner  # "her conviction was quashed by the Court of Appeal for Ontario"
    links = {"against", "for", "of", "involving"} | (
        {"by"} if any(t.low == "appeal" for t in parsed.tokens[first:last]) else set()
    )
    if trigger.rule.stage is Stage.MISTRIAL:
        links.add("on")
    for i in range(first, min(len(parsed.tokens), last + 12)):
        low = parsed.tokens[i].low
        if i > first and low == "which" and parsed.tokens[i - 1].low in {"on", "of"}:
            named = next(
                (m for m in parsed.mentions if i < m.left < i + 8 and m.how == "name" and not m.authority), None
            )
            return Attached(group_of(parsed, named), "counts_on_which") if named and not named.possessive else None
        if i > first and (low in {";", ":", "."} or (i >= last and low in words("relative"))):
            break
        imposed = low == "on" and parsed.tokens[i - 1].low in {"imposed", "levied", "inflicted"}
        if (
            low in links
            or imposed
            or (low == "on" and parsed.tokens[i - 1].low in {"fine", "fines", "penalty", "penalties"})
        ):
            found = object_at(parsed, i + 1)
            thing = low == "on" and bool(found) and found[0].how == "pronoun" and found[0].wording in {"it", "them"}
            if found and not found[0].authority and not thing:
                return Attached(found, f"complement_{low}")
            if low == "against":
                return Attached((), "unresolved")
        mention = next((m for m in parsed.mentions if m.first == i and m.possessive and m.wording != "its"), None)
        ahead = mention.last if mention else i + 1
        follow = {t.low for t in parsed.tokens[ahead : ahead + 4]}
        if i >= last and not follow & {"case", "trial", "retrial", "prosecution", "conviction", "sentence"}:
            continue
        if suit:  # whose lawsuit it is tells who sued
            continue
        if mention and not mention.authority and mention.how != "name":
            return Attached((mention,), "possessor", _agents(parsed, first))
        if mention and not mention.authority:
            return Attached(_group_back(parsed, mention), "possessor")
    if trigger.rule.stage is Stage.MISTRIAL:
        before = (m for m in reversed(parsed.mentions) if m.last <= first and m.possessive and not m.authority)
        tried = next((m for m in before if parsed.tokens[m.last + (m.how == "name")].low in _TRIED), None)
        if tried and _same_clause(parsed, tried, first):
            return Attached((tried,), "whose_trial")  # "His trial ended in a mistrial"
    return _possessor(parsed, first) if not suit else None


def _same_clause(parsed: Parsed, mention: Mention, at: int) -> bool:
    """Whether no clause ends between the mention and token `at`."""
    return clause_start(parsed, at) <= mention.left


def _of_epithet(parsed: Parsed, trigger: Trigger) -> Attached | None:
    """ "Jane Roe, 40, a convicted fraudster": the name before; "the convicted fraudster Jane Roe": the name after."""
    at = parsed.token_at(trigger.span.start)
    end = parsed.token_at(trigger.span.end - 1) + 1
    behind = next(
        (m for m in parsed.mentions if m.how == "name" and at <= m.left <= end and m.kind is PartyKind.PERSON), None
    )
    if behind and behind.left <= end and behind.first <= end + 1:
        return Attached((behind,), "epithet")
    before = [m for m in parsed.mentions if m.last < at and m.how == "name" and m.kind is PartyKind.PERSON]
    if before and parsed.tokens[at - 1].low == ",":
        gap = [t.low for t in parsed.tokens[before[-1].last : at]]
        if len(gap) <= 4:
            return Attached((before[-1],), "epithet")
    return None
