"""Loads YAML into plain values together with the line of each, and points out what YAML silently misreads.

Every scalar stays the string that was written, so that ``no`` is not False and ``12:30`` not 750. What the values mean
is left to `validation`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from ingest.errors import Mistake, SourcesError

try:
    from yaml import CBaseLoader as BaseLoader
except ImportError:  # PyYAML without libyaml: the same language, slower.
    from yaml import BaseLoader  # type: ignore[assignment]

Path = tuple[str | int, ...]
_MAX_DEPTH = 12


class Loader(BaseLoader):
    """Resolves no types: scalars stay strings anyway, and resolving takes most of the time for thousands of sources."""

    def resolve(self, *_: object) -> str:
        """The same tag for all nodes."""
        return ""

    def descend_resolver(self, *_: object) -> None:
        """Nothing to keep track of."""

    def ascend_resolver(self) -> None:
        """Nothing to keep track of."""


@dataclass(slots=True)
class ParsedYaml:
    """A YAML document: ``value`` of dicts, lists, strings and None; ``lines``, from 1, of each path in it."""

    file: str
    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    mistakes: list[tuple[Path, int, str]] = field(default_factory=list)
    """(path, line, what to write instead)"""

    def line(self, path: Path) -> int:
        """The line of the path, or of the innermost value around it that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def parse_yaml(text: str, file: str) -> ParsedYaml:
    """Raises `SourcesError` if the text is not YAML; other mistakes are kept in `ParsedYaml.mistakes`."""
    try:
        node = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError as error:
        raise SourcesError([_syntax_mistake(error, file)]) from error
    except RecursionError as error:
        raise SourcesError([Mistake(file, 1, "", "nested too deeply")]) from error
    result = ParsedYaml(file)
    if node is not None:
        result.value = _value(node, (), result, text.splitlines())
    return result


def _syntax_mistake(error: yaml.YAMLError, file: str) -> Mistake:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    problem = getattr(error, "problem", None) or str(error)
    hint = ""
    if "mapping values are not allowed" in problem:
        hint = "; put a value that contains ': ' in quotes"
    elif "cannot start any token" in problem:
        hint = "; indent with spaces, and put values that begin with @, ` or % in quotes"
    return Mistake(file, line, "", f"not YAML: {problem}{hint}")


def _value(node: yaml.Node, path: Path, text: ParsedYaml, source: list[str]) -> Any:
    text.lines.setdefault(path, node.start_mark.line + 1)
    if len(path) > _MAX_DEPTH:
        text.mistakes.append((path, node.start_mark.line + 1, "nested too deeply"))
        return None
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, text, source)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*path, index), text, source) for index, child in enumerate(node.value)]
    assert isinstance(node, yaml.ScalarNode)
    return _scalar(node, path, text, source)


def _mapping(node: yaml.MappingNode, path: Path, text: ParsedYaml, source: list[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            text.mistakes.append((path, line, "a key must be a word"))
            continue
        key = key_node.value
        here = (*path, key)
        if key in values:
            advice = f"written twice (first in line {text.lines[here]}): keep one of them"
            text.mistakes.append((here, line, advice))
            continue
        text.lines[here] = line
        values[key] = _value(value_node, here, text, source)
    return values


def _scalar(node: yaml.ScalarNode, path: Path, text: ParsedYaml, source: list[str]) -> str | None:
    plain = not node.style
    if plain and node.value in {"", "~", "null", "Null", "NULL"}:
        _check_swallowed_comment(path, text, source)
        return None
    return str(node.value)


def _check_swallowed_comment(path: Path, text: ParsedYaml, source: list[str]) -> None:
    """``body: #story`` is an empty value and a comment for YAML, but was meant as a selector."""
    line = text.lines[path]
    written = source[line - 1] if line <= len(source) else ""
    before, mark, after = written.partition("#")
    glued = after and not after[0].isspace()
    if mark and glued and before.rstrip().endswith((":", "-")):
        word = "#" + (after.strip() if path[-1] != "secret" else "…")
        advice = f"'#' begins a comment in YAML: write \"{word}\" in quotes"
        text.mistakes.append((path, line, advice))
