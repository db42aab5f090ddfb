"""Our Markdown of a body beside markdownify and html2text: what a CommonMark parser reads back, traps, time.

    pip install markdownify html2text
    python benchmarks/markdown_peers.py CORPUS

All three are handed the sanitised HTML of the bodies that the generic extractor finds (ours: the structure, of which
that HTML is made). What they write is read back by markdown-it-py, with pipe tables, and compared with the HTML: a body
is kept if it has the same words, links and pictures, and as many headings, items, quotations and cells as before.
The traps are handed over as a page may hold them, before any sanitiser; expected is what is left after ours.
"""

from __future__ import annotations

import argparse
import html as entities
import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import html2text
import markdownify
from corpus import extractor, modules, pages
from markdown_it import MarkdownIt

SETS = ("wcxb-article", "trafilatura", "fundus", "readability")
KINDS = {
    "words": r"[^\W_]+",
    "headings": r"<h[1-6]",
    "list items": r"<li\b",
    "quotes": r"<blockquote",
    "links": r'<a [^>]*?href="([^"]*)"',
    "pictures": r'<img [^>]*?src="([^"]*)"',
    "cells": r"<t[dh]\b[^>]*>(?!\s*</t[dh]>)",
}
#: Text of a page that is no markup to its readers, and must be none in what is written.
TRAPS = {
    "script in a link": '<p><a href="javascript:alert(1)">Read on</a></p>',
    "data in a link": '<p><a href="data:text/html,&lt;script&gt;alert(1)&lt;/script&gt;">Read on</a></p>',
    "markup that is text": "<p>Write &lt;script&gt;alert(1)&lt;/script&gt; or &lt;b&gt;bold&lt;/b&gt;.</p>",
    "entity that is text": "<p>An ampersand is written &amp;amp; in HTML.</p>",
    "number and dot at a start": "<p>1986. That year the tram came.</p>",
    "number sign at a start": "<p># is called a hash.</p>",
    "stars and strokes": "<p>2 * 3 * 4 and snake_case_name and `tick`</p>",
    "brackets": "<p>He [the mayor](sic) said so.</p>",
    "bracket in an address": '<p><a href="https://example.org/a_(b)">Tram</a></p>',
    "space in an address": '<p><a href="https://example.org/a b">Tram</a></p>',
    "stroke in a cell": "<table><tr><th>a</th></tr><tr><td>x | y</td></tr></table>",
    "table without a head": "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>",
    "rows of two lengths": "<table><tr><th>a</th></tr><tr><td>b</td><td>c</td></tr></table>",
    "list in a list": "<ul><li>one<ol><li>two</li><li>three<ul><li>four</li></ul></li></ol></li><li>five</li></ul>",
    "two paragraphs in an item": "<ul><li><p>one</p><p>two</p></li><li><p>three</p></li></ul>",
    "list in a quotation": "<blockquote><p>said</p><ul><li>one</li><li>two</li></ul></blockquote>",
    "fence in code": "<pre>a\n```\nb  c</pre>",
}


def ours(structure: str) -> str:
    return str(_body()(structure).markdown)


def _body() -> Any:
    return modules()["render"].Body


def by_markdownify(html: str) -> str:
    return str(markdownify.markdownify(html, heading_style=markdownify.ATX, escape_misc=True))


def by_html2text(html: str) -> str:
    writer = html2text.HTML2Text(bodywidth=0)
    writer.protect_links = True
    writer.escape_snob = True
    return writer.handle(html)


WRITERS: dict[str, Callable[[str], str]] = {"ours": ours, "markdownify": by_markdownify, "html2text": by_html2text}
_READER = MarkdownIt("commonmark").enable("table")
_READER.validateLink = lambda _url: True  # type: ignore[method-assign]  # else it would hide what it was handed


def counted(html: str) -> dict[str, Counter[str]]:
    text = entities.unescape(re.sub(r"<[^>]*>", " ", html)).lower()
    found = {kind: re.findall(pattern, text if kind == "words" else html) for kind, pattern in KINDS.items()}
    for kind in ("links", "pictures"):
        found[kind] = [unquote(entities.unescape(address)) for address in found[kind]]
    by_content = ("words", "links", "pictures")
    return {kind: Counter(each if kind in by_content else [kind] * len(each)) for kind, each in found.items()}


def read_back(markdown: str) -> dict[str, Counter[str]]:
    return counted(_READER.render(markdown))


def print_traps() -> None:
    """Whether what is read back says what the HTML said, once it was sanitised."""
    print("| | " + " | ".join(WRITERS) + " |\n|---|" + "---|" * len(WRITERS))
    lost: Counter[str] = Counter()
    for name, html in TRAPS.items():
        body = _page_body(html)
        cells = []
        for writer, write in WRITERS.items():
            given = body.structure if writer == "ours" else html
            found, expected = read_back(write(given)), counted(body.html)
            wrong = [kind for kind in KINDS if found[kind] != expected[kind]]
            wrong += ["raw HTML"] * ("html" in {token.type.partition("_")[0] for token in _tokens(write(given))})
            lost[writer] += bool(wrong)
            cells.append(", ".join(wrong) or "kept")
        print(f"| {name} | " + " | ".join(cells) + " |")
    print(f"| not kept, of {len(TRAPS)} | " + " | ".join(str(lost[writer]) for writer in WRITERS) + " |")


def _tokens(markdown: str) -> list[Any]:
    return [each for token in _READER.parse(markdown) for each in (token, *(token.children or ()))]


def _page_body(html: str) -> Any:
    """The body that a rule for the whole page finds."""
    document = modules()["document"].Document(f"<html><body><main>{html}</main></body></html>", "https://example.org/")
    return modules()["render"].render([document.css_first("main")], base_url=document.base_url)


def print_corpus(corpus: Path, step: int) -> None:
    bodies = []
    for page in (page for name in SETS for page in pages(corpus, name, step)):
        document = modules()["document"].Document(modules()["charset"].decode(page.html), page.url)
        bodies.append(extractor("generic").extract(document).body)
    expected = [counted(body.html) for body in bodies]
    print(f"\n{len(bodies)} bodies\n\n| | " + " | ".join(KINDS) + " | everything | ms of CPU a body |")
    print("|---|" + "---:|" * (len(KINDS) + 2))
    for writer, write in WRITERS.items():
        given = [body.structure if writer == "ours" else body.html for body in bodies]
        began = time.process_time()
        written = [write(each) for each in given]
        ms = 1000 * (time.process_time() - began) / len(bodies)
        found = [read_back(each) for each in written]
        kept = {kind: sum(a[kind] == b[kind] for a, b in zip(found, expected, strict=True)) for kind in KINDS}
        everything = sum(a == b for a, b in zip(found, expected, strict=True))
        print(f"| {writer} | " + " | ".join(map(str, kept.values())) + f" | {everything} | {ms:.2f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--step", type=int, default=1, help="take every so many pages of each set")
    arguments = parser.parse_args()
    print_traps()
    print_corpus(arguments.corpus, arguments.step)


if __name__ == "__main__":
    main()
