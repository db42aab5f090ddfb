"""What is known of single sites, one file each, found by host.

A URL comes in, the extractor of its site goes out. Everything about a site is in its one file; what many sites have in
common belongs into `ingest.platforms` or the generic extractor.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from ingest.dedup import raw_urls

if TYPE_CHECKING:
    from ingest.extraction.draft import Extractor

#: Host → module of this package; it holds for all hosts below that one, unless they have an entry of their own.
SITES = {
    "asahi.com": "asahi",
    "chosun.com": "chosun",
    "chunichi.co.jp": "chunichi",
    "donga.com": "donga",
    "hani.co.kr": "hankyoreh",
    "hankookilbo.com": "hankook",
    "imnews.imbc.com": "mbc",
    "joongang.co.kr": "joongang",
    "khan.co.kr": "kyunghyang",
    "mainichi.jp": "mainichi",
    "mk.co.kr": "maeil",
    "news.kbs.co.kr": "kbs",
    "news.naver.com": "naver_news",
    "news.sbs.co.kr": "sbs",
    "news.web.nhk": "nhk",
    "nhk.or.jp": "nhk",
    "nikkei.com": "nikkei",
    "sankei.com": "sankei",
    "tokyo-np.co.jp": "chunichi",
    "v.daum.net": "daum",
    "yna.co.kr": "yonhap",
    "yomiuri.co.jp": "yomiuri",
    "ytn.co.kr": "ytn",
}


def for_url(url: str) -> Extractor | None:
    """The extractor of the site that ``url`` belongs to. Its file is imported when it is first needed."""
    host = raw_urls.host(url)
    while host:
        if host in SITES:
            return _extractor(SITES[host])
        host = host.partition(".")[2]
    return None


@cache
def _extractor(module: str) -> Extractor:
    found: Extractor = import_module(f"ingest.sites.{module}").EXTRACTOR
    return found
