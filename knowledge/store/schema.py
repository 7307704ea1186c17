"""The ledger's tables. SQLite: one file, `ledger.sqlite3`, in the folder of the knowledge base.

`passages` and `events` hold current versions only, so nothing that reads them can show a superseded one.
`versions` keeps a line for every version that there has been; the text of a superseded one is let go.

Full text is indexed by two FTS5 tables (reporting and comments apart), with external content: the text stands
once, in `passages`; triggers keep the index in the same transaction; the views let `rebuild` see only its own half.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

SCHEMA_VERSION = 1

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
)

versions = Table(
    "versions",
    metadata,
    Column("source_id", ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("content_hash", Text, nullable=False, index=True),
    Column("location", Text, nullable=False),
    Column("retrieved", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("author", Text),
    Column("publisher", Text),
    Column("published", Text),
    Column("url", Text),
    Column("kind", Text, nullable=False),
    Column("as_of", Text),
    Column("reading", Text),
    Column("text", Text),
    Column("characters", Integer, nullable=False),
    Column("layout", Text),
)

passages = Table(
    "passages",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("source_id", ForeignKey("sources.id", ondelete="CASCADE"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("zone", Text, nullable=False),
    Column("search_group", Text),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("page", Integer),
    Column("speaker", Text),
    Column("flagged", Boolean),
    Column("generation", Integer, nullable=False),
    Column("vector_id", Text, unique=True),
    Column("embedding_key", Text, index=True),
    Column("embedding", LargeBinary),
    Index("passages_by_source", "source_id", "ordinal"),
    Index("passages_by_group", "search_group", "generation"),
)

events = Table(
    "events",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("source_id", ForeignKey("sources.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("passage_id", Text),
    Column("party", Text, nullable=False),
    Column("party_kind", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("modality", Text, nullable=False),
    Column("attributed_to", Text),
    Column("offence", Text),
    Column("counts", Text),
    Column("date", Text),
    Column("sentence", Text),
    Column("quote", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("zone", Text, nullable=False),
    Column("page", Integer),
)

_FULL_TEXT = """
CREATE VIEW {group}_content AS SELECT row, text, title FROM passages WHERE search_group = '{group}';
CREATE VIRTUAL TABLE {group}_text USING fts5(
    text, title, content='{group}_content', content_rowid='row', tokenize='porter unicode61 remove_diacritics 2');
CREATE TRIGGER {group}_text_insert AFTER INSERT ON passages WHEN new.search_group = '{group}' BEGIN
    INSERT INTO {group}_text(rowid, text, title) VALUES (new.row, new.text, new.title); END;
CREATE TRIGGER {group}_text_delete AFTER DELETE ON passages WHEN old.search_group = '{group}' BEGIN
    INSERT INTO {group}_text({group}_text, rowid, text, title)
    VALUES ('delete', old.row, old.text, old.title); END;
"""


def full_text_statements(group: str) -> list[str]:
    """The statements that make the full-text index of one half. Passages are never updated in place."""
    parts = _FULL_TEXT.format(group=group).strip().split("\nCREATE ")
    return [parts[0], *(f"CREATE {part}" for part in parts[1:])]
