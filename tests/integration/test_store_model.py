"""The real embedding model, where nothing else can stand in for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import SettingsError
from knowledge.model import Zone
from knowledge.settings import PACKAGED_MODEL, load_settings
from knowledge.store.embedder import SentenceTransformerEmbedder, embedder_of, resolve_precision
from knowledge.store.library import open_library
from tests.store_factories import CHARGE, VERDICT, document, settings_for

pytestmark = pytest.mark.integration

ROOT = Path(__file__).resolve().parents[2]
LIGHTHOUSE = "The keeper repaired the lamp of the lighthouse before the storm."


@pytest.fixture(scope="module")
def embedder() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(PACKAGED_MODEL, "float32")


def test_vectors_of_unit_length_in_the_order_of_the_texts(embedder: SentenceTransformerEmbedder) -> None:
    texts = [LIGHTHOUSE, VERDICT * 20, CHARGE, "x", ""]
    matrix = embedder.embed_documents(texts)
    assert matrix.shape == (5, 384)
    assert matrix.dtype == np.float32
    assert np.allclose(np.linalg.norm(matrix, axis=1), 1, atol=1e-5)
    for row, text in zip(matrix, texts, strict=True):
        assert float(row @ embedder.embed_query(text)) > 0.9999
    assert embedder.embed_documents([]).shape == (0, 384)


def test_bfloat16_is_near_enough_to_share_an_index(embedder: SentenceTransformerEmbedder) -> None:
    texts = [LIGHTHOUSE, VERDICT, CHARGE]
    half = SentenceTransformerEmbedder(PACKAGED_MODEL, "bfloat16").embed_documents(texts)
    assert np.allclose(np.linalg.norm(half, axis=1), 1, atol=1e-5)
    assert float((half * embedder.embed_documents(texts)).sum(axis=1).min()) > 0.999


def test_a_model_that_cannot_be_loaded_is_named(tmp_path: Path) -> None:
    absent = SentenceTransformerEmbedder(str(tmp_path / "no-model"))
    assert absent.recipe_name == str(tmp_path / "no-model")
    with pytest.raises(SettingsError, match=r"^EMBEDDING_MODEL is .*no-model.* cannot be loaded"):
        absent.embed_query("x")


def test_the_packaged_model_is_known_without_loading_it() -> None:
    embedder = embedder_of(load_settings(embedding_precision="auto"))
    assert (embedder.recipe_name, embedder.dimension) == (PACKAGED_MODEL, 384)
    assert embedder._loaded is None


def test_precision() -> None:
    assert resolve_precision("float32") == "float32"
    assert resolve_precision("bfloat16") == "bfloat16"
    assert resolve_precision("auto") in {"float32", "bfloat16"}


def test_a_question_in_other_words_finds_the_passage(tmp_path: Path, embedder: SentenceTransformerEmbedder) -> None:
    made = document("a.txt", (Zone.BODY, LIGHTHOUSE), (Zone.BODY, CHARGE), (Zone.BODY, VERDICT))
    with open_library(settings_for(tmp_path), create=True, embedder=embedder) as library:
        library.add(*made)
        hits = library.dense("Was she found guilty by the jurors?", 3)
        assert [hit.passage_id for hit in hits][0:3:2] == [made[1][2].id, made[1][0].id]
        assert library.answered_by == "chroma"
        assert library.verify().ok


QUIET = """
import sys
from pathlib import Path
from knowledge.store.library import open_library
from tests.store_factories import many, settings_for
with open_library(settings_for(Path(sys.argv[1])), create=True) as library:
    heavy = [name for name in ("torch", "chromadb", "langchain_core", "transformers") if name in sys.modules]
    assert not heavy, heavy
    library.add(*many("m", 3))
    assert library.dense("harbour", 2)
"""


def test_nothing_is_printed_and_nothing_heavy_is_loaded_before_it_is_needed(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", QUIET, str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
