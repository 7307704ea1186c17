"""The errors of the program, one small tree.

    OnRecordError
    ├── SettingsError        a setting is wrong; nothing was done               (exit 2)
    ├── InputError           one input cannot be used; the others go on         (exit 1)
    │   ├── UnreadableInput      cannot be opened or decoded
    │   └── EmptyInput           opened, but there is no text to keep
    └── KnowledgeBaseError   the knowledge base cannot be used                  (exit 3)
        ├── RecipeMismatch       the index was made with another recipe
        ├── StoreTooNew          written by a newer version of this program
        └── StoreUnwritable      no space, no permission, locked

Every message is one sentence (or two) for a person: it names the input and says what to do.
"Nothing found" is not an error: it is an empty result.
"""

from __future__ import annotations


class OnRecordError(Exception):
    """Base of every error that the program reports to a user in a sentence."""


class SettingsError(OnRecordError):
    """A setting or an option is wrong."""


class InputError(OnRecordError):
    """One input cannot be used. `subject` names it; the message says why and what to do."""

    def __init__(self, subject: str, reason: str) -> None:
        super().__init__(f"{subject}: {reason}")
        self.subject = subject
        self.reason = reason


class UnreadableInput(InputError):
    """The input cannot be opened, or its bytes are not what they claim to be."""


class EmptyInput(InputError):
    """The input was read, but holds no text worth keeping."""


class KnowledgeBaseError(OnRecordError):
    """The knowledge base cannot be opened or written."""


class RecipeMismatch(KnowledgeBaseError):
    """The index was made with another embedding model or splitter than is configured now."""


class StoreTooNew(KnowledgeBaseError):
    """The knowledge base was written by a newer version of the program."""


class StoreUnwritable(KnowledgeBaseError):
    """The knowledge base cannot be written: no space, no permission, or held by another writer."""
