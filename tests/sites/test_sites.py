import importlib
import pkgutil

import pytest

from ingest import sites
from ingest.extraction.rule import mistakes

MODULES = sorted(module.name for module in pkgutil.iter_modules(sites.__path__))


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.donga.com/news/Society/article/all/20260106/1/1", "site:donga"),
        ("https://sports.donga.com/article/1", "site:donga"),
        ("https://DONGA.com:443/news", "site:donga"),
        ("https://n.news.naver.com/mnews/article/1/2", "site:naver-news"),
        ("https://www3.nhk.or.jp/news/", "site:nhk"),
        ("https://www.tokyo-np.co.jp/article/1", "site:chunichi"),
    ],
)
def test_site_is_found_by_its_host_and_those_below_it(url: str, name: str) -> None:
    found = sites.for_url(url)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "url",
    [
        "https://notdonga.com/",
        "https://donga.com.example.org/",
        "https://blog.naver.com/x/1",
        "https://example.org/donga.com",
        "http://[::1",
        "",
    ],
)
def test_other_hosts_have_no_site(url: str) -> None:
    assert sites.for_url(url) is None


def test_every_site_file_is_registered() -> None:
    assert sorted(set(sites.SITES.values())) == MODULES


@pytest.mark.parametrize("module", MODULES)
def test_rule_of_a_site_has_no_mistakes(module: str) -> None:
    assert mistakes(importlib.import_module(f"ingest.sites.{module}").RULE) == []
