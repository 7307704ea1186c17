"""Questions as people type them: names without capitals."""

from __future__ import annotations

from knowledge.model import Span
from knowledge.procedure.lexicon import words
from knowledge.procedure.noun_phrases import is_person_noun
from knowledge.procedure.tokens import Token, tokenise
from knowledge.procedure.triggers import find_triggers

_ASKING = frozenset(
    "what when where why how who whom whose which many much long ever really actually going please tell me".split()
)


def with_capitals(sentence: str) -> str:
    """`sentence` with the words capitalised that stand in the place of a name; of the same length.

    These are the plain words between an auxiliary ("was", "did") or the beginning and the step that is asked
    about, or right behind it. Words of grammar and words for people stay as they are.
    """
    span = Span(0, len(sentence))
    triggers = find_triggers(sentence, span, asked=True)
    tokens = tokenise(sentence, span)
    if not triggers or any(t.capital for t in tokens[1:]):
        return sentence
    chosen: list[Token] = []
    for trigger in triggers:
        before = [t for t in tokens if t.end <= trigger.span.start]
        run = _name_run(list(reversed(before)))
        behind = [t for t in tokens if t.start >= trigger.span.end]
        chosen += run or _name_run(behind)
        if trigger.object is not None:
            chosen += [t for t in tokens if trigger.object.start <= t.start < trigger.object.end and _nameable(t)]
    ends = {trigger.span.end for trigger in triggers}
    chosen = [token for token in chosen if token.end not in ends]
    text = sentence
    for token in chosen:
        text = text[: token.start] + token.text[:1].upper() + text[token.start + 1 :]
    return text if len(text) == len(sentence) else sentence


def _name_run(tokens: list[Token]) -> list[Token]:
    """The nameable words that come first, and what an "and" joins to them; helpers before them are skipped."""
    skip = words("be") | words("have") | words("do") | words("modals") | words("adverbs") | {"of", "against", "the"}
    run: list[Token] = []
    for token in tokens:
        if not run and token.low in skip:
            continue
        if _nameable(token):
            run.append(token)
        elif not (run and token.low in {"and", "&", ","}):
            break
    return run if len(run) <= 6 else []


def _nameable(token: Token) -> bool:
    grammar = words("stop_initial") | words("prepositions") | words("determiners") | words("modals") | _ASKING
    return token.kind == "w" and token.low not in grammar and not is_person_noun(token)
