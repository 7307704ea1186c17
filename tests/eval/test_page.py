"""The page on how well procedure is read says what was measured."""

from __future__ import annotations

from tests.eval.corpora import own
from tests.eval.gate import measure
from tests.eval.page import page


def test_page_says_what_a_reader_that_reads_nothing_is_worth() -> None:
    corpus = own()
    text = page([(corpus, measure(corpus, lambda _: []))])
    assert f"{len(corpus.labels)} documents" in text
    assert "0 of 0 readings of guilt" in text
    assert "recall 0.000" in text
