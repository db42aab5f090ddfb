"""Shows how two texts differ: in colours on a terminal, as [-removed-] and {+added+} elsewhere."""

from __future__ import annotations

import sys
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from ingest.article.diff import Paragraph, Span, word_diff
from ingest.cli.terminal import counted, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

#: How removed and added words are marked where there are no colours.
_MARKS = {"removed": ("[-", "-]"), "added": ("{+", "+}"), "same": ("", "")}
_COLOURS: dict[str, dict[str, Any]] = {
    "removed": {"fg": "red", "strikethrough": True},
    "added": {"fg": "green", "bold": True},
    "same": {},
}


def differences(before: str, after: str) -> Iterator[str]:
    """The paragraphs of two texts that differ, a line for each; runs of equal ones are counted."""
    for is_changed, run in groupby(word_diff(before, after), key=lambda paragraph: paragraph.is_changed):
        paragraphs = list(run)
        if is_changed:
            yield from map(_paragraph, paragraphs)
        else:
            yield click.style(f"    … {counted(len(paragraphs), 'paragraph')} the same", dim=True)


def _paragraph(paragraph: Paragraph) -> str:
    return "    " + "".join(map(_span, paragraph.spans)).strip()


def _span(span: Span) -> str:
    text = " ".join(filter(None, (plain(word) for word in span.text.split(" "))))
    ending = " " if span.text.endswith(" ") else ""
    if sys.stdout.isatty():
        return click.style(text, **_COLOURS[span.kind]) + ending
    before, after = _MARKS[span.kind]
    return f"{before}{text}{after}{ending}"
