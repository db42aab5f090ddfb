import gzip

import pytest

from ingest.discover import sitemap
from ingest.errors import DiscoverError

SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def urlset(*pages: tuple[str, str]) -> str:
    rows = "".join(f"<url><loc>{loc}</loc><lastmod>{day}</lastmod></url>" for loc, day in pages)
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {SCHEMA}>{rows}</urlset>'


def index(*children: tuple[str, str]) -> str:
    rows = "".join(f"<sitemap><loc>{loc}</loc><lastmod>{day}</lastmod></sitemap>" for loc, day in children)
    return f"<sitemapindex {SCHEMA}>{rows}</sitemapindex>"


PAGES = urlset(
    ("https://news.example/2026/11/21/forty-boats", "2026-11-21"),
    ("https://news.example/2026/11/19/the-new-lock", "2026-11-19"),
    ("https://news.example/tag/boats", "2026-11-20"),
    ("https://news.example/", "2026-11-20"),
)


def urls(found) -> list[str]:
    return [link.url.removeprefix("https://news.example") for link in found.links]


def test_articles_come_oldest_first_and_lists_are_left_out_with_a_reason(read) -> None:
    found = read(PAGES, "sitemap")
    assert urls(found) == ["/2026/11/19/the-new-lock", "/2026/11/21/forty-boats"]
    assert found.refused == (
        ("https://news.example/tag/boats", "not_an_article"),
        ("https://news.example/", "not_an_article"),
    )


def test_the_date_of_a_change_is_a_hint_and_no_publication_date(read) -> None:
    hints = read(PAGES, "sitemap").links[0].hints
    assert (hints.modified, hints.published) == ("2026-11-19", "")


def test_a_news_sitemap_gives_titles_and_publication_dates(read) -> None:
    found = read(
        f"""<urlset {SCHEMA} {NEWS}><url><loc>https://news.example/lock</loc><news:news><news:publication>
        <news:name>Harbour News</news:name><news:language>en</news:language></news:publication>
        <news:publication_date>2026-11-20T10:00:00+09:00</news:publication_date><news:title>Forty boats &amp;
        a ferry</news:title><news:keywords>harbour, boats</news:keywords></news:news></url></urlset>""",
        "sitemap",
    )
    [link] = found.links
    assert link.hints.title == "Forty boats & a ferry"
    assert link.hints.published == "2026-11-20T10:00:00+09:00"
    assert (link.hints.language, link.hints.tags) == ("en", ("harbour", "boats"))


def test_a_page_of_a_news_sitemap_is_an_article_whatever_it_looks_like(read) -> None:
    date = "<news:publication_date>2026-11-20</news:publication_date>"
    row = f"<url><loc>https://news.example/politics</loc><news:news>{date}</news:news></url>"
    assert urls(read(f"<urlset {SCHEMA} {NEWS}>{row}</urlset>", "sitemap")) == ["/politics"]


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(PAGES.encode(), mtime=0),
        b"\xef\xbb\xbf \n" + PAGES.encode(),
        PAGES.replace(f" {SCHEMA}", "").encode(),
        PAGES.replace(
            "<url>", "<url><image:image><image:loc>https://news.example/a.jpg</image:loc></image:image>"
        ).encode(),
        PAGES.removesuffix("</url></urlset>").encode(),
        PAGES.replace("UTF-8", "UTF-16").encode("utf-16"),
        b"https://news.example/2026/11/19/the-new-lock\nhttps://news.example/2026/11/21/forty-boats\n",
    ],
    ids=["gzip", "mark", "no namespace", "images and unknown prefixes", "cut off", "UTF-16", "plain text"],
)
def test_every_form_of_a_sitemap_is_read(read, body: bytes) -> None:
    assert urls(read(body, "sitemap")) == ["/2026/11/19/the-new-lock", "/2026/11/21/forty-boats"]


def test_a_feed_may_stand_in_for_a_sitemap(read) -> None:
    body = "<rss version='2.0'><channel><title>t</title><item><link>/a</link></item></channel></rss>"
    assert urls(read(body, "sitemap")) == ["/a"]


def test_an_ordinary_run_reads_the_newest_sitemaps_of_an_index(read) -> None:
    children = [(f"https://news.example/sitemap-2026-{month:02}.xml", f"2026-{month:02}-28") for month in range(1, 12)]
    found = read(index(*children), "sitemap")
    assert [request.url[-11:] for request in found.requests] == ["2026-11.xml", "2026-10.xml", "2026-09.xml"]
    assert len(found.history) == 8
    assert {(request.kind, request.depth) for request in found.requests + found.history} == {("sitemap", 1)}


def test_undated_sitemaps_are_ranked_by_the_numbers_in_their_names(read) -> None:
    children = [(f"https://news.example/posts-{number}.xml", "") for number in (1, 2, 10, 9)]
    assert [request.url[-8:] for request in read(index(*children), "sitemap").requests] == [
        "s-10.xml",
        "ts-9.xml",
        "ts-2.xml",
    ]


def test_news_sitemaps_are_enough_for_an_ordinary_run(read) -> None:
    children = [("https://news.example/news-sitemap.xml", ""), ("https://news.example/post-sitemap2.xml", "2026-11-21")]
    found = read(index(*children), "sitemap")
    assert [request.url for request in found.requests] == ["https://news.example/news-sitemap.xml"]
    assert [request.url for request in found.history] == ["https://news.example/post-sitemap2.xml"]


def test_sitemaps_of_tags_authors_and_pages_are_left_out_with_a_reason(read) -> None:
    names = (
        "post-sitemap.xml",
        "post_tag-sitemap.xml",
        "author-sitemap.xml",
        "page-sitemap.xml",
        "category-sitemap.xml",
    )
    found = read(index(*((f"https://news.example/{name}", "") for name in names)), "sitemap")
    assert [request.url[21:] for request in found.requests] == ["post-sitemap.xml"]
    assert {reason for _, reason in found.refused} == {"not_an_article"}
    assert len(found.refused) == 4


def test_an_index_of_nothing_but_pages_is_read_all_the_same(read) -> None:
    found = read(index(("https://news.example/page-sitemap.xml", "")), "sitemap")
    assert [request.url for request in found.requests] == ["https://news.example/page-sitemap.xml"]


def test_sitemaps_beyond_the_limit_are_named_and_left_to_a_backfill(read) -> None:
    children = [(f"https://news.example/s{number}.xml", "") for number in range(80)]
    found = read(index(*children), "sitemap")
    assert len(found.requests) + len(found.history) == 80
    assert found.requests[0].url.endswith("/s79.xml")
    assert [reason for _, reason in found.refused] == ["too_many_sitemaps"] * 30
    assert ("https://news.example/s0.xml", "too_many_sitemaps") in found.refused


def test_a_sitemap_of_another_site_is_refused(read) -> None:
    found = read(index(("https://other.example/sitemap.xml", "")), "sitemap")
    assert (found.requests, found.refused) == ((), (("https://other.example/sitemap.xml", "foreign_host"),))


def test_indexes_within_indexes_come_to_an_end(read) -> None:
    child = index(("https://news.example/deeper.xml", ""))
    assert read(child, "sitemap", depth=2).requests[0].depth == 3
    with pytest.raises(DiscoverError) as failure:
        read(child, "sitemap", depth=3)
    assert failure.value.code == "depth"


def test_an_index_that_names_itself_leads_nowhere(read) -> None:
    assert read(index(("https://news.example/index", "")), "sitemap").requests == ()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html><body>gone</body></html>", "not_a_feed"),
        (b"no sitemap", "not_a_feed"),
        (gzip.compress(PAGES.encode(), mtime=0)[:-20], "truncated"),
        (b"\x1f\x8bnonsense", "decode"),
        (gzip.compress(b" " * 60_000_000, mtime=0), "too_large"),
        (
            b'<!DOCTYPE urlset [<!ENTITY a SYSTEM "https://news.example/a">]><urlset><url><loc>&a;</loc></url></urlset>',
            "parse",
        ),
        (b"<urlset " + b"<url>" * 9_000, "parse"),
    ],
)
def test_an_answer_that_is_no_sitemap_is_an_error_of_its_own(read, body: bytes, code: str) -> None:
    with pytest.raises(DiscoverError) as failure:
        read(body, "sitemap")
    assert failure.value.code == code


def test_no_file_is_read_for_an_external_entity(read, tmp_path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("https://news.example/secret-story")
    body = f"<!DOCTYPE urlset SYSTEM '{secret}'><urlset><url><loc>https://news.example/a-story</loc></url></urlset>"
    assert urls(read(body, "sitemap")) == ["/a-story"]


def test_of_an_index_as_large_as_the_protocol_allows_the_newest_are_read_and_all_others_said(read) -> None:
    named = "".join(f"<sitemap><loc>https://news.example/posts-{n}.xml</loc></sitemap>" for n in range(50_000))
    found = read(f"<sitemapindex>{named}</sitemapindex>", "sitemap")
    assert [request.url[-9:-4] for request in found.requests] == ["49999", "49998", "49997"]
    said = {request.url for request in (*found.requests, *found.history)} | {url for url, _ in found.refused}
    assert len(said) == 50_000
    assert {code for _, code in found.refused} == {"too_many_sitemaps"}


def test_the_day_of_a_change_counts_before_the_number_in_a_name_and_news_before_both(read) -> None:
    children = [
        ("https://news.example/s-9.xml", "2026-11-20T23:00:00Z"),
        ("https://news.example/s-2.xml", "2026-11-21T05:00:00Z"),
        ("https://news.example/s-3.xml", "2026-11-21"),
    ]
    found = read(index(*children), "sitemap")
    assert [request.url[-7:] for request in found.requests] == ["s-3.xml", "s-2.xml", "s-9.xml"]
    news = ("https://news.example/news.xml", "")
    found = read(index(*children, news), "sitemap")
    assert [request.url[-8:] for request in (*found.requests, *found.history)][:2] == ["news.xml", "/s-3.xml"]


def test_a_host_called_news_makes_no_news_sitemap(read) -> None:
    found = read(index(*((f"https://news.example/s{n}.xml", "") for n in range(5))), "sitemap")
    assert len(found.requests) == 3, "the newest three, as of any index"


def test_keywords_are_tags_and_a_language_is_kept(read) -> None:
    news = "<news:keywords> boats, ,tea,</news:keywords><news:language>ko</news:language>"
    body = f"<urlset><url><loc>/a-story-of-boats</loc><news:news>{news}</news:news></url></urlset>"
    [link] = read(body, "sitemap").links
    assert (link.hints.tags, link.hints.language) == (("boats", "tea"), "ko")


def test_a_thousand_sitemaps_of_an_index_are_all_history_and_of_more_the_newest(read) -> None:
    def backfilled(count: int) -> int:
        found = read(index(*((f"https://news.example/posts-{n}.xml", "") for n in range(count))), "sitemap")
        return len(found.requests) + len(found.history)

    assert backfilled(900) == 900
    assert backfilled(1_900) < 1_900


def test_a_sitemap_may_be_as_large_as_the_protocol_allows_once_unpacked(page, monkeypatch) -> None:
    monkeypatch.setattr(sitemap, "MAX_BYTES", len(PAGES))
    packed = page(gzip.compress(PAGES.encode(), mtime=0), "https://news.example/sitemap.xml.gz")
    assert sitemap.inflated(packed) == PAGES.encode()
    monkeypatch.setattr(sitemap, "MAX_BYTES", len(PAGES) - 1)
    with pytest.raises(DiscoverError) as failure:
        sitemap.inflated(packed)
    assert failure.value.code == "too_large"
