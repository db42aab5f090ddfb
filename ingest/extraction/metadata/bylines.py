"""Who a page says, to its readers, wrote the article. Reads lines around the headline; `names.people` cleans them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.extraction.metadata import names
from ingest.extraction.metadata.surroundings import Line

_LONGEST = 140
_FARTHEST_BEFORE = 8
_VERB = (
    r"(?:(?:article|story|words|text|texte|content|written|posted|published|reported|authored|created|scritto|escrito"
    r"|publicado|publié|rédigé|geschrieben|verfasst|kommentar|skrevet|skriven)\s)?"
)
_NOUN = (
    r"(?:authors?|autora?|autor(?:in|en)|auteurs?|autore|written by|text|texte|texto|testo|words|writer|reporter"
    r"|redaktion|journalist|skribent|forfatter|автор|글|글쓴이|기자|文|著者|執筆|筆者|作者|记者|記者)"
)
_BY = r"(?:by|von|par|por|di|av|af|door|od)"
#: A label that is a line of its own; the names follow.
_LABEL = re.compile(rf"^[\W_]{{0,3}}(?:{_VERB}{_BY}|{_NOUN})\s?[:：]?$", re.IGNORECASE)
#: A label with the names behind it on the same line.
_LABELLED = re.compile(rf"^[\W_]{{0,3}}(?:{_VERB}{_BY}\b[\s:]|{_NOUN}\s?[:：])\s{{0,3}}(?=\S)", re.IGNORECASE)
#: Where a byline ends: others than authors follow.
_OTHER_ROLE = re.compile(
    r"\b(?:fact|check|review|edit(?:ed|ing)|translat|illustrat|photo|updat|medical|approved|foto|bild|übersetz|traduc)",
    re.IGNORECASE,
)
_BYLINE_CLASS = re.compile(
    r"by-?line|author|writer|reporter|autor|auteur|journalist|contributor|creator|forfatter|skribent"
)
_NO_BYLINE_CLASS = re.compile(
    r"bio\b|biograph|avatar|image|img|photo|desc|about|job|role|position|title|date|time|social|follow|twitter|comment"
    r"|related|recommend|popular|sidebar|footer|caption|credit|share|card-|teaser|review|newsletter|count|quote|label"
    r"|breadcrumb|tooltip|publisher|source|section|categor|edit|check"
)
_BOX = re.compile(r"comment|related|recommend|popular|sidebar|footer|newsletter|teaser|breadcrumb|carousel|trending")
_AUTHOR_LINK = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|autore|people|person|staff|profiles?|team|journalists?|writers?|contributors?"
    r"|by|reporter|redaktion|columnists?|experts?|skribent)/|[?&]author=",
    re.IGNORECASE,
)
_JOINT = re.compile(r",?\s?(?:and|und|et|y|og|och|e|en)|[,&/]", re.IGNORECASE)


def read(lines: Sequence[Line]) -> tuple[str, ...]:
    """The names in the byline nearest to the headline; the clearest sign decides: a label, a class, a link."""
    near = [line for line in lines if line.steps >= -_FARTHEST_BEFORE and not _BOX.search(line.box)]
    for finder in (_labelled, _by_class, _by_link):
        persons = _persons(finder(near))
        if persons:
            return persons
    return ()


def _persons(found: Iterator[str]) -> tuple[str, ...]:
    """Names that read like one; single words only where there is no full name."""
    persons = [name for name in names.people(found) if names.is_plausible(name)]
    full = [name for name in persons if " " in name or not name.isascii()]
    return tuple(full or persons[:1])


def _labelled(lines: Sequence[Line]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if len(line.text) > _LONGEST:
            continue
        if _LABEL.match(line.text):
            yield from _following(lines[number + 1 : number + 12])
            return
        if _LABELLED.match(line.text) and not _is_prose(line):
            yield line.text
            if line.text.endswith((",", " and", " und", "&")):
                yield from _following(lines[number + 1 : number + 8])
            return


def _is_prose(line: Line) -> bool:
    """ "Von hier aus sind es …" is no byline."""
    return len(line.text) > 60 and line.text.rstrip().endswith((".", "?", "!", "…"))


def _following(lines: Sequence[Line]) -> Iterator[str]:
    """The first name behind a label, and further ones as long as only commas and conjunctions part them."""
    joined = True
    for line in lines:
        if _JOINT.fullmatch(line.text):
            joined = True
            continue
        if not joined or len(line.text) > _LONGEST:
            return
        yield line.text
        joined = line.text.endswith((",", " and", " und", "&"))


def _by_class(lines: Sequence[Line]) -> Iterator[str]:
    """The lines of the first box that its class calls a byline."""
    last = None
    for line in lines:
        if len(line.text) > _LONGEST or not _BYLINE_CLASS.search(_near(line, 3)):
            continue
        if last is not None and (line.steps - last > 3 or _OTHER_ROLE.search(line.text)):
            return
        if not _NO_BYLINE_CLASS.search(_near(line, 1)) and names.is_plausible(
            next(iter(names.people([line.text])), "")
        ):
            last = line.steps
            yield line.text


def _by_link(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        node = line.node if line.node.tag == "a" else line.node.parent
        if node is None or node.tag != "a" or len(line.text) > 60:
            continue
        attributes = node.attributes
        if "author" in (attributes.get("rel") or "") or _AUTHOR_LINK.search(attributes.get("href") or ""):
            yield line.text


def _near(line: Line, levels: int) -> str:
    return ">".join(line.classes[:levels])
