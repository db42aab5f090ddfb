"""Which page of which article an address names, as sites number them. Reads addresses only; fetches nothing."""

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
    """One way to read an address: what all pages of the article share, and which page it is."""

    trunk: tuple[str, str, str]
    number: int
    form: Form
    """``plain`` says no number, and so page 1. ``marked`` calls its number a page's (``?page=2``, ``/page/2``).
    ``appended`` is a page's number behind the plain address (``/story/2``), and may be anything behind another number
    (``/comic/41``). ``bare`` (``-2.html``) may belong to the name of another article."""


def interpretations(url: str) -> list[PageAddress]:
    """Every way to read the address, first as it stands; [] if it is none. A site's front names no article."""
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
    """Each way in which ``url`` is the page after the one that ``own`` reads: (the page, the page after it)."""
    # Nearly all links lead to other articles, and this tells it at a twentieth of what reading them takes.
    own = [page for page in own if page.trunk[1].partition(".")[0] in url]
    for other in interpretations(url) if own else ():
        for page in own:
            if other.trunk == page.trunk and other.number == page.number + 1:
                yield page, other


def first_of(url: str, own: list[PageAddress]) -> bool:
    """Whether ``url`` is page 1 of the article that ``own`` reads a later page of."""
    return any(
        other.trunk == page.trunk and other.number == 1 and page.number > 1
        for other in interpretations(url)
        for page in own
    )


def same_article(a: str, b: str) -> bool:
    """Whether two addresses can be pages of one article: they are equal but for a page's number."""
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
    """A folder and its index are one page; the slash at the end makes no difference."""
    end = _END.search(path)
    stem = path[: end.start()] if end else path
    if stem.endswith("/index"):
        return stem.removesuffix("/index")
    return path.rstrip("/")


def _rest(query: list[tuple[str, str]], left_out: str) -> str:
    """The parameters that say which article it is, in one order; how the reader came is left out."""
    kept = sorted((name, value) for name, value in query if name != left_out and not name.startswith("utm_"))
    return "&".join(f"{name}={value}" for name, value in kept)
