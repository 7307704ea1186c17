"""The lock between processes: one writer at a time, and no reader opens Chroma while a writer has it open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from knowledge.errors import StoreUnwritable

FILE_NAME = "writer.lock"
WAIT_SECONDS = 120.0


@contextmanager
def writer_lock(folder: Path, *, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Holds the lock. The operating system lets go of it if the process dies. Raises StoreUnwritable."""
    lock = filelock.FileLock(folder / FILE_NAME, timeout=wait, thread_local=False)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise StoreUnwritable(
            f"The knowledge base in {folder} is being written by another program and did not come free within "
            f"{wait:g} seconds: wait for it to finish, then try again."
        ) from None
    except OSError as error:
        raise StoreUnwritable(
            f"The knowledge base in {folder} cannot be written: {error.strerror or error}."
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def lock_if_free(folder: Path) -> Iterator[bool]:
    """Holds the lock if nobody else does; yields whether it is safe to open what a writer might be changing.

    In a folder that cannot be written there is no lock to take, and no writer to fear.
    """
    lock = filelock.FileLock(folder / FILE_NAME, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except filelock.Timeout:
        yield False
        return
    except OSError:
        yield True
        return
    try:
        yield True
    finally:
        lock.release()
