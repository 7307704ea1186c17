"""Words and punctuation of a sentence, with their place in the document."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.model import Span

_TOKEN = re.compile(
    r"(?P<s>['’]s\b)"
    r"|(?P<n>(?:(?:[A-Z]{1,3})?[$£€¥₿])?\d+(?:[,.]\d+)*(?:%|st|nd|rd|th)?\b(?:-[a-z]+)*)"
    r"|(?P<a>(?:[A-Z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Jr|Sr|Sen|Rep|Gov|Gen|Col|St|Prof|Hon|Rev|Lt|Sgt|Det|Capt|Inc|Ltd"
    r"|Corp|Co|No|vs?)\.(?!\w)|\b[A-Z]\.(?=\s+[A-Z]|,))"
    r"|(?P<w>[^\W\d_]+(?:(?:['’\u200d-](?!s\b)|[.&/](?=[^\W\d_]))[^\W_]+)*)"
    r"|(?P<p>[^\w\s])"
    r"|(?P<o>\w+)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark. `start`/`end`: characters of the document."""

    text: str
    low: str
    start: int
    end: int
    kind: str
    """w word, a abbreviation, n number, s possessive, p punctuation."""

    @property
    def is_word(self) -> bool:
        return self.kind in "wao"

    @property
    def capital(self) -> bool:
        return self.kind in "wao" and self.text[0].isupper()


def tokenise(text: str, span: Span) -> list[Token]:
    """The tokens of `text[span.start:span.end]`, in order; white space is dropped."""
    tokens = []
    for match in _TOKEN.finditer(text, span.start, span.end):
        word = match.group()
        low = word.lower().replace("’", "'")
        tokens.append(Token(word, low, match.start(), match.end(), match.lastgroup or "o"))
    return tokens
