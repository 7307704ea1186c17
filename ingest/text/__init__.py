"""Bytes in, one `ExtractedDocument` out, by what the bytes are."""

from __future__ import annotations

from ingest.text.dispatch import Limits, extract_document

__all__ = ["Limits", "extract_document"]
