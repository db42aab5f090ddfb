import pytest

from ingest.discover import IndexRequest
from ingest.errors import DiscoverError
from ingest.model import Listing, Source

HTML = "text/html; charset=utf-8"


def page(main: str, head: str = "") -> str:
    return f"""<!DOCTYPE html><html lang="en"><head><title>Harbour News</title>{head}</head><body>
    <nav class="main-menu"><ul>
    <li><a href="/harbour-news-and-views">Harbour news and views from all of the coast</a></li>
    <li><a href="/boats-and-ferries-today">Boats and ferries and their timetables today</a></li>
    <li><a href="/weather-on-the-water">Weather on the water, tides and wind for sailors</a></li></ul></nav>
    {main}
    <footer><ul><li><a href="/our-terms-for-readers-2026">Our terms for all readers of this paper in 2026</a></li>
    <li><a href="/how-we-work-and-why">How we work and why we work in this way here</a></li>
    <li><a href="/how-to-reach-the-newsroom">How to reach the newsroom by day and by night</a></li>
    </ul></footer></body></html>"""


STORIES = """<main><ul class="stories">
    <li class="story"><a href="/2026/11/21/forty-boats"><img src="x.jpg" alt="A picture"></a>
        <h3><a href="/2026/11/21/forty-boats?utm_source=front">Forty boats go through the new lock</a></h3>
        <time datetime="2026-11-21T10:00:00+09:00">today</time></li>
    <li class="story"><h3><a href="/2026/11/20/ribbon">The mayor cuts a ribbon at the quay</a></h3></li>
    <li class="story"><h3><a href="/ferry-runs-again">The ferry runs again after nine years</a></h3>
        <time>19 November 2026</time></li>
</ul></main>"""


def source(**selectors: str) -> Source:
    return Source("news", "https://news.example/", kind="listing", listing=Listing(**selectors))


def urls(found) -> list[str]:
    return [link.url.removeprefix("https://news.example") for link in found.links]


ALL = ["/ferry-runs-again", "/2026/11/20/ribbon", "/2026/11/21/forty-boats"]


def test_a_list_of_stories_is_found_without_being_told(read) -> None:
    found = read(page(STORIES), "listing", content_type=HTML)
    assert urls(found) == ALL
    assert (found.title, found.language) == ("Harbour News", "en")


def test_titles_are_those_of_headings_and_dates_those_beside_them_or_in_the_address(read) -> None:
    links = read(page(STORIES), "listing", content_type=HTML).links
    assert [(link.hints.title, link.hints.published) for link in links] == [
        ("The ferry runs again after nine years", "19 November 2026"),
        ("The mayor cuts a ribbon at the quay", "2026/11/20"),
        ("Forty boats go through the new lock", "2026-11-21T10:00:00+09:00"),
    ]


@pytest.mark.parametrize("selectors", [{"list": "ul.stories"}, {"list": "main", "item": "li.story"}, {"item": "h3 a"}])
def test_a_list_is_read_where_the_source_says_it_stands(read, selectors: dict[str, str]) -> None:
    found = read(page(STORIES), "listing", source=source(**selectors), content_type=HTML)
    assert urls(found) == ALL
    assert found.links[-1].hints.title == "Forty boats go through the new lock"


def test_the_date_of_an_entry_is_that_in_it_or_in_its_address(read) -> None:
    found = read(page(STORIES), "listing", source=source(item="li.story"), content_type=HTML)
    assert [link.hints.published for link in found.links] == [
        "19 November 2026",
        "2026/11/20",
        "2026-11-21T10:00:00+09:00",
    ]


@pytest.mark.parametrize("name", ["elementor-widget", "content-with-sidebar", "has-menu", "post tag-nav category-menu"])
def test_what_a_theme_says_of_a_page_makes_no_menu_of_it(read, name: str) -> None:
    body = page(f'<div class="{name}">{STORIES}</div>')
    assert urls(read(body, "listing", content_type=HTML)) == ALL


@pytest.mark.parametrize("name", ["site-footer", "nav_main", "main-menu", "sidebar", "breadcrumbs"])
def test_a_box_that_is_named_as_furniture_holds_no_list(read, name: str) -> None:
    other = STORIES.replace('href="/', 'href="/old/')
    body = page(f'<div class="{name}">{other}</div>{STORIES}')
    assert urls(read(body, "listing", content_type=HTML)) == ALL


def test_a_link_that_leads_nowhere_hides_no_other(read) -> None:
    body = page(
        STORIES.replace("<li", '<li class="x"><a href="javascript:share()">Share this story with others</a></li><li')
    )
    assert urls(read(body, "listing", content_type=HTML)) == ALL


def test_short_titles_in_a_named_list_are_titles(read) -> None:
    body = page('<div class="latest"><a href="/fog">Fog</a><a href="/storm">Storm</a></div>')
    assert urls(read(body, "listing", source=source(list=".latest"), content_type=HTML)) == ["/storm", "/fog"]


def test_an_empty_list_is_an_empty_answer(read) -> None:
    found = read(page('<ul class="stories"></ul>'), "listing", source=source(list="ul.stories"), content_type=HTML)
    assert found.links == ()


def test_a_list_that_is_gone_is_an_error_that_names_it(read) -> None:
    with pytest.raises(DiscoverError, match=r"ul\.stories") as failure:
        read(page(""), "listing", source=source(list="ul.stories"), content_type=HTML)
    assert failure.value.code == "not_a_feed"


@pytest.mark.parametrize("body", [page("<main><p>Nothing today.</p></main>"), "<rss></rss>", "plain words"])
def test_a_page_without_any_list_is_an_error(read, body: str) -> None:
    with pytest.raises(DiscoverError) as failure:
        read(body, "listing", content_type=HTML)
    assert failure.value.code == "not_a_feed"


def test_the_next_page_of_a_list_is_history(read) -> None:
    declared = read(page(STORIES, '<link rel="next" href="/page/2">'), "listing", content_type=HTML)
    assert declared.history == (
        IndexRequest("https://news.example/page/2", "listing", via="https://news.example/index"),
    )
    named = page(STORIES + '<p class="older"><a href="?page=2">Older</a></p>')
    found = read(named, "listing", source=source(next=".older"), content_type=HTML)
    assert [request.url for request in found.history] == ["https://news.example/index?page=2"]
    assert found.requests == ()


def test_links_off_the_site_are_no_part_of_a_found_list(read) -> None:
    body = page(STORIES.replace("/ferry-runs-again", "https://ads.example/a-very-long-offer-for-you"))
    assert urls(read(body, "listing", content_type=HTML)) == ALL[1:]


def test_links_off_the_site_in_a_named_list_are_refused_with_a_reason(read) -> None:
    body = page(STORIES.replace("/ferry-runs-again", "https://ads.example/offer"))
    found = read(body, "listing", source=source(list="ul.stories"), content_type=HTML)
    assert found.refused == (("https://ads.example/offer", "foreign_host"),)


def test_relative_links_follow_the_base_of_the_page(read) -> None:
    body = page(STORIES.replace('href="/', 'href="'), '<base href="https://news.example/en/">')
    assert urls(read(body, "listing", content_type=HTML))[0] == "/en/ferry-runs-again"


def test_a_japanese_page_in_shift_jis_is_read(read) -> None:
    titles = ["新しい水門が開きました", "市長がテープカット", "九年ぶりに渡し船が再開"]
    rows = "".join(f'<li><a href="/news/{n}.html">{title}</a></li>' for n, title in enumerate(titles))
    body = f'<html><head><meta charset="Shift_JIS"></head><body><ul class="news">{rows}</ul></body></html>'
    found = read(body.encode("shift_jis"), "listing", content_type="text/html")
    assert [link.hints.title for link in found.links] == titles[::-1]


@pytest.mark.parametrize("flood", ["<div>" * 50_000, "<a href=/x>" * 20_000])
def test_a_page_that_would_choke_the_parser_is_refused_before_it_is_parsed(read, flood: str) -> None:
    with pytest.raises(DiscoverError) as failure:
        read(f"<html><body>{flood}", "listing")
    assert failure.value.code == "parse"


def test_of_a_page_with_very_many_links_the_first_ones_are_looked_at(read) -> None:
    links = "".join(f'<h2><a href="/story-number-{n}-of-all">The title of story {n}</a></h2>' for n in range(6_000))
    assert len(read(f"<html><body>{links}", "listing").links) == 5_000


def links_with(titles: list[str], wrap: str = "{}") -> str:
    items = "".join(wrap.format(f'<a href="/{"abcdef"[n]}-boat">{title}</a>') for n, title in enumerate(titles))
    return f"<html><body><div>{items}</div></body></html>"


@pytest.mark.parametrize(
    ("titles", "wrap", "count"),
    [
        (["x" * 24] * 3, "<p>{}</p>", 3),
        (["x" * 24] * 2, "<p>{}</p>", 0),
        (["x" * 24, "x" * 24, "x" * 23], "<p>{}</p>", 0),
        (["항" * 10] * 3, "<p>{}</p>", 3),
        (["항" * 9] * 3, "<p>{}</p>", 0),
        (["x" * 12], "<h2>{}</h2>", 1),
        (["x" * 11], "<h2>{}</h2>", 0),
        (["x" * 12], "<h2><b>{}</b></h2>", 1),
        (["x" * 12], "<p>{}</p>", 0),
        (["x" * 24] * 3, "<nav><p>{}</p></nav>", 0),
        (["x" * 24] * 3, '<div role="navigation"><p>{}</p></div>', 0),
    ],
)
def test_links_are_a_list_by_number_and_length_of_titles_and_a_heading_is_one_alone(
    read, titles: list[str], wrap: str, count: int
) -> None:
    if count:
        assert len(read(links_with(titles, wrap), "listing", content_type=HTML).links) == count
        return
    with pytest.raises(DiscoverError) as failure:
        read(links_with(titles, wrap), "listing", content_type=HTML)
    assert failure.value.code == "not_a_feed"


def test_of_two_links_to_one_article_the_better_title_is_kept_at_the_first_position(read) -> None:
    body = (
        '<ul><li><a href="/a-boat"><img alt="A picture of a boat in the harbour"></a></li>'
        '<li><h3><a href="/b-boat">A second story of boats</a></h3></li>'
        '<li><h3><a href="/a-boat">A first story of boats</a></h3></li></ul>'
    )
    links = read(f"<html><body>{body}</body></html>", "listing", content_type=HTML).links
    assert {link.hints.title for link in links} == {"A first story of boats", "A second story of boats"}


def test_the_page_itself_and_pages_of_tags_are_no_part_of_a_list(read) -> None:
    title = "A story of boats on the water"
    hrefs = ("/index", "/tag/boats", "/a-boat", "/b-boat", "/c-boat")
    body = "".join(f'<h3><a href="{href}">{title} {href}</a></h3>' for href in hrefs)
    found = read(f"<html><body>{body}</body></html>", "listing", content_type=HTML)
    assert {link.url[-7:] for link in found.links} == {"/a-boat", "/b-boat", "/c-boat"}


def test_what_the_source_picks_out_is_an_article_and_what_was_found_may_be_none(read) -> None:
    body = page(STORIES.replace("/ferry-runs-again", "/politics"))
    picked = read(body, "listing", source=source(item="li.story"), content_type=HTML)
    assert urls(picked) == ["/politics", *ALL[1:]]
    assert not picked.mixed
    assert read(body, "listing", content_type=HTML).mixed


@pytest.mark.parametrize("href", ["https://other.example/page/2", "https://news.example/index", "javascript:more()"])
def test_a_list_leads_to_no_next_page_off_its_site_nor_to_itself(read, href: str) -> None:
    assert read(page(STORIES, f'<link rel="next" href="{href}">'), "listing", content_type=HTML).history == ()
