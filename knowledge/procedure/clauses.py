"""Clause walls: where a modifier's reach and a subject's reach end.

A wall is kept by the index of the first token behind it. `hard` walls start a clause with a subject of its own;
`soft` walls join a second verb to the same subject ("was convicted and sentenced").
"""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.procedure.lexicon import words
from knowledge.procedure.tokens import Token

_PLURAL = frozenset("were are have".split())
_MARKS = frozenset({".", ";", ":", "—", "–", "(", ")", "“", "”", '"', "[", "]", "?"})


@dataclass(frozen=True, slots=True)
class Wall:
    """`at`: the first token of the new clause. `kind`: mark, subordinate, relative, speech, joined, soft, comma."""

    at: int
    kind: str

    @property
    def hard(self) -> bool:
        return self.kind not in {"soft", "comma"}


def walls(tokens: list[Token], subjects: set[int], ends: set[int]) -> list[Wall]:
    """The walls of one sentence, in order. `subjects`, `ends`: where mentions of somebody start and end (exclusive)."""
    found = []
    for i, token in enumerate(tokens):
        kind = _wall_kind(tokens, i, token, subjects, ends)
        if kind:
            found.append(Wall(i + 1, kind))
    return found


def _wall_kind(tokens: list[Token], i: int, token: Token, subjects: set[int], ends: set[int]) -> str | None:
    low = token.low
    if low in _MARKS:
        return None if _bracketed_age(tokens, i) else "mark"
    if low == ",":
        return "comma"
    if low in words("relative") and low != "that":
        return "relative"
    if low == "that" and _starts_clause(tokens, i + 1, subjects):
        return "subordinate"
    if low in {"before", "after", "since", "until"} and not (
        _opens_time_clause(tokens, i + 1, subjects) or _apposed_subject(tokens, i + 1, subjects, ends)
    ):
        return None
    if low in words("subordinators") and low != "that":
        return "subordinate" if low != "as" or _starts_clause(tokens, i + 1, subjects) else None
    if low in words("speech"):
        follow = tokens[i + 1].low if i + 1 < len(tokens) else ""
        counted = follow in {"at", "over", "about", "around", "between"} and i + 2 < len(tokens)
        number = counted and (
            tokens[i + 2].kind == "n" or tokens[i + 2].low in words("determiners") | {"least", "most"}
        )
        return "speech" if number or follow not in words("prepositions") else None
    if low == "but" and not (i + 1 < len(tokens) and _verbal(tokens[i + 1])):
        return "joined"
    if low == "nor":
        return None
    if low in {"and", "but", "or"}:
        own = _new_subject(tokens, i + 1, subjects, i in ends)
        inserted = i not in ends and _inserted_behind(tokens, i + 1, subjects, ends)
        return "joined" if own or inserted else _soft(tokens, i + 1)
    return None


def _bracketed_age(tokens: list[Token], i: int) -> bool:
    """ "Jane Roe (58), of Leeds, was": a number in brackets tells how old, and ends no clause."""
    opening = i if tokens[i].low == "(" else i - 2
    if opening < 0 or opening + 2 >= len(tokens):
        return False
    return [tokens[opening].low, tokens[opening + 1].kind, tokens[opening + 2].low] == ["(", "n", ")"]


def _opens_time_clause(tokens: list[Token], i: int, subjects: set[int]) -> bool:
    """ "after she was jailed", "after pleading"; not "before Judge Roe", "after a trial in Ohio"."""
    if i >= len(tokens) or tokens[i].low.endswith(("ing", "ed")) or _verbal(tokens[i]):
        return True
    return not _starts_clause(tokens, i, subjects) or _new_subject(tokens, i, subjects, listed=False)


def _apposed_subject(tokens: list[Token], i: int, subjects: set[int], ends: set[int]) -> bool:
    """ "after his partner, Jane Roe, was": a verb behind the comma that ends an apposition."""
    end = next((e for e in range(i + 1, min(len(tokens), i + 14)) if e in ends and tokens[e].low == ","), None)
    return i in subjects and end is not None and end + 1 < len(tokens) and _verbal(tokens[end + 1])


def _inserted_behind(tokens: list[Token], i: int, subjects: set[int], ends: set[int]) -> bool:
    """ "A was freed and B, the only one found guilty, was": a verb behind the comma that ends an insertion."""
    end = next((e for e in range(i + 1, min(len(tokens), i + 5)) if e in ends), None)
    if i not in subjects or end is None or end >= len(tokens) or tokens[end].low != ",":
        return False
    close = next((k for k in range(end + 1, min(len(tokens) - 1, end + 15)) if tokens[k].low == ","), None)
    if close is None or (tokens[close + 1].low in _PLURAL and all(t.capital for t in tokens[i:end])):
        return False  # "A, 40, and B, 41, were": a list
    return tokens[close + 1].low in words("be") | words("have") | words("modals")


def _starts_clause(tokens: list[Token], i: int, subjects: set[int]) -> bool:
    return i in subjects or (i < len(tokens) and tokens[i].low in words("determiners"))


def _soft(tokens: list[Token], i: int) -> str | None:
    return "soft" if i < len(tokens) and _verbal(tokens[i]) else None


def _verbal(token: Token) -> bool:
    low = token.low
    return low in words("be") | words("have") | words("modals") | words("do") | words("adverbs") or low.endswith("ed")


def _new_subject(tokens: list[Token], i: int, subjects: set[int], listed: bool) -> bool:
    """Whether a mention after the conjunction is soon followed by a verb: a clause, no mere list.

    listed: a mention stands right before the conjunction too; then only a singular verb makes a clause.
    """
    if not _starts_clause(tokens, i, subjects):
        return False
    for k, token in enumerate(tokens[i + 1 : i + 9], i + 1):
        if token.low in _PLURAL and all(t.capital or t.low == "." for t in tokens[i:k]):
            return False  # "A, 40, and B were": a list
        if token.low in words("be") | words("have") | words("modals") | words("do"):
            return not listed or token.low in {"was", "is", "has"}
        if token.kind == "p" or token.low in words("prepositions") | words("conjunctions"):
            return False
        if token.low.endswith("ed") and token.kind == "w" and not token.capital:
            return not listed
    return False
