"""Where sites publish that declare nothing."""

from ingest.discover import customary_urls

PAGE = "https://news.example/boats/a?x=1"


def test_robots_txt_is_asked_before_the_customary_feeds():
    first, *feeds = customary_urls.guesses(PAGE)
    assert first == customary_urls.robots_txt(PAGE)
    assert feeds == customary_urls.feeds(PAGE)
    assert feeds[0].url == "https://news.example/feed/"


def test_all_of_it_is_at_the_root_of_the_host_and_need_not_be_there():
    requests = [*customary_urls.guesses(PAGE), customary_urls.sitemap(PAGE)]
    assert all(request.optional and request.url.count("/") <= 4 for request in requests)
    assert {request.url.partition(".example/")[0] for request in requests} == {"https://news"}
    assert [(request.kind, request.url[21:]) for request in (requests[0], requests[-1])] == [
        ("robots", "robots.txt"),
        ("sitemap", "sitemap.xml"),
    ]
