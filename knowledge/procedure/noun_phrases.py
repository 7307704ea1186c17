"""Where a phrase like "at least two former officers of Acme" begins and ends."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.procedure.lexicon import words
from knowledge.procedure.tokens import Token

QUANTIFIERS = frozenset(
    "some many most all two three four five six several both none one number dozens hundreds thousands scores".split()
)


_SUFFIXES = ("man", "woman", "men", "women", "ist", "ists", "er", "ers", "or", "ors", "ian", "ians")


def is_person_noun(token: Token) -> bool:
    """Whether the word names people by what they are or do: "officer", "co-founders", "protesters"."""
    low = token.low
    if low in words("person_nouns") | words("org_nouns") | words("authority_nouns"):
        return True
    head = low.rsplit("/", 1)[-1].rsplit("-", 1)[-1]
    if head in words("person_nouns"):
        return True
    return (
        low.endswith(_SUFFIXES)
        and len(low) > 5
        and not token.capital
        and not words("not_people") & {low, low.rstrip("s")}
    )


def is_plural(low: str) -> bool:
    return low in {
        "men",
        "women",
        "people",
        "children",
        "others",
        "pair",
        "couple",
        "duo",
        "trio",
        "police",
        "staff",
        "some",
        "many",
        "none",
        "execs",
    } or (low.endswith("s") and not low.endswith(("ss", "boss")))


def phrase_left(tokens: Sequence[Token], head: int) -> int:
    i = head
    while i > 0 and head - i < 7:
        token = tokens[i - 1]
        low = token.low
        if token.kind == "s":
            i -= 1
            continue
        if low in words("determiners") or token.kind == "n":
            return _determiners_left(tokens, i - 1)
        if low == "of" and i > 1 and tokens[i - 2].low in QUANTIFIERS:
            return _determiners_left(tokens, i - 2)
        if token.kind == "p" or low in words("be") | words("have") | words("modals") | words("do"):
            break
        if low in words("prepositions") | words("conjunctions") | words("subordinators") | words("relative") | words(
            "speech"
        ):
            break
        if low in words("adverbs") | words("pronouns_he") | words("pronouns_she") | words("pronouns_they") | {"guilty"}:
            break
        if low.endswith(("ed", "ing", "ly")) and not token.capital and not (i > 1 and _determines(tokens[i - 2])):
            break
        if low in words("days") | words("months") or _verb_like(low):
            break
        if i > 1 and tokens[i - 2].low == "to" and not token.capital and not low.endswith(("al", "ous", "ic", "ish")):
            break  # "to contact boys"
        i -= 1
    return i


def _determines(token: Token) -> bool:
    return (token.low in words("determiners") and token.low != "that") or token.kind in "ns" or token.low == "former"


def _determiners_left(tokens: Sequence[Token], i: int) -> int:
    """From one determiner to the first of those before it: "at least two of the three officers"."""
    while i > 0:
        low = tokens[i - 1].low
        if low == "that":
            break  # "said that her husband": the conjunction
        if low in words("determiners") or tokens[i - 1].kind == "n":
            i -= 1
        elif (low == "of" and i > 1 and tokens[i - 2].low in QUANTIFIERS | {"members", "executives", "owners"}) or (
            low in {"least", "most", "than"} and i > 1 and tokens[i - 2].low in {"at", "more", "fewer"}
        ):
            i -= 2
            if low != "of":
                break  # "since 2019 at least 40 users"
        else:
            break
    return i


def _verb_like(low: str) -> bool:
    return low in {
        "sentences",
        "jails",
        "convicts",
        "acquits",
        "sues",
        "fines",
        "arrest",
        "arrests",
        "convict",
        "acquit",
        "charge",
        "charges",
        "found",
        "find",
        "finds",
        "secure",
        "secured",
        "said",
        "hold",
        "held",
        "jail",
        "sue",
        "fine",
        "see",
        "saw",
        "was",
        "told",
        "pardons",
        "cleared",
        "gave",
        "include",
        "indicts",
        "indict",
        "sent",
        "put",
        "met",
    }


def complement_end(tokens: Sequence[Token], at: int, names: dict[int, int]) -> int:
    """ "owners of Acme", "users in 38 countries": what tells which people are meant."""
    begin = at
    if at + 2 < len(tokens) and tokens[at].low == "aged" and tokens[at + 1].kind == "n":
        begin = at + 2
    if begin + 1 >= len(tokens) or tokens[begin].low not in {"of", "at", "from"}:
        return begin
    at, follow = begin, begin + 1
    if tokens[follow].low in {"the", "a"} and follow + 1 < len(tokens):
        follow += 1
    for i in range(follow, min(len(tokens), follow + 5)):
        if i in names and (i == follow or tokens[i - 1].low not in {"staff", "sales", "operations", "state"}):
            return names[i]
        if i in names or tokens[i].kind == "p":
            return i
        if tokens[i].kind != "w" or not _plain_noun(tokens[i].low):
            break
    return at


def _plain_noun(low: str) -> bool:
    grammar = words("prepositions") | words("be") | words("relative") | words("have") | words("modals") | words("do")
    grammar |= words("adverbs") | words("conjunctions") | words("subordinators") | words("speech")
    return low not in grammar and not low.endswith("ed")
