"""Web pages: the article, and only what the page states of itself."""

from __future__ import annotations

import pytest

from ingest.text.html import extract_html
from knowledge.model import Zone
from tests.factories import page

_PROSE = (
    "<p>A grand jury in Porttown charged Omar Vance with wire fraud, and he denies it in every word he has said.</p>"
    "<p>The trial of the site's manager is expected to take three weeks in the old court house by the quay.</p>"
)
_ARTICLE = f"""
<nav><a href="/">Home</a> <a href="/other">Boss of other site convicted</a></nav>
<article><h1>Vance charged</h1>{_PROSE}
<p>He was not <a href="https://c.example/order">convicted</a> of anything.</p>
<h2>What he says</h2><blockquote><p>I did nothing wrong, and a jury will see that.</p></blockquote>
<ul><li>Count one: wire fraud</li><li>Count two: perjury</li></ul>
<table><tr><td>Count</td><td>Plea</td></tr><tr><td>One</td><td>Not guilty</td></tr></table></article>
<div id="comments"><h3>Comments</h3><p>Guilty as sin, that one. He was convicted years ago in another town.</p></div>
"""


def test_article_without_its_surroundings() -> None:
    document = extract_html(page(_ARTICLE, "<title>Vance charged</title>"), "a.html")
    text = document.text
    assert text.startswith("Vance charged\n\nA grand jury")
    assert "other site" not in text
    assert "Guilty as sin" not in text
    assert "He was not convicted of anything." in text
    assert "Count one: wire fraud\nCount two: perjury" in text
    assert "Count\tPlea\nOne\tNot guilty" in text
    marked = [(block.zone, text[block.start : block.end]) for block in document.marked]
    assert marked == [
        (Zone.HEADLINE, "Vance charged"),
        (Zone.HEADLINE, "What he says"),
        (Zone.QUOTATION, "I did nothing wrong, and a jury will see that."),
    ]
    assert [(text[link.start : link.end], link.url) for link in document.links] == [
        ("convicted", "https://c.example/order")
    ]


def test_title_goes_first_where_the_article_does_not_begin_with_it() -> None:
    document = extract_html(page(f"<article>{_PROSE}</article>", "<title>Vance charged with fraud</title>"), "a")
    assert document.metadata.title == "Vance charged with fraud"
    assert document.text.startswith("Vance charged with fraud\n\nA grand jury")
    assert document.marked[0].zone is Zone.HEADLINE
    assert document.text[document.marked[0].start : document.marked[0].end] == "Vance charged with fraud"


def test_metadata_of_the_page() -> None:
    head = (
        "<title>Vance charged</title>"
        '<meta property="og:site_name" content="The Daily Quill"><meta name="author" content="Ann Lee">'
        '<link rel="canonical" href="https://quill.example/vance">'
    )
    about = extract_html(page(_ARTICLE, head), "a.html").metadata
    assert (about.title, about.author, about.publisher) == ("Vance charged", "Ann Lee", "The Daily Quill")
    assert about.url == "https://quill.example/vance"


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        pytest.param(
            '<meta property="article:published_time" content="2021-03-04T10:00:00Z">', "", "2021-03-04", id="meta"
        ),
        pytest.param(
            '<script type="application/ld+json">{"@graph":[{"@type":"WebSite"},'
            '{"@type":["NewsArticle"],"datePublished":"2021-03-04"}]}</script>',
            "",
            "2021-03-04",
            id="json_ld",
        ),
        pytest.param(
            "", '<time itemprop="datePublished" datetime="2021-03-04">4 March</time>', "2021-03-04", id="time"
        ),
        pytest.param(
            "", '<p class="entry-date"><time datetime="2021-03-04T08:00">4 March</time></p>', "2021-03-04", id="class"
        ),
        pytest.param('<link rel="canonical" href="https://q.example/2021/3/4/vance">', "", "2021-03-04", id="address"),
        pytest.param("", "<p>On 2019-05-06 the site was closed, the police said.</p>", None, id="date_in_the_text"),
        pytest.param("", "<footer>© 2019 The Daily Quill, 2019-01-01</footer>", None, id="copyright"),
        pytest.param('<meta property="article:modified_time" content="2021-03-04">', "", None, id="only_changed"),
        pytest.param("", '<p class="updated"><time datetime="2021-03-04">4 March</time></p>', None, id="updated_time"),
        pytest.param("", '<time datetime="2021-03-04">the day of the hearing</time>', None, id="any_time"),
        pytest.param('<script type="application/ld+json">{broken</script>', "", None, id="broken_json_ld"),
        pytest.param('<meta name="date" content="soon">', "", None, id="no_date"),
    ],
)
def test_day_of_publication_is_stated_or_unknown(head: str, body: str, published: str | None) -> None:
    markup = page(f"<article><h1>Vance charged</h1>{body}{_PROSE}</article>", head)
    assert extract_html(markup, "a.html").metadata.published == published


def test_xhtml_that_names_its_encoding() -> None:
    markup = '<?xml version="1.0" encoding="iso-8859-1"?>\n' + page(_PROSE)
    assert "Omar Vance" in extract_html(markup, "a.xhtml").text


def test_thousands_of_nested_elements_do_no_harm() -> None:
    assert "Omar Vance" in extract_html(page(_PROSE + "<div>" * 5000 + "end"), "a.html").text


def test_page_wrapped_in_a_form_is_read() -> None:
    assert "Omar Vance" in extract_html(page(f"<form>{_PROSE}</form>"), "a.html").text
