"""One sentence with its mentions and walls, and what is beside what in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.model import PartyKind, Stage
from knowledge.procedure.clauses import Wall
from knowledge.procedure.lexicon import words
from knowledge.procedure.mentions import Mention
from knowledge.procedure.tokens import Token

_NOT_OBJECT = frozenset(
    "yesterday today tomorrow last this next monday tuesday wednesday thursday friday saturday sunday".split()
)


_APPOSITION = 8
"""Words of the longest apposition that a list of names goes on behind."""
_CONJUNCTIONS = frozenset("and but that while".split())
CIVIL = frozenset(
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


def verb_group(tokens: Sequence[Token], at: int) -> int:
    """Index of the first auxiliary, adverb or negation directly before the verb at `at`."""
    i = at
    while i > 0 and at - i < 7:
        low = tokens[i - 1].low
        if i > 1 and tokens[i - 1].capital:
            break
        if low in {"both", "all", "each"} and (
            i < 2 or tokens[i - 2].kind == "p" or tokens[i - 2].low in _CONJUNCTIONS
        ):
            break  # "Both pleaded guilty": the subject; not in "they both pleaded guilty"
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


def object_at(parsed: Parsed, at: int, civil: bool = False) -> tuple[Mention, ...]:
    """The mention that starts at or right behind token `at`."""
    tokens = parsed.tokens
    i = at
    while i < len(tokens) and i - at < 3:
        low = tokens[i].low
        mention = parsed.starting(i)
        if mention and mention.head == "others" and tokens[at - 1].low in {"on", "of"}:
            return ()  # "deadlocked on 84 others": counts
        if mention and (civil or not mention.authority) and not (mention.possessive and mention.how == "pronoun"):
            return () if mention.possessive else group_of(parsed, mention)
        if low in _NOT_OBJECT or tokens[i].kind == "p" or low in words("prepositions"):
            return ()
        i += 1
    return ()


def group_of(parsed: Parsed, first: Mention) -> tuple[Mention, ...]:
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
            if nxt.owner and nxt.kind is PartyKind.ORGANISATION and group[-1].kind is PartyKind.PERSON:
                return (nxt,)  # "A and B's company"
            if nxt.how == "description" and between == [","] and group[-1].how == "name":
                continue  # perhaps "A, the founder of B, and C"
            if between == [","] and len(group) > 1 and group[-1].how == "description" and nxt.how == "name":
                group[-1] = nxt  # "A and her husband, B,"
                continue
            group.append(nxt)
        elif _over_apposition(parsed, group[-1], nxt):
            group.append(nxt)
        elif len(between) > _APPOSITION + 3:
            break
    return _settle(group, parsed)


def _over_apposition(parsed: Parsed, last: Mention, nxt: Mention) -> bool:
    """ "A, 43, and B", "A, of Leeds, and B", "A, the founder of C, and B": one list, where B has no verb of its own."""
    tokens = parsed.tokens
    lows = [t.low for t in tokens[last.last : nxt.left]]
    if last.how != "name" or nxt.possessive or nxt.how == "pronoun" or nxt.authority or lows[:1] != [","]:
        return False
    behind = tokens[nxt.last].low if nxt.last < len(tokens) else "."
    verbs = words("speech") | {"was", "is", "has", "had", "will"}
    ends = words("prepositions") | {",", ".", ";", ")", "were", "have", "are", "and", "pleaded", "both"}
    if behind not in ends or any(e.official for e in nxt.entities):
        return False
    if any(w.at == nxt.left and w.kind == "joined" for w in parsed.walls):
        return False
    aged = len(lows) >= 3 and tokens[last.last + 1].kind == "n"
    if len(lows) == 3 and aged and lows[2] == ",":
        return nxt.how == "name"
    if lows[-2:] != [",", "and"] or not 4 <= len(lows) <= _APPOSITION + 3:
        return False
    inner = lows[1:-2]
    opens = aged or inner[0] in words("determiners") | {"of", "from", "aged", "formerly"}
    return opens and not set(inner) & (words("relative") | words("be") | words("have") | verbs | {",", "and", "or"})


def _settle(group: list[Mention], parsed: Parsed) -> tuple[Mention, ...]:
    """ "the co-founders, A and B": the names say who the description means. A bare comma is apposition, no list."""
    if len(group) > 1 and group[0].how == "description":
        names = [m for m in group[1:] if m.how == "name" and m.kind is PartyKind.PERSON]
        comma = parsed.tokens[group[0].last].low == "," if group[0].last < len(parsed.tokens) else False
        if comma and group[0].kind is PartyKind.ORGANISATION and group[1].kind is PartyKind.PERSON:
            return (group[0],)
        if comma and names and group[1].how == "name":
            return tuple(group[1:]) if group[0].plural == (len(group) > 2) else (group[0],)
    if len(group) > 1 and not _coordinated(parsed, group):
        return (group[0],)
    return tuple(group)


def _coordinated(parsed: Parsed, group: list[Mention]) -> bool:
    tokens = parsed.tokens[group[0].last : group[-1].left]
    return any(t.low in {"and", "or", "nor", "&", "along", "as", "together"} for t in tokens)


def clause_start(parsed: Parsed, at: int) -> int:
    return max((w.at for w in parsed.walls if w.hard and w.at <= at), default=0)


def is_place(mention: Mention) -> bool:
    return bool(mention.entities) and mention.entities[0].place
