"""List items and briefs: a name opens the item, and what follows without a subject is about it.

"**Jane Roe**, founder. Charged in May with 31 counts; acquitted of six counts of theft; mistrial on the rest."
"""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.procedure.lexicon import Frame, words
from knowledge.procedure.mentions import Mention
from knowledge.procedure.parsed import Parsed, verb_group
from knowledge.procedure.tokens import Token
from knowledge.procedure.triggers import Trigger

_ENDS = frozenset(".,:;(–—-")
_SEGMENT = frozenset(".;:–—")
_LEAD = 5
"""Words that may stand before the verb of a sentence without a subject: "In March 2023 convicted"."""


def opener(tokens: Sequence[Token], mentions: Sequence[Mention]) -> Mention | None:
    """The name that opens a list item: first but for marks, and followed by a mark or by nothing."""
    first = next((m for m in mentions if m.how == "name"), None)
    if first is None or any(t.kind != "p" for t in tokens[: first.left]):
        return None
    behind = next((t.low for t in tokens[first.last :] if t.low not in {"*", '"', "”"}), ".")
    if any(e.official for e in first.entities):
        return None
    return first if behind in _ENDS and not first.possessive and not first.authority else None


def lacks_subject(parsed: Parsed, trigger: Trigger, past: int) -> bool:
    """Whether nobody is mentioned between the last full stop, semicolon, colon or dash and the trigger.

    past: index of the first token behind the name that opens the item, 0 in its later sentences. A comma ends the
    part too, save where the name stands right before it.
    """
    at = verb_group(parsed.tokens, parsed.token_at(trigger.span.start))
    start = max((i + 1 for i in range(past, at) if parsed.tokens[i].low in _SEGMENT), default=past)
    before = parsed.tokens[start:at]
    if any(start <= m.left < at for m in parsed.mentions) or len([t for t in before if t.kind != "p"]) > _LEAD:
        return False
    if trigger.rule.frame is Frame.NOUN and any(t.low in words("determiners") for t in before):
        return False  # "A conviction carries up to ten years"
    grammar = words("subordinators") | words("relative") | words("speech") | {"that"}
    return not any(t.low in grammar for t in before)
