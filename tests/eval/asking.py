"""Puts the exam's questions to the program itself, over a knowledge base made of the exam's documents.

The events in it are either those that the program reads, or those that people labelled: the second shows
what the answering makes of events that are right, whatever the reading is worth.

    python -m tests.eval.asking                  how many answers are as expected, and which are not
    python -m tests.eval.asking --raise-floors   writes higher floors into floors.json; never lower ones

One answer that is unsound (see judging.py) fails, whatever the floors say. Exit status: 0 passed, 1 failed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.model import Block, Modality, PartyKind, Passage, ProceduralEvent, SourceDocument, Stage, Zone
from knowledge.sentences import sentence_spans
from tests.eval.corpora import EVAL, Corpus, own
from tests.eval.gate import FLOORS, Floors, below, load_floors, raise_entry, save_floors
from tests.eval.judging import judge, unsound
from tests.eval.scoring import Record

if TYPE_CHECKING:
    from ingest.pipeline import Progress, Shelf
    from knowledge.store.embedder import Embedder
    from knowledge.store.library import Library

_CORPORATE = frozenset({"inc", "llc", "llp", "ltd", "limited", "bv", "co", "market", "arm"})


@dataclass(frozen=True, slots=True)
class Reply:
    """One question, its answer, what of it was not expected, and what no answer may do."""

    question: Mapping[str, Any]
    answer: Mapping[str, Any]
    failures: tuple[str, ...]
    unsound: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.failures and not self.unsound


def load_questions() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (EVAL / "questions.jsonl").read_text("utf-8").splitlines()]


def digest_of(corpus: Corpus) -> str:
    """Changes whenever a document, a label or a question does."""
    questions = (EVAL / "questions.jsonl").read_bytes()
    return hashlib.sha256(corpus.digest.encode() + questions).hexdigest()[:16]


def name_of(*, labelled: bool) -> str:
    return "answers over labelled events" if labelled else "answers over events as read"


def exam(*, labelled: bool, embedder: Embedder) -> list[Reply]:
    """All questions, over a knowledge base of the exam's documents that is thrown away afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = own()
        with knowledge_base(corpus, Path(folder) / "kb", labelled=labelled, embedder=embedder) as library:
            return ask_all(library, corpus, load_questions())


def objections_to(replies: Sequence[Reply], name: str, floors: Floors) -> list[str]:
    """Why these answers do not pass, one sentence each; empty if they do."""
    return unsound_among(replies, name) + below(name, digest_of(own()), figures_of(replies), floors)


def unsound_among(replies: Sequence[Reply], name: str) -> list[str]:
    return [f"{name}: {reply.question['id']}: {why}" for reply in replies for why in reply.unsound]


def figures_of(replies: Sequence[Reply]) -> dict[str, float]:
    return {"as_expected": round(sum(reply.passed for reply in replies) / len(replies), 4)}


def ask_all(library: Library, corpus: Corpus, questions: Sequence[Mapping[str, Any]]) -> list[Reply]:
    """Every question put to the program, and judged."""
    from bot.answer_json import answer_to_dict
    from knowledge.answer import Answerer

    texts = {source.id: library.document(source.id).text for source in library.list_sources()}
    labels = [label for records in corpus.labels.values() for label in records]
    answerer = Answerer(library)
    replies = []
    for question in questions:
        answer = answer_to_dict(answerer.answer(question["question"], as_of=question.get("as_of")))
        found = judge(question, answer), unsound(answer, texts, labels)
        replies.append(Reply(question, answer, tuple(found[0]), tuple(found[1])))
    return replies


@contextmanager
def knowledge_base(
    corpus: Corpus, folder: Path, *, labelled: bool, embedder: Embedder | None = None
) -> Iterator[Library]:
    """A knowledge base in `folder` with all documents of the corpus.

    labelled: with the labels as its events instead of what the program reads.
    """
    from ingest.fetch import expand
    from ingest.pipeline import Outcome, Pipeline
    from ingest.publishers import load_publishers
    from ingest.text import Limits
    from knowledge.model import DocumentMetadata
    from knowledge.settings import load_settings
    from knowledge.store.library import open_library

    limits = Limits()
    with open_library(load_settings(knowledge_dir=folder), create=True, embedder=embedder) as library:
        shelf: Shelf = LabelledShelf(library, corpus) if labelled else library
        inputs = expand([str(path) for path in corpus.documents], limits, _no_stdin)
        pipeline = Pipeline(shelf, load_publishers(None), limits=limits)
        for result in pipeline.add_all(inputs, DocumentMetadata()):
            if result.outcome is not Outcome.ADDED:
                raise AssertionError(f"{result.input} was not added: {result.reason}")
        yield library


def _no_stdin() -> Any:
    raise AssertionError("no document of the exam comes from standard input")


class LabelledShelf:
    """A knowledge base that stores, for each document, the labelled events instead of those that were read."""

    def __init__(self, library: Library, corpus: Corpus) -> None:
        self._library = library
        self._labels = corpus.labels

    def current(self, source_id: str) -> SourceDocument | None:
        return self._library.current(source_id)

    def find_by_hash(self, content_hash: str) -> str | None:
        return self._library.find_by_hash(content_hash)

    def add(
        self,
        document: SourceDocument,
        passages: Sequence[Passage],
        events: Sequence[ProceduralEvent],
        *,
        progress: Progress | None = None,
    ) -> None:
        labels = self._labels[Path(document.location).stem]
        labelled = [event_of(label, document) for label in labels if label.get("agreed", True)]
        self._library.add(document, passages, labelled, progress=progress)


def event_of(label: Record, document: SourceDocument) -> ProceduralEvent:
    """The event that a label describes. It quotes whole sentences, and the body rather than the headline."""
    text, quote = document.text, label["quote"]
    places = [at for at in range(len(text)) if text.startswith(quote, at)]
    blocks = {at: _block_at(document, at) for at in places}
    at = next((at for at in places if blocks[at].zone is not Zone.HEADLINE), places[0])
    block = blocks[at]
    touched = [
        sentence
        for sentence in sentence_spans(text, block.start, block.end)
        if sentence.start < at + len(quote) and at < sentence.end
    ]
    start, end = touched[0].start, touched[-1].end
    return ProceduralEvent(
        party=label["party"],
        party_kind=_kind_of(label["party"]),
        stage=Stage(label["stage"]),
        modality=Modality(label["modality"]),
        quote=text[start:end],
        start=start,
        end=end,
        zone=block.zone,
        attributed_to="a reader" if block.zone is Zone.COMMENT else None,
        offence=label["offence"],
        counts=label["counts"],
        date=label["date"],
        sentence=label["sentence"],
    )


def _block_at(document: SourceDocument, at: int) -> Block:
    return next(block for block in document.blocks if block.start <= at < block.end)


def _kind_of(party: str) -> PartyKind:
    """Labels do not say; the form of the name does, well enough for the exam's documents."""
    words = party.replace(".", "").split()
    if words[0].casefold() in {"two", "three", "other"}:
        return PartyKind.GROUP
    if len(words) == 1 or _CORPORATE & {word.casefold() for word in words}:
        return PartyKind.ORGANISATION
    return PartyKind.PERSON


def main(arguments: Sequence[str] | None = None, floors_file: Path = FLOORS) -> int:
    from tests.fakes import WordEmbedder

    parser = argparse.ArgumentParser(prog="asking", description="Puts the exam's questions to the program.")
    parser.add_argument("--raise-floors", action="store_true", help="write higher floors; never lower ones")
    options = parser.parse_args(arguments)
    floors, objections = load_floors(floors_file), []
    for labelled in (True, False):
        name, replies = name_of(labelled=labelled), exam(labelled=labelled, embedder=WordEmbedder())
        sys.stdout.write(f"{name}: {sum(reply.passed for reply in replies)} of {len(replies)} as expected\n")
        for reply in replies:
            for why in reply.failures:
                sys.stdout.write(f"  {reply.question['id']}: {why}\n")
        if not options.raise_floors:
            objections += objections_to(replies, name, floors)
        elif found := unsound_among(replies, name):
            objections += found
        else:
            floors, found = raise_entry(name, digest_of(own()), figures_of(replies), floors)
            objections += found
    if options.raise_floors and not objections:
        save_floors(floors, floors_file)
    sys.stdout.writelines(f"FAILED {objection}\n" for objection in objections)
    return 1 if objections else 0


if __name__ == "__main__":
    sys.exit(main())
