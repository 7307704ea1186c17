"""Bytes to text: strict where it can be, a guess only where it is plausible."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.text.decoding import decode
from knowledge.errors import UnreadableInput

_ENGLISH = "The jury’s verdict – “not guilty” – came on Monday, and Renée Vance wept in the café."
_RUSSIAN = "Суд присяжных признал владельца сайта невиновным по всем пунктам обвинения в понедельник утром. " * 4


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(_ENGLISH.encode(), _ENGLISH, id="utf8"),
        pytest.param(codecs.BOM_UTF8 + _ENGLISH.encode(), _ENGLISH, id="utf8_with_mark"),
        pytest.param(_ENGLISH.encode("utf-16"), _ENGLISH, id="utf16_with_mark"),
        pytest.param(codecs.BOM_UTF16_BE + _ENGLISH.encode("utf-16-be"), _ENGLISH, id="utf16_big_end"),
        pytest.param(_ENGLISH.encode("cp1252"), _ENGLISH, id="windows_1252"),
        pytest.param(_RUSSIAN.encode("cp1251"), _RUSSIAN, id="windows_1251"),
        pytest.param(b"one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour", id="newlines"),
    ],
)
def test_decoded(data: bytes, text: str) -> None:
    assert decode(data, "a.txt") == text


def test_colour_codes_of_a_transcript_are_text() -> None:
    text = "A jury convicted \x1b[31mOmar Vance\x1b[0m of perjury on Monday.\n"
    assert decode(text.encode(), "a.txt") == text


def test_declared_encoding_goes_before_a_guess() -> None:
    assert decode("Ünsal".encode("latin-1"), "a.html", declared="iso-8859-9") == "Ünsal"


def test_unknown_declared_encoding_is_passed_over() -> None:
    assert decode(_ENGLISH.encode("cp1252"), "a.html", declared="x-nonsense") == _ENGLISH


def test_damaged_utf8_is_not_read_as_windows_1252() -> None:
    damaged = _ENGLISH.encode().replace("é".encode(), b"\xc3", 1)
    with pytest.raises(UnreadableInput, match="not valid UTF-8"):
        decode(damaged, "a.txt")


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_utf8_comes_back_character_for_character(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decode(text.encode(), "a.txt") == text
