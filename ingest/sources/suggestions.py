"""Turns the validation errors of pydantic into what an operator should write instead."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

_MESSAGES = {
    "missing": "missing: write it",
    "bool_parsing": "write true or false",
    "int_parsing": "write a whole number",
    "int_from_float": "write a whole number",
    "float_parsing": "write a number",
    "finite_number": "write a number",
    "greater_than_equal": "write {ge} or more",
    "greater_than": "write more than {gt}",
    "less_than_equal": "write {le} or less",
    "string_pattern_mismatch": "write letters, digits, '.', '-' and '_' only",
    "string_too_short": "write at least {min_length} characters",
    "string_too_long": "write at most {max_length} characters",
    "too_short": "name at least one",
    "list_type": "write a list, one entry a line, each behind '- '",
    "tuple_type": "write a word, or a list of words",
    "model_type": "write keys and values below it, indented",
    "dict_type": "write keys and values below it, indented",
}


def unknown_word(word: str, known: Iterable[str], what: str = "name") -> str:
    """The known word that is most like an unknown one, or all known words; ``what`` says what they are."""
    names = list(known)
    close = get_close_matches(word, names, n=1, cutoff=0.5)
    if close:
        return f"unknown {what}: did you mean {close[0]}?"
    return f"unknown {what}: there is {', '.join(names) or 'none'}"


def suggestion(error: ErrorDetails, keys: Iterable[str]) -> str:
    """One line for one error of pydantic; ``keys`` are the keys that are known at its position."""
    kind, context = error["type"], error.get("ctx", {})
    quoted = "" if error["loc"][-1:] == ("secret",) or "webhook" in error["loc"] else _quoted(error["input"])
    if kind == "extra_forbidden":
        return unknown_word(str(error["loc"][-1]), keys, "key")
    if kind == "literal_error":
        return f"write {context['expected']}".replace("'", "") + quoted
    if kind == "value_error":
        return str(context["error"]) + quoted
    if error["input"] is None and kind != "missing":
        return "nothing is written behind it: write a value, or leave the line out"
    message = _MESSAGES.get(kind)
    return (message.format(**context) if message else error["msg"]) + quoted


def _quoted(value: Any) -> str:
    return f" (not {value!r})" if isinstance(value, str) and len(value) <= 60 else ""
