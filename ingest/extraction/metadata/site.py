"""The names of the site, which titles and authors are cleaned of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ingest.dedup import raw_urls
from ingest.extraction.metadata.text import key, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.extraction.markup.document import Document
    from ingest.extraction.metadata.json_ld import ArticleObject

_META = (
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "twitter:app:name:iphone",
    "publisher",
    "dc.publisher",
)
_SEPARATOR = re.compile(r"\s[|–—\-·•»«:/~>‹›❘∣⋆]{1,5}\s|\s?[|｜ㅣ]\s?")
# The name of a Chinese site at the end of a title, separated by a dash only.
_CHINESE_SITE = re.compile(
    r"(?<=[\u3040-\u9fff！？。」』”])[-–—_]{1,2}[\u4e00-\u9fff]{1,8}(?:网|網|报|報|新闻|新聞|在线)$"
)
# Bars; in Chinese and Japanese titles "_" as well.
_BAR = re.compile(r"\s?[|｜❘∣ㅣ]\s?|\s»\s|(?<=[\u3040-\u9fff])_(?=[\u3040-\u9fff])")
_FEW_WORDS = 6


@dataclass(frozen=True)
class Site:
    """The names of a site as its page gives them, the likeliest first; ``origin`` is that of the first."""

    url: str
    names: tuple[str, ...] = ()
    origin: str = ""

    @property
    def name(self) -> str:
        return self.names[0] if self.names else ""

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(filter(None, (key(name) for name in (*self.names, *self._labels))))

    @cached_property
    def _labels(self) -> tuple[str, ...]:
        """The host, and those of its labels that may be a name: www.the-paper.co.uk → the-paper.co.uk, the-paper."""
        host = raw_urls.host(self.url).removeprefix("www.")
        labels = [label for label in host.split(".")[:-1] if len(label) > 3]
        return (host, *labels) if host else ()

    def is_name(self, text: str) -> bool:
        """Whether ``text`` is nothing but a name of the site, compared by letters and digits."""
        return key(text) in self._keys

    def is_like(self, text: str) -> bool:
        """Whether a short ``text`` contains a label of the host, or is part of one: "Rust" at blog.rust-lang.org."""
        if self.is_name(text):
            return True
        wanted = key(text)
        labels = [key(label) for label in self._labels[1:]]
        if len(text.split()) > _FEW_WORDS or len(wanted) < 3:
            return False
        return any(label in wanted or (len(wanted) > 3 and wanted in label) for label in labels)

    def is_home(self, address: str) -> bool:
        """Whether a link leads to the front page."""
        if not address or address.startswith(("#", "?")):
            return False
        try:
            parts = raw_urls.split(raw_urls.join(self.url, address))
            own = raw_urls.split(self.url)
        except ValueError:
            return False
        same = (parts.hostname or "") == (own.hostname or "")
        return same and parts.path in {"", "/", "/index.html", "/index.php"} and not parts.query and not parts.fragment

    def cut_off(self, title: str) -> str:
        """``title`` without the site's name (`without_name`) and without what follows a bar."""
        return _before_bar(_CHINESE_SITE.sub("", self.without_name(title)))

    def without_name(self, title: str) -> str:
        """``title`` without the site's name at its beginning, or at its end together with what follows the name."""
        cuts = list(_SEPARATOR.finditer(title))
        if cuts and self.is_name(title[: cuts[0].start()]):
            return title[cuts[0].end() :].strip(" »|:/")
        for number, cut in enumerate(cuts):
            end = cuts[number + 1].start() if number + 1 < len(cuts) else len(title)
            if cut.start() > 0 and self.is_like(title[cut.end() : end]):
                return self.without_name(title[: cut.start()]) if number else title[: cut.start()].strip()
        name, colon, rest = title.partition(": ")
        if colon and self.is_name(name):
            return rest.strip()
        return title

    @staticmethod
    def sides(title: str) -> list[str]:
        """The texts left and right of each separator in ``title``."""
        found = []
        for cut in _SEPARATOR.finditer(title):
            found += [title[: cut.start()].strip(), title[cut.end() :].strip()]
        return found


def _before_bar(title: str) -> str:
    """The side before the first bar, if it is long enough to be the title."""
    cut = _BAR.search(title)
    if not cut:
        return title
    first = title[: cut.start()].strip()
    wordy = len(first.split()) >= 3 or not first.isascii()
    return first if len(first) > 15 and wordy else title


def of(document: Document, objects: Sequence[ArticleObject]) -> Site:
    """The site of a page, with the names that its metadata gives."""
    found = list(dict.fromkeys(_stated_names(document, objects)))
    return Site(document.url, tuple(name for name, _ in found), found[0][1] if found else "")


def _stated_names(document: Document, objects: Sequence[ArticleObject]) -> Iterator[tuple[str, str]]:
    for meta in _META:
        for value in document.meta.get(meta, ()):
            if name := plain(value):
                yield name, "opengraph" if meta.startswith("og:") else "meta"
    for item in objects:
        if item.publisher:
            yield plain(item.publisher), "json-ld"
    for organisation in document.json_ld:
        if organisation.get("@type") in ("WebSite", "Organization", "NewsMediaOrganization") and (
            name := plain(organisation.get("name"))
        ):
            yield name, "json-ld"
