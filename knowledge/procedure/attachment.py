"""Whose step it is: the mention that a trigger's frame points at, inside one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.model import PartyKind, Stage
from knowledge.procedure.clauses import Wall
from knowledge.procedure.lexicon import Frame, words
from knowledge.procedure.mentions import Mention
from knowledge.procedure.tokens import Token
from knowledge.procedure.triggers import Trigger

_PAIRED = {"—": "—–", "–": "—–", ")": "("}
_RECEIVED = frozenset("received receives receiving won obtained given".split())
_WISHES = frozenset("want wants wanted see seeing have had get".split())
_NOT_OBJECT = frozenset(
    "yesterday today tomorrow last this next monday tuesday wednesday thursday friday saturday sunday".split()
)
_NOUN_LINKS = frozenset("of against for on to by involving with over".split())
_CLOSE_LINKS = frozenset("of for on to by with over".split())
"""These tell whose a noun is only right behind it: "convictions for A", not "convictions, and a letter for A"."""
_CIVIL = frozenset(
    {
        Stage.SUED,
        Stage.ALLEGED,
        Stage.INVESTIGATED,
        Stage.FINED,
        Stage.SETTLED,
        Stage.CIVIL_LIABLE,
        Stage.CIVIL_NOT_LIABLE,
    }
)


@dataclass(frozen=True, slots=True)
class Attached:
    """The mentions that a trigger is about, and how they were found (for `--explain`)."""

    mentions: tuple[Mention, ...]
    how: str
    agents: tuple[Mention, ...] = ()
    """Who does it, where somebody else does: "Poe pardoned him" is not about Poe."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """One sentence, ready for attaching."""

    tokens: Sequence[Token]
    mentions: Sequence[Mention]
    walls: Sequence[Wall]

    def token_at(self, offset: int) -> int:
        """Index of the first token that ends behind the character `offset`."""
        low, high = 0, len(self.tokens)
        while low < high:
            middle = (low + high) // 2
            if self.tokens[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        return low

    def starting(self, i: int) -> Mention | None:
        return next((m for m in self.mentions if m.left <= i < m.last), None)


def attach(parsed: Parsed, trigger: Trigger) -> Attached | None:
    """The party mentions of `trigger`, None where the sentence gives none (the reader may then look further)."""
    frame = trigger.rule.frame
    if frame is Frame.NOUN:
        return _of_noun(parsed, trigger)
    if frame is Frame.MATTER:
        return _of_matter(parsed, trigger)
    if frame is Frame.EPITHET:
        return _of_epithet(parsed, trigger)
    if frame is Frame.AGENT:
        return _accompanied(parsed, _subject(parsed, parsed.token_at(trigger.span.start), trigger), trigger)
    return _accompanied(parsed, _of_patient(parsed, trigger), trigger)


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
                return Attached((*found.mentions, *_group(parsed, mention)), found.how, found.agents)
    return found


def _of_patient(parsed: Parsed, trigger: Trigger) -> Attached | None:
    at = parsed.token_at(trigger.span.start)
    if trigger.object is not None:
        first, last = parsed.token_at(trigger.object.start), parsed.token_at(trigger.object.end - 1) + 1
        inside = [m for m in parsed.mentions if first <= m.first and m.last <= last and not m.authority]
        if inside:
            return Attached(_group(parsed, inside[0]), "object")
    if _is_passive(parsed.tokens, at):
        return _subject(parsed, at, trigger)
    found = _object(parsed, parsed.token_at(trigger.span.end - 1) + 1, trigger.rule.stage in _CIVIL)
    if found:
        return Attached(found, "object", _agents(parsed, at))
    word = parsed.tokens[at].low
    if trigger.rule.id == "granted_clemency" and word not in _RECEIVED:
        return None
    if trigger.rule.stage is Stage.SUED and parsed.tokens[min(at + 1, len(parsed.tokens) - 1)].low != "by":
        return None
    if (
        word.endswith(("ed", "found", "given", "held", "taken", "granted", "convicted", "put"))
        or trigger.rule.id == "formal_investigation"
    ):
        return _subject(parsed, at, trigger)
    return None


def _agents(parsed: Parsed, at: int) -> tuple[Mention, ...]:
    """The subject of the active verb at token `at`, where its clause names one."""
    begin = _verb_group(parsed.tokens, at)
    beside = next((m for m in parsed.mentions if m.last == begin and not m.possessive), None)
    if beside:
        return (beside,)
    low = _clause_start(parsed, begin)
    found = _first_free(parsed, low, begin)
    court = next((m for m in parsed.mentions if m.left >= low and m.authority and not m.possessive), None)
    return () if court and found and court.left < found[0].left else found


def _is_passive(tokens: Sequence[Token], at: int) -> bool:
    i = _verb_group(tokens, at)
    return any(t.low in words("be") for t in tokens[i:at]) or (i > 0 and tokens[i - 1].low in {"being", "been"})


def _verb_group(tokens: Sequence[Token], at: int) -> int:
    """Index of the first auxiliary, adverb or negation directly before the verb at `at`."""
    i = at
    while i > 0 and at - i < 7:
        low = tokens[i - 1].low
        if i > 1 and tokens[i - 1].capital:
            break
        helper = words("be") | words("have") | words("modals") | words("do") | words("adverbs")
        if (
            low in helper
            or (low.endswith("ly") and len(low) > 4)
            or low == "to"
            or (low == "," and i - 2 >= 0 and tokens[i - 2].low in words("adverbs"))
        ):
            i -= 1
        else:
            break
    return i


def _object(parsed: Parsed, at: int, civil: bool = False) -> tuple[Mention, ...]:
    """The mention that starts at or right behind token `at`."""
    tokens = parsed.tokens
    i = at
    while i < len(tokens) and i - at < 3:
        low = tokens[i].low
        mention = parsed.starting(i)
        if mention and (civil or not mention.authority) and not (mention.possessive and mention.how == "pronoun"):
            return () if mention.possessive else _group(parsed, mention)
        if low in _NOT_OBJECT or tokens[i].kind == "p" or low in words("prepositions"):
            return ()
        i += 1
    return ()


def _group(parsed: Parsed, first: Mention) -> tuple[Mention, ...]:
    """A mention with those listed with it: "A, B and C"; a description apposed to names gives the names."""
    ordered = list(parsed.mentions)
    k = ordered.index(first)
    group = [first]
    for nxt in ordered[k + 1 :]:
        between = [t.low for t in parsed.tokens[group[-1].last : nxt.left]]
        if between in (
            [","],
            ["and"],
            [",", "and"],
            ["or"],
            ["nor"],
            ["as", "well", "as"],
            ["along", "with"],
            [",", "along", "with"],
            ["&"],
            ["together", "with"],
        ):
            if nxt.how == "pronoun" or nxt.authority:
                break
            if nxt.how == "description" and between == [","] and group[-1].how == "name":
                break
            if between == [","] and len(group) > 1 and group[-1].how == "description" and nxt.how == "name":
                group[-1] = nxt  # "A and her husband, B,"
                continue
            group.append(nxt)
        else:
            break
    return _settle(group, parsed)


def _settle(group: list[Mention], parsed: Parsed) -> tuple[Mention, ...]:
    """ "the co-founders, A and B": the names say who the description means. A bare comma is apposition, no list."""
    if len(group) > 1 and group[0].how == "description":
        names = [m for m in group[1:] if m.how == "name" and m.kind is PartyKind.PERSON]
        comma = parsed.tokens[group[0].last].low == "," if group[0].last < len(parsed.tokens) else False
        if comma and names and group[1].how == "name":
            return tuple(group[1:]) if group[0].plural == (len(group) > 2) else (group[0],)
    if len(group) > 1 and not _coordinated(parsed, group):
        return (group[0],)
    return tuple(group)


def _coordinated(parsed: Parsed, group: list[Mention]) -> bool:
    tokens = parsed.tokens[group[0].last : group[-1].left]
    return any(t.low in {"and", "or", "nor", "&", "along", "as", "together"} for t in tokens)


def _subject(parsed: Parsed, at: int, trigger: Trigger) -> Attached | None:
    begin = _verb_group(parsed.tokens, at)
    relative = begin - 1
    if relative >= 0 and parsed.tokens[relative].low in {"who", "which", "that", "whom"}:
        found = _antecedent(parsed, relative)
        return Attached(found, "antecedent") if found else None
    low = _clause_start(parsed, begin)
    if begin == at and trigger.rule.frame is Frame.PATIENT:
        reduced = _reduced(parsed, at)
        if reduced:
            return Attached(reduced, "reduced_relative")
    wall = next((w for w in reversed(parsed.walls) if w.at <= begin and w.at == low), None)
    if wall and wall.kind == "relative" and _takes_up(parsed, low, begin):
        found = _antecedent(parsed, low - 1)
        found = _named_at_the_end(parsed, found, begin) or found
        return Attached(found, "antecedent") if found else None
    found = _first_free(parsed, low, begin, trigger.rule.stage in _CIVIL)
    if found:
        return Attached(_with_far_partners(parsed, found, begin, at), "subject")
    if wall and wall.kind == "relative":
        found = _antecedent(parsed, low - 1)
        return Attached(found, "antecedent") if found else None
    if wall and wall.kind == "mark" and parsed.tokens[low - 1].low in _PAIRED:
        found = _around_insertion(parsed, low - 1)
        return Attached(found, "around_insertion") if found else None
    if wall and wall.kind == "subordinate":
        return _main_subject(parsed, low, at)
    if low == 0 and parsed.tokens[begin].kind != "p":
        return _main_subject(parsed, low, at)
    return None


def _around_insertion(parsed: Parsed, closing: int) -> tuple[Mention, ...]:
    """ "Three aides — A, B and C — had pleaded guilty": the names between the dashes, else who stands before."""
    opening = _PAIRED[parsed.tokens[closing].low]
    start = next((i for i in range(closing - 1, -1, -1) if parsed.tokens[i].low in opening), None)
    if start is None:
        return ()
    before = _first_free(parsed, _clause_start(parsed, start), start)
    inside = next((m for m in parsed.mentions if start < m.left and m.last <= closing), None)
    unnamed = not before or before[0].how == "description"
    if unnamed and inside and inside.how == "name" and inside.left == start + 1:
        group = _group(parsed, inside)
        return group if before or group[-1].last == closing else ()
    return before


def _named_at_the_end(parsed: Parsed, found: tuple[Mention, ...], begin: int) -> tuple[Mention, ...]:
    """ "Two agents who led the case, A and B, were": A and B."""
    if len(found) != 1 or found[0].how != "description" or parsed.tokens[begin - 1].low != ",":
        return ()
    for mention in parsed.mentions:
        if mention.how != "name" or mention.left < found[0].last or parsed.tokens[mention.left - 1].low != ",":
            continue
        group = _group(parsed, mention)
        if group[-1].last == begin - 1 and found[0].plural == (len(group) > 1):
            return group
    return ()


def _takes_up(parsed: Parsed, low: int, begin: int) -> bool:
    """Whether the verb at `begin` belongs to whom the relative pronoun before `low` takes up.

    So it does both in "A, who made B, was jailed" and in "the man who robbed B was jailed"; not in "whose brother B
    was jailed", "in which B was jailed", "which B appealed".
    """
    pronoun = parsed.tokens[low - 1].low
    governed = low > 1 and parsed.tokens[low - 2].low in words("prepositions")
    if pronoun == "whose" or governed:
        return pronoun == "whose" and parsed.tokens[begin - 1].low == ","
    beside = any(m.left == low and m.last == begin and not m.possessive for m in parsed.mentions)
    return not beside


def _reduced(parsed: Parsed, at: int) -> tuple[Mention, ...]:
    """ "the release of prisoners arrested in May": a participle right behind the people it tells of."""
    for mention in parsed.mentions:
        if mention.last == at and mention.how == "description" and not mention.possessive and not mention.authority:
            before = parsed.tokens[mention.left - 1].low if mention.left else ""
            return (mention,) if before in words("prepositions") | _WISHES else ()
    return ()


def _clause_start(parsed: Parsed, at: int) -> int:
    return max((w.at for w in parsed.walls if w.hard and w.at <= at), default=0)


def _first_free(parsed: Parsed, low: int, high: int, civil: bool = False) -> tuple[Mention, ...]:
    """The first mention from `low` on that no preposition governs: the subject of what follows."""
    inside = [m for m in parsed.mentions if low <= m.left and m.last <= high]
    opening_phrase = low < len(parsed.tokens) and parsed.tokens[low].low in words("prepositions")
    adjacent = _adjacent(parsed, inside, high)
    if adjacent:
        return adjacent
    best: Mention | None = None
    for mention in inside:
        if mention.possessive or (mention.authority and not civil):
            continue
        if _is_place(mention):
            continue
        behind_wall = 0 < mention.left == low and parsed.tokens[low - 1].low in words("subordinators")
        if mention.left > 0 and not behind_wall and parsed.tokens[mention.left - 1].low in words("prepositions"):
            continue
        if opening_phrase and mention.left > low and not _behind_comma(parsed, low, mention.left):
            continue
        if mention.how == "pronoun" and mention.wording in {"it", "him", "them"}:
            continue
        best = mention
        break
    if best is None:
        return ()
    group = _group(parsed, best)
    if best.how == "description" and best.plural:
        group = (*group, *_included(parsed, best, high))
    apposed = _apposed_name(parsed, best, high)
    return apposed or group


def _included(parsed: Parsed, group: Mention, high: int) -> tuple[Mention, ...]:
    """ "Six men, including A and B, were acquitted": A and B too."""
    tokens = parsed.tokens
    for i in range(group.last, high):
        if tokens[i].low == "including" or (tokens[i].low == "them" and tokens[i - 1].low == "among"):
            first = next((m for m in parsed.mentions if m.left > i and m.last <= high and m.how == "name"), None)
            if first and not _is_place(first) and not first.possessive and first.left - i < 4:
                return _group(parsed, first)
    return ()


def _behind_comma(parsed: Parsed, low: int, at: int) -> bool:
    """Whether an opening phrase ("In May,", "In 2008") is over before token `at`."""
    before = parsed.tokens[low:at]
    if any(t.low == "," for t in before):
        return True
    return bool(before) and (before[-1].kind == "n" or before[-1].low in words("months") | words("days"))


def _is_place(mention: Mention) -> bool:
    return bool(mention.entities) and mention.entities[0].place


def _adjacent(parsed: Parsed, inside: Sequence[Mention], high: int) -> tuple[Mention, ...]:
    """ "their site was raided, A and B were arrested": names behind a comma, right before the verb."""
    for mention in inside:
        if mention.possessive or mention.authority or _is_place(mention):
            continue
        if any(m.last == mention.left - 1 and m.how == "name" for m in inside):
            continue  # the end of a list: "A, B and C were"
        if mention.how == "description" and not mention.wording.lower().startswith(("his ", "her ", "their ")):
            continue
        group = _group(parsed, mention)
        before = parsed.tokens[mention.left - 1].low if mention.left else ""
        if group[-1].last == high and before == "," and group[0].how == mention.how:
            return group if mention.wording not in {"it", "him", "them"} else ()
    return ()


def _apposed_name(parsed: Parsed, mention: Mention, high: int) -> tuple[Mention, ...]:
    """ "An Australian, Jane Roe, aged 28, appeared": the name behind the comma is who is meant."""
    if mention.how != "description":
        return ()
    tokens = parsed.tokens
    if mention.last < high and tokens[mention.last].low in {",", "—", "–"}:
        named = parsed.starting(mention.last + 1)
        if (
            named
            and named.how == "name"
            and named.kind is PartyKind.PERSON
            and named.last <= high
            and not named.possessive
        ):
            group = _group(parsed, named)
            return group if mention.plural == (len(group) > 1) else ()
    return ()


def _with_far_partners(parsed: Parsed, found: tuple[Mention, ...], begin: int, at: int) -> tuple[Mention, ...]:
    """A plural verb behind one name: its partner stands behind an apposition ("A, a nurse, and B, a cook, were")."""
    plural = {"were", "are", "have"} & {t.low for t in parsed.tokens[begin:at]}
    if len(found) != 1 or not plural or found[0].plural or found[0].how != "name":
        return found
    partners = []
    for mention in parsed.mentions:
        if not found[0].last < mention.left <= mention.last <= begin or mention.how != "name" or mention.possessive:
            continue
        before = [t.low for t in parsed.tokens[max(0, mention.left - 7) : mention.left]]
        if (
            before[-1:] == ["and"]
            or "well" in before
            or (before[-1:] and before[-1] in words("person_nouns") | words("titles"))
        ):
            partners.append(mention)
    return (*found, *partners)


def _antecedent(parsed: Parsed, relative: int) -> tuple[Mention, ...]:
    """The mention that a relative pronoun at `relative` takes up; "aka ..." and ages between do not count."""
    people = parsed.tokens[relative].low in {"who", "whom"}
    before = [m for m in parsed.mentions if m.last <= relative and m.how != "pronoun"]
    for mention in reversed(before):
        if people and mention.how == "name" and mention.kind is not PartyKind.PERSON:
            continue
        lead = [t.low for t in parsed.tokens[max(0, mention.left - 3) : mention.left]]
        if {"aka", "a.k.a", "a.k.a.", "alias", "nicknamed"} & set(lead) or lead[-2:] == ["known", "as"]:
            continue
        if mention.possessive:
            continue
        return _listed_back(parsed, mention.inner or mention, relative)
    return ()


def _listed_back(parsed: Parsed, last: Mention, relative: int) -> tuple[Mention, ...]:
    """ "A and B, who were": both, where the verb is plural."""
    follow = parsed.tokens[relative + 1].low if relative + 1 < len(parsed.tokens) else ""
    if follow not in {"were", "are", "have", "both", "all", "pleaded", "pled"}:
        return (last,)
    for mention in parsed.mentions:
        if mention.last < last.left and mention.how == "name" and last in (group := _group(parsed, mention)):
            return group
    return (last,)


def _main_subject(parsed: Parsed, low: int, at: int) -> Attached | None:
    """ "After pleading guilty, A was sentenced"; "A fled when convicted": the subject of the main clause."""
    ahead = next((i for i in range(at, len(parsed.tokens)) if parsed.tokens[i].low == ","), None)
    if low <= 1 and ahead is not None:
        found = _first_free(parsed, ahead + 1, len(parsed.tokens))
        return Attached(found, "main_clause") if found else None
    start = _clause_start(parsed, max(0, low - 2))
    if any(w.at == start and w.kind == "relative" for w in parsed.walls):
        return None
    if start < low - 1:
        found = _first_free(parsed, start, low - 1)
        return Attached(found, "main_clause") if found else None
    return None


def _of_noun(parsed: Parsed, trigger: Trigger) -> Attached | None:
    at = parsed.token_at(trigger.span.start)
    owner = _possessor(parsed, at) if trigger.rule.stage not in {Stage.SUED, Stage.INVESTIGATED} else None
    if owner:
        return owner
    if trigger.rule.stage is not Stage.APPEALED or parsed.tokens[min(at + 1, len(parsed.tokens) - 1)].low == "by":
        linked = _linked(parsed, parsed.token_at(trigger.span.end - 1) + 1, trigger)
        if linked:
            return linked
    if trigger.rule.id in {"guilty_plea_noun", "not_guilty_plea_noun"}:
        return _subject(parsed, at, trigger)
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
            group = _group(parsed, mention)
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
        if low in {";", ":", ".", "—"} or low in words("relative"):
            return None
        if (
            low in strong
            or (low in _NOUN_LINKS and trigger.rule.id in {"indictment_noun", "investigation_noun"})
            or low in {"into", "accusing", "charging"}
        ):
            passive = i - at <= 3 and any(t.low in words("be") for t in tokens[at:i])
            if low in _CLOSE_LINKS and i - at > 1 and not passive:
                continue
            found = _object(parsed, i + 1, trigger.rule.stage in _CIVIL)
            if found and (low != "by" or trigger.rule.stage is Stage.APPEALED):
                return Attached(found, f"complement_{low}")
            if low == "against" and i - at < 8:
                return None
    return None


def _of_matter(parsed: Parsed, trigger: Trigger) -> Attached | None:
    first = parsed.token_at(trigger.span.start)
    last = parsed.token_at(trigger.span.end - 1) + 1
    suit = any("suit" in t.low or t.low == "complaint" for t in parsed.tokens[first:last])
    links = {"against", "for", "of", "involving"} | (
        {"by"} if any(t.low == "appeal" for t in parsed.tokens[first:last]) else set()
    )
    for i in range(first, min(len(parsed.tokens), last + 12)):
        low = parsed.tokens[i].low
        if i > first and (low in {";", ":", "."} or (i >= last and low in words("relative"))):
            break
        if low in links:
            found = _object(parsed, i + 1)
            if found and not found[0].authority:
                return Attached(found, f"complement_{low}")
            if low == "against":
                return Attached((), "unresolved")
        mention = next((m for m in parsed.mentions if m.first == i and m.possessive and m.wording != "its"), None)
        follow = {t.low for t in parsed.tokens[i + 1 : i + 4]}
        if i >= last and not follow & {"case", "trial", "retrial", "prosecution", "conviction", "sentence"}:
            continue
        if suit:  # whose lawsuit it is tells who sued
            continue
        if mention and not mention.authority and mention.how != "name":
            return Attached((mention,), "possessor", _agents(parsed, first))
        if mention and not mention.authority:
            return Attached(_group_back(parsed, mention), "possessor")
    return _possessor(parsed, first) if not suit else None


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
