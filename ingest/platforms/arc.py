"""Arc XP: the body of a story out of the page's own data, where the page does not show it, or not all of it."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.extraction.draft import Draft, Extractor
from ingest.extraction.markup.render import render
from ingest.platforms.marks import Platform

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.extraction.markup.document import Document

_MARK = "Fusion.globalContent="
_DEEPEST = 8
#: Fewer paragraphs are a teaser: the page itself may show more.
_FEWEST_PARAGRAPHS = 2
_ENOUGH_TO_COMPARE = 40


def _extract(document: Document) -> Draft:
    elements = _story(document.html).get("content_elements")
    pieces = list(_pieces(elements)) if isinstance(elements, list) else []
    story = LexborHTMLParser(f"<article>{''.join(pieces)}</article>").css_first("article")
    if story is None or len(story.css("p")) < _FEWEST_PARAGRAPHS or _is_shown(story, document):
        return Draft()
    return Draft(body=render([story], base_url=document.base_url))


def _is_shown(story: LexborNode, document: Document) -> bool:
    """Whether the page shows the story to its end; it is then read from the page, which has its pictures in order."""
    endings = [" ".join(paragraph.text().split()) for paragraph in story.css("article > p")]
    ending = next((text for text in reversed(endings) if len(text) > _ENOUGH_TO_COMPARE), "")
    shown = (" ".join(paragraph.text().split()) for paragraph in document.css("p"))
    return any(ending[:_ENOUGH_TO_COMPARE] in text for text in shown)


def _story(page: str) -> dict[str, Any]:
    """The object that the page's script calls its content; {} if there is none or it is no JSON."""
    start = page.find(_MARK)
    if start < 0:
        return {}
    try:
        value, _ = json.JSONDecoder(strict=False).raw_decode(page, start + len(_MARK))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _pieces(elements: list[Any], depth: int = 0) -> Iterator[str]:
    """HTML of the elements that are text, and of pictures with their captions; other elements are left out."""
    for element in elements:
        if not isinstance(element, dict) or depth > _DEEPEST:
            continue
        content = element.get("content")
        text = content if isinstance(content, str) else ""
        match element.get("type"):
            case "text":
                yield f"<p>{text}</p>"
            case "header":
                yield f"<h2>{text}</h2>"
            case "list":
                yield _list(element, depth)
            case "quote":
                yield f"<blockquote>{''.join(_pieces(_parts(element), depth + 1))}</blockquote>"
            case "image":
                yield _picture(element)


def _list(element: dict[str, Any], depth: int) -> str:
    tag = "ol" if element.get("list_type") == "ordered" else "ul"
    items = "".join(f"<li>{piece}</li>" for piece in _pieces(_parts(element, "items"), depth + 1))
    return f"<{tag}>{items}</{tag}>"


def _parts(element: dict[str, Any], key: str = "content_elements") -> list[Any]:
    found = element.get(key)
    return found if isinstance(found, list) else []


def _picture(element: dict[str, Any]) -> str:
    address, caption = (str(element.get(key) or "") for key in ("url", "caption"))
    return f'<figure><img src="{html.escape(address)}"><figcaption>{caption}</figcaption></figure>'


EXTRACTOR = Extractor("platform:arc", frozenset({"body"}), _extract)
PLATFORM = Platform(EXTRACTOR, head=("/pf/resources/", "/pf/dist/"))
