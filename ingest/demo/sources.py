"""The settings and sources with which the pretend web is followed."""

from __future__ import annotations

from ingest.model import Rule, Settings, Source
from ingest.sites import donga

SETTINGS = Settings(allow_addresses=("127.0.0.0/8",), delay=0.0)

# An operator's rule for a paper with the standfirst outside the story, and links inside.
_COURIER = Rule(body=("#story",), lead=(".standfirst",), drop=(".related-links", ".newsletter-box"))
# The pages have no metadata: the rule names byline and time, everything else is found without.
_SHIOMI = Rule(authors=("#main .writer",), published=("#main .date",))


def demo_sources(origins: dict[str, str]) -> list[Source]:
    """One source for each site of ``origins`` (site → origin)."""
    return [
        # Its pages have the layout of donga.com, but another host; therefore it gets the rule of that site.
        Source(
            name="saebyeok",
            url=f"{origins['saebyeok']}/rss/total.xml",
            kind="feed",
            language="ko",
            time_zone="Asia/Seoul",
            id_pattern=r"/article/all/\d{8}/(\d+)/",
            rule=donga.RULE,
        ),
        Source(name="tramstop", url=f"{origins['tramstop']}/", kind="blogger", language="en"),
        Source(
            name="lantern", url=f"{origins['lantern']}/", kind="wordpress", language="en", time_zone="Europe/London"
        ),
        Source(
            name="courier", url=f"{origins['courier']}/news-sitemap.xml", kind="sitemap", language="en", rule=_COURIER
        ),
        Source(
            name="shiomi",
            url=f"{origins['shiomi']}/",
            kind="listing",
            language="ja",
            time_zone="Asia/Tokyo",
            rule=_SHIOMI,
        ),
    ]
