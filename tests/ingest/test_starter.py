"""The starter briefs: their form, and that no line stands without a whole address."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import frontmatter
import pytest

STARTER = Path(__file__).resolve().parents[2] / "ingest" / "starter"
BRIEFS = sorted(STARTER.glob("*.md"))
NAMES = {
    "backpage.md",
    "silk-road.md",
    "megaupload.md",
    "telegram-durov.md",
    "tornado-cash.md",
    "gonzalez-taamneh.md",
    "section-230-civil-suits.md",
    "rentboy-myredbook-cityxguide.md",
    "pornhub-girlsdoporn.md",
    "pirate-bay.md",
    "google-italy-compuserve.md",
    "binance-omegle-tiktok-snap.md",
}
LINK = re.compile(r"\[([^\[\]]+)\]\(([^()]*)\)")
TAIL = re.compile(r"(?: \[[^\[\]]+\]\(https?://[^\s()<>…]+\))+$")
# A working note or a half-written address, none of which may reach a reader.
UNFINISHED = re.compile(r"not verified|\btodo\b|\btbd\b|…|\.\.\.|\{\{|\}\}", re.IGNORECASE)
# A line is quoted alone, a sentence read alone: neither may leave its party to a pronoun.
BARE_PRONOUN = re.compile(r"^- (?:They|His|Her|Their|This|These|That)\b|(?:^- |[.:] )(?:He|She)\b")
LONGEST_PROSE = 320

every_brief = pytest.mark.parametrize("brief", BRIEFS, ids=lambda path: path.stem)


def prose_lines(brief: Path) -> list[str]:
    """The lines of a brief that state something: neither front matter, nor heading, nor empty."""
    content = frontmatter.loads(brief.read_text(encoding="utf-8")).content
    return [line for line in content.splitlines() if line.strip() and not line.startswith("#")]


def prose_of(line: str) -> str:
    return TAIL.sub("", line)


def test_there_is_one_brief_for_each_group_of_cases() -> None:
    assert {path.name for path in BRIEFS} == NAMES


@every_brief
def test_front_matter_names_the_brief_and_its_date(brief: Path) -> None:
    post = frontmatter.loads(brief.read_text(encoding="utf-8"))
    assert post["kind"] == "brief"
    assert post["publisher"] == "On Record"
    as_of = post["as_of"]
    assert date.fromisoformat(str(as_of)) >= date(2026, 11, 21)
    assert post.content.splitlines()[0] == f"# {post['title']}"


@every_brief
def test_headings_lead_from_scope_to_disagreements(brief: Path) -> None:
    content = frontmatter.loads(brief.read_text(encoding="utf-8")).content
    headings = [line.removeprefix("## ") for line in content.splitlines() if line.startswith("## ")]
    assert len(headings) >= 3
    assert len(set(headings)) == len(headings)
    assert "Where the sources disagree" in headings
    assert headings[-1] in {"Where the sources disagree", "Not known here"}


@every_brief
def test_no_heading_stands_empty(brief: Path) -> None:
    content = frontmatter.loads(brief.read_text(encoding="utf-8")).content
    for section in content.split("\n## ")[1:]:
        heading, _, body = section.partition("\n")
        assert any(line.startswith("- ") for line in body.splitlines()), heading


@every_brief
def test_every_line_ends_with_its_addresses(brief: Path) -> None:
    bare = [line for line in prose_lines(brief) if not TAIL.search(line)]
    assert bare == []


@every_brief
def test_addresses_are_whole_and_labelled(brief: Path) -> None:
    for line in prose_lines(brief):
        links = LINK.findall(line)
        assert len({address for _, address in links}) == len(links), line
        for label, address in links:
            parts = urlsplit(address)
            assert parts.scheme in {"http", "https"}, line
            assert parts.hostname, line
            assert "." in parts.hostname, line
            assert label.strip(), line


@every_brief
def test_lines_are_short_statements_about_named_parties(brief: Path) -> None:
    for line in prose_lines(brief):
        prose = prose_of(line)
        assert 20 < len(prose) <= LONGEST_PROSE, line
        assert prose.rstrip().endswith("."), line
        assert "](" not in prose, line
        assert not BARE_PRONOUN.search(prose), line
        assert not re.search(r"\brespectively\b", prose), line


@every_brief
def test_nothing_unfinished_is_left_in(brief: Path) -> None:
    assert UNFINISHED.findall(brief.read_text(encoding="utf-8")) == []


def test_no_two_lines_say_the_same_words() -> None:
    lines = [prose_of(line) for brief in BRIEFS for line in prose_lines(brief)]
    twice = sorted({line for line in lines if lines.count(line) > 1})
    assert twice == []
