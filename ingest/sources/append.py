"""Appends a source to the text of a sources.yaml and leaves every other byte as it is, comments included."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import yaml

from ingest.errors import Mistake, SourcesError

if TYPE_CHECKING:
    from collections.abc import Mapping

NEW_FILE = "# What to follow. Check it with `ingest check`; docs/sources.md tells of every key.\n\nsources:\n"
# What YAML reads as the same string without quotes.
_BARE = re.compile(r"[A-Za-z0-9/][\w./:?=&%~+@;-]*(?<!:)")


def append(text: str, entry: Mapping[str, str], *, file: str = "sources.yaml") -> str:
    """The text of the file with ``entry`` (keys and values of a source) after its last source.

    The text has been checked. Raises `SourcesError` if its list of sources is written in brackets, to which no line can
    be added.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if root is None:
        return _with_line_end(text, end) + end.join(NEW_FILE.splitlines()) + end + _lines(entry, 2, end)
    listed = _sources(root)
    if listed is None and isinstance(root, yaml.MappingNode) and not root.flow_style:
        return _with_line_end(text, end) + f"{end}sources:{end}" + _lines(entry, 2, end)
    if isinstance(listed, yaml.ScalarNode) and not listed.value:
        line, indent = listed.start_mark.line + 1, 2
    elif isinstance(listed, yaml.SequenceNode) and listed.value and not listed.flow_style:
        line, indent = _last_line(listed) + 1, listed.start_mark.column
    else:
        advice = "its list of sources is in brackets; write this below it yourself: " + json.dumps(dict(entry))
        raise SourcesError([Mistake(file, root.start_mark.line + 1, "sources", advice)])
    lines = text.splitlines(keepends=True)
    before, after = "".join(lines[:line]), "".join(lines[line:])
    return _with_line_end(before, end) + _lines(entry, indent, end) + after


def _sources(root: yaml.Node) -> yaml.Node | None:
    if not isinstance(root, yaml.MappingNode):
        return root
    return next((value for key, value in root.value if key.value == "sources"), None)


def _last_line(node: yaml.Node) -> int:
    """The line on which a node ends, from 0. For PyYAML a block ends only where the next thing begins."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return max(map(_last_line, last)) if isinstance(last, tuple) else _last_line(last)
    ends_before = node.end_mark.column == 0 and node.end_mark.line > node.start_mark.line
    return int(node.end_mark.line) - ends_before


def _lines(entry: Mapping[str, str], indent: int, end: str) -> str:
    marks = ["- ", *["  "] * (len(entry) - 1)]
    return "".join(
        f"{' ' * indent}{mark}{key}: {_scalar(value)}{end}"
        for mark, (key, value) in zip(marks, entry.items(), strict=True)
    )


def _scalar(value: str) -> str:
    return value if _BARE.fullmatch(value) else json.dumps(value)


def _with_line_end(text: str, end: str) -> str:
    """The text with a line end after its last line."""
    return text if not text or text.endswith(("\n", "\r")) else text + end
