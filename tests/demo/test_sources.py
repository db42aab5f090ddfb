"""The sources that follow the pretend web."""

from ingest.demo.site_files import SITES
from ingest.demo.sources import SETTINGS, demo_sources


def test_each_site_is_followed_by_one_source_at_its_own_origin() -> None:
    origins = {name: f"http://127.0.0.1:{number}" for number, name in enumerate(SITES, 8000)}
    followed = {source.name: source.url for source in demo_sources(origins)}
    assert followed.keys() == origins.keys()
    assert all(url.startswith(f"{origins[name]}/") for name, url in followed.items())


def test_each_source_shows_another_kind_of_index_page() -> None:
    sources = demo_sources(dict.fromkeys(SITES, "http://127.0.0.1:1"))
    assert {source.kind for source in sources} == {"feed", "blogger", "wordpress", "sitemap", "listing"}


def test_the_demo_reaches_its_own_machine_alone_and_waits_for_nobody() -> None:
    assert SETTINGS.allow_addresses == ("127.0.0.0/8",)
    assert SETTINGS.delay == 0.0
