"""Whether a URL can be that of an article, judged by its words, numbers and dates. When in doubt, it can."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ingest.dedup import raw_urls

if TYPE_CHECKING:
    from collections.abc import Iterable

_MEDIA = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|tiff?|mp[34]|m4[av]|aac|og[gav]|wav|flac|webm|mov|avi|wmv|mkv|m3u8"
    r"|pdf|docx?|xlsx?|pptx?|od[tsp]|epub|zip|rar|7z|t?gz|bz2|dmg|exe|apk|iso|css|m?js|json|xml|rss|atom|rdf|txt|csv"
    r"|ics|vcf|woff2?|ttf|eot)$",
    re.IGNORECASE,
)

#: A path with one of these words as a segment is that of a list or of an interface for programs.
_LISTS = frozenset(
    """
    tag tags tagged label labels author authors byline category categories kategorie kategorien categoria categorias
    categorie rubrik rubriken search suche buscar recherche cerca login logout log-in signin sign-in signup sign-up cart
    checkout basket wp-admin wp-content wp-includes wp-json wp-login xmlrpc cdn-cgi oembed
    """.split()  # noqa: SIM905 (quoted words cannot be read)
)

#: A path that ends with one of these words is that of a form, a feed or a legal notice.
_ENDINGS = frozenset(
    """
    register registration subscribe subscription subscriptions newsletter newsletters account my-account profile user
    users member members feed feeds rss comments-feed sitemap sitemaps embed print-edition e-paper epaper gdpr cookies
    cookie-policy privacy privacy-policy terms terms-of-use terms-of-service datenschutz impressum imprint
    mentions-legales
    """.split()  # noqa: SIM905 (quoted words cannot be read)
)

#: A path of nothing but these words is that of a section front or of a page about the site.
_FRONTS = frozenset(
    """
    news latest latest-news breaking breaking-news home index main start en de fr es it ja ko zh us uk world
    international global national local regional politics politik politique politica economy economics business
    wirtschaft economie economia finance money markets sport sports football soccer culture kultur cultura arts art
    entertainment life lifestyle style fashion food travel health science technology tech digital opinion opinions
    editorial editorials columns society gesellschaft societe education environment climate weather video videos
    photo photos gallery galleries podcast podcasts live archive archives topics blog blogs articles article stories
    posts all more page about about-us ueber-uns kontakt contact contact-us team staff jobs careers advertise
    advertising media-kit help faq support donate shop store events event calendar press editions magazine issues
    crossword games puzzles obituaries classifieds horoscope horoscopes services service legal accessibility
    """.split()  # noqa: SIM905 (quoted words cannot be read)
)

_LONG_NUMBER = re.compile(r"(?:^|\D)\d{5,}(?:\D|$)")
_PAGE_NUMBER = re.compile(r"/(?:page|seite|p)/\d{1,5}/?$", re.IGNORECASE)
_DATED = re.compile(r"/(?:19|20)\d\d[/-]?(?:0[1-9]|1[0-2])(?:[/-]?(?:0[1-9]|[12]\d|3[01]))?(?=[/_.-]|$|\D)")
_ONLY_A_DATE = re.compile(r"^(?:/[^/-]{1,12})?/(?:199\d|20[0-3]\d)(?:[/-]\d\d?){0,2}/?$")
_LIST_QUERY = re.compile(r"(?:^|&)(?:s|q|query|search|replytocom|paged?|cat|tag|author|attachment_id|share)=")
_ENTRY_QUERY = re.compile(r"(?:^|&)(?:p|id|idx|no|idxno|aid|article|articleid|article_id|newsid|news_id|seq|num)=\w")


def looks_like_article(url: str) -> bool:
    """False for front pages, sections, tags, people, forms, archives, files and searches; True for all else.

    ``url`` is absolute. Reads words of the path in English and some of German, French, Spanish and Italian.
    """
    path, query = raw_urls.path_and_query(url)
    words = [word.partition(".")[0] for word in unquote(path).lower().split("/") if word]
    listed = not (_LISTS.isdisjoint(words) and _ENDINGS.isdisjoint(words[-1:]))
    if _MEDIA.search(path) or (listed and not _DATED.search(path)):
        return False
    if _ENTRY_QUERY.search(query):
        return True
    if not words or _LIST_QUERY.search(query) or _PAGE_NUMBER.search(path) or _ONLY_A_DATE.search(path):
        return False
    return not _FRONTS.issuperset(words)


def surely_article(url: str) -> bool:
    """Whether a URL holds a date, a number of five digits or more, or a title of four words or more."""
    path, query = raw_urls.path_and_query(url)
    last = unquote(path).rstrip("/").rpartition("/")[2]
    return bool(
        date_in(url)
        or _ENTRY_QUERY.search(query)
        or _LONG_NUMBER.search(path)
        or last.count("-") >= 3
        or last.count("_") >= 3
    )


def section(urls: Iterable[str]) -> str:
    """The folder that all of a site's ``urls`` are in, up to the first number: ``/politics/`` or ``/``.

    The sitemaps of a site name all of its sections, of which a source may follow one.
    """
    folders = [raw_urls.path_and_query(url)[0].split("/")[1:-1] for url in urls]
    common: list[str] = []
    for names in zip(*folders, strict=False):
        if len(set(names)) > 1 or any(character.isdigit() for character in names[0]):
            break
        common.append(names[0])
    return "/".join(["", *common, ""])


def within(url: str, folder: str) -> bool:
    """Whether a URL is in the folder that `section` found."""
    return raw_urls.path_and_query(url)[0].startswith(folder)


def date_in(url: str) -> str:
    """The date in the path of a URL as it is written there (``2026/01/06``), or ""."""
    found = re.search(r"/((?:19|20)\d\d([/-]?)(?:0[1-9]|1[0-2])\2(?:0[1-9]|[12]\d|3[01]))(?=[/_.-]|$)", url)
    return found[1] if found else ""
