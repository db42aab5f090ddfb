"""Text from a server or a URL, made fit for an error message."""

from __future__ import annotations


def printable_line(text: str, limit: int = 200) -> str:
    """At most ``limit`` characters, with "…" if more were cut; control and formatting characters become U+FFFD."""
    shown = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text[:limit])
    return shown + ("…" if len(text) > limit else "")
