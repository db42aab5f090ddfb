"""The articles of edit_texts.txt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from edit_pairs import Text


def texts() -> Iterator[Text]:
    _, *languages = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").split("\n== ")
    for part in languages:
        language, *articles = part.strip().split("\n\n")
        for number, article in enumerate(articles):
            title, *paragraphs = article.splitlines()
            yield Text(f"{language}-{number}", "paper.example", language, title, tuple(paragraphs))
