"""Passages: exact spans, whole sentences, one zone, one block, one page, one list item."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.passages import LONGEST_SENTENCE, passage_id, split
from ingest.zones import zone
from knowledge.model import Block, ExtractedDocument, PageSpan, Passage, Zone
from knowledge.sentences import sentence_spans
from knowledge.store.recipe import SPLITTER

SENTENCE = "The jury convicted Petra Halloran of one count of wire fraud on Thursday."


def _split(text: str, *blocks: Block, pages: tuple[PageSpan, ...] = (), **sizes: int) -> list[Passage]:
    document = ExtractedDocument(text, "text/plain", pages=pages)
    return split("lampost", document, blocks or (Block(Zone.BODY, 0, len(text)),), **sizes)


def _prose(sentences: int) -> str:
    return " ".join(SENTENCE for _ in range(sentences))


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        pytest.param(SENTENCE, [SENTENCE], id="one_sentence"),
        pytest.param(_prose(12), [_prose(12)], id="just_the_target"),
        pytest.param(_prose(20), [_prose(12), _prose(8)], id="two_passages"),
        pytest.param(_prose(13), [_prose(13)], id="short_rest_joins"),
        pytest.param(f"\n {SENTENCE}\n\n{SENTENCE} \n", [f"{SENTENCE}\n\n{SENTENCE}"], id="paragraphs_join"),
        pytest.param(
            f"- {SENTENCE}\n- {SENTENCE} {SENTENCE}\n", [f"- {SENTENCE}", f"- {SENTENCE} {SENTENCE}"], id="list_items"
        ),
        pytest.param(" \n", [], id="blank"),
    ],
)
def test_texts(text: str, texts: list[str]) -> None:
    assert [passage.text for passage in _split(text)] == texts


def test_long_sentence_is_a_passage_of_its_own() -> None:
    long = "The order lists " + ", ".join(f"account {n}" for n in range(200)) + "."
    assert [passage.text for passage in _split(f"{_prose(3)} {long} {_prose(3)}")] == [_prose(3), long, _prose(3)]


def test_endless_sentence_is_cut_at_white_space() -> None:
    text = "word " * (LONGEST_SENTENCE // 4)
    passages = _split(text, max_chars=1000)
    assert all(len(passage.text) <= 1000 and set(passage.text.split()) == {"word"} for passage in passages)
    assert " ".join(passage.text for passage in passages) == text.strip()


def test_endless_word_is_cut() -> None:
    assert "".join(passage.text for passage in _split("x" * 9000)) == "x" * 9000


def test_zones_and_comments_stay_apart() -> None:
    text = "Halloran convicted\nShe was convicted.\nMenu\nGuilty! All of them.\nNot so."
    blocks = (
        Block(Zone.HEADLINE, 0, 18),
        Block(Zone.BODY, 19, 37),
        Block(Zone.BOILERPLATE, 38, 42),
        Block(Zone.COMMENT, 43, 63, "Marla", True),
        Block(Zone.COMMENT, 64, 71, "Otto", False),
    )
    assert [(p.ordinal, p.zone, p.text, p.speaker, p.flagged) for p in _split(text, *blocks)] == [
        (0, Zone.HEADLINE, "Halloran convicted", None, None),
        (1, Zone.BODY, "She was convicted.", None, None),
        (2, Zone.COMMENT, "Guilty! All of them.", "Marla", True),
        (3, Zone.COMMENT, "Not so.", "Otto", False),
    ]


def test_pages_are_kept_and_not_crossed() -> None:
    text = f"{SENTENCE}\n\n{SENTENCE}"
    pages = (PageSpan(4, 0, len(SENTENCE)), PageSpan(5, len(SENTENCE) + 2, len(text)))
    assert [(p.page, p.text) for p in _split(text, pages=pages)] == [(4, SENTENCE), (5, SENTENCE)]


def test_sentence_over_two_pages_belongs_to_the_first() -> None:
    text = f"{SENTENCE} She was\nacquitted of the other two. {SENTENCE}"
    cut = text.index("acquitted")
    passages = _split(text, pages=(PageSpan(1, 0, cut), PageSpan(2, cut, len(text))))
    assert [(p.page, p.text) for p in passages] == [
        (1, f"{SENTENCE} She was\nacquitted of the other two."),
        (2, SENTENCE),
    ]


def test_id_is_of_source_recipe_place_and_text() -> None:
    first = _split(SENTENCE)[0]
    assert first.id == passage_id("lampost", 0, len(SENTENCE), SENTENCE)
    assert len(first.id) == 32
    ids = {
        first.id,
        passage_id("other", 0, len(SENTENCE), SENTENCE),
        passage_id("lampost", 1, len(SENTENCE), SENTENCE),
        passage_id("lampost", 0, len(SENTENCE) + 1, SENTENCE),
        passage_id("lampost", 0, len(SENTENCE), SENTENCE.upper()),
    }
    assert len(ids) == 5


def test_id_changes_with_the_recipe(monkeypatch: pytest.MonkeyPatch) -> None:
    before = _split(SENTENCE)[0].id
    monkeypatch.setattr("ingest.passages.SPLITTER", SPLITTER + "x")
    assert _split(SENTENCE)[0].id != before


@pytest.mark.parametrize(("target", "longest"), [(0, 10), (20, 10), (-1, 5)])
def test_sizes_have_to_make_sense(target: int, longest: int) -> None:
    with pytest.raises(ValueError, match="target_chars"):
        _split(SENTENCE, target_chars=target, max_chars=longest)


_PIECES = st.lists(
    st.sampled_from([SENTENCE, "Acquitted!", "Doe v. Roe.", "- item", "73 Comments", "Otto says:", "x" * 700, "Re:"])
    | st.text(max_size=60),
    max_size=25,
)


@given(pieces=_PIECES, gaps=st.sampled_from([" ", "\n", "\n\n"]), target=st.integers(20, 400))
def test_properties(pieces: list[str], gaps: str, target: int) -> None:
    text = gaps.join(pieces)
    document = ExtractedDocument(text, "text/plain")
    blocks = zone(document)
    passages = split("lampost", document, blocks, target_chars=target, max_chars=2 * target)
    sentences = [s for b in blocks for s in sentence_spans(text, b.start, b.end) if b.zone is not Zone.BOILERPLATE]
    assert all(p.text == text[p.start : p.end] == p.text.strip() != "" for p in passages)
    assert all(a.end <= b.start for a, b in pairwise(passages))
    assert [p.ordinal for p in passages] == list(range(len(passages)))
    assert len({p.id for p in passages}) == len(passages)
    starts, ends = {s.start for s in sentences}, {s.end for s in sentences}
    assert all(p.start in starts and p.end in ends for p in passages)
    assert all(any(p.start <= s.start and s.end <= p.end for p in passages) for s in sentences)
    single = {(s.start, s.end) for s in sentences}
    assert all(len(p.text) <= 2 * target or (p.start, p.end) in single for p in passages)
    assert all(
        any(b.start <= p.start and p.end <= b.end and (b.zone, b.speaker) == (p.zone, p.speaker) for b in blocks)
        for p in passages
    )


def test_passages_do_not_depend_on_links_or_metadata() -> None:
    document = ExtractedDocument(_prose(30), "text/plain")
    blocks = zone(document)
    assert split("a", document, blocks) == split("a", replace(document, media_type="text/html"), blocks)
