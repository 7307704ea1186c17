"""The rules of `wording.toml`, compiled once: what a single line of a page is on its own."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

LONGEST = 320
"""Lines longer than this are prose: no rule is tried on them, which also bounds the work per line."""
_SENTENCE_WORDS = 8
_SENTENCE_END = re.compile(r"(?<!\b[ap]\.m)[.!?…][”’\"')\]]*(?:\[\d{1,3}\])*$")
_WORD = re.compile(r"[\w'’+&-]+")
# Every author line names a time, a speech verb or a mark of its own: a cheap look before the costly patterns.
_AUTHOR_HINT = re.compile(
    r"\d|says|said|wrote|writes|comment|repl|respond|posted|written|submitted|author|user|from|u/|\(|anonymous|"
    r"deleted|today|ago|yesterday",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Author:
    """A line that names a comment's author. plain: the form also occurs in articles ("X says:").

    plausible: the name does not read like an article's source ("The indictment"). verb: "says" of "X says:", else "".
    """

    name: str
    plain: bool
    plausible: bool = True
    flagged: bool = False
    verb: str = ""


class Rules:
    """Answers on single lines, each stripped of surrounding white space."""

    def __init__(self, data: dict[str, dict[str, Any]]) -> None:
        self._parts = _resolved({**data["parts"], **{"name": data["authors"]["name"]}})
        furniture, comments, authors = data["furniture"], data["comments"], data["authors"]
        self._words = frozenset(furniture["words"].split())
        self._joints = frozenset(furniture["joints"].replace("/", " ").split())
        self._end_words = frozenset(comments["end_words"].split())
        self._quiet = self._whole(furniture["quiet_line"])
        self._notice = self._whole(furniture["notice_line"])
        self._notice_start = self._any(furniture["notice_start"])
        self._credit_end = self._any([furniture["credit_end"]])
        self._stamp = self._whole(furniture["stamp_line"])
        self._place = self._whole(furniture["place_line_cased"], 0)
        lines = {**data["lists"], **comments}
        self._kinds = {
            key.removesuffix("_line"): self._whole(patterns) for key, patterns in lines.items() if key.endswith("_line")
        }
        self._dated = [self._whole([pattern]) for pattern in authors["dated"]]
        self._plain = [self._whole([pattern]) for pattern in authors["plain"]]
        self._no_name = self._any([authors["no_name"]])
        self._pronoun = self._any([authors["pronoun"]])
        quotation = {"verbs": data["quotation"]["verbs"], "tail_words": data["quotation"]["tail_words"]}
        self._parts = _resolved({**self._parts, **quotation})
        self._introductions = [self._any([pattern]) for pattern in data["quotation"]["introduction"]]

    def _any(self, patterns: list[str], flags: int = re.IGNORECASE) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{_filled(pattern, self._parts)})" for pattern in patterns), flags)

    def _whole(self, patterns: list[str], flags: int = re.IGNORECASE) -> re.Pattern[str]:
        """As `_any`, for use with fullmatch."""
        return self._any(patterns, flags)

    def is_kind(self, kind: str, line: str) -> bool:
        """Whether the line is of a kind: strong, weak, perhaps, disclaimer, none, flag, approve, removed, end, trim,
        rank, footer (of comment sections), opener, tail, release, about (of lists and ends)."""
        if len(line) > LONGEST:
            return False
        if kind == "end" and self._made_of(line, self._end_words, frozenset()):
            return True
        return self._kinds[kind].fullmatch(line) is not None

    def is_furniture(self, line: str) -> bool:
        """Whether the line belongs to the site rather than to the article: buttons, bylines, notices, captions."""
        if self._credit_end.search(line[-120:]) and len(line) <= 2 * LONGEST:
            return True
        if len(line) > LONGEST:
            return False
        if self._notice.fullmatch(line) or self._notice_start.match(line):
            return True
        if is_sentence(line):
            return False
        return (
            self._made_of(line, self._words, self._joints)
            or self.is_stamp(line)
            or self._place.fullmatch(line) is not None
            or self._quiet.fullmatch(line) is not None
        )

    def is_stamp(self, line: str) -> bool:
        """Whether the line is a date, a time or an age ("3 years ago") and nothing else."""
        return len(line) <= 80 and self._stamp.fullmatch(line) is not None

    def author(self, line: str) -> Author | None:
        """The author whom the line names, if it has the form of a comment's author line."""
        if len(line) > 140 or not _AUTHOR_HINT.search(line):
            return None
        for plain, patterns in ((False, self._dated), (True, self._plain)):
            for pattern in patterns:
                match = pattern.fullmatch(line)
                if match and self._can_name(match["name"]):
                    name = match["name"].removeprefix("u/").strip(" ,-–—")
                    plausible = bool(name) and not self._no_name.match(name)
                    flagged = "flagged]" in line or "[dead]" in line
                    return Author(name or match["name"], plain, plausible, flagged, _verb(line))
        return None

    def _can_name(self, name: str) -> bool:
        lettered = any(char.isalpha() for char in name)
        return lettered and len(name.split()) <= 7 and not self._pronoun.match(name)

    def is_name(self, line: str) -> bool:
        """Whether the line could be the bare name of a commenter above a line with a date."""
        words = line.split()
        return (
            1 <= len(words) <= 4
            and len(line) <= 40
            and line[-1] not in '.:;,!?”"'
            and any(char.isalnum() for char in line)
            and (line[0] == "@" or not self.is_furniture(line))
            and not self._no_name.match(line)
        )

    def quoted_speaker(self, end_of_paragraph: str) -> str | None:
        """Whom the end of a paragraph announces as quoted in the next ("as X wrote:"); None if it announces none."""
        clause = re.split(r"[.!?”\"]\s|[,;]\s", end_of_paragraph[-LONGEST:])[-1]
        for pattern in self._introductions:
            match = pattern.match(clause)
            if match:
                return match["who"]
        return None

    def _made_of(self, line: str, words: frozenset[str], joints: frozenset[str]) -> bool:
        found = [word for word in _WORD.findall(line.lower()) if not word.strip("-'’").isdigit() and word != "-"]
        if not 1 <= len(found) <= 25:
            return False
        known = [word in words for word in found]
        return any(known) and all(k or word in joints for k, word in zip(known, found, strict=True))


def _verb(line: str) -> str:
    match = re.search(r"(\w+)(?:\.{3}|…|:)$", line)
    return match[1].casefold() if match else ""


def is_sentence(line: str) -> bool:
    """Whether a line reads as prose: a closing full stop, and more words than a label has."""
    return len(line.split(None, _SENTENCE_WORDS)) >= _SENTENCE_WORDS and bool(_SENTENCE_END.search(line[-12:]))


def ends_sentence(line: str) -> bool:
    """Whether a line ends with a full stop, question mark or exclamation mark (and closing quotation marks)."""
    return bool(_SENTENCE_END.search(line[-12:]))


def _filled(pattern: str, parts: dict[str, str]) -> str:
    # Not str.format: the braces of quantifiers have to stay.
    return re.sub(r"\{([a-z_]+)\}", lambda match: parts[match[1]], pattern)


def _resolved(parts: dict[str, str]) -> dict[str, str]:
    """The parts with one another's patterns put in; a part only uses parts that stand before it."""
    done: dict[str, str] = {}
    for key, pattern in parts.items():
        done[key] = _filled(pattern, done)
    return done


@cache
def rules() -> Rules:
    """The rules that come with the program."""
    data = resources.files("ingest.zoning").joinpath("wording.toml").read_text(encoding="utf-8")
    return Rules(tomllib.loads(data))
