from __future__ import annotations

from datetime import datetime

import pytest

from ingest.extraction.draft import Draft
from ingest.extraction.markup.document import Document
from ingest.extraction.metadata import extractor as metadata

URL = "https://www.daily-example.com/news/bridge"
HEAD = "<title>Council delays the new bridge</title>"
H1 = "<h1>Council delays the new bridge</h1>"
PROSE = "<p>" + "The council has delayed the bridge again. " * 8 + "</p>"


def extract(html: str, url: str = URL, **options: str) -> Draft:
    return metadata.EXTRACTOR.extract(Document(html, url, **options))  # type: ignore[arg-type]


def days(draft: Draft) -> tuple[str, str]:
    published, modified = draft.published, draft.modified
    return (published.date().isoformat() if published else "", modified.date().isoformat() if modified else "")


def test_published_and_modified_are_told_apart_in_json_ld() -> None:
    draft = extract(
        """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Council",
        "datePublished": "2024-05-03T09:00:00+02:00", "dateModified": "2024-05-04T10:00:00+02:00"}</script>"""
    )

    assert days(draft) == ("2024-05-03", "2024-05-04")
    assert draft.origins["published"] == "json-ld"
    assert draft.published is not None
    assert draft.published.isoformat() == "2024-05-03T09:00:00+02:00"


def test_the_article_of_the_page_counts_and_not_that_of_a_teaser() -> None:
    draft = extract(
        f"""<script type="application/ld+json">[
        {{"@type": "NewsArticle", "url": "https://www.daily-example.com/news/other", "datePublished": "2020-01-01"}},
        {{"@type": "NewsArticle", "mainEntityOfPage": {{"@id": "{URL}"}}, "datePublished": "2024-05-03"}}]</script>"""
    )

    assert days(draft)[0] == "2024-05-03"


@pytest.mark.parametrize(
    "meta",
    [
        '<meta property="article:published_time" content="2024-05-03T09:00:00Z">',
        '<meta name="parsely-pub-date" content="2024-05-03T09:00:00Z">',
        '<meta itemprop="datePublished" content="2024-05-03T09:00:00Z">',
        '<meta name="citation_publication_date" content="2024/05/03">',
        '<meta name="x-published-date" content="2024-05-03">',
        '<meta name="DC.date.issued" content="2024-05-03">',
    ],
)
def test_a_meta_element_gives_the_date(meta: str) -> None:
    assert days(extract(meta + H1 + PROSE))[0] == "2024-05-03"


@pytest.mark.parametrize(
    "printed",
    [
        "<p>May 3, 2024</p>",
        "<div><span>Published</span> <span>3 May 2024</span></div>",
        "<div><span>May</span> <span>3</span>, <span>2024</span></div>",
        '<p class="byline">By Ann Example | May 3, 2024 | 4 min read</p>',
        '<time datetime="2024-05-03T09:00:00Z">2 days ago</time>',
        '<abbr class="published" title="2024-05-03T09:00:00+02:00">Friday</abbr>',
        "<div>입력 2024-05-03 09:00</div><div>수정 2024-05-04 10:00</div>",
        "<div>Aktualisiert am 04.05.2024</div><div>Veröffentlicht am 03.05.2024</div>",
    ],
)
def test_a_date_printed_at_the_headline_is_found(printed: str) -> None:
    draft = extract(HEAD + H1 + printed + PROSE)

    assert days(draft)[0] == "2024-05-03"
    assert draft.origins["published"] == "byline"


def test_a_date_in_front_of_the_headline_is_found() -> None:
    assert days(extract(HEAD + "<nav>Home</nav><p>3 May 2024</p>" + H1 + PROSE))[0] == "2024-05-03"


def test_dates_of_other_things_are_not_the_articles() -> None:
    html = f"""{HEAD}{H1}{PROSE}{PROSE}
        <div class="related-posts"><a>Older news</a><time datetime="2021-02-03">3 February 2021</time></div>
        <ol class="comments"><li><time datetime="2024-06-01">1 June 2024</time></li></ol>
        <footer>© 2019 Daily Example. Page made on 1 January 2019.</footer>"""

    assert days(extract(html)) == ("", "")


def test_the_years_of_the_story_are_not_its_date() -> None:
    html = f"{HEAD}{H1}<p>{'The first bridge was opened on 3 May 1998 by the mayor of the town. ' * 4}</p>"

    assert days(extract(html)) == ("", "")


def test_an_older_printed_date_corrects_what_the_system_wrote_at_the_last_upload() -> None:
    html = (
        """<script type="application/ld+json">{"@type": "Article", "datePublished": "Jun 24, 2025",
        "dateModified": "Jun 24, 2025"}</script>"""
        f"{HEAD}{H1}<div>May 3, 2024</div>{PROSE}"
    )

    draft = extract(html)

    assert days(draft) == ("2024-05-03", "2025-06-24")
    assert draft.origins["published"] == "byline"


def test_a_newer_printed_date_is_that_of_a_change() -> None:
    html = f"""<meta property="article:published_time" content="2024-05-03T09:00:00Z">
        {HEAD}{H1}<p>Updated May 9, 2024</p>{PROSE}"""

    assert days(extract(html)) == ("2024-05-03", "2024-05-09")


def test_the_same_moment_is_kept_in_the_offset_that_readers_see() -> None:
    html = f"""<meta property="article:published_time" content="2024-05-04T02:00:00+00:00">
        {HEAD}{H1}<time datetime="2024-05-03T19:00:00-07:00">May 3, 2024</time>{PROSE}"""

    draft = extract(html)

    assert draft.published is not None
    assert draft.published.isoformat() == "2024-05-03T19:00:00-07:00"


def test_print_is_believed_before_a_date_of_the_file() -> None:
    html = f'<meta name="date" content="2019-01-01">{HEAD}{H1}<p>May 3, 2024</p>{PROSE}'

    assert days(extract(html))[0] == "2024-05-03"


@pytest.mark.parametrize(
    "path", ["/2024/05/03/bridge/", "/bridge-/20240503/x", "/2024/may/03/bridge", "/A2024050309150001234"]
)
def test_the_address_dates_an_article_that_prints_no_date(path: str) -> None:
    draft = extract(HEAD + H1 + PROSE, "https://www.daily-example.com" + path)

    assert days(draft)[0] == "2024-05-03"
    assert draft.origins["published"] == "url"


@pytest.mark.parametrize("path", ["/2024/", "/item/20241345", "/id/4820240503091500", "/a/2024/top/10/"])
def test_other_numbers_in_an_address_are_no_date(path: str) -> None:
    assert days(extract(HEAD + H1 + PROSE, "https://www.daily-example.com" + path)) == ("", "")


def test_a_page_that_only_says_when_it_was_changed_says_so_in_its_origins() -> None:
    draft = extract('<meta property="article:modified_time" content="2024-05-04T10:00:00Z">' + HEAD + H1 + PROSE)

    assert days(draft) == ("2024-05-04", "2024-05-04")
    assert draft.origins["published"] == "modified"


def test_every_candidate_is_kept_also_those_that_lost_or_could_not_be_read() -> None:
    html = f"""<meta property="article:published_time" content="2024-05-03T09:00:00Z">
        <meta name="pubdate" content="last spring">{HEAD}{H1}<p>Updated May 9, 2024</p>{PROSE}"""

    seen = {(one.field, one.raw, one.parsed is None) for one in extract(html).dates}

    assert seen == {
        ("published", "2024-05-03T09:00:00Z", False),
        ("published", "last spring", True),
        ("modified", "Updated May 9, 2024", False),
    }


def test_a_printed_time_is_in_the_zone_of_the_source() -> None:
    draft = extract(HEAD + H1 + "<p>입력 2024-05-03 09:00</p>" + PROSE, time_zone="Asia/Seoul")

    assert draft.published is not None
    assert draft.published.isoformat() == "2024-05-03T09:00:00+09:00"


def test_the_language_of_the_page_decides_between_day_and_month() -> None:
    printed = f"{HEAD}{H1}<p>03/05/2024</p>{PROSE}"

    assert days(extract(f'<html lang="fr">{printed}'))[0] == "2024-05-03"
    assert days(extract(f'<html lang="en-US">{printed}'))[0] == "2024-03-05"
    assert days(extract(f'<html lang="en">{printed}'))[0] == ""


@pytest.mark.parametrize(
    ("stated", "printed"),
    [
        ("2024-05-04T02:41:00+00:00", "May 3, 2024"),
        ("2024-05-02T23:00:00Z", "May 3, 2024"),
    ],
)
def test_a_moment_in_utc_is_shown_on_the_day_that_the_page_prints(stated: str, printed: str) -> None:
    draft = extract(f'<meta property="article:published_time" content="{stated}">{HEAD}{H1}<p>{printed}</p>{PROSE}')

    assert days(draft)[0] == "2024-05-03"
    assert draft.published == datetime.fromisoformat(stated)


def test_the_date_below_the_headline_counts_and_not_those_of_the_menu() -> None:
    menu = "<div><a>Exam dates</a> <span>12/16/2023</span> <a>Elections</a> <span>12/04/2023</span></div>"
    html = f'{HEAD}{menu}{H1}<div><time datetime="2017-03-01">03/01/2017</time></div>{PROSE}'

    assert days(extract(html))[0] == "2017-03-01"


def test_a_labelled_date_counts_before_that_of_the_day() -> None:
    html = f"{HEAD}<div>May 11, 2024</div>{H1}<p>Published On May 10, 2024</p>{PROSE}"

    assert days(extract(html))[0] == "2024-05-10"


@pytest.mark.parametrize(
    "state",
    [
        '<script>window.app = {"publishedAt":"2024-05-03T09:00:00Z"}</script>',
        r'<script>push("{\"datePublished\":\"2024-05-03T09:00:00Z\"}")</script>',
        "<div data-page='{&quot;publish_date&quot;:&quot;2024-05-03&quot;}'></div>",
    ],
)
def test_scripts_date_a_page_that_says_nothing_itself(state: str) -> None:
    draft = extract(f"{HEAD}{H1}{PROSE}{state}")

    assert days(draft)[0] == "2024-05-03"
    assert draft.origins["published"] == "script"


def test_scripts_that_know_of_several_articles_date_none() -> None:
    several = '<script>x = [{"publishedAt":"2024-05-03"}, {"publishedAt":"2024-05-04"}]</script>'

    assert extract(f"{HEAD}{H1}{PROSE}{several}").published is None


def test_the_day_on_which_an_archive_took_its_copy_is_no_date() -> None:
    url = "https://archive.example/web/20160218174457/http://daily-example.com/bridge"

    assert extract(f"{HEAD}{H1}{PROSE}", url).published is None


def stated(published: str, printed: str, modified: str = "") -> Draft:
    return extract(
        f'<meta property="article:published_time" content="{published}">'
        f'<meta property="article:modified_time" content="{modified}">{HEAD}{H1}<p>{printed}</p>{PROSE}'
    )


def test_print_corrects_nothing_where_the_metadata_has_two_clearly_different_dates() -> None:
    assert days(stated("2024-05-03T00:00:00Z", "April 20, 2024", "2024-05-05T00:00:00Z"))[0] == "2024-04-20"
    assert days(stated("2024-05-03T00:00:00Z", "April 20, 2024", "2024-05-05T00:00:01Z"))[0] == "2024-05-03"


def test_a_printed_day_that_may_be_the_same_day_elsewhere_is_no_older_date() -> None:
    assert days(stated("2024-05-03T12:00:00Z", "May 2, 2024"))[0] == "2024-05-03"
    assert days(stated("2024-05-03T12:01:00Z", "May 2, 2024"))[0] == "2024-05-02"


@pytest.mark.parametrize(
    ("moment", "printed", "shown"),
    [
        ("2024-05-04T10:59:00Z", "May 3, 2024", "2024-05-03T23:59:00-11:00"),
        ("2024-05-04T11:00:00Z", "May 3, 2024", "2024-05-04T11:00:00+00:00"),
        ("2024-05-04T02:41:00Z", "May 3, 2024", "2024-05-03T23:41:00-03:00"),
        ("2024-05-02T10:00:00Z", "May 3, 2024", "2024-05-03T00:00:00+14:00"),
        ("2024-05-02T09:59:00Z", "May 3, 2024", "2024-05-02T09:59:00+00:00"),
        ("2024-05-04T02:41:00+01:00", "May 3, 2024", "2024-05-04T02:41:00+01:00"),
        ("2024-05-04T02:41:00Z", "May 3, 2024</p><p>May 5, 2024", "2024-05-04T02:41:00+00:00"),
    ],
)
def test_the_nearest_offset_with_the_printed_day_is_taken(moment: str, printed: str, shown: str) -> None:
    published = stated(moment, printed).published

    assert published is not None
    assert published.isoformat() == shown


def test_several_printed_days_correct_nothing() -> None:
    assert days(stated("2024-05-09T12:00:00Z", "May 3, 2024</p><p>May 4, 2024"))[0] == "2024-05-09"


def test_a_date_far_in_front_of_the_headline_yields_to_one_behind_it() -> None:
    early = "<p>1 May 2024</p><p>a</p><p>b</p><p>c</p>"

    assert days(extract(HEAD + early + H1 + "<p>x</p>" * 11 + "<p>3 May 2024</p>"))[0] == "2024-05-03"
    assert days(extract(HEAD + early + H1 + "<p>x</p>" * 12 + "<p>3 May 2024</p>"))[0] == "2024-05-01"
    close = "<p>1 May 2024</p><p>a</p><p>b</p>"
    assert days(extract(HEAD + close + H1 + "<p>x</p>" * 12 + "<p>3 May 2024</p>"))[0] == "2024-05-01"


def test_a_date_inside_the_headline_counts_before_one_behind_it() -> None:
    html = f"{HEAD}<h1><span>Council delays the new bridge</span> <b>3 May 2024</b></h1><p>4 May 2024</p>{PROSE}"

    assert days(extract(html))[0] == "2024-05-03"


def test_dates_far_from_the_headline_count_if_they_are_few() -> None:
    def boxes(*printed: str) -> str:
        return HEAD + H1 + PROSE * 5 + "".join(f'<p class="date">{one}</p>' for one in printed)

    assert days(extract(boxes("3 May 2024", "4 May 2024")))[0] == "2024-05-03"
    assert days(extract(boxes("3 May 2024", "4 May 2024", "5 May 2024")))[0] == ""
    assert days(extract(boxes("3 May 2024", "4 May 2024", "Published 5 May 2024")))[0] == "2024-05-05"
    assert extract(boxes("3 May 2024")).origins["published"] == "time-element"


def test_a_page_without_a_url_is_dated_like_others() -> None:
    assert days(extract(HEAD + H1 + PROSE, "")) == ("", "")
