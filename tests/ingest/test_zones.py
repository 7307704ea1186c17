"""Zoning by tables: each line of an invented page stands behind the zone that is expected of it.

H headline, B body, Q quotation, - boilerplate, C:Name comment by Name (C: by nobody named), C!:Name flagged,
C.:Name known not to be flagged.
"""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.zones import zone
from knowledge.model import Block, DocumentMetadata, ExtractedDocument, Link, Zone

_ZONES = {"H": Zone.HEADLINE, "B": Zone.BODY, "Q": Zone.QUOTATION, "-": Zone.BOILERPLATE, "C": Zone.COMMENT}
_TAGGED = re.compile(r"(?P<zone>[HBQC-])(?P<flag>[!.]?)(?::(?P<name>[^|]*))?\| ?(?P<words>.*)")

P1 = (
    "A jury in Fairmont County on Thursday convicted Petra Halloran, who founded the classifieds site Lampost, of one "
    "count of wire fraud and acquitted her of two others."
)
P2 = (
    "The panel could not agree on the remaining eleven counts after nine days of talks, and the judge declared a "
    "mistrial on those. Prosecutors did not say whether they would try her again."
)
P3 = "Halloran, 58, said outside the courthouse that she would appeal. Her company was never charged."


def parse(page: str) -> tuple[str, list[tuple[str, Zone, str | None, str | None]]]:
    """The page's text, and for each line that is not blank: its words, zone, speaker and flag."""
    lines, expected = [], []
    for row in page.strip("\n").split("\n"):
        match = _TAGGED.fullmatch(row.strip())
        if match is None:
            assert not row.strip(), f"no tag: {row!r}"
            lines.append("")
            continue
        words = match["words"].format(P1=P1, P2=P2, P3=P3)
        lines.append(words)
        expected.append((words, _ZONES[match["zone"]], match["name"] or None, match["flag"] or None))
    return "\n".join(lines), expected


def found(document: ExtractedDocument, blocks: tuple[Block, ...]) -> list[tuple[str, Block]]:
    """For each line that is not blank, the block that its first character lies in."""
    rows, at = [], 0
    for line in document.text.split("\n"):
        if line.strip():
            start = at + len(line) - len(line.lstrip())
            rows.append((line, next(block for block in blocks if block.start <= start < block.end)))
        at += len(line) + 1
    return rows


def check(page: str) -> None:
    text, expected = parse(page)
    document = ExtractedDocument(text, "text/plain")
    rows = found(document, zone(document))
    got = [(words[:60], block.zone, block.speaker) for words, block in rows]
    assert got == [(words[:60], where, name) for words, where, name, _ in expected]
    flags = {None: None, "!": True, ".": False}
    for (words, block), (_, where, _, flag) in zip(rows, expected, strict=True):
        if where is Zone.COMMENT and flag:
            assert block.flagged is flags[flag], words


ARTICLES = [
    pytest.param(
        """
        H| Lampost founder convicted on one count, jury hangs on eleven
        -| By Rosa Lindqvist
        -| June 3, 2015 4:12 PM

        B| {P1}

        B| {P2}

        B| {P3}
        """,
        id="title_byline_date",
    ),
    pytest.param(
        """
        H| Lampost founder convicted on one count
        B| {P1}
        H| What the jury decided
        B| {P2}
        H| Background of the case
        B| {P3}
        """,
        id="headings_on_single_newlines",
    ),
    pytest.param(
        """
        -| Skip to content
        -| Menu
        -| Home News Sports Weather
        -| Advertisement

        H| Lampost founder convicted on one count, jury hangs on eleven
        H| Judge declares a mistrial on the rest
        -| By Rosa Lindqvist and Tom Okafor | Updated June 3, 2015 at 4:12 p.m.
        -| Share Tweet Email Print
        -| Photo: Petra Halloran leaves the courthouse on Thursday.

        B| {P1}
        -| Advertisement - story continues below
        B| {P2}
        -| Read more: Who is Petra Halloran?
        -| RELATED: Lampost to close its forum
        B| {P3}
        -| Petra Halloran at the courthouse on Thursday. (AP Photo/Lena Brandt)
        -| Sign up for our newsletter to get the latest from the courts.
        -| Tags: courts, Lampost, Petra Halloran
        -| © 2015 Fairmont Courier. All rights reserved.
        """,
        id="furniture_of_a_news_page",
    ),
    pytest.param(
        """
        H| Lampost founder convicted

        B| {P1}

        B| {P2}

        -| Related stories
        -| Jury convicts pier operator of arson
        -| Mayor pleads guilty to bribery charges
        -| Council fined over landfill. The mayor was sentenced to two years.
        -| Most read
        -| 1. Ferry captain acquitted
        -| 2. Bank president indicted
        """,
        id="teasers_at_the_end",
    ),
    pytest.param(
        """
        H| Lampost founder convicted

        B| {P1}

        -| Related
        -| Jury convicts pier operator of arson
        -| Mayor pleads guilty to bribery charges

        B| {P2} That is what the clerk of the court told reporters when the courthouse had closed.

        B| {P3}
        """,
        id="teasers_in_the_middle",
    ),
    pytest.param(
        """
        -| FOR IMMEDIATE RELEASE
        -| Wednesday, June 3, 2015

        H| Founder of Lampost Convicted of Wire Fraud

        B| FAIRMONT – {P1}

        B| An indictment is merely an allegation, and all defendants are presumed innocent until proven guilty.

        -| ###

        -| About the Fairmont County Attorney
        -| The office prosecutes crimes in Fairmont County and has convicted thousands of people since 1901.

        -| Media contact: Jonas Weld, 555-0142
        """,
        id="press_release",
    ),
    pytest.param(
        """
        H| Lampost founder convicted of fraud

        -| Thursday, June 4, 2015

        B| {P1}

        B| {P2}

        -| Related news
        -| "Founder of Lampost goes on trial" — Wikireport, May 2, 2015

        -| Sources
        -| Rosa Lindqvist. "Jury convicts founder" — Fairmont Courier, June 3, 2015
        -| Tom Okafor. "Mixed verdict in Lampost case" — Daily Pier, June 3, 2015

        -| External links
        -| Lampost on Wikireport

        -| Have an opinion on this story? Share it!
        """,
        id="wiki_tail",
    ),
    pytest.param(
        """
        H| Lampost founder convicted

        B| {P1}

        B| The jury found on the counts as follows:

        B| Count 1, wire fraud: guilty
        B| Counts 2 and 3, conspiracy: not guilty
        B| Counts 4 to 14: no verdict

        B| {P3}
        """,
        id="list_after_a_colon",
    ),
    pytest.param(
        """
        H| Lampost founder convicted

        B| {P1}

        B| The indictment says:

        Q:The indictment| Halloran and others agreed to hide the origin of the money in accounts abroad.

        B| Prosecutor Jane Roe says:

        Q:Prosecutor Jane Roe| “We are pleased with the verdict, and we thank the jurors for their work.” {P3}

        B| {P3}
        """,
        id="statements_in_an_article_are_no_comments",
    ),
    pytest.param(
        """
        H| Lampost founder convicted

        B| {P1}

        B| The site was never about that, as Rosa Lindqvist reported in the Courier last year:

        Q:Rosa Lindqvist| Halloran met with investigators four times, and gave them all that they asked for.

        B| In other words, the case was about something else. {P3}
        """,
        id="announced_quotation",
    ),
    pytest.param(
        """
        H| Five questions on the Lampost case
        B| {P1}
        B| Subscribers to the site paid $30 a month, and Halloran's lawyers said that most of them were honest people.
        B| Filed in 2012, the first suit against the company was dismissed a year later by a federal judge.
        B| Comments on the site were read by nobody, a former manager told the jury on the third day of the trial.
        B| Posted on June 3, 2011, the advertisement led police to a motel outside the city, a detective said.
        B| Follow the money, prosecutors told the jury, and it leads to Petra Halloran and nobody else at all.
        B| By Friday, Halloran Media and its lenders had sold the site.
        B| Related charges against two of her managers were dropped in May, and neither of them will be tried again.
        """,
        id="prose_that_begins_like_furniture",
    ),
    pytest.param(
        """
        H| Lampost founder convicted
        -| 12 Comments
        -| Leave a comment
        B| {P1}
        B| {P2}
        B| {P3}
        -| 0 Comments
        -| Be the first to comment
        """,
        id="links_to_comments_without_comments",
    ),
    pytest.param(
        """
        B| Petra Halloran was convicted of wire fraud on Thursday.
        """,
        id="one_sentence",
    ),
    pytest.param("B| Halloran convicted", id="one_line_without_a_full_stop"),
    pytest.param(
        """
        H| Halloran convicted
        B| Jury hangs on eleven counts
        """,
        id="two_lines_without_a_full_stop",
    ),
    pytest.param(
        """
        H| LAMPOST FOUNDER CONVICTED ON ONE COUNT

        B| A jury in Fairmont County on Thursday convicted Petra Halloran, who founded
        B| the classifieds site Lampost, of one count of wire fraud and acquitted her of
        B| two others. The panel could not agree on the rest, and Judge Alma Reyes of the
        B| Superior Court declared a mistrial.

        B| Halloran said that she would appeal. Her lawyer, Ned Castile, called the
        B| Verdict a compromise that the law does not know.
        """,
        id="hard_wrapped",
    ),
]

ARTICLES += [
    pytest.param(
        """
        H| Halloran v. Fairmont County

        H| Background
        B| {P1}
        B| {P2}

        H| Discussion
        B| {P3}
        B| The petitioner says that no juror heard the tape. The record shows that all of them did.
        """,
        id="discussion_of_a_court_opinion",
    ),
]

COMMENTS = [
    pytest.param(
        """
        H| Lampost founder convicted
        B| {P1}
        B| {P2}
        -| 3 Comments
        -| Marla says:
        -| June 3, 2015 at 4:12 pm
        C:Marla| She is guilty of everything and everybody knows it.
        -| Reply
        -| bridge_troll77 says:
        -| June 3, 2015 at 5:01 pm
        C:bridge_troll77| No, the jury acquitted her of two counts.

        C:bridge_troll77| Read the verdict.
        -| Reply
        -| The Real Otto says:
        -| June 4, 2015 at 9:30 am
        C:The Real Otto| Her partner pleaded guilty years ago
        -| Reply
        -| Leave a Reply
        -| Your email address will not be published. Required fields are marked *
        -| Name *
        -| Email *
        -| Website
        -| Notify me of follow-up comments by email.
        -| Recent Posts
        -| Ferry captain acquitted of all charges
        """,
        id="wordpress",
    ),
    pytest.param(
        """
        H| Lampost founder convicted
        B| {P1}
        B| {P2}
        -| 2 thoughts on “Lampost founder convicted”
        -| Marla on June 3, 2015 at 4:12 pm said:
        C:Marla| She was convicted of trafficking, look it up.
        -| Otto Brandt on June 3, 2015 at 5:12 pm said:
        C:Otto Brandt| She was not.
        """,
        id="wordpress_said_with_date",
    ),
    pytest.param(
        """
        H| Lampost founder convicted
        B| {P1}
        B| {P2}
        -| Comments
        -| Join the discussion…
        -| Sort by Best
        -| Marla Quist • 3 years ago
        C:Marla Quist| She was convicted of trafficking, look it up.
        -| 12 △ ▽ • Reply • Share ›
        -| otto_b > Marla Quist • 3 years ago
        C:otto_b| She pleaded guilty, I think.
        -| △ ▽ • Reply • Share ›
        -| Powered by Disqus
        """,
        id="disqus",
    ),
    pytest.param(
        """
        H| Lampost founder convicted (fairmontcourier.example)
        -| 123 points by marlaq 3 hours ago | hide | past | favorite | 56 comments
        -| marlaq 3 hours ago | parent | next [–]
        C:marlaq| She was convicted of trafficking and will serve twenty years for it.
        -| reply
        -| otto_b 2 hours ago | parent | prev | next [–]
        C:otto_b| The jury acquitted her of that.
        -| reply
        -| throwaway99 2 hours ago [flagged] | parent [–]
        C!:throwaway99| They are all criminals and belong in prison.
        """,
        id="link_aggregator",
    ),
    pytest.param(
        """
        H| Lampost founder convicted
        -| u/marlaq • 2 yr. ago
        C:marlaq| The founder was sentenced to twenty years and nobody says a word about it.
        -| [–]otto_b 12 points 2 years ago
        C:otto_b| No, she has not been sentenced at all.
        -| permalink embed save report reply
        -| [–]quiet_fern 3 points 2 years ago*
        C:quiet_fern| Source? I read that she was acquitted on all counts.
        """,
        id="threaded_forum_points",
    ),
    pytest.param(
        """
        H| Lampost founder convicted
        B| {P1}
        B| {P2}
        -| 2 comments:
        -| Anonymous said...
        C:Anonymous| She was convicted of trafficking, look it up.
        -| June 3, 2015 at 4:12 PM
        -| Otto Brandt said...
        C:Otto Brandt| She was not.
        -| June 3, 2015 at 5:12 PM
        -| Post a Comment
        -| Newer Post
        -| Older Post
        """,
        id="blogger_date_below",
    ),
    pytest.param(
        """
        H| Lampost founder convicted
        B| {P1}
        B| {P2}
        -| Comments
        C:Marla Quist| She was convicted of trafficking, look it up.
        -| Posted by: Marla Quist | June 3, 2015 at 04:12 PM
        C:Otto| She was not. I was in the courtroom when they read the verdict.

        C:Otto| It was one count.
        -| Posted by: Otto | June 3, 2015 at 05:12 PM
        -| The comments to this entry are closed.
        """,
        id="typepad_author_below",
    ),
    pytest.param(
        """
        H| Lampost founder convicted
        B| {P1}
        B| {P2}
        -| 2 Comments
        -| #1 Marla Quist
        C:Marla Quist| She was convicted of trafficking, look it up.
        -| #2 Otto
        C:Otto| She was not.
        """,
        id="numbered",
    ),
    pytest.param(
        """
        H| Lampost founder convicted
        -| Posted by Rosa on Thursday June 03, 2015 @04:12PM
        -| from the mixed-verdicts dept.
        B| {P1}
        B| {P2}
        -| The following comments are owned by whoever posted them. We are not responsible for them in any way.
        -| by Anonymous Coward on Thursday June 03, 2015 @04:20PM (#4711)
        C:Anonymous Coward| She was convicted of trafficking, look it up.
        -| by otto_b ( 123456 ) on Thursday June 03, 2015 @04:31PM (#4712)
        C:otto_b| She was not.
        """,
        id="news_for_programmers",
    ),
    pytest.param(
        """
        -| #1
        -| marlaq wrote on June 3, 2015 4:12 pm:
        C:marlaq| Did you hear that the Lampost founder was sentenced to twenty years? It was on the radio.
        -| #2
        -| otto_b wrote on June 3, 2015 4:30 pm:
        -| Originally Posted by marlaq
        C:otto_b| Did you hear that the Lampost founder was sentenced
        C:otto_b| She was not. She was convicted of one count, and that is all that happened.
        """,
        id="forum_thread_has_no_article",
    ),
    pytest.param(
        """
        H| Lampost founder convicted
        B| {P1}
        B| {P2}
        -| Comments (3)
        -| Marla Quist
        -| 3 years ago
        C:Marla Quist| She was convicted of trafficking, look it up.
        -| Like
        -| Reply
        -| Otto
        -| 2 years ago
        C:Otto| She was not.
        -| Like
        -| Reply
        """,
        id="name_above_age",
    ),
    pytest.param(
        """
        H| Lampost founder convicted
        B| {P1}
        B| {P2}
        -| Comments
        -| Marla Quist
        C:Marla Quist| She was convicted of trafficking, look it up.
        -| Like · Reply · 3 · Jun 3, 2015 4:12pm
        -| Otto Brandt
        C:Otto Brandt| She was not.
        -| Like · Reply · 1 · Jun 3, 2015 5:12pm
        -| Facebook Comments Plugin
        """,
        id="buttons_below_each",
    ),
    pytest.param(
        """
        H| Lampost founder convicted
        B| {P1}
        B| {P2}
        -| Reader comments
        -| Marla wrote:
        C:Marla| She was convicted of trafficking, look it up.
        -| Otto wrote:
        C:Otto| She was not.
        """,
        id="wrote",
    ),
    pytest.param(
        """
        H| Lampost founder convicted
        B| {P1}
        B| {P2}
        B| {P3}
        -| 14 Comments
        C:| She was convicted of trafficking, look it up.
        C:| No she was not, and you should read the verdict first.
        """,
        id="unknown_layout_below_a_heading",
    ),
    pytest.param(
        """
        H| Lampost founder convicted
        B| {P1}
        B| {P2}
        -| marlaq says:
        C:marlaq| She was convicted of trafficking, look it up.
        -| otto_b says:
        C:otto_b| She was not.
        -| Quiet Fern says:
        C:Quiet Fern| He pleaded guilty to all of it.
        """,
        id="no_heading_but_three_authors",
    ),
    pytest.param(
        """
        H| Lampost founder convicted
        -| Leave a comment
        B| {P1}
        B| {P2}
        B| {P3}
        B| The indictment says:
        Q:The indictment| Halloran and others agreed to hide the origin of the money in accounts abroad.
        B| {P3}
        -| Leave a comment
        -| Name
        -| 2 Responses
        -| marlaq says:
        C:marlaq| She was convicted of trafficking, look it up.
        -| otto_b says:
        C:otto_b| She was not.
        """,
        id="form_above_comments_and_link_above_article",
    ),
]

COMMENTS += [
    pytest.param(
        """
        H| Lampost founder convicted
        B| {P1}
        -| posted by marlaq at 4:12 PM on June 3, 2015
        C:otto_b| She was convicted of trafficking, look it up. I was there when they read it.
        -| posted by otto_b at 4:20 PM on June 3, 2015
        C:quiet_fern| She was not.
        -| posted by quiet_fern at 4:31 PM on June 3, 2015
        """,
        id="community_log_author_below_and_no_heading",
    ),
    pytest.param(
        """
        -| 06-03-2015, 04:12 PM
        -| #1
        -| marlaq
        -| Senior Member
        -| Join Date: Jan 2010
        -| Posts: 123
        C:marlaq| Did you hear that the Lampost founder was sentenced to twenty years? It was on the radio.
        -| 06-03-2015, 04:31 PM
        -| #2
        -| otto_b
        -| Junior Member
        -| Join Date: May 2014
        C:otto_b| She was not. She was convicted of one count, and that is all that happened.
        """,
        id="forum_with_ranks",
    ),
    pytest.param(
        """
        H| Lampost founder convicted
        -| by marlaq » Wed Jun 03, 2015 4:12 pm
        C:marlaq| Did you hear that the Lampost founder was sentenced to twenty years? It was on the radio.
        -| by otto_b » Wed Jun 03, 2015 4:31 pm
        C:otto_b| She was not. She was convicted of one count, and that is all that happened.
        """,
        id="bulletin_board",
    ),
    pytest.param(
        """
        H| Lampost founder convicted
        B| {P1}
        B| {P2}
        -| 2 Comments
        -| 1. At 16:12 on 3 Jun 2015, marlaq wrote:
        C:marlaq| She was convicted of trafficking, look it up.
        -| 2. At 16:31 on 3 Jun 2015, otto_b wrote:
        C:otto_b| She was not.
        """,
        id="time_before_name",
    ),
    pytest.param(
        """
        H| # Lampost founder convicted
        B| {P1}
        B| {P2}
        -| ## Comments
        -| **marlaq** · 3 June 2015
        C:marlaq| She was convicted of trafficking, look it up.
        -| **otto_b** · 4 June 2015
        C:otto_b| She was not.
        """,
        id="markdown",
    ),
    pytest.param(
        """
        H| Lampost founder convicted
        -| Rosa Lindqvist | June 3, 2015 4:12 pm
        B| {P1}
        B| {P2}
        B| {P3}
        B| {P1}
        B| {P2}
        B| {P2}
        B| {P2}
        -| Related
        -| Ferry captain acquitted
        -| Tom Okafor | June 1, 2015 9:10 am
        -| A jury acquitted the captain of all charges.
        """,
        id="byline_and_a_teaser_with_another",
    ),
    pytest.param(
        """
        H| Mayor pleads guilty
        -| 3 hours ago
        B| The mayor did so on Monday.
        H| Ferry captain acquitted
        -| 4 hours ago
        B| A jury acquitted the captain of all charges.
        H| Bank president indicted
        -| 5 hours ago
        B| {P1}
        B| {P2}
        B| {P3}
        B| {P1}
        B| {P2}
        B| {P2}
        B| {P2}
        """,
        id="teasers_with_ages_above_an_article",
    ),
]

FLAGS = [
    pytest.param(
        """
        H| Lampost founder convicted
        B| {P1}
        B| {P2}
        -| 7 Comments
        -| Marla says:
        C.:Marla| She was convicted of one count.

        -| This comment was flagged by readers. Show it anyway.

        -| Otto says:
        C!:Otto| She is a trafficker and everybody knows it.

        -| This comment was flagged by readers. Show it anyway.

        -| This comment was flagged by readers. Show it anyway.

        -| This comment has been voted helpful by readers.
        -| Quiet Fern says:
        C.:Quiet Fern| The jury acquitted her of two counts.

        -| This comment was flagged by readers. Show it anyway.
        """,
        id="notice_above_the_comment",
    ),
    pytest.param(
        """
        H| Lampost founder convicted
        B| {P1}
        B| {P2}
        -| 3 Comments
        -| Marla says:
        -| This comment was hidden by moderators.
        C!:Marla| She is a trafficker and everybody knows it.
        -| Otto says:
        C.:Otto| She was convicted of one count.
        -| Quiet Fern says:
        -| This comment was hidden by moderators.
        -| Lone Pine says:
        C.:Lone Pine| The jury acquitted her of two counts.
        """,
        id="notice_below_the_author",
    ),
    pytest.param(
        """
        H| Lampost founder convicted
        B| {P1}
        B| {P2}
        -| 2 Comments
        -| Marla says:
        -| [deleted by moderator]
        -| Otto says:
        C:Otto| She was convicted of one count.
        """,
        id="removed_comment_has_no_words",
    ),
]


@pytest.mark.parametrize("page", ARTICLES)
def test_article(page: str) -> None:
    check(page)


@pytest.mark.parametrize("page", COMMENTS)
def test_comments(page: str) -> None:
    check(page)


@pytest.mark.parametrize("page", FLAGS)
def test_flags(page: str) -> None:
    check(page)


def test_flag_unknown_where_the_site_flags_nothing() -> None:
    text, _ = parse("B| {P1}\nB| {P2}\n-| 2 Comments\n-| Marla says:\nC| Guilty.\n-| Otto says:\nC| No.")
    comments = [b for b in zone(ExtractedDocument(text, "text/plain")) if b.zone is Zone.COMMENT]
    assert [(b.speaker, b.flagged) for b in comments] == [("Marla", None), ("Otto", None)]


def test_each_comment_is_a_block_even_of_one_author() -> None:
    text, _ = parse("B| {P1}\nB| {P2}\n-| 2 Comments\n-| Otto says:\nC| Guilty.\n-| Otto says:\nC| Or not.")
    comments = [b for b in zone(ExtractedDocument(text, "text/plain")) if b.zone is Zone.COMMENT]
    assert [text[b.start : b.end] for b in comments] == ["Guilty.", "Or not."]


def test_page_saved_as_a_single_line() -> None:
    text = (
        f"{P1} {P2} {P3} 2 Comments Marla Quist says: She was convicted of trafficking. Look it up. "
        "otto_b says: She was not."
    )
    blocks = [b for b in zone(ExtractedDocument(text, "text/plain")) if b.zone is not Zone.BOILERPLATE]
    assert [(b.zone, b.speaker, text[b.start : b.end]) for b in blocks] == [
        (Zone.BODY, None, f"{P1} {P2} {P3}"),
        (Zone.COMMENT, "Marla Quist", "She was convicted of trafficking. Look it up."),
        (Zone.COMMENT, "otto_b", "She was not."),
    ]


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        pytest.param("as Rosa Lindqvist wrote:", "Rosa Lindqvist", id="as_name_wrote"),
        pytest.param("He lost. As a report in the Courier put it last year:", "a report in the Courier", id="report"),
        pytest.param("The indictment reads in part:", "The indictment", id="indictment"),
        pytest.param("According to the court's order:", "the court's order", id="according_to"),
    ],
)
def test_speaker_of_an_announced_quotation(words: str, speaker: str) -> None:
    text = f"{P1}\n\n{P2} {words}\n\n{P3}\n\n{P1}"
    quotations = [b for b in zone(ExtractedDocument(text, "text/plain")) if b.zone is Zone.QUOTATION]
    assert [(b.speaker, text[b.start : b.end]) for b in quotations] == [(speaker, P3)]


def test_quotation_goes_on_while_its_marks_stay_open() -> None:
    text = f"{P1}\n\nThe order says:\n\n“{P2}\n\n“{P3}”\n\n{P1}"
    quotations = [b for b in zone(ExtractedDocument(text, "text/plain")) if b.zone is Zone.QUOTATION]
    assert [text[b.start : b.end] for b in quotations] == [f"“{P2}\n\n“{P3}”"]


def _marked(text: str, *stretches: tuple[str, Zone], media_type: str = "text/markdown") -> ExtractedDocument:
    marks, at = [], 0
    for words, where in stretches:
        at = text.index(words, at)
        marks.append(Block(where, at, at + len(words)))
        at += len(words)
    return ExtractedDocument(text, media_type, marked=tuple(marks))


def _rows(document: ExtractedDocument) -> list[tuple[Zone, str]]:
    return [(b.zone, document.text[b.start : b.end]) for b in zone(document)]


def test_brief_with_marked_sources() -> None:
    text = (
        "---\ntitle: Lampost\nkind: brief\n---\n# Lampost and its founder\n\n## Charges\n"
        "- In May 2014 a grand jury indicted Petra Halloran. [courier](https://courier.example/1)\n"
        "- Tom Okafor: no charge [pier](https://pier.example/2)\n"
    )
    document = _marked(
        text,
        ("---\ntitle: Lampost\nkind: brief\n---", Zone.BOILERPLATE),
        ("Lampost and its founder", Zone.HEADLINE),
        ("Charges", Zone.HEADLINE),
        ("[courier](https://courier.example/1)", Zone.BOILERPLATE),
        ("[pier](https://pier.example/2)", Zone.BOILERPLATE),
    )
    bodies = [words for where, words in _rows(document) if where is Zone.BODY]
    headlines = [words for where, words in _rows(document) if where is Zone.HEADLINE]
    assert bodies == ["- In May 2014 a grand jury indicted Petra Halloran.", "- Tom Okafor: no charge"]
    assert headlines == ["Lampost and its founder", "Charges"]


def test_markdown_without_marks() -> None:
    text = f"---\ntitle: Lampost\n---\n# Lampost\n\n{P1}\n\n## Charges\n\n{P2}\n"
    assert _rows(ExtractedDocument(text, "text/markdown")) == [
        (Zone.BOILERPLATE, "---\ntitle: Lampost\n---"),
        (Zone.HEADLINE, "# Lampost"),
        (Zone.BODY, P1),
        (Zone.HEADLINE, "## Charges"),
        (Zone.BODY, P2),
    ]


def test_marked_heading_of_comments_opens_the_section() -> None:
    text = f"Lampost\n\n{P1}\n\n{P2}\n\nComments\n\nMarla • 3 years ago\n\n{P3}\n\nOtto • 2 years ago\n\nNo."
    document = _marked(text, ("Lampost", Zone.HEADLINE), ("Comments", Zone.HEADLINE), (P3, Zone.QUOTATION))
    comments = [text[b.start : b.end] for b in zone(document) if b.zone is Zone.COMMENT]
    assert comments == [P3, "No."]


def test_marks_outside_the_text_and_over_one_another_do_no_harm() -> None:
    marks = (Block(Zone.HEADLINE, 0, 7), Block(Zone.QUOTATION, 3, 20), Block(Zone.BOILERPLATE, 400, 900))
    document = ExtractedDocument(f"Lampost\n\n{P1}", "text/html", marked=marks)
    assert _rows(document)[0] == (Zone.HEADLINE, "Lampost")


def test_title_that_ends_like_a_sentence_is_known_from_the_metadata() -> None:
    title = "Petra Halloran was convicted. Now what happens to Lampost."
    document = ExtractedDocument(f"{title}\n\n{P1}", "text/html", DocumentMetadata(title=title))
    assert _rows(document) == [(Zone.HEADLINE, title), (Zone.BODY, P1)]


def test_links_are_no_concern_of_zoning() -> None:
    plain = ExtractedDocument(P1, "text/html")
    linked = ExtractedDocument(P1, "text/html", links=(Link(2, 6, "https://courier.example"),))
    assert zone(plain) == zone(linked)


def test_empty_documents_have_no_blocks() -> None:
    assert [zone(ExtractedDocument(text, "text/plain")) for text in ("", " \n\n\t\n")] == [(), ()]


_ROWS = st.lists(
    st.sampled_from(
        [
            P1,
            P3,
            "73 Comments",
            "Comments on “Lampost”",
            "Otto says:",
            "Marla • 3 years ago",
            "This comment was flagged by readers.",
            "Reply",
            "Related",
            "###",
            "FOR IMMEDIATE RELEASE",
            "Leave a Reply",
            "as Rosa wrote:",
            "- item",
            "> quoted",
            "",
            "---",
            "Posted by: Otto | June 3, 2015 at 04:12 PM",
        ]
    )
    | st.text(max_size=40),
    max_size=30,
)


@st.composite
def _documents(draw: st.DrawFn) -> ExtractedDocument:
    text = "\n".join(draw(_ROWS))
    edges = sorted(draw(st.lists(st.integers(0, len(text) + 3), max_size=6)))
    marks = tuple(Block(draw(st.sampled_from(list(Zone))), a, b) for a, b in pairwise(edges))
    media_type = draw(st.sampled_from(["text/plain", "text/markdown", "text/html"]))
    return ExtractedDocument(text, media_type, marked=marks)


@given(document=_documents())
def test_blocks_are_ordered_and_cover_all_text(document: ExtractedDocument) -> None:
    blocks, text = zone(document), document.text
    assert all(0 <= b.start < b.end <= len(text) for b in blocks)
    assert all(a.end <= b.start for a, b in pairwise(blocks))
    covered = {n for b in blocks for n in range(b.start, b.end)}
    assert all(n in covered for n in range(len(text)) if not text[n].isspace())
    assert all(b.zone in (Zone.COMMENT, Zone.QUOTATION) or b.speaker is None for b in blocks)
    assert zone(document) == blocks


@given(document=_documents())
def test_nothing_is_body_after_the_first_comment(document: ExtractedDocument) -> None:
    """Unless the format itself marks the comment."""
    zones = [b.zone for b in zone(ExtractedDocument(document.text, "text/plain"))]
    after = zones[zones.index(Zone.COMMENT) :] if Zone.COMMENT in zones else []
    assert set(after) <= {Zone.COMMENT, Zone.BOILERPLATE}


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("a " * 400, id="words"),
        pytest.param("a" * 800, id="letters"),
        pytest.param("| • " * 200, id="separators"),
        pytest.param("12 Comments Otto says: ", id="inline_comments"),
        pytest.param("Re: Re: ", id="replies"),
        pytest.param("Share Tweet Email\n", id="buttons"),
        pytest.param("Otto says:\n", id="authors"),
        pytest.param("This comment was flagged by readers.\n", id="flags"),
        pytest.param("(((((", id="brackets"),
        pytest.param("12 Comments ", id="inline_headings"),
        pytest.param("Hidden: this comment was flagged.\nOtto says:\nNo.\nMarla says:\nYes.\nBo says:\n", id="section"),
    ],
)
def test_large_documents_end(piece: str) -> None:
    """Every rule is bounded per line and every pass is one pass: a megabyte of trouble has to come back."""
    text = piece * (400_000 // len(piece))
    blocks = zone(ExtractedDocument(text, "text/plain"))
    assert blocks[0].start == len(text) - len(text.lstrip())
    assert blocks[-1].end == len(text.rstrip())
