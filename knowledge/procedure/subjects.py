"""Who a verb is about when its subject stands before it: in the clause, over an apposition, or as an antecedent."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.model import PartyKind
from knowledge.procedure.lexicon import Frame, words
from knowledge.procedure.mentions import Mention
from knowledge.procedure.parsed import CIVIL, Attached, Parsed, clause_start, group_of, is_place, verb_group
from knowledge.procedure.relatives import after_opening_phrase, antecedent, over_insertion, set_apart, takes_up
from knowledge.procedure.triggers import Trigger

_PAIRED = {"—": "—–", "–": "—–", ")": "("}


_BEFORE_A_CLAUSE = frozenset(
    ", glad sure happy sorry certain confident aware relieved grateful thankful angry sad delighted pleased convinced"
    " unaware hopeful".split()
)
_WISHES = frozenset("want wants wanted see sees saw seen seeing watch watches watched watching have had get".split())


def subject_of(parsed: Parsed, at: int, trigger: Trigger) -> Attached | None:
    begin = verb_group(parsed.tokens, at)
    relative = begin - 1
    if relative >= 0 and parsed.tokens[relative].low in {"who", "which", "that", "whom"}:
        found = antecedent(parsed, relative)
        return Attached(found, "antecedent") if found else None
    low = clause_start(parsed, begin)
    if parsed.tokens[at].low.endswith("ing") and begin > 0 and parsed.tokens[begin - 1].low == ",":
        beside = next((m for m in parsed.mentions if m.last == begin - 1 and m.how == "name"), None)
        if beside and not beside.possessive:
            return _participle_after_comma(parsed, beside)
    if begin > 0 and parsed.tokens[begin - 1].low == "," and parsed.tokens[begin].low in {"having", "being"}:
        doer = first_free(parsed, 0, begin - 1)
        return Attached(doer if doer and doer[-1].last == begin - 1 else (), "participle")
    if begin > 0 and parsed.tokens[begin - 1].low == "," and parsed.tokens[begin].low in words("be") | words("have"):
        over = over_insertion(parsed, begin)
        if over:
            return Attached(over, "over_insertion")
    if begin == at and trigger.rule.frame is Frame.PATIENT:
        listed = _listed_ahead(parsed, at)
        if listed:
            return Attached(listed, "identified")
        reduced = _reduced(parsed, at)
        if reduced:
            return Attached(reduced, "reduced_relative")
        apposed = next((m for m in parsed.mentions if m.last == at - 1 and m.how == "name" and not m.possessive), None)
        if apposed and parsed.tokens[at - 1].low == ",":
            return _participle_after_comma(parsed, apposed)
    wall = next((w for w in reversed(parsed.walls) if w.at <= begin and w.at == low), None)
    if wall and wall.kind == "relative":
        behind = after_opening_phrase(parsed, low, begin)
        if behind:
            return Attached(behind, "after_opening_phrase")
    if wall and wall.kind == "relative" and takes_up(parsed, low, begin):
        found = antecedent(parsed, low - 1)
        found = _named_at_the_end(parsed, found, begin) or found
        return Attached(found, "antecedent") if found else None
    found = first_free(parsed, low, begin, trigger.rule.stage in CIVIL)
    if found:
        return Attached(_with_far_partners(parsed, found, begin, at), "subject")
    if wall and wall.kind == "relative":
        own = parsed.tokens[low - 1].low == "whose"
        found = () if own else antecedent(parsed, low - 1)
        return Attached(found, "antecedent") if found or own else None
    if wall and wall.kind == "mark" and parsed.tokens[low - 1].low in _PAIRED:
        found = _around_insertion(parsed, low - 1)
        return Attached(found, "around_insertion") if found else None
    if wall and wall.kind == "subordinate":
        return _main_subject(parsed, low, at)
    if low == 0 and parsed.tokens[begin].kind != "p":
        return _main_subject(parsed, low, at)
    return None


def _participle_after_comma(parsed: Parsed, name: Mention) -> Attached:
    """ "B replaced A, convicted of bribery": A. Behind "of A" or "with A" it may be either: nobody."""
    before = parsed.tokens[name.left - 1].low if name.left else ""
    if before in words("prepositions"):
        return Attached((), "ambiguous")
    lists = (group_of(parsed, m) for m in parsed.mentions if m.last < name.left and m.how == "name")
    return Attached(next((g for g in lists if name in g), (name,)), "participle")


def _around_insertion(parsed: Parsed, closing: int) -> tuple[Mention, ...]:
    """ "Three aides — A, B and C — had pleaded guilty": the names between the dashes, else who stands before."""
    opening = _PAIRED[parsed.tokens[closing].low]
    start = next((i for i in range(closing - 1, -1, -1) if parsed.tokens[i].low in opening), None)
    if start is None:
        return ()
    before = first_free(parsed, clause_start(parsed, start), start)
    inside = next((m for m in parsed.mentions if start < m.left and m.last <= closing), None)
    unnamed = not before or before[0].how == "description"
    if unnamed and inside and inside.how == "name" and inside.left == start + 1:
        group = group_of(parsed, inside)
        return group if before or group[-1].last == closing else ()
    return before


def _named_at_the_end(parsed: Parsed, found: tuple[Mention, ...], begin: int) -> tuple[Mention, ...]:
    """ "Two agents who led the case, A and B, were": A and B."""
    if len(found) != 1 or found[0].how != "description" or parsed.tokens[begin - 1].low != ",":
        return ()
    for mention in parsed.mentions:
        if mention.how != "name" or mention.left < found[0].last or parsed.tokens[mention.left - 1].low != ",":
            continue
        group = group_of(parsed, mention)
        if group[-1].last == begin - 1 and found[0].plural == (len(group) > 1):
            return group
    return ()


def _listed_ahead(parsed: Parsed, at: int) -> tuple[Mention, ...]:
    """ "Those convicted include A and B", "the first person jailed was A", "A is one of five people convicted"."""
    tokens = parsed.tokens
    head = next((m for m in parsed.mentions if m.last == at and m.how == "description"), None)
    left = head.left if head else at - 1
    lows = [t.low for t in tokens[max(0, left) : at]]
    ordinal = bool({"first", "last", "latest", "only", "second", "third"} & set(lows)) or lows[:2] == ["one", "of"]
    if lows != ["those"] and not (head and ordinal):
        return ()
    links = {"was", "were", "is", "are", "include", "included", "includes", "including"}
    for i in range(at + 1, min(len(tokens), at + 12)):
        if tokens[i].low in links:
            first = parsed.starting(i + 1)
            return group_of(parsed, first) if first and first.how == "name" and not first.possessive else ()
        if tokens[i].kind == "p" or any(m.left <= i < m.last and m.how != "pronoun" for m in parsed.mentions):
            break
    if head and left > 0 and tokens[left - 1].low in words("be") | {"became", "become"} and lows != ["those"]:
        return first_free(parsed, clause_start(parsed, left - 1), verb_group(tokens, left - 1))
    return ()


def _reduced(parsed: Parsed, at: int) -> tuple[Mention, ...]:
    """ "the release of prisoners arrested in May": a participle right behind the people it tells of."""
    for mention in parsed.mentions:
        if mention.last == at and mention.how == "description" and not mention.possessive and not mention.authority:
            before = parsed.tokens[mention.left - 1].low if mention.left else ""
            apposed = next((m for m in parsed.mentions if m.how == "name" and m.last == mention.left - 1), None)
            if before == "," and apposed and not apposed.possessive and not mention.plural:
                return (apposed,)
            return (mention,) if before in words("prepositions") | _WISHES | words("speech") else ()
        if mention.last == at and mention.how == "name" and not mention.possessive and mention.left:
            return (mention,) if parsed.tokens[mention.left - 1].low in {"with", *_WISHES} else ()
    return ()


def first_free(parsed: Parsed, low: int, high: int, civil: bool = False) -> tuple[Mention, ...]:
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
        if is_place(mention) or set_apart(parsed, mention):
            continue
        behind_wall = 0 < mention.left == low and parsed.tokens[low - 1].low in words("subordinators")
        if mention.left > 0 and not behind_wall and _governed(parsed, mention, low):
            continue
        if opening_phrase and mention.left > low and not _behind_comma(parsed, low, mention.left):
            continue
        subject_it = mention.wording == "it" and mention.last == high
        if mention.how == "pronoun" and mention.wording in {"it", "him", "them"} and not subject_it:
            continue
        best = mention
        break
    if best is None:
        return ()
    group = group_of(parsed, best)
    if best.how == "description" and best.plural:
        group = (*group, *_included(parsed, best, high))
    apposed = _apposed_name(parsed, best, high)
    return apposed or group


def _governed(parsed: Parsed, mention: Mention, low: int) -> bool:
    """Whether a preposition stands before the mention, or before its article: "in the Roe case"."""
    before = mention.left - 1
    if before > low and parsed.tokens[before].low in {"the", "a", "an"} and mention.how == "name":
        before -= 1
    return parsed.tokens[before].low in words("prepositions")


def _included(parsed: Parsed, group: Mention, high: int) -> tuple[Mention, ...]:
    """ "Six men, including A and B, were acquitted": A and B too."""
    tokens = parsed.tokens
    for i in range(group.last, high):
        if tokens[i].low == "including" or (tokens[i].low == "them" and tokens[i - 1].low == "among"):
            first = next((m for m in parsed.mentions if m.left > i and m.last <= high and m.how == "name"), None)
            if first and not is_place(first) and not first.possessive and first.left - i < 4:
                return group_of(parsed, first)
    return ()


def _behind_comma(parsed: Parsed, low: int, at: int) -> bool:
    """Whether an opening phrase ("In May,", "In 2008") is over before token `at`."""
    before = parsed.tokens[low:at]
    if any(t.low == "," for t in before):
        return True
    return bool(before) and (before[-1].kind == "n" or before[-1].low in words("months") | words("days"))


def _adjacent(parsed: Parsed, inside: Sequence[Mention], high: int) -> tuple[Mention, ...]:
    """ "their site was raided, A and B were arrested": names behind a comma, right before the verb."""
    for mention in inside:
        if mention.possessive or mention.authority or is_place(mention):
            continue
        if any(m.last == mention.left - 1 and m.how == "name" for m in inside):
            continue  # the end of a list: "A, B and C were"
        earlier = (m for m in inside if m.how == "name" and m.last < mention.left and not m.possessive)
        if mention.how == "name" and any(mention in group_of(parsed, m) for m in earlier):
            continue  # "A, 40, B, 41, and C were"
        if mention.how == "description" and not mention.wording.lower().startswith(("his ", "her ", "their ")):
            continue
        group = group_of(parsed, mention)
        before = parsed.tokens[mention.left - 1].low if mention.left else ""
        apposed = mention.last == high - 1 and any(t.low == "," for t in parsed.tokens[mention.left : mention.first])
        if apposed and mention.left and parsed.tokens[high - 1].low == "," and not _joins_on(before):
            return (mention,)  # "the year her predecessor, Roe, was"
        if group[-1].last == high and before in _BEFORE_A_CLAUSE and group[0].how == mention.how:
            return group if mention.wording not in {"it", "him", "them"} else ()
    return ()


def _joins_on(before: str) -> bool:
    return before in words("prepositions") | words("conjunctions") | {",", "whose"}


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
            and (named.kind is PartyKind.PERSON or named.kind is mention.kind)
            and named.last <= high
            and not named.possessive
        ):
            group = group_of(parsed, named)
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


def _main_subject(parsed: Parsed, low: int, at: int) -> Attached | None:
    """ "After pleading guilty, A was sentenced"; "A fled when convicted": the subject of the main clause."""
    ahead = next((i for i in range(at, len(parsed.tokens)) if parsed.tokens[i].low == ","), None)
    own = [t.low for t in parsed.tokens[low : verb_group(parsed.tokens, at)]]
    if low <= 1 and ahead is not None:
        if words("determiners") & set(own):
            return None  # "The former was convicted, said Roe"
        if any(low <= m.left < at and m.how == "name" for m in parsed.mentions):
            return None  # "With A convicted, B took over": not B
        found = first_free(parsed, ahead + 1, len(parsed.tokens))
        return Attached(found, "main_clause") if found else None
    start = clause_start(parsed, max(0, low - 2))
    if any(w.at == start and w.kind == "relative" for w in parsed.walls):
        if parsed.tokens[start - 1].low != "who" or any(start <= m.left < at for m in parsed.mentions):
            return None
        taken = antecedent(parsed, start - 1)  # "A, who left after being convicted"
        return Attached(taken, "antecedent") if taken else None
    if start < low - 1:
        found = first_free(parsed, start, low - 1)
        return Attached(found, "main_clause") if found else None
    return None
