"""The text as prose: the same length, with addresses and markup blanked out, for reading alone.

A link in the middle of a sentence must not break the sentence ("was not [convicted](https://…)"), and a
word in an address must not be read as a report ("/jury-convicts-founder"). Every character keeps its offset,
so what is read in the prose is quoted from the text itself.
"""

from __future__ import annotations

import re

from knowledge.model import ExtractedDocument

ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\[\]\"“”|]+", re.IGNORECASE)
"""A bare web address in running text; see `address_end` for the punctuation after it."""

_LINK_TEXT = r"\[(?P<text>(?:[^\[\]]|\[[^\[\]]{0,200}\]){0,1000})\]"
INLINE_LINK = re.compile(
    r"(?P<image>!?)"
    + _LINK_TEXT
    + r"\([ \t]*<?(?P<url>[^\s<>()]*(?:\([^\s()]*\)[^\s<>()]*){0,5})>?"
    + r"(?:\s+[\"'(][^\n]{0,300}?[\"')])?[ \t]*\)"
)
REFERENCE_LINK = re.compile(r"(?P<image>!?)" + _LINK_TEXT + r"\[(?P<label>[^\[\]\n]{0,200})\]")
AUTOLINK = re.compile(r"<(?P<url>https?://[^\s<>]+)>", re.IGNORECASE)
FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]{1,50}\](?!:)")
_EMPHASIS = re.compile(r"(?<![\w*_])[*_]{1,3}(?=\S)|(?<=[^\s*_])[*_]{1,3}(?![\w*_])|\*{2,3}")
_LINE_START = re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+|^#{1,6}(?=[ \t])", re.MULTILINE)
_TAG = re.compile(r"<!--.*?-->|</?[a-z][^<>\n]{0,300}>", re.IGNORECASE | re.DOTALL)
_COLOUR_CODE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def prose(document: ExtractedDocument) -> str:
    """`document.text` with bare addresses, and for Markdown its markup, blanked out; of the same length."""
    text = document.text
    if document.media_type == "text/markdown":
        for pattern in (INLINE_LINK, REFERENCE_LINK):
            text = pattern.sub(_only_link_text, text)
        for pattern in (AUTOLINK, FOOTNOTE_MARK, _TAG):
            text = pattern.sub(_blank, text)
    text = ADDRESS.sub(_blank_address, _COLOUR_CODE.sub(_blank, text))
    if document.media_type == "text/markdown":
        for pattern in (_LINE_START, _EMPHASIS):
            text = pattern.sub(_blank, text)
    return text


def address_end(match: re.Match[str]) -> int:
    """Where a matched bare address ends: without closing punctuation, and with ")" only if it opened one."""
    address = match[0]
    while address:
        if address[-1] in ".,;:!?'’”\"*_" or (address[-1] == ")" and address.count("(") < address.count(")")):
            address = address[:-1]
        else:
            break
    return match.start() + len(address)


def _blank(match: re.Match[str]) -> str:
    return "".join(char if char == "\n" else " " for char in match[0])


def _blank_address(match: re.Match[str]) -> str:
    length = address_end(match) - match.start()
    return " " * length + match[0][length:]


def _only_link_text(match: re.Match[str]) -> str:
    if match["image"]:
        return _blank(match)
    before = match.start("text") - match.start()
    after = match.end() - match.end("text")
    return " " * before + match["text"] + " " * after
