"""Where the wording of an offence ends.

The shortest wording that names the offence is wanted: the noun or action with what belongs to its name ("with intent
to distribute", "in persons"), not whom, where, when, how or what for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from knowledge.procedure.counts import COUNTS_OF
from knowledge.procedure.lexicon import words
from knowledge.procedure.offences import is_offence
from knowledge.procedure.tokens import Token

CALENDAR = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul"
    " aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday".split()
)
ENDERS = frozenset(
    "after before during since until till while when where who whom whose which because as if unless than although"
    " though despite amid following but yet nor so through throughout via between among near around about at upon"
    " last next this yesterday today tonight tomorrow earlier later ago together along albeit alongside instead"
    " according under over up down out off back who's him them they he she it i we you there here not also both"
    " early late only just still now then once again too respectively relating related involving linked tied connected"
    " stemming arising dating pertaining surrounding concerning regarding committed carried brought filed causing"
    " leading resulting using including allegedly that stem stems stemmed came comes began begins started ended"
    " sparked prompted drew shocked followed continues carries carry told says said faces faced received receives"
    " saw went took gave fled lost won left made paid found held sent ran led fell became spent served sued wept stood"
    " deadlocked handed got gets pleaded plead pled".split()
)
_PARTICIPLES = frozenset(
    "attempted aggravated related unlicensed unlicenced unauthorized unauthorised unregistered undeclared organized"
    " organised armed alleged assisted continued computerized controlled protected classified stolen prohibited"
    " unprovoked forced repeated coordinated restricted cyber-related drug-related fraud-related sex-related"
    " unlawful indecent wicked concealed loaded trade-based mixed privileged confidential copyrighted pirated"
    " counterfeited intended premeditated used banned listed sanctioned embargoed proscribed trusted".split()
)
_TO_VERB = re.compile(
    r"conspir\w+|attempt\w*|intent|agree\w*|schem\w+|plot\w*|fail\w*|refus\w+|solicit\w*|incit\w+|encourag\w+|"
    r"help\w*|aid\w*|try\w*|tried|plan\w*|threat\w*|offer\w*|induc\w+|entic\w+|coerc\w+|seek\w*|sought|hir\w+|caus\w+|"
    r"trying|duty|order\w*|licen[cs]e|travell?ing|using|use|abett\w+|racketeering conspiracy",
    re.IGNORECASE,
)
_TO_NOUN = re.compile(
    r"cruelty|lying|lied|lie|statements?|harm|damages?|violence|access|support|selling|sale|sales|supply\w*|"
    r"providing|giving|offering|paying|payments?|bribes?|bribing|injury|threats?|danger|aid|assistance|disclosing|"
    r"leaking|passing|distributing|accessory|incitement|contributing|entry|declarations?|submitting|relat\w+",
    re.IGNORECASE,
)
_IN_AFTER = re.compile(
    r"traffick\w*|complicit\w*|deal\w*|trad\w+|engag\w+|participat\w+|assist\w*|interven\w+|break\w*|conspir\w+",
    re.IGNORECASE,
)
_IN_THESE = frozenset(
    {"aid", "interstate", "foreign", "possession", "persons", "people", "humans", "front", "firearms", "drugs"}
)
_WITH_AFTER = re.compile(
    r"tamper\w*|interfer\w*|collud\w+|collusion|meddl\w+|intercourse|sex|consort\w*", re.IGNORECASE
)
_WITH_THESE = re.compile(r"(?:an?\s)?(?:\w+\s)?(?:intent|weapon|firearm|gun|knife|violence|force)\b", re.IGNORECASE)
_BY_THESE = re.compile(
    r"(?:false|deception|dangerous|careless|abus\w+|means|force|threats?|fraud\w*|finding|strangulation|wire|"
    r"computer|intimidation|coercion|driving|unlicensed|negligen\w+)\b",
    re.IGNORECASE,
)
_WITHOUT_THESE = re.compile(
    r"(?:an?\s|the\s)?(?:\w+\s)?(?:licen[cs]es?|regist\w+|permits?|authori\w+)\b", re.IGNORECASE
)
_FOR_THESE = re.compile(r"(?:hire|profit|ransom|prostitution|sexual|financial gain|terroris\w+)\b", re.IGNORECASE)
_AGAINST_THESE = re.compile(r"(?:humanity|women|children|minors|nature|public|the (?:state|person|public))\b", re.I)
_LAW = re.compile(
    r"(?:acts?|laws?|code|statutes?|convention|sanctions|order|regulations|rules?|fraud|fund|program\w*)$"
)
_JOINT = re.compile(r"(?:aiding|abetting|reckless disregard|battery\b|entering\b|disorderly\b)", re.IGNORECASE)
"""What is one offence together with what "and" joins it to: "promotion of X and reckless disregard of Y"."""
_SPANS = frozenset("years months weeks days decades".split())
_SAME_TIME = re.compile(r"(?:the|that|this|the very)\s(?:same|following|next|previous|prior)\b", re.IGNORECASE)
SHARED_HEAD = re.compile(
    r"^(?P<one>wire|mail|bank|tax|securities|mortgage|insurance|visa|commodities|drug|arms|human|sex)"
    r"\s(?:and|or)\s(?P<other>wire|mail|bank|tax|securities|mortgage|insurance|visa|commodities|drug|arms|human|sex)"
    r"\s(?P<head>fraud|trafficking|smuggling)$",
    re.IGNORECASE,
)
NEW_CLAUSE = frozenset("he she they it we i who which that there his her their its".split())


_NOT_ACTIONS = frozenset(
    "being having during following according including pending sentencing building evening morning meeting hearing"
    " alleging saying claiming adding arguing citing accusing ordering ending leaving bringing leading resulting"
    " sending prompting sparking facing becoming marking concluding rejecting finding telling noting calling"
    " capping stemming arising relating involving charging concerning regarding using working serving seeking"
    " asking owing pleading proceeding ruling filing briefing everything nothing something anything king".split()
)


def is_action(worded: str) -> bool:
    """ "torturing", "knowingly selling": a deed as an -ing form."""
    match = re.match(r"(?:[a-z]+ly\s)?(?P<verb>[A-Za-z]{3,}ing)\b", worded)
    return bool(match) and match["verb"].lower() not in _NOT_ACTIONS if match else False


def end_of(text: str, tokens: Sequence[Token], start: int) -> int:
    """The end of the offence that starts at `start`, in characters."""
    inside = [t for t in tokens if t.start >= start]
    last = 0
    while last < len(inside) and _belongs(text, inside, last, start):
        last += 1
    while last and _dangles(inside[last - 1]):
        last -= 1
    return inside[last - 1].end if last else start


def _dangles(token: Token) -> bool:
    return token.low in words("prepositions") | words("conjunctions") | {
        "the", "a", "an", "some", "his", "her", "their", "its", "no", "any", "as", "'s", "all", ",", "more", "less", "§"
    }  # fmt: skip


def _belongs(text: str, tokens: Sequence[Token], i: int, start: int) -> bool:
    """Whether token `i` is still part of the offence that the tokens before it began."""
    token = tokens[i]
    before = tokens[i - 1] if i else None
    if token.kind == "p":
        force = token.text == "," and re.match(
            r",\s(?:fraud|threats?)(?:,? (?:or|and)|,) coercion", text[token.start :]
        )
        return bool(force) or token.text in {"/", "&", "§", "'", "’"}
    if token.kind == "s":
        return True
    low = token.low
    if before is None:
        return not (low in CALENDAR and token.capital)
    if token.text in {"U.S.C.", "USC"} or (before.low == "or" and low in {"more", "less"}):
        return True
    if low in {"and", "or"}:
        return _joins_on(text, tokens, i, start)
    if low in ENDERS or low in words("be") | words("have") | words("modals") | words("do") | words("relative"):
        return low in {"related", "over", "under", "up", "off", "out"} and _particle(tokens, i)
    if before.low == "commit" and re.match(r"the same\b", text[token.start :]):
        return True
    if (
        (_SAME_TIME.match(text, token.start) and before.low != "the")
        or low in _SPANS
        or (low in CALENDAR and token.capital)
    ):
        return False
    if low in words("prepositions") or low in {"without", "within"}:
        return _takes(text, tokens, i, start)
    if token.kind == "n":
        return not _names_one(text[start : before.end]) and not re.fullmatch(r"(?:19|20)\d\d", token.text)
    if low in {"his", "her", "their", "our", "my", "your", "its"}:
        return _object_follows(tokens, i) and not _names_one(text[start : before.end])
    if low in words("determiners"):
        return _object_follows(tokens, i) or (before.low == "commerce" and not _names_one(text[start : before.end]))
    if low.endswith("ed") and token.kind == "w" and low not in _PARTICIPLES and _names_one(text[start : before.end]):
        return _object_follows(tokens, i)
    return not token.capital or _capital_belongs(text, tokens, i, start)


def _particle(tokens: Sequence[Token], i: int) -> bool:
    """ "covering up", "setting off", "drug-related": the small word is part of the verb before it."""
    verb = tokens[i - 1].low
    infinitive = i > 1 and tokens[i - 2].low == "to"
    known = re.match(r"(?:cover|set|carr|blow|pass|sell|hand|tak|tip|ripp|turn)", verb)
    return bool(known) and (infinitive or verb.endswith("ing"))


def _object_follows(tokens: Sequence[Token], i: int) -> bool:
    """Whether the token before `i` is a preposition or a verb that an object may follow."""
    before = tokens[i - 1]
    if before.low in words("prepositions"):
        return True
    infinitive = i > 1 and tokens[i - 2].low == "to"
    return infinitive or (before.low.endswith("ing") and not _noun_ing(before.low))


@cache
def _noun_ing(low: str) -> bool:
    """ "laundering", "trafficking", "hacking" as the last word of a noun: no object need follow."""
    return low in {"trafficking", "racketeering", "price-fixing", "spamming", "phishing", "pandering", "pimping"}


def _names_one(worded: str) -> bool:
    """Whether the words so far name an offence already, a conspiracy or attempt to do it aside."""
    rest = re.sub(r"^(?:conspir\w+|attempt\w*)\s+(?:with\s\w+\s)?(?:to|of)\s+", "", worded, flags=re.IGNORECASE)
    return is_offence(rest)


def _takes(text: str, tokens: Sequence[Token], i: int, start: int) -> bool:
    """Whether the preposition at `i` and what follows it are part of the offence's name."""
    token, before = tokens[i], tokens[i - 1]
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None or after.kind == "p":
        return False
    worded, ahead = text[start : before.end], text[after.start :]
    named = _names_one(worded)
    if token.low == "of":
        if after.kind == "n" or re.match(r"(?:two|three|four|five|six|seven|eight|nine|ten)\b", ahead):
            return not named
        return not (named and after.capital and not _legal_name(tokens, i + 1))
    if token.low == "to":
        return _takes_to(text, tokens, i)
    if token.low in {"in", "into"}:
        known = bool(_IN_AFTER.fullmatch(before.low)) or after.low in _IN_THESE or token.low == "into"
        return known and not after.capital and after.kind != "n"
    if token.low == "with" and before.low.startswith("conspir") and re.match(r"(?:[a-z’']+\s){1,4}to\s[a-z]", ahead):
        return True
    for word, following in _FOLLOWED.items():
        if token.low == word:
            return bool(following.match(ahead)) or (word == "with" and bool(_WITH_AFTER.fullmatch(before.low)))
    if token.low in {"on", "from"} and not after.capital:
        assault = token.low == "on" and before.low in {"assault", "attack", "attacks", "assaults", "spying"}
        return assault or (not named and after.kind == "w")
    return False


_FOLLOWED = {
    "with": _WITH_THESE,
    "by": _BY_THESE,
    "without": _WITHOUT_THESE,
    "for": _FOR_THESE,
    "against": _AGAINST_THESE,
}


def _takes_to(text: str, tokens: Sequence[Token], i: int) -> bool:
    """ "conspiracy to launder", "cruelty to animals"; not "fraud to finance a boat", "fraud to which she"."""
    before, after = tokens[i - 1], tokens[i + 1]
    if after.low in words("relative"):
        return False
    if _TO_VERB.fullmatch(before.low) and after.kind == "w" and not after.capital:
        return True
    if after.capital and _TO_VERB.fullmatch(before.low) and before.capital:
        return True  # title case: "Conspiracy to Commit Wire Fraud"
    if _TO_NOUN.fullmatch(before.low):
        return not after.capital or before.low in {"lying", "lied", "lie", "statements", "statement"}
    conspired = re.match(r"conspir\w+\swith\b", text[tokens[0].start : before.end], re.IGNORECASE)
    return bool(conspired)


def _joins_on(text: str, tokens: Sequence[Token], i: int, start: int) -> bool:
    """Whether "and" joins two parts of one offence, rather than two offences or two clauses."""
    if i + 1 >= len(tokens):
        return False
    before, after = tokens[i - 1], tokens[i + 1]
    ahead = text[after.start : after.start + 160]
    worded = text[start : before.end]
    if _JOINT.match(ahead):
        return True
    if i + 2 < len(tokens) and SHARED_HEAD.match(text[start : tokens[i + 2].end]):
        return True
    if after.low in {"more", "less"} and before.kind == "n":
        return True
    if re.match(r"(?:to|with|of|on|for)\b", ahead) or after.kind != "w" or after.low in NEW_CLAUSE:
        return False
    if after.low in words("determiners") | words("be") | words("have") | words("modals") | words("do") | ENDERS:
        return False
    if re.match(r"conspir\w+\sto\scommit\b", worded, re.IGNORECASE) and "," not in worded:
        return is_offence(ahead.split(",")[0][:40]) and not COUNTS_OF.match(ahead) and not is_action(ahead)
    if _opens_alone(ahead):
        return len(worded.split()) == 1 and not is_action(worded) and not is_offence(worded)
    if after.low.endswith("ed") and after.low not in _PARTICIPLES:
        return False
    return not after.capital and not _verb_soon(tokens, i + 1)


def _opens_alone(ahead: str) -> bool:
    words_ahead = re.split(r"[,.;]|\s(?:and|or|who|which|was|were|has|had|is)\s", ahead)[0].split()
    lead = " ".join(words_ahead[:5])
    return is_offence(lead) or is_action(lead) or bool(COUNTS_OF.match(ahead))


def _verb_soon(tokens: Sequence[Token], i: int) -> bool:
    """Whether a finite verb comes before the next mark: "and lawyers were paid"."""
    for token in tokens[i : i + 6]:
        if token.kind == "p" or token.low in words("prepositions"):
            return False
        if token.low in words("be") | words("have") | words("modals") | words("do") | ENDERS:
            return True
        if token.low.endswith("ed") and token.low not in _PARTICIPLES:
            return True
    return False


def _capital_belongs(text: str, tokens: Sequence[Token], i: int, start: int) -> bool:
    """A capital is part of a law's name or an adjective, or all is in title case; else it is whom or where."""
    if tokens[0].capital and all(t.capital or t.low in words("prepositions") or t.kind != "w" for t in tokens[:i]):
        return is_offence(text[start : tokens[i].end]) or not _names_one(text[start : tokens[i - 1].end])
    return _legal_name(tokens, i)


def _legal_name(tokens: Sequence[Token], i: int) -> bool:
    """The capitals from `i` on end in "Act", or stand before a plain noun ("Italian privacy law")."""
    j = i
    while j < len(tokens) and (tokens[j].capital or (tokens[j].low in {"of", "and", "the"} and j > i)):
        if _LAW.search(tokens[j].low):
            return True
        j += 1
    if j >= len(tokens) or j == i:
        return False
    token = tokens[j]
    if token.kind != "w" or token.low in words("prepositions") | words("conjunctions") | ENDERS | words("be"):
        return False
    return not token.low.endswith("ed") and j - i <= 3
