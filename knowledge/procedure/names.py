"""Runs of capitalised words that name somebody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.procedure.lexicon import words
from knowledge.procedure.tokens import Token

if TYPE_CHECKING:
    pass


OF_HEADS = frozenset(
    "department court courts bank bureau ministry university state city district house republic office board college"
    " institute association society church archdiocese diocese commonwealth county kingdom people secretary".split()
)


_OFFICES = frozenset(
    "commission department ministry administration agency services authority bureau office committee council".split()
)


PARTICLES = frozenset("de da di du del della van von der den bin ibn al el la le y dos das ter ten st".split())


GENERATIONS = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


@dataclass(frozen=True, slots=True)
class NameRun:
    """A run of capitalised words, tokens `first` <= i < `last`, its titles cut off. `title`: the words cut."""

    first: int
    last: int
    name: str
    title: str
    left: int


def name_runs(tokens: Sequence[Token], *, knows: Callable[[str], bool] | None = None) -> list[NameRun]:
    """The names of a sentence. In a headline in title case only names that `knows` already."""
    if knows is not None and is_title_case(tokens):
        return _known_runs(tokens, knows)
    runs = []
    i = 0
    while i < len(tokens):
        if not _opens_name(tokens, i):
            i += 1
            continue
        last = _run_end(tokens, i)
        run = _trimmed(tokens, i, last)
        if run:
            runs.append(run)
        i = last
    return runs


def is_title_case(tokens: Sequence[Token]) -> bool:
    """Whether most longer words are capitalised, as in a headline."""
    long = [t for t in tokens if t.kind == "w" and len(t.text) > 3]
    if not 4 <= len(long) <= 25 or any(t.low.endswith((".", "!", "?")) for t in tokens[-2:]):
        return False
    return sum(t.text[0].isupper() for t in long) > 0.7 * len(long)


def _opens_name(tokens: Sequence[Token], i: int) -> bool:
    token = tokens[i]
    if not token.capital or token.low in words("stop_initial"):
        return False
    return not _calendar(tokens, i)


def _calendar(tokens: Sequence[Token], i: int) -> bool:
    low = tokens[i].low
    if low in words("days"):
        return True
    if low in words("months"):
        return low not in {"may", "april", "june", "august", "march"} or not (
            i + 1 < len(tokens) and tokens[i + 1].capital and tokens[i + 1].low not in words("days")
        )
    return False


def _run_end(tokens: Sequence[Token], i: int) -> int:
    end = i + 1
    while end < len(tokens):
        token = tokens[end]
        if (
            (
                token.capital
                and not _calendar(tokens, end)
                and (token.low not in words("stop_initial") or token.text.endswith(".") or _may_be_name(token))
            )
            or token.low in GENERATIONS
            or _joins(tokens, i, end)
        ):
            end += 1
        elif token.low == "," and end + 1 < len(tokens) and tokens[end + 1].low in GENERATIONS | words("suffixes"):
            end += 2
        else:
            break
    while end > i + 1 and not tokens[end - 1].capital and tokens[end - 1].low not in GENERATIONS:
        end -= 1
    return end


def _may_be_name(token: Token) -> bool:
    """A capital inside a run is a name even where the word is common ("Max Born"), save for words of grammar."""
    grammar = words("determiners") | words("prepositions") | words("conjunctions") | words("subordinators")
    verbs = words("be") | words("have") | words("do") | words("modals")
    return len(token.low) > 3 and token.low not in grammar | verbs | words("relative") | words("speech")


def _joins(tokens: Sequence[Token], first: int, i: int) -> bool:
    if i + 1 >= len(tokens):
        return False
    nxt = tokens[i + 1]
    low = tokens[i].low
    if low in PARTICLES and (nxt.capital or (nxt.low in PARTICLES and i + 2 < len(tokens) and tokens[i + 2].capital)):
        return True
    if low in {"of", "for"} and tokens[i - 1].low in OF_HEADS | words("org_words"):
        return nxt.capital or (nxt.low == "the" and i + 2 < len(tokens) and tokens[i + 2].capital)
    if low == "the" and tokens[i - 1].low in {"of", "for"}:
        return nxt.capital
    if low == "and" and nxt.capital and (i - first == 1 or tokens[i - 2].low in {"of", "for"}):
        return any(t.low in _OFFICES for t in tokens[i + 1 : i + 4] if t.capital)
    return low == "&" and nxt.capital


def _trimmed(tokens: Sequence[Token], first: int, last: int) -> NameRun | None:
    """Titles, demonyms and leading roles cut from the front of a run: "Prime Minister Jane Roe" is Jane Roe."""
    left = first
    cut = first
    for i in range(first, last - 1):
        low = tokens[i].low
        office = words("titles") | words("official_titles") | (words("person_nouns") - {"head", "some"})
        if (low in office and not _org_run(tokens, i + 1, last)) or (low in words("demonyms") and i == cut):
            cut = i + 1
    title = " ".join(t.low for t in tokens[left:cut])
    while cut < last and tokens[cut].low in words("demonyms") and last - cut == 1:
        return None
    parts = tokens[cut:last]
    if not parts or (len(parts) == 1 and (parts[0].low in words("titles") or parts[0].low in words("person_nouns"))):
        return None
    return NameRun(cut, last, _joined(parts), title, left)


def _org_run(tokens: Sequence[Token], first: int, last: int) -> bool:
    return any(t.low in words("org_words") or t.low in OF_HEADS for t in tokens[first:last])


def _joined(parts: Sequence[Token]) -> str:
    text = ""
    at = parts[0].start
    for part in parts:
        text += (" " if part.start > at else "") + part.text
        at = part.end
    return text


def _known_runs(tokens: Sequence[Token], knows: Callable[[str], bool]) -> list[NameRun]:
    runs = []
    i = 0
    while i < len(tokens):
        size = next(
            (
                n
                for n in range(min(6, len(tokens) - i), 0, -1)
                if tokens[i].kind in "wao" and knows(_joined(tokens[i : i + n]))
            ),
            0,
        )
        if size:
            runs.append(NameRun(i, i + size, _joined(tokens[i : i + size]), "", i))
        i += size or 1
    return runs
