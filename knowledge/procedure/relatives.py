"""Relative clauses and insertions: whom "who" takes up, and whose verb follows when the clause is over."""

from __future__ import annotations

from knowledge.model import PartyKind
from knowledge.procedure.lexicon import words
from knowledge.procedure.mentions import Mention
from knowledge.procedure.parsed import Parsed, clause_start, group_of, is_place
from knowledge.procedure.parties import of_a_place

_SET_APART = frozenset("except excluding besides unlike".split())


def antecedent(parsed: Parsed, relative: int) -> tuple[Mention, ...]:
    """The mention that a relative pronoun at `relative` takes up; "aka ..." and ages between do not count."""
    people = parsed.tokens[relative].low in {"who", "whom"}
    if relative > 1 and parsed.tokens[relative - 1].low in {"and", "but"} and people:
        earlier = next((i for i in range(relative - 2, 0, -1) if parsed.tokens[i].low == "who"), None)
        if earlier is not None and not any(t.low in {";", ":", "."} for t in parsed.tokens[earlier:relative]):
            return antecedent(parsed, earlier)  # "a teacher who used it to reach boys and who was"
    before = [m for m in parsed.mentions if m.last <= relative and m.how != "pronoun"]
    for mention in reversed(before):
        if people and mention.how == "name" and mention.kind is not PartyKind.PERSON:
            continue
        lead = [t.low for t in parsed.tokens[max(0, mention.left - 3) : mention.left]]
        if {"aka", "a.k.a", "a.k.a.", "alias", "nicknamed"} & set(lead) or lead[-2:] == ["known", "as"]:
            continue
        if mention.possessive or of_a_place(parsed.tokens, mention.left) or set_apart(parsed, mention):
            continue
        if not people and mention.inside and mention.kind is PartyKind.PERSON:
            return (mention.inside,)  # "head of Acme, which"
        named = next((m for m in before if m.how == "name" and m.last == mention.left - 1), None)
        if named and mention.how == "description" and parsed.tokens[mention.left - 1].low == ",":
            return (named,)  # "A, a nurse who"
        return _listed_back(parsed, mention.inner or mention, relative)
    return ()


def _listed_back(parsed: Parsed, last: Mention, relative: int) -> tuple[Mention, ...]:
    """ "A and B, who were": both, where the verb is plural."""
    follow = parsed.tokens[relative + 1].low if relative + 1 < len(parsed.tokens) else ""
    if follow not in {"were", "are", "have", "both", "all", "pleaded", "pled"}:
        return (last,)
    return _whole_list(parsed, last)


def _whole_list(parsed: Parsed, last: Mention) -> tuple[Mention, ...]:
    """The list of names that `last` ends, else `last` alone."""
    for mention in parsed.mentions:
        if mention.last < last.left and mention.how == "name" and last in (group := group_of(parsed, mention)):
            return group
    return (last,)


def over_insertion(parsed: Parsed, begin: int) -> tuple[Mention, ...]:
    """ "A, whose partner B, now in jail for what she did, writes to him, was": A, whom the clause is inserted behind.

    The verb stands right behind the comma that closes the insertion.
    """
    floor = max((w.at for w in parsed.walls if w.at <= begin and w.kind in {"mark", "joined"}), default=0)
    for wall in reversed(parsed.walls):
        opens = wall.at - 1
        if wall.at > begin or wall.at <= floor or wall.kind != "relative" or parsed.tokens[opens - 1].low != ",":
            continue
        if parsed.tokens[opens].low == "whose":
            own = next((m for m in parsed.mentions if wall.at <= m.left < begin and not m.possessive), None)
            commas = [i for i in range(own.last, begin - 1) if parsed.tokens[i].low == ","] if own else []
            apposed = own is not None and any(t.low == "," for t in parsed.tokens[own.left : own.first])
            if own and (own.last == begin - 1 if apposed else commas == [own.last]):
                return (own,)
        found = antecedent(parsed, opens)
        if found and {"were", "have", "both", "are"} & {t.low for t in parsed.tokens[begin : begin + 3]}:
            return (*_partner(parsed, found[-1]), *_whole_list(parsed, found[-1]))
        return _before_company(parsed, found[0]) or found if found else ()
    return ()


def _partner(parsed: Parsed, last: Mention) -> tuple[Mention, ...]:
    """ "A, who owned it, and B, who ran it, were": A, for B."""
    tokens = parsed.tokens
    if [t.low for t in tokens[max(0, last.left - 2) : last.left]] != [",", "and"]:
        return ()
    earlier = (
        m
        for m in reversed(parsed.mentions)
        if m.how == "name" and m.last + 1 < last.left and not m.possessive and tokens[m.last].low == ","
    )
    return tuple(m for m in earlier if tokens[m.last + 1].low in words("relative"))[:1]


def _before_company(parsed: Parsed, mention: Mention) -> tuple[Mention, ...]:
    """ "A, together with B, who ..., was": A."""
    lead = [t.low for t in parsed.tokens[max(0, mention.left - 3) : mention.left]]
    if not lead or lead[-1] not in words("prepositions") or "," not in lead:
        return ()
    comma = mention.left - len(lead) + max(i for i, low in enumerate(lead) if low == ",")
    return tuple(m for m in parsed.mentions if m.last == comma and m.how == "name" and not m.possessive)[:1]


def takes_up(parsed: Parsed, low: int, begin: int) -> bool:
    """Whether the verb at `begin` belongs to whom the relative pronoun before `low` takes up.

    So it does both in "A, who made B, was jailed" and in "the man who robbed B was jailed"; not in "whose brother B
    was jailed", "in which B was jailed", "which B appealed".
    """
    pronoun = parsed.tokens[low - 1].low
    governed = low > 1 and parsed.tokens[low - 2].low in words("prepositions")
    if pronoun == "whose" and any(m.left == low and m.last == begin - 1 for m in parsed.mentions):
        return False  # "whose company, Acme, was"
    if pronoun == "whose" or governed:
        return pronoun == "whose" and parsed.tokens[begin - 1].low == ","
    beside = any(m.left == low and m.last == begin and not m.possessive for m in parsed.mentions)
    return not beside


def after_opening_phrase(parsed: Parsed, low: int, begin: int) -> tuple[Mention, ...]:
    """ "Unlike B, who lied, A went on and was": A, behind the comma that ends the phrase which opens the clause."""
    start = clause_start(parsed, low - 2)
    if parsed.tokens[start].low not in words("prepositions"):
        return ()
    for mention in parsed.mentions:
        if low < mention.left and mention.last <= begin and parsed.tokens[mention.left - 1].low == ",":
            return () if mention.possessive or mention.authority or is_place(mention) else group_of(parsed, mention)
    return ()


def set_apart(parsed: Parsed, mention: Mention) -> bool:
    """ "all but A", "B, not A,", "other than A", "unlike A": just not A."""
    before = ["", "", *(t.low for t in parsed.tokens[: mention.left])][-2:]
    if before[1] in _SET_APART or (before[1] == "not" and before[0] in {",", "and", "but", "–", "—"}):
        return True
    if before[1] == "but":
        return before[0] in {"all", "everyone", "everybody", "none", "nobody", "anyone", "anybody", "one"}
    return before in (["other", "than"], ["rather", "than"], ["instead", "of"], ["apart", "from"])
