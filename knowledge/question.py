"""What a question asks: about whom, which step of procedure, which offence, and what it takes for granted.

Pure: the question's text and the directory of known parties in, a `Question` out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from knowledge.forum import forums_in
from knowledge.model import GUILT_STAGES, Modality, PartyKind, Stage
from knowledge.names import KnownParty, PartyDirectory, fold, organisation_tokens, words
from knowledge.procedure import read_claims
from knowledge.question_cues import (
    CASE_WORDS,
    FORMS,
    NO_OFFENCE,
    OFFENCE_AFTER,
    OFFENCE_BEFORE,
    RELATIONS,
    ROLES,
    STAGE_CUES,
    STOP_WORDS,
    WEAK_CUES,
)


class Form(StrEnum):
    """What kind of answer is asked for."""

    YES_NO = "yes_no"
    WHO = "who"
    WHAT = "what"
    WHEN = "when"
    WHY = "why"
    HOW_LONG = "how_long"
    HOW_MANY = "how_many"
    HOW_MUCH = "how_much"
    HAPPENED = "happened"
    REPORT = "report"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Role:
    """People named only by what they are to an organisation: "the owners of X", "X's chief executive"."""

    family: str
    of: tuple[str, ...]
    plural: bool
    phrase: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood.

    asked: one set of alternative stages for each step of procedure that is asked about or taken for granted.
    offence: the question's own words for an offence, None if it names none.
    forums: states, countries or "federal". years: as written. terms: folded words to search by.
    unknown_names: capitalised words that are no known party's name (they may still occur in the texts).
    still: whether it asks how things stand now. universal: whether it asks of all. in_prison: whether it says prison.
    in_custody_now: whether it asks if somebody sits in prison today. never: whether it asks for a "never".
    term: a length of time that it names ("10 years"). relation: "Roe's mother", where that is whom it asks for.
    about_a_case: whether it speaks of a case, and so of everybody in it.
    """

    text: str
    form: Form
    parties: tuple[KnownParty, ...]
    role: Role | None
    asked: tuple[frozenset[Stage], ...]
    offence: str | None
    forums: frozenset[str]
    years: frozenset[str]
    terms: tuple[str, ...]
    unknown_names: tuple[str, ...]
    still: bool = False
    universal: bool = False
    in_prison: bool = False
    in_custody_now: bool = False
    never: bool = False
    term: str | None = None
    relation: str | None = None
    about_a_case: bool = False

    @property
    def asks_for_people(self) -> bool:
        """Whether it asks who, of all the people in a case: an organisation's name then stands for the case."""
        return self.form is Form.WHO or (self.about_a_case and self.form in (Form.HOW_MANY, Form.HAPPENED))

    @property
    def stages(self) -> frozenset[Stage]:
        """Every stage that the question touches."""
        return frozenset(stage for group in self.asked for stage in group)


_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_NAME = re.compile(r"(?<![\w.])[A-Z][\w’'&-]*(?:\.[a-z]{2,3})?(?:\s+(?:of\s+)?[A-Z][\w’'&-]*)*")
_PRISON = re.compile(r"\b(?:prison|jail|behind bars|locked up|incarcerat\w*)\b", re.IGNORECASE)


_CUSTODY_NOW = re.compile(
    r"\b(?:is|are)\b[^.?!]{0,60}\b(?:in (?:prison|jail|custody)|behind bars|locked up|"
    r"incarcerated|imprisoned|jailed)\b",
    re.IGNORECASE,
)


def parse(text: str, directory: PartyDirectory) -> Question:
    """Understand one question. Never raises; what is not understood stays empty."""
    clean = " ".join(text.split())
    parties = tuple(directory.mentioned_in(clean))
    role = _role(clean)
    return Question(
        text=clean,
        form=_form(clean),
        parties=parties,
        role=role,
        asked=_asked(clean),
        offence=_offence(clean),
        forums=forums_in(clean),
        years=frozenset(_YEAR.findall(clean)),
        terms=_terms(clean),
        unknown_names=_unknown_names(clean, parties, role),
        still=re.search(r"\bstill\b", clean, re.IGNORECASE) is not None,
        universal=re.search(r"\b(?:all|every|each|entirely|completely)\b", clean, re.IGNORECASE) is not None,
        in_prison=_PRISON.search(clean) is not None,
        in_custody_now=_CUSTODY_NOW.search(clean) is not None,
        never=re.search(r"\bnever\b", clean, re.IGNORECASE) is not None,
        term=_term(clean),
        relation=_relation(clean, parties),
        about_a_case=CASE_WORDS.search(clean) is not None,
    )


_TERM = re.compile(
    r"\b(?P<number>\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty)"
    r"[\s-](?P<unit>year|month)s?\b",
    re.IGNORECASE,
)
_NUMBERS = {
    word: number
    for number, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
} | {"fifteen": 15, "twenty": 20, "thirty": 30}


def _term(text: str) -> str | None:
    """The one length of time that a question names; None for none, or where it offers several."""
    found = list(_TERM.finditer(text))
    if len(found) != 1:
        return None
    number = found[0].group("number").lower()
    return f"{_NUMBERS.get(number, number)} {found[0].group('unit').lower()}s"


def _form(text: str) -> Form:
    for form, pattern in FORMS:
        if pattern.search(text):
            return Form(form)
    # "the chief executive of X convicted?": a bare claim with a question mark asks whether it is so.
    bare = text.rstrip().endswith("?") and any(pattern.search(text) for pattern, _ in STAGE_CUES)
    return Form.YES_NO if bare else Form.OPEN


_AFTER = frozenset({Stage.OVERTURNED, Stage.AFFIRMED, Stage.APPEALED, Stage.PARDONED})
_VERB_OF_GUILT = re.compile(r"\b(?:convicted|sentenced|found guilty|ple(?:a)?d(?:ed)?|plead)\b", re.IGNORECASE)


def _asked(text: str) -> tuple[frozenset[Stage], ...]:
    """The steps that the cues name, plus those that the procedure reader finds and no cue covers."""
    groups: list[frozenset[Stage]] = []
    rest = text
    for pattern, stages in STAGE_CUES:
        if pattern.search(rest):
            rest = pattern.sub(" ", rest)
            group = frozenset(stages)
            if group not in groups:
                groups.append(group)
    if any(group & _AFTER for group in groups) and not _VERB_OF_GUILT.search(text):
        # "overturn the conviction" asks for the overturning; that there is a conviction is not the question.
        groups = [group for group in groups if not group & GUILT_STAGES]
    if not groups:
        groups = [frozenset(stages) for pattern, stages in WEAK_CUES if pattern.search(text)]
    covered = {stage for group in groups for stage in group}
    for claim in read_claims(text):
        if claim.stage not in covered and claim.modality is not Modality.NEGATED and not groups:
            groups.append(frozenset({claim.stage}))
            covered.add(claim.stage)
    return tuple(groups)


def _offence(text: str) -> str | None:
    for pattern in (OFFENCE_AFTER, OFFENCE_BEFORE):
        for match in pattern.finditer(text):
            offence = _trim_offence(match.group("offence"))
            if offence:
                return offence
    for claim in read_claims(text):
        if claim.offence and (offence := _trim_offence(claim.offence)):
            return offence
    return None


_OFFENCE_END = re.compile(
    r"\s+(?:in|by|when|after|before|at|during|because|under|last|this|on)\s+(?=[A-Z0-9]|the\b|court|trial|appeal|year)"
    r"|[?!.;]|,\s*(?!and\b|or\b)|\s+(?:charges?|counts?|case)\s*$"
)
_EMPTY_OFFENCE = re.compile(
    r"^(?:the|a|an|any|all|some|his|her|their|its|that|this|these|those|it|them|what|which|anything|something|"
    r"charges?|counts?|crimes?|offen[cs]es?|case|of|\s)*$",
    re.IGNORECASE,
)


def _trim_offence(phrase: str) -> str | None:
    end = _OFFENCE_END.search(" " + phrase)
    cut = phrase[: max(end.start() - 1, 0)] if end else phrase
    cut = re.sub(r"^(?:the|a|an|any|his|her|their|its)\s+", "", cut.strip(), flags=re.IGNORECASE)
    cut = re.sub(r"\s+(?:charges?|counts?)$", "", cut).strip(" ,'\"’”")
    no_offence = all(word in NO_OFFENCE for word in words(cut)) or _EMPTY_OFFENCE.match(cut) is not None
    if no_offence or _YEAR.fullmatch(cut) or cut in forums_in(cut) or len(cut.split()) > 9:
        return None
    return cut


_ORG = r"[A-Z][\w.&-]*(?:\s+[A-Z][\w.&-]*)*"


def _relation(text: str, parties: tuple[KnownParty, ...]) -> str | None:
    """Somebody asked for by what they are to a party: "Roe's mother", "the judge in the Adverto case"."""
    for party in parties:
        person = party.kind is PartyKind.PERSON
        called = party.surname if person else organisation_tokens(party.name)[0]
        name = (r"(?:\w+\s+)?" if person else "") + re.escape(called)
        for pattern in (
            rf"\b{name}[\w.]*['’]s?\s+(?:\w+\s+)?(?:{RELATIONS.pattern})",
            rf"(?:{RELATIONS.pattern})\s+(?:of|in|for|to)\s+(?:the\s+)?(?:\w+\s+)?{name}\b",
        ):
            match = re.search(pattern, text, re.IGNORECASE)
            # "did the judge acquit Roe" asks about Roe; "was the judge in the Roe case convicted" does not.
            if match is not None and _SUBJECT_OF_QUESTION.match(text[: match.start()].strip()):
                return match.group(0)
    return None


_SUBJECT_OF_QUESTION = re.compile(
    r"^(?:(?:so|and|but|what|when|why|how|which)\b\W*)*"
    r"(?:(?:is|are|was|were|did|does|do|has|have|had|will|happened to|sentence did|about)\b\W*)*(?:the\b)?$",
    re.IGNORECASE,
)


def _role(text: str) -> Role | None:
    for family, forms in ROLES.items():
        noun = "|".join(sorted(forms, key=len, reverse=True))
        patterns = (
            rf"(?P<org>{_ORG})(?:['’]s?)?\s+(?:\w+\s+)?(?P<role>(?i:{noun}))\b",
            rf"\b(?P<role>(?i:{noun}))\s+(?:of|at|behind|from)\s+(?:the\s+)?(?P<org>{_ORG})",
            rf"\b(?P<role>(?i:{noun}))\s+(?:of|at|behind)\s+(?:the\s+)?(?P<org>[\w.&-]+)",
        )
        for pattern in patterns:
            match = re.search(pattern, text)
            if match is None:
                continue
            of = tuple(word for word in organisation_tokens(match.group("org")) if word not in STOP_WORDS)
            role = match.group("role").lower()
            if of:
                plural = role.endswith("s") and role != "boss"
                return Role(family, of, plural, _without_question_words(match.group(0)))
    return None


def _without_question_words(phrase: str) -> str:
    parts = phrase.split()
    while len(parts) > 1 and fold(parts[0]) in STOP_WORDS:
        parts = parts[1:]
    return " ".join(parts)


def _terms(text: str) -> tuple[str, ...]:
    seen: dict[str, None] = {}
    for word in re.findall(r"[\w§][\w§:./’'-]*", text):
        folded = fold(word).strip("'’.-/:").removesuffix("'s").removesuffix("’s")
        if len(folded) > 1 and folded not in STOP_WORDS:
            seen.setdefault(folded, None)
    return tuple(seen)


def _unknown_names(text: str, parties: tuple[KnownParty, ...], role: Role | None) -> tuple[str, ...]:
    known = {token for party in parties for name in party.names for token in words(name)}
    known |= set(role.of) if role else set()
    unknown: list[str] = []
    for match in _NAME.finditer(text):
        # A question word is written with a capital for its place alone.
        parts = _without_question_words(match.group(0)).split()
        name = " ".join(parts).removesuffix("'s").removesuffix("’s")
        tokens = [token for token in words(name) if token not in STOP_WORDS and not token.isdigit()]
        if tokens and not known & set(tokens) and not forums_in(name) and not _starts_a_sentence(text, match, parts):
            unknown.append(name)
    return tuple(unknown)


def _starts_a_sentence(text: str, match: re.Match[str], parts: list[str]) -> bool:
    """Whether a single capitalised word may owe its capital to opening the question, as "Money" does."""
    opens = match.start() == 0 or text[: match.start()].rstrip()[-1:] in ".?!"
    return opens and len(parts) == 1 and len(match.group(0).split()) == 1
