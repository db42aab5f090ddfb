"""Finds the URLs of an article's next and first page among the links of a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ingest.extraction import page_type
from ingest.extraction.lexicon.vocabulary import TALK
from ingest.extraction.markup.addresses import absolute
from ingest.extraction.markup.outline import names_of
from ingest.extraction.pagination.page_address import first_of, follows, interpretations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from ingest.extraction.markup.document import Document
    from ingest.extraction.pagination.page_address import PageAddress

# Set by hand, and held by tests/extraction/pagination/test_next_page.py; no script fits them.
_FAR = 600  # letters between the body and its row of page numbers
_APART = "iframe, video, article, h2, h3, h4"
_WEIGHT = 150  # letters that each element of `_APART` counts for between the two
_MOST_LINKS = 20  # links
_MOST = 50  # pages; a row with more is that of a list of articles
_LABEL = 80  # letters of a link
_PAGER = 300  # letters of a row of page numbers
_LEVELS = 5  # elements between a link and its row
_UNREAD = frozenset({"script", "style", "noscript", "template", "svg", "head"})
_DIGITS = re.compile(r"\d{1,9}")
# A path that may be an article's; that of a section has one or two words.
_STORY = re.compile(r"\d|[^\x00-\x7f]|%[89A-Fa-f]|(?:[^/-]+-){3}|\.\w{2,5}$")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
# Labels of links to the next page in many languages: `_NEXT` alone, `_NEXT_PAGE` also before that page's heading.
_NEXT = frozenset({
    "", "next", "continue", "weiter", "nächste", "suivant", "suivante", "suite", "siguiente", "próxima", "próximo",
    "seguinte", "successiva", "successivo", "avanti", "volgende", "nästa", "neste", "næste", "seuraava", "następna",
    "dalej", "další", "ďalej", "următoarea", "sonraki", "далее", "дальше", "следующая", "вперед", "вперёд", "далі",
    "наступна", "επόμενη", "επόμενο", "次", "次へ", "下页", "下頁", "后页", "다음", "التالي", "التالية", "הבא", "अगला",
    "ถัดไป", "tiếp", "tiếp theo", "trang sau", "berikutnya", "selanjutnya",
})  # fmt: skip
_NEXT_PAGE = (
    "next page", "continue to page", "continued on page", "nächste seite", "zur nächsten seite", "weiter auf seite",
    "lesen sie weiter auf seite", "page suivante", "página siguiente", "siguiente página", "próxima página",
    "página seguinte", "pagina successiva", "volgende pagina", "nästa sida", "neste side", "næste side",
    "seuraava sivu", "następna strona", "další strana", "další stránka", "sonraki sayfa", "следующая страница",
    "наступна сторінка", "επόμενη σελίδα", "次のページ", "次ページ", "下一页", "下一頁", "다음 페이지", "다음페이지",
    "الصفحة التالية", "העמוד הבא", "अगला पेज", "หน้าถัดไป", "trang tiếp", "halaman berikutnya", "halaman selanjutnya",
)  # fmt: skip


class _NextLink(NamedTuple):
    """A link to what may be the next page, with one interpretation of both URLs."""

    node: LexborNode
    address: str
    page: PageAddress
    following: PageAddress

    @property
    def is_sure(self) -> bool:
        """Whether the URL alone shows that the page belongs to the same article."""
        return self.following.form == "marked" or (self.following.form == "appended" and self.page.form == "plain")


def find(document: Document, body: LexborNode) -> str:
    """The absolute URL of the page after this one, or "". ``body`` is the element that holds the text.

    Its URL must equal the page's own except for a page number one higher, since ``rel=next`` also marks the next post.
    The link must be in the body or shortly after it, and not among comments, because comments and lists of articles are
    paginated as well. A URL that may be another article's (``-2.html``) is only taken from a row of page numbers.
    """
    own = interpretations(document.url)
    is_declared = page_type.is_declared_article(document)
    if not own or not (is_declared or _STORY.search(own[0].trunk[1])):
        return ""
    numbers = {str(page.number + 1) for page in own}
    selector = ", ".join([*(f'a[href*="{number}"]' for number in numbers), 'link[rel~="next"]'])
    may_end = re.compile(rf"(?:{'|'.join(numbers)})(?:\.\w{{2,5}})?/?\s{{0,9}}(?:[?&#]|$)")
    links = [link for node in document.css(selector) for link in _links(document, node, own, may_end)]
    anchors = [link for link in links if link.node.tag == "a"]
    around = set(_ancestor_ids(body))
    for link in anchors[:_MOST_LINKS]:
        if _is_near(link.node, body, around) and _says_next(link):
            return link.address
    if anchors or not is_declared:
        # ``<link rel=next>`` may be that of the comments; it counts only where the page shows no such links.
        return ""
    return next((link.address for link in links if link.is_sure), "")


def first(document: Document, claimed: str) -> str:
    """The absolute URL of the article's first page if this is a later one, else "". ``claimed`` is the canonical URL.

    The page itself must show it, by its canonical URL or by a row of page numbers.
    """
    own = [page for page in interpretations(document.url) if page.number > 1]
    if not own:
        return ""
    if first_of(claimed, own):
        return claimed
    for node in document.css("a[href]"):
        if _text(node) != "1":
            continue
        address = absolute(node.attributes.get("href"), document.base_url)
        if first_of(address, own) and any(_in_row(node, 1, page.number) for page in own):
            return address
    return ""


def _links(
    document: Document, node: LexborNode, own: list[PageAddress], may_end: re.Pattern[str]
) -> Iterator[_NextLink]:
    href = node.attrs.get("href") or ""
    # Most numbers in URLs are dates and ids; to parse a URL takes a hundred times as long as this test.
    if not may_end.search(href):
        return
    address = absolute(href, document.base_url)
    if address and "comment" not in href.rpartition("#")[2].lower():
        for page, following in follows(address, own):
            yield _NextLink(node, address, page, following)


def _is_near(node: LexborNode, body: LexborNode, around: set[int]) -> bool:
    """Whether the link is in the body, or after it with little in between, and not among comments."""
    before = 0
    while node.mem_id not in around:
        parent = node.parent
        if parent is None or TALK.matches(names_of(node.attributes)):
            return False
        is_inside = parent.mem_id == body.mem_id
        sibling = None if is_inside else node.prev
        while sibling is not None and sibling.mem_id not in around:
            before += _letters(sibling)
            sibling = sibling.prev
        if before > _FAR:
            return False
        if parent.mem_id in around:
            return is_inside or sibling is not None
        node = parent
    return False


def _letters(node: LexborNode) -> int:
    if node.tag in _UNREAD:
        return 0
    return len(node.text(strip=True)) + _WEIGHT * len(node.css(_APART))


def _says_next(link: _NextLink) -> bool:
    """Whether the text of the link, and the row around it, say that it leads to the next page."""
    number, text = link.following.number, _text(link.node)
    is_numbered = text == str(number) and _in_row(link.node, link.page.number, number)
    if not link.is_sure:
        return is_numbered or (link.following.form == "appended" and text.startswith(_NEXT_PAGE))
    if _is_list(link.node):
        return False
    attributes = link.node.attributes
    says = text in _NEXT or text.startswith(_NEXT_PAGE) or str(number) in _DIGITS.findall(text)
    return says or "next" in (attributes.get("rel") or "").lower().split()


def _in_row(node: LexborNode, *numbers: int) -> bool:
    """Whether the link is in a row of page numbers that has all of ``numbers``."""
    wanted = set(map(str, numbers))
    row = node.parent
    for _ in range(_LEVELS):
        if row is None or len(text := row.text(separator=" ", strip=True)) > _PAGER:
            return False
        if wanted <= set(_DIGITS.findall(text)):
            return True
        row = row.parent
    return False


def _is_list(node: LexborNode) -> bool:
    """Whether the link is in a row of more pages than an article has."""
    row = node
    for _ in range(_LEVELS):
        if row.parent is None or len(row.parent.text()) > _PAGER:
            break
        row = row.parent
    return any(text.isdecimal() and int(text) > _MOST for text in (_text(link) for link in row.css("a")))


def _text(node: LexborNode) -> str:
    """The text of a link, or its label if it has none, in lower case without arrows and brackets."""
    text = node.text()
    if len(text) > 4 * _LABEL:
        return text[:_LABEL].lower()
    text = " ".join(text.split()) or node.attributes.get("aria-label") or node.attributes.get("title") or ""
    return _EDGES.sub("", text[:_LABEL]).lower()


def _ancestor_ids(node: LexborNode | None) -> Iterator[int]:
    while node is not None:
        yield node.mem_id
        node = node.parent
