"""The sitemaps that a robots.txt names."""

import gzip

from ingest.discover.sitemap import MAX_CHILDREN

ROBOTS = "https://news.example/robots.txt"


def test_robots_txt_leads_to_the_sitemaps_it_names_on_any_host(read) -> None:
    body = """User-agent: *
    Disallow: /x
    Sitemap: https://news.example/a.xml
    sitemap:https://cdn.example/b.xml # b
    Sitemap: ftp://x"""
    found = read(body, "robots", url="https://news.example/robots.txt")
    assert [(request.url, request.kind) for request in found.requests] == [
        ("https://news.example/a.xml", "sitemap"),
        ("https://cdn.example/b.xml", "sitemap"),
    ]
    assert found.refused == (("ftp://x", "bad_scheme"),)


def test_without_any_in_robots_txt_the_customary_address_is_a_guess(read) -> None:
    [request] = read("User-agent: *\n", "robots", url="https://news.example/robots.txt").requests
    assert (request.url, request.optional) == ("https://news.example/sitemap.xml", True)


def test_news_sitemaps_are_read_first_and_the_others_left_to_a_backfill(read) -> None:
    found = read("Sitemap: /posts.xml\nSitemap: /news-1.xml\nSitemap: /posts.xml\n", "robots", url=ROBOTS)
    assert [(request.url[21:], request.optional, request.via) for request in found.requests] == [
        ("news-1.xml", True, ROBOTS)
    ]
    assert [request.url[21:] for request in found.history] == ["posts.xml"]


def test_a_compressed_robots_txt_is_read(read) -> None:
    [request] = read(gzip.compress(b"Sitemap: /a.xml"), "robots", url=ROBOTS).requests
    assert request.url == "https://news.example/a.xml"


def test_sitemaps_beyond_the_limit_are_refused_and_named(read) -> None:
    found = read("\n".join(f"Sitemap: /{n}.xml" for n in range(MAX_CHILDREN + 1)), "robots", url=ROBOTS)
    assert len(found.requests) == MAX_CHILDREN
    assert found.refused == ((f"/{MAX_CHILDREN}.xml", "too_many_sitemaps"),)


def test_lines_behind_the_first_half_megabyte_are_not_read(read) -> None:
    near, far = ("#" * size + "\nSitemap: /a.xml" for size in (400_000, 500_000))
    assert [request.url[21:] for request in read(near, "robots", url=ROBOTS).requests] == ["a.xml"]
    assert [request.url[21:] for request in read(far, "robots", url=ROBOTS).requests] == ["sitemap.xml"]
