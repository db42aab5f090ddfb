"""Interprets URLs of paginated articles: which page of which article a URL names, as sites number them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple
from urllib.parse import parse_qsl

from ingest.dedup import raw_urls

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 2_000  # letters
_END = re.compile(r"(\.[A-Za-z]\w{1,4})?/?$")
# A number of four digits is a year or an id.
_NUMBER = re.compile(r"([/_,.;-])(\d{1,3})$")
_WORDS = "page|pages|pagina|pag|pg|p|seite|sida|side|strona|sayfa|trang|halaman"
_MARKED_NUMBER = re.compile(rf"[/_,.;-](?:{_WORDS})[/_,.=-]?(\d{{1,3}})$", re.IGNORECASE)
_PARAMETERS = frozenset({
    "page", "p", "pg", "paged", "pageno", "page_no", "pagenum", "page_num", "pagenumber", "page_number",
    "currentpage", "pagewanted", "pagina", "pag", "pn", "seite", "sida", "strona", "sayfa", "halaman",
})  # fmt: skip


Form = Literal["plain", "marked", "appended", "bare"]


class PageAddress(NamedTuple):
    """One interpretation of a URL: the ``trunk`` that all pages of the article share, and the page's number."""

    trunk: tuple[str, str, str]
    number: int
    form: Form
    """``plain`` has no number, which means page 1. ``marked`` has one called a page (``?page=2``, ``/page/2``).
    ``appended`` has one behind the plain URL (``/story/2``), which may also be an id (``/comic/41``). ``bare`` has one
    at the end of a name (``-2.html``), which may also be part of another article's name."""


def interpretations(url: str) -> list[PageAddress]:
    """Every interpretation of a URL, the plain one first; [] for a broken or relative URL.

    A number on the front page of a site is not interpreted: it is that of a list.
    """
    try:
        parts = raw_urls.split(url[:_LONGEST])
    except ValueError:
        return []
    host = parts.netloc.lower().removeprefix("www.")
    if not host:
        return []
    query = parse_qsl(parts.query, keep_blank_values=True)
    found = [
        PageAddress((host, _trunk(parts.path), _rest(query, name)), int(value), "appended" if name == "p" else "marked")
        for name, value in query
        if name.lower() in _PARAMETERS and value.isascii() and value.isdecimal() and len(value) < 4
    ]
    rest = _rest(query, "")
    found += (PageAddress((host, trunk, rest), number, form) for trunk, number, form in _in_path(parts.path))
    found = [page for page in found if page.trunk[1:] != ("", "")]
    return [PageAddress((host, _trunk(parts.path), rest), 1, "plain"), *found]


def follows(url: str, own: list[PageAddress]) -> Iterator[tuple[PageAddress, PageAddress]]:
    """Each way in which ``url`` is the page after one with the interpretations ``own``: (that page, the next one)."""
    # Nearly all links lead to other articles; this test excludes them in a twentieth of the time that parsing takes.
    own = [page for page in own if page.trunk[1].partition(".")[0] in url]
    for other in interpretations(url) if own else ():
        for page in own:
            if other.trunk == page.trunk and other.number == page.number + 1:
                yield page, other


def first_of(url: str, own: list[PageAddress]) -> bool:
    """Whether ``url`` is page 1 of the article of which ``own`` interprets a later page."""
    return any(
        other.trunk == page.trunk and other.number == 1 and page.number > 1
        for other in interpretations(url)
        for page in own
    )


def same_article(a: str, b: str) -> bool:
    """Whether two URLs can be pages of one article, i.e. are equal except for the page number."""
    trunks = {page.trunk for page in interpretations(a)}
    return any(page.trunk in trunks for page in interpretations(b))


def _in_path(path: str) -> Iterator[tuple[str, int, Form]]:
    end = _END.search(path)
    extension = (end[1] or "") if end else ""
    stem = path[: end.start()] if end else path
    if marked := _MARKED_NUMBER.search(stem):
        yield _trunk(stem[: marked.start()] + extension), int(marked[1]), "marked"
    elif bare := _NUMBER.search(stem):
        is_folder = bare[1] == "/" and not extension
        yield _trunk(stem[: bare.start()] + extension), int(bare[2]), "appended" if is_folder else "bare"


def _trunk(path: str) -> str:
    """``path`` without a trailing slash or ``/index.*``."""
    end = _END.search(path)
    stem = path[: end.start()] if end else path
    if stem.endswith("/index"):
        return stem.removesuffix("/index")
    return path.rstrip("/")


def _rest(query: list[tuple[str, str]], left_out: str) -> str:
    """The sorted query parameters that identify the article; ``left_out`` and ``utm_*`` are dropped."""
    kept = sorted((name, value) for name, value in query if name != left_out and not name.startswith("utm_"))
    return "&".join(f"{name}={value}" for name, value in kept)
