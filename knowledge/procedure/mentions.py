"""Who is mentioned where in a sentence: names, pronouns, descriptions ("two officers"), and lists of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.model import PartyKind
from knowledge.procedure.counts import number
from knowledge.procedure.lexicon import words
from knowledge.procedure.names import name_runs
from knowledge.procedure.noun_phrases import QUANTIFIERS, complement_end, is_person_noun, is_plural, phrase_left
from knowledge.procedure.parties import Cast, Entity, gender_of
from knowledge.procedure.tokens import Token

_AFTER_GROUP = frozenset(
    "were was are have had will would must may could received pleaded pled got face faced faces went appealed on in"
    " also did do then later".split()
)
_SUBJECTS = frozenset("he she they who it".split())
_OBJECTS = frozenset("him her them".split())
_PUBLIC_BODIES = frozenset("city county town state municipality".split())
_POSSESSIVES = frozenset("his her their its".split())


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens `first` <= i < `last`. how: name, pronoun, description. `left`: where its titles and adjectives start."""

    first: int
    last: int
    left: int
    how: str
    wording: str
    kind: PartyKind
    entities: tuple[Entity, ...] = ()
    plural: bool = False
    authority: bool = False
    possessive: bool = False
    inside: Mention | None = None
    """The organisation inside a description: Acme in "head of Acme"."""
    inner: Mention | None = None
    """The person inside a description: Roe in "a son of Roe"."""
    after_whose: bool = False
    """Right behind "whose ...": "whose partner Roe"."""
    owner: Mention | None = None
    """Whose the described person is: Roe in "Roe's husband"."""
    head: str = ""
    """The noun of a description."""
    namesakes: tuple[Entity, ...] = ()
    """Who a name may mean, where it is not clear who."""

    @property
    def definite(self) -> bool:
        return self.wording.lower().split(" ")[0] in {"the", "both", "these", "those", "all", "his", "her", "their"}


def find_mentions(tokens: Sequence[Token], cast: Cast) -> list[Mention]:
    """The mentions of one sentence, in order of their heads, none inside another."""
    names = _names(tokens, cast)
    described = _descriptions(tokens, names)
    covered = {i for m in described for i in range(m.left, m.last)}
    kept = [m for m in names if not any(m.first <= i < m.last for i in covered)] + described
    covered |= {i for m in kept for i in range(m.first, m.last)}
    kept = _named_by_apposition(sorted(kept, key=lambda m: m.first), tokens)
    kept += [m for m in [*_pronouns(tokens), *_bare_groups(tokens)] if m.first not in covered]
    return sorted(kept, key=lambda m: m.first)


def _named_by_apposition(mentions: list[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """ "the man, Roe, was", "a user, named only as Kim R., was": one mention, by name, from the description on."""
    kept: list[Mention] = []
    for mention in mentions:
        before = kept[-1] if kept else None
        if (
            before
            and before.how == "description"
            and mention.how == "name"
            and not (before.plural or before.possessive or before.authority)
            and before.kind is mention.kind
            and (_named_as(tokens[before.last : mention.left]) or _apposed(tokens, before, mention))
        ):
            kept[-1] = replace(mention, left=before.left, owner=before.owner)
        elif before and _told_more_of(tokens, before, mention):
            kept[-1] = replace(mention, left=before.left)
        else:
            kept.append(replace(mention, left=_whose_noun(tokens, mention)))
    return kept


def _told_more_of(tokens: Sequence[Token], before: Mention, mention: Mention) -> bool:
    """ "A fourth suspect, a woman aged 38 from Leeds, was": one person, whom the second wording tells more of."""
    first = [t.low for t in tokens[before.left : before.last]]
    behind = tokens[mention.last].low if mention.last < len(tokens) else ""
    return (
        before.how == mention.how == "description"
        and before.kind is mention.kind is PartyKind.PERSON
        and bool(set(first) & {"second", "third", "fourth", "fifth", "sixth", "another", "further"})
        and [t.low for t in tokens[before.last : mention.left]] == [","]
        and tokens[mention.left].low in {"a", "an"}
        and behind == ","
    )


def _whose_noun(tokens: Sequence[Token], named: Mention) -> int:
    """ "whose former company, Acme, was": the name's phrase starts behind "whose"."""
    left = named.left
    if named.how != "name" or left < 3 or tokens[left - 1].low != "," or not is_person_noun(tokens[left - 2]):
        return left
    return next((i + 1 for i in range(left - 3, max(-1, left - 6), -1) if tokens[i].low == "whose"), left)


def _apposed(tokens: Sequence[Token], described: Mention, named: Mention) -> bool:
    after = tokens[named.last].low if named.last < len(tokens) else "."
    return tokens[described.last].low == "," and described.last + 1 == named.left and after in {",", ".", ";", ")", ":"}


def _named_as(between: Sequence[Token]) -> bool:
    """ ", identified only as", ", named by police as"."""
    lows = [t.low for t in between if t.kind != "p"]
    return (
        2 <= len(lows) <= 6 and lows[0] in {"named", "identified", "known", "referred", "who"} and lows[-1] == "as"
    ) or lows in (["called"], ["named"])


def wording(tokens: Sequence[Token], first: int, last: int) -> str:
    """The document's words from one token to another, blanks between them as single spaces."""
    text = ""
    at = tokens[first].start
    for token in tokens[first:last]:
        text += (" " if token.start > at else "") + token.text
        at = token.end
    return text


def _names(tokens: Sequence[Token], cast: Cast) -> list[Mention]:
    found = []
    for run in name_runs(tokens, knows=cast.knows):
        entities = _entities(run.name, cast, gender_of(run.title.split()))
        namesakes = () if entities else tuple(e for e in cast.namesakes(run.name) if e.kind is PartyKind.PERSON)
        if not (entities or namesakes) or run.name.lower().split()[-1] in words("thing_words"):
            continue
        last = run.last
        found.append(
            Mention(
                first=run.first,
                last=last,
                left=run.left,
                how="name",
                wording=run.name,
                kind=entities[0].kind if entities else PartyKind.PERSON,
                namesakes=namesakes,
                entities=entities,
                plural=len(entities) > 1,
                after_whose="whose" in {t.low for t in tokens[max(0, run.left - 4) : run.left]},
                authority=_is_authority(run.name),
                possessive=last < len(tokens) and (tokens[last].kind == "s" or tokens[last].low in {"'", "’"}),
            )
        )
    return _share_surnames(found, tokens, cast)


def _entities(name: str, cast: Cast, gender: str | None) -> tuple[Entity, ...]:
    one = cast.resolve(name)
    if one:
        return (one,)
    # A surname shared by several people names none of them; a forename gives way to a surname.
    many = [e for e in cast.namesakes(name) if e.surname == name.lower()]
    if many and gender:  # "Ms. Roe" is no Rick Roe
        many = [e for e in many if e.pronoun == gender] or [e for e in many if e.pronoun is None]
    if many:
        one = many[0] if len(many) == 1 else cast.outstanding(many)
        return (one,) if one else ()
    if name.endswith("s"):
        family = [e for e in cast.namesakes(name[:-1]) if e.kind is PartyKind.PERSON]
        if len(family) > 1:
            return tuple(family)
    return ()


def _share_surnames(found: list[Mention], tokens: Sequence[Token], cast: Cast) -> list[Mention]:
    """ "David and Louise Roe": the first takes the surname of the second."""
    out = list(found)
    for i, mention in enumerate(found):
        if mention.how != "name" or len(mention.wording.split()) != 2 or mention.kind is not PartyKind.PERSON:
            continue
        first = mention.first - 2
        if first < 0 or tokens[first + 1].low != "and" or not tokens[first].capital:
            continue
        full = f"{tokens[first].text} {mention.wording.split()[1]}"
        entity = cast.resolve(full)
        known = next((k for k, m in enumerate(out) if m.first <= first < m.last), None)
        if entity is None or (known is not None and len(out[known].wording.split()) > 1):
            continue
        shared = Mention(first, first + 1, first, "name", tokens[first].text, PartyKind.PERSON, (entity,))
        if known is None:
            out.insert(i, shared)
        else:
            out[known] = shared
    return out


def _is_authority(name: str) -> bool:
    parts = name.lower().split()
    return any(p in words("authority_words") for p in parts) or parts[-1:] == ["police"]


def _pronouns(tokens: Sequence[Token]) -> list[Mention]:
    found = []
    for i, token in enumerate(tokens):
        low = token.low
        if low in _SUBJECTS | _OBJECTS | _POSSESSIVES:
            part = low == "them" and i > 1 and tokens[i - 1].low == "of" and tokens[i - 2].low not in {"all", "both"}
            if part and (tokens[i - 2].low in QUANTIFIERS or number(tokens[i - 2].low)):
                found.append(  # "two of them": not whoever "they" are
                    Mention(i, i + 1, i - 2, "description", wording(tokens, i - 2, i + 1), PartyKind.GROUP, plural=True)
                )
                continue
            own = low in {"his", "their", "its"} or (low == "her" and _noun_follows(tokens, i + 1))
            found.append(
                Mention(
                    i, i + 1, i, "pronoun", low, PartyKind.PERSON, plural=low in words("pronouns_they"), possessive=own
                )
            )
    return found


def _bare_groups(tokens: Sequence[Token]) -> list[Mention]:
    """ "Both received", "all were acquitted", "the 36 must", "the two": a number that stands for people."""
    found = []
    for i, token in enumerate(tokens):
        nxt = tokens[i + 1] if i + 1 < len(tokens) else None
        if token.low in {"former", "latter"} and i and tokens[i - 1].low == "the" and (nxt is None or _verbal(nxt)):
            text = wording(tokens, i - 1, i + 1)
            found.append(Mention(i, i + 1, i - 1, "description", text, PartyKind.PERSON))
            continue
        ends = (
            token.low in {"nobody", "none"}
            or nxt is None
            or nxt.kind == "p"
            or nxt.low in _AFTER_GROUP
            or (nxt.low.endswith("ed") and nxt.kind == "w")
        )
        before = tokens[i - 1].low if i else ""
        against = before == "the" and i > 1 and tokens[i - 2].low == "against"  # "charges against the two under"
        if not (ends or against):
            continue
        counted = (
            token.low in QUANTIFIERS - {"some", "many", "most", "number", "dozens", "hundreds"}
            or token.kind == "n"
            or (number(token.low) or 0) > 1
        )
        left = i - 1 if before in {"the", "all"} else i
        if token.low in {"nobody", "none"} or (token.low == "one" and before == "no"):
            found.append(Mention(i, i + 1, i, "nobody", token.low, PartyKind.GROUP))
            continue
        whole = token.low in {"both", "neither", "all"} and before in {"", ",", ";", ".", "and", "but"}
        if whole or (counted and before in {"the", "all"} and token.low != "one"):
            found.append(
                Mention(i, i + 1, left, "description", wording(tokens, left, i + 1), PartyKind.GROUP, (), plural=True)
            )
    return found


def _verbal(token: Token) -> bool:
    return token.low in _AFTER_GROUP | words("be") | words("have") or token.kind == "p" or token.low.endswith("ed")


def _noun_follows(tokens: Sequence[Token], i: int) -> bool:
    if i >= len(tokens) or tokens[i].kind == "p":
        return False
    low = tokens[i].low
    return low not in words("prepositions") | words("conjunctions") | words("determiners") | words(
        "adverbs"
    ) and low not in {
        "guilty",
        "yesterday",
        "today",
        "last",
        "this",
    }


def _describes_next(tokens: Sequence[Token], i: int) -> bool:
    """ "state television", "city officials": the word only tells what the next one is like."""
    grammar = (
        words("prepositions") | words("be") | words("have") | words("modals") | words("conjunctions") | words("adverbs")
    )
    return i < len(tokens) and tokens[i].kind == "w" and not tokens[i].capital and tokens[i].low not in grammar


def _descriptions(tokens: Sequence[Token], names: list[Mention]) -> list[Mention]:
    starts = {m.first: m for m in names}
    found: list[Mention] = []
    for i, token in enumerate(tokens):
        if token.kind not in "wo" or not is_person_noun(token):
            continue
        if token.low in _PUBLIC_BODIES and _describes_next(tokens, i + 1):
            continue
        if token.low == "accused" and i and is_person_noun(tokens[i - 1]):
            continue  # "the man accused of": a participle
        if found and i < found[-1].last:
            continue
        if any(m.first <= i < m.last for m in names):
            continue
        mention = _description(tokens, i, starts)
        if mention:
            if found and found[-1].last > mention.left:
                if found[-1].possessive and found[-1].left >= mention.left:
                    mention = replace(mention, owner=found.pop())  # "the firm's bookkeeper"
                else:
                    mention = _with_left(mention, max(mention.left, found[-1].last))
            found.append(mention)
    return found


def _determined(tokens: Sequence[Token], left: int, head: int) -> bool:
    """Whether an article, number, possessive or "former" tells which one is meant."""
    some = words("determiners") | {"former", "ex", "alleged", "convicted", "accused", "one", "another", "co-accused"}
    some |= {"fellow", "ex", "then", "self-styled", "co-founder"}
    return tokens[left - 1].low in {"as", "by"} or any(t.low in some or t.kind in "ns" for t in tokens[left:head])


def _with_left(mention: Mention, left: int) -> Mention:
    """The same mention, its noun phrase beginning at token `left`."""
    return replace(mention, left=left)


def _description(tokens: Sequence[Token], head: int, names: dict[int, Mention]) -> Mention | None:
    left = phrase_left(tokens, head)
    nxt = head + 1
    if tokens[head].low in {"chief", "vice", "deputy", "head"} and any(
        is_person_noun(t)
        for t in tokens[nxt + 1 : nxt + 2]
        if tokens[nxt].kind == "w" and tokens[nxt].low not in words("prepositions")
    ):
        return None  # "chief financial officer"
    if (
        nxt < len(tokens)
        and tokens[nxt].kind in "wo"
        and is_person_noun(tokens[nxt])
        and tokens[nxt].low not in {"others", "accused"}
    ):
        return None  # the next word is the head: "tax adviser"
    named = names.get(nxt) or (
        names.get(nxt + 1) if nxt + 1 < len(tokens) and tokens[nxt].low in words("titles") else None
    )
    low = tokens[head].low
    authority = low in words("authority_nouns") and not (
        {t.low for t in tokens[left:head]} & {"former", "two", "three", "ex"}
    )
    company = named is not None and named is names.get(nxt) and not (named.entities and named.entities[0].place)
    if named and not named.possessive and (named.kind is PartyKind.PERSON or company):
        return _with_left(named, left)
    if named and tokens[head].capital:
        return None  # a title: "Governor Roe's deputy"
    bare = left == head and not is_plural(low)
    if left and not (
        is_plural(low) or tokens[left].capital or low in words("org_nouns") or _determined(tokens, left, head)
    ):
        return None  # "before the first poor volunteer": nobody
    if bare and low not in {"others"} and not authority:
        return None
    last = complement_end(tokens, nxt, {i: m.last for i, m in names.items()})
    titled = names.get(last) if last > nxt else None
    if titled and not titled.possessive and titled.kind is PartyKind.PERSON:
        return _with_left(titled, left)
    kind = PartyKind.ORGANISATION if low in words("org_nouns") else PartyKind.GROUP
    plural = is_plural(low) and tokens[left].low not in {"one", "another", "a", "an", "each", "every"}
    if not plural and kind is PartyKind.GROUP:
        kind = PartyKind.PERSON
    inner = next((m for i, m in names.items() if nxt < i < last and m.kind is PartyKind.PERSON), None)
    return Mention(
        first=left,
        last=last,
        left=left,
        how="description",
        wording=wording(tokens, left, last),
        kind=kind,
        plural=plural,
        authority=authority,
        possessive=last < len(tokens) and tokens[last].kind == "s",
        inner=inner,
        inside=next((m for i, m in names.items() if nxt < i < last and m.kind is PartyKind.ORGANISATION), None),
        owner=next((m for i, m in names.items() if left <= i < head and m.possessive), None),
        head=low,
    )
