"""Logging, set up once by the command line: structured lines on standard error, never on standard output."""

from __future__ import annotations

import logging
import sys

import structlog


def configure_logging(level: str) -> None:
    """`level`: DEBUG, INFO, WARNING or ERROR."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.WARNING)
    logging.basicConfig(level=number, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
