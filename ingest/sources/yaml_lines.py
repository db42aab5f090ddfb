"""YAML text → plain values that remember their lines. Knows YAML's traps, and nothing of sources.

Every scalar stays the string that was written, so that ``no`` is not False and ``12:30`` not 750.
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
    """Guesses no types: scalars stay text anyway, and guessing takes most of the time for thousands of sources."""

    def resolve(self, *_: object) -> str:
        """The same tag for all nodes."""
        return ""

    def descend_resolver(self, *_: object) -> None:
        """Nothing to keep track of."""

    def ascend_resolver(self) -> None:
        """Nothing to keep track of."""


@dataclass(slots=True)
class ParsedYaml:
    """``value``: dicts, lists, strings and None. ``lines``: where each path in it stands, from 1."""

    file: str
    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    mistakes: list[tuple[Path, int, str]] = field(default_factory=list)
    """(path, line, advice)"""

    def line(self, path: Path) -> int:
        """The line of the path, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def parse_yaml(text: str, file: str) -> ParsedYaml:
    """Raises `SourcesError` if it is no YAML; lesser mistakes are kept in the result."""
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
    """``body: #story`` is an empty value and a comment: nobody who writes it means that."""
    line = text.lines[path]
    written = source[line - 1] if line <= len(source) else ""
    before, mark, after = written.partition("#")
    glued = after and not after[0].isspace()
    if mark and glued and before.rstrip().endswith((":", "-")):
        word = "#" + after.strip()
        advice = f"'#' begins a comment in YAML: write \"{word}\" in quotes"
        text.mistakes.append((path, line, advice))
