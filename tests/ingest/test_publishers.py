"""Which kind of source a publisher is."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.publishers import load_publishers
from knowledge.errors import SettingsError
from knowledge.model import SourceKind


@pytest.mark.parametrize(
    ("publisher", "url", "kind"),
    [
        pytest.param(None, "https://www.courtlistener.com/docket/1/", SourceKind.COURT_RECORD, id="court_site"),
        pytest.param(None, "https://ecf.azd.uscourts.gov/doc1", SourceKind.COURT_RECORD, id="longest_entry_wins"),
        pytest.param(None, "https://www.justice.gov/opa/pr/x", SourceKind.GOVERNMENT_RELEASE, id="prosecutor"),
        pytest.param(None, "https://oag.example.gov/x", SourceKind.GOVERNMENT_RELEASE, id="any_gov"),
        pytest.param(None, "http://www.cps.gov.uk/x", SourceKind.GOVERNMENT_RELEASE, id="gov_uk"),
        pytest.param(None, "https://www.hsgac.senate.gov/x", SourceKind.LEGISLATIVE_REPORT, id="senate"),
        pytest.param(None, "https://apnews.com/article/1", SourceKind.NEWS, id="news"),
        pytest.param(None, "https://www.missingkids.org/blog", SourceKind.ADVOCACY, id="advocacy"),
        pytest.param(None, "https://www.techdirt.com/2020/01/01/x", SourceKind.COMMENTARY, id="commentary"),
        pytest.param("The Associated Press", None, SourceKind.NEWS, id="name_with_article"),
        pytest.param("U.S. DEPARTMENT OF JUSTICE", None, SourceKind.GOVERNMENT_RELEASE, id="name_in_capitals"),
        pytest.param("US Department of Justice", None, SourceKind.GOVERNMENT_RELEASE, id="name_without_dots"),
        pytest.param("www.techdirt.com", None, SourceKind.COMMENTARY, id="domain_as_name"),
        pytest.param("Reuters", "https://copies.example/1", SourceKind.NEWS, id="name_before_unknown_site"),
        pytest.param("FBI", "https://apnews.com/1", SourceKind.GOVERNMENT_RELEASE, id="name_before_known_site"),
        pytest.param("The Daily Quill", "https://reuters.com/1", SourceKind.NEWS, id="site_where_name_is_unknown"),
        pytest.param("The Daily Quill", "https://quill.example/1", SourceKind.UNKNOWN, id="neither_known"),
        pytest.param(None, None, SourceKind.UNKNOWN, id="nothing_known"),
        pytest.param(None, "https://notjustice.gov.example/1", SourceKind.UNKNOWN, id="only_looks_like_it"),
        pytest.param(None, "https://notapnews.com/1", SourceKind.UNKNOWN, id="ends_like_it"),
        pytest.param(None, "http://[broken", SourceKind.UNKNOWN, id="no_address"),
    ],
)
def test_kind(publisher: str | None, url: str | None, kind: SourceKind) -> None:
    assert load_publishers().kind_of(publisher, url) is kind


def test_table_of_ones_own(tmp_path: Path) -> None:
    table = tmp_path / "mine.toml"
    table.write_text('[names]\n"The Daily Quill" = "news"\n', encoding="utf-8")
    publishers = load_publishers(table)
    assert publishers.kind_of("Daily Quill", None) is SourceKind.NEWS
    assert publishers.kind_of("Reuters", None) is SourceKind.UNKNOWN


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param('[names]\n"Quill" = "gossip"\n', "gossip", id="unknown_kind"),
        pytest.param("[names\n", "not a TOML file", id="not_toml"),
        pytest.param('names = "news"\n', "must hold lines", id="not_a_table"),
        pytest.param(None, "cannot be read", id="not_there"),
    ],
)
def test_wrong_table_is_a_wrong_setting(content: str | None, says: str, tmp_path: Path) -> None:
    table = tmp_path / "mine.toml"
    if content is not None:
        table.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=says) as caught:
        load_publishers(table)
    assert "PUBLISHERS_FILE" in str(caught.value)
