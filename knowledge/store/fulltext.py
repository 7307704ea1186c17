"""Queries to FTS5, built from plain words. Pure: nothing here touches the database.

Every term is quoted, so no character of a question can act as an operator; a term of several words, a docket
number or a name with an apostrophe is found as a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

MAX_TERMS = 32
"""More than a question has; a pasted page is cut to this many."""

STOP_WORDS = frozenset(
    """a about after all also am an and any are as at be because been before being between both but by can
    could did do does doing during each ever few for from further had has have having he her here hers him his
    how i if in into is it its itself just let me more most my no nor not now of off on once only or other our
    out over own same say says said she should so some such than that the their them then there these they
    this those through to too under until up us very was we were what when where which while who whom whose
    why will with would you your""".split()
)

_POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")


def phrases(terms: Sequence[str]) -> list[str]:
    """The terms worth searching for, each as a quoted FTS5 phrase: no stop words, nothing twice, in order."""
    found: dict[str, None] = {}
    for term in terms:
        words = _WORD.findall(_POSSESSIVE.sub("", term).replace("_", " ").replace("\0", " "))
        if words and not all(word.lower() in STOP_WORDS for word in words):
            found.setdefault('"' + " ".join(words).lower() + '"')
        if len(found) == MAX_TERMS:
            break
    return list(found)


def expression(quoted: Sequence[str], share: Callable[[str], float], limit: float) -> str | None:
    """An OR of the phrases that occur in at most `limit` (0 to 1) of the passages; None if there is none.

    share: the share of passages that hold a phrase. Where every phrase is common, the rarest one is kept:
    slow, but better than finding nothing.
    """
    if not quoted:
        return None
    shares = {phrase: share(phrase) for phrase in quoted}
    rare = [phrase for phrase in quoted if shares[phrase] <= limit]
    return " OR ".join(rare or [min(quoted, key=lambda phrase: shares[phrase])])
