"""Pairs of readings with the truth: the stored article, what its page says later, and whether that may replace it.

Honest recipes make them out of articles: each does to a text what an editor does, or what a paywall, a redesign or a
failure does. `benchmarks/edits.py` applies them to a corpus, `tests/dedup/test_edit_pairs.py` to articles of our own.
"""

# ruff: noqa: ARG001 (all recipes are called with the same arguments)
from __future__ import annotations

import html as entities
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property

from edit_phrases import CORRECTED, COUNTERS, ERRORS, FURNITURE, MORE, WALLS

from ingest.article.body import Body
from ingest.dedup import fingerprint
from ingest.dedup.actions import HoldBack, InsertApart, Keep, Matches, StoreAction, StoredArticle, Update
from ingest.dedup.decide import decide
from ingest.model import Article

PUBLISHED = datetime(2026, 3, 2, 8, tzinfo=UTC)
ORIGINS = {"title": "h1", "authors": "json-ld", "published": "json-ld", "body": "generic"}
BY_RULE = {"title": "rule:paper", "authors": "rule:paper", "published": "rule:paper", "body": "rule:paper"}


@dataclass(frozen=True)
class Text:
    """An article as its title and paragraphs; a paragraph that begins with # is a heading, with * a line of a list."""

    id: str
    site: str
    language: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass
class Pair:
    kind: str
    text: Text
    stored: StoredArticle
    reading: Article

    @property
    def is_edit(self) -> bool:
        return self.kind in EDITS

    @cached_property
    def answer(self) -> StoreAction:
        return decide(self.reading, Matches(self.stored))

    @property
    def is_right(self) -> bool:
        match self.answer:
            case Update():
                return self.is_edit
            case Keep(why="noise"):
                return self.kind in NOISE or self.kind in FALSE
            case HoldBack():
                return self.kind in FALSE
            case InsertApart():
                return self.kind == "another article"
        return False


@dataclass(frozen=True)
class Later:
    """What a recipe makes of a text: what the page says later, and what else it says of itself."""

    paragraphs: Sequence[str]
    title: str = ""
    before: Sequence[str] | None = None
    """Paragraphs of the stored reading, where they are not the text's."""
    origins: dict[str, str] = field(default_factory=lambda: dict(ORIGINS))
    stored_origins: dict[str, str] = field(default_factory=lambda: dict(ORIGINS))
    fields: dict[str, object] = field(default_factory=dict)
    url: str = ""


Recipe = Callable[[Text, Sequence[Text], random.Random], Later | None]


def body(paragraphs: Sequence[str]) -> Body:
    """Paragraphs as HTML: ``#`` a heading, ``*`` an item, ``@`` a paragraph that is a link, the rest as paragraphs."""
    return Body("".join(map(_block, paragraphs)))


def _block(text: str) -> str:
    escaped = entities.escape(text.lstrip("#*@ "), quote=False)
    match text[:1]:
        case "#":
            return f"<h2>{escaped}</h2>"
        case "*":
            return f"<ul><li>{escaped}</li></ul>"
        case "@":
            return f'<p><a href="https://paper.example/{len(text)}">{escaped}</a></p>'
    return f"<p>{escaped}</p>"


def stored(text: Text, paragraphs: Sequence[str], origins: dict[str, str]) -> StoredArticle:
    held = body(paragraphs)
    url = f"https://paper.example/{text.id}"
    return StoredArticle(
        1,
        fingerprint.content_hash(text.title, held.text),
        text.title,
        held.text,
        held.html,
        url,
        url,
        ("Ada Quill",),
        PUBLISHED,
        PUBLISHED,
        origins,
        0.93,
    )


def pairs(texts: Sequence[Text], per_text: int | None = None, seed: int = 9) -> Iterator[Pair]:
    """Pairs of each text and each kind that can be made of it; of ``per_text`` kinds, drawn at random, if given."""
    chance = random.Random(seed)
    recipes = [(kind, recipe) for kinds in (EDITS, FALSE, NOISE, APART) for kind, recipe in kinds.items()]
    for text in texts:
        others = [each for each in texts if each.language == text.language and each.id != text.id]
        chosen = recipes if per_text is None else chance.sample(recipes, per_text)
        for kind, recipe in chosen:
            later = recipe(text, others, chance)
            if later is not None:
                yield _pair(kind, text, later)


def _pair(kind: str, text: Text, later: Later) -> Pair:
    url = later.url or f"https://paper.example/{text.id}"
    reading = Article(
        url=url,
        canonical_url=f"https://paper.example/{text.id}" if kind == "another article" else url,
        title=later.title or text.title,
        body=body(later.paragraphs),
        origins=later.origins,
    )
    given: dict[str, object] = {
        "authors": ("Ada Quill",),
        "published": PUBLISHED,
        "modified": PUBLISHED,
        "quality": 0.92,
    }
    reading = replace(reading, **(given | later.fields))  # type: ignore[arg-type]
    before = stored(text, later.before or text.paragraphs, later.stored_origins)
    return Pair(kind, text, replace(before, is_same_address=kind != "another article"), reading)


# --- Words and sentences ------------------------------------------------------------------------------------------

_SENTENCE = re.compile(r"[^.!?。！？]+[.!?。！？]+[\"”»」』)]*\s*")


def sentences(paragraph: str) -> list[str]:
    return _SENTENCE.findall(paragraph) or [paragraph]


def _prose(text: Text) -> list[int]:
    return [index for index, each in enumerate(text.paragraphs) if len(each) > 60 and each[0] not in "#*@"]


def _edited(text: Text, change: Callable[[str], str], chance: random.Random) -> Later | None:
    indexes = _prose(text)
    chance.shuffle(indexes)
    for index in indexes:
        changed = change(text.paragraphs[index])
        if changed != text.paragraphs[index]:
            return Later([*text.paragraphs[:index], changed, *text.paragraphs[index + 1 :]])
    return None


def _swap_letters(paragraph: str, chance: random.Random) -> str:
    words = list(re.finditer(r"[^\W\d_]{4,}", paragraph))
    if not words:
        return paragraph
    word = chance.choice(words)
    return f"{paragraph[: word.start()]}{word[0][1:]}{word[0][0]}{paragraph[word.end() :]}"


def a_word(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    return _edited(text, lambda each: _swap_letters(each, chance), chance)


def a_number(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    return _edited(text, lambda each: re.sub(r"\d+", lambda found: str(int(found[0]) + 2), each, count=1), chance)


def a_name(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    names = re.findall(r"(?<=[a-zäöüéèçñ,;] )[A-ZÀ-ÝА-Я][^\W\d_]{3,}", " ".join(text.paragraphs))
    if not names:
        return None
    name = chance.choice(names)
    return Later([each.replace(name, f"{name[:-2]}or") for each in text.paragraphs])


def a_paragraph_more(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    found = [each for other in others for index in _prose(other) for each in [other.paragraphs[index]]]
    if not found:
        return None
    at = chance.randrange(1, len(text.paragraphs) + 1)
    return Later([*text.paragraphs[:at], chance.choice(found), *text.paragraphs[at:]])


def an_update_on_top(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    if not others:
        return None
    other = chance.choice(others)
    news = [sentences(other.paragraphs[index])[0] for index in _prose(other)[:1]]
    if not news:
        return None
    fields: dict[str, object] = {"modified": PUBLISHED + timedelta(hours=2)} if chance.random() < 0.5 else {}
    return Later([f"Update, 14:30: {news[0]}", *text.paragraphs], fields=fields)


def a_live_blog_that_grows(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    entries = _entries(text)
    if len(entries) < 8:
        return None
    held = entries[len(entries) // 2 :]
    return Later([text.paragraphs[0], *entries], before=[text.paragraphs[0], *held])


def a_live_blog_that_drops_entries(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    entries = _entries(text)
    if len(entries) < 12:
        return None
    size = len(entries) // 2 & ~1
    start = (size // 2 & ~1) or 2
    return Later([text.paragraphs[0], *entries[:size]], before=[text.paragraphs[0], *entries[start : start + size]])


def _entries(text: Text) -> list[str]:
    """The sentences of a text as entries of a live blog, each under its time."""
    said = [each.strip() for index in _prose(text)[1:] for each in sentences(text.paragraphs[index]) if len(each) > 20]
    return [line for number, each in enumerate(said) for line in (f"#{20 - number % 12}:{number % 6}5", each)]


def a_retraction(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    """A paragraph is withdrawn and a note says so."""
    indexes = _prose(text)
    if len(indexes) < 4:
        return None
    gone = chance.choice(indexes[1:-1])
    kept = [each for index, each in enumerate(text.paragraphs) if index != gone]
    return Later([*kept, CORRECTED.get(text.language, CORRECTED["en"])])


def shortened(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    """An editor tightens a text: in most paragraphs a sentence goes, and a note says that it was corrected."""
    if len(_prose(text)) < 3:
        return None
    kept = []
    for each in text.paragraphs:
        said = sentences(each)
        gone = chance.randrange(len(said)) if len(said) > 2 else -1
        kept.append("".join(sentence for index, sentence in enumerate(said) if index != gone).strip())
    return Later([*kept, CORRECTED.get(text.language, CORRECTED["en"])])


def a_new_title(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    return Later(text.paragraphs, title=chance.choice(others).title) if others else None


def reworked(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    """A new title, a new beginning, and half of the sentences in another order among new ones."""
    said = [each for index in _prose(text) for each in sentences(text.paragraphs[index])]
    new = [each for other in others[:3] for index in _prose(other) for each in sentences(other.paragraphs[index])]
    if len(said) < 6 or len(new) < 4:
        return None
    kept = chance.sample(said, max(len(said) // 2, 3))
    mixed = [*chance.sample(new, min(len(said) // 2, len(new))), *kept]
    chance.shuffle(mixed)
    rows = ["".join(mixed[at : at + 3]).strip() for at in range(0, len(mixed), 3)]
    return Later(rows, title=f"{text.title}: {chance.choice(others).title}")


def a_legal_cut(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    """One or two paragraphs go, nothing is said."""
    indexes = _prose(text)
    if len(indexes) < 4:
        return None
    gone = set(chance.sample(indexes[1:], max(1, len(indexes) // 6)))
    return Later([each for index, each in enumerate(text.paragraphs) if index not in gone])


def reordered(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    indexes = _prose(text)
    if len(indexes) < 3:
        return None
    rows = list(text.paragraphs)
    first, second = sorted(chance.sample(indexes, 2))
    rows.insert(first, rows.pop(second))
    return Later(rows) if rows != list(text.paragraphs) else None


def a_stub_filled(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    """Breaking news: one paragraph first, the whole text later."""
    indexes = _prose(text)
    return Later(text.paragraphs, before=[text.paragraphs[indexes[0]]]) if len(indexes) > 3 else None


def an_address_used_again(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    whole = [each for each in others if len(" ".join(each.paragraphs)) > 500]
    if not whole:
        return None
    other = chance.choice(whole)
    dated = {"published": PUBLISHED + timedelta(days=1), "modified": PUBLISHED + timedelta(days=1)}
    return Later(other.paragraphs, title=other.title, fields=dict(dated))


def an_edit_of_a_rule(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    later = a_paragraph_more(text, others, chance)
    return later and replace(later, origins=dict(BY_RULE), stored_origins=dict(BY_RULE))


# --- What must not replace a text -----------------------------------------------------------------------------------


def a_wall(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    title, *said = chance.choice(WALLS.get(text.language, WALLS["en"]))
    return Later(said, title=title or text.title)


def a_paywall_after_the_lead(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    indexes = _prose(text)
    if len(indexes) < 4:
        return None
    _, *said = WALLS.get(text.language, WALLS["en"])[0]
    return Later([*text.paragraphs[: indexes[0] + 1], *said])


def an_error_page(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    title, *said = chance.choice(ERRORS)
    return Later(said, title=title)


def truncated(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    """The text ends within a sentence, somewhere in its second to ninth tenth."""
    whole = list(text.paragraphs)
    size = int(sum(map(len, whole)) * chance.uniform(0.15, 0.9))
    kept: list[str] = []
    for each in whole:
        if len(each) >= size:
            kept.append(each[: max(size, 12)].rstrip(".!?。！？ "))
            break
        kept.append(each)
        size -= len(each)
    return Later(kept) if len(kept[-1]) < len(whole[len(kept) - 1]) - 8 else None


def cut_at_a_paragraph(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    size = sum(map(len, text.paragraphs))
    rows = list(text.paragraphs[: max(1, int(len(text.paragraphs) * chance.uniform(0.2, 0.75)))])
    return Later(rows) if sum(map(len, rows)) < 0.75 * size else None


def a_teaser(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    indexes = _prose(text)
    if len(indexes) < 3:
        return None
    first = sentences(text.paragraphs[indexes[0]])[0].strip()
    return Later([first, "@" + MORE.get(text.language, MORE["en"])])


def headlines(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    """The home page, or a section: titles of others as links."""
    titles = [f"@{other.title}" for other in others]
    return Later(chance.sample(titles, min(len(titles), 14)), title="Paper") if len(titles) > 3 else None


def teasers(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    """The home page with a sentence under each title."""
    if len(others) < 4:
        return None
    rows = []
    for other in chance.sample(list(others), min(len(others), 8)):
        rows += [f"@{other.title}", *(sentences(other.paragraphs[index])[0].strip() for index in _prose(other)[:1])]
    return Later(rows, title=text.title if chance.random() < 0.3 else "Paper")


def another_text(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    """The address redirects to another article, which is older, or read without a date."""
    if not others:
        return None
    other = chance.choice(others)
    when = {"published": chance.choice([None, PUBLISHED - timedelta(days=3)])}
    return Later(other.paragraphs, title=other.title, fields=dict(when), url=f"https://paper.example/{other.id}")


def menus_around(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    """A redesign: lines of the page stand before and behind the text, read without a rule."""
    top, bottom = chance.choice(FURNITURE), chance.choice(FURNITURE)
    return Later(
        [*top, *text.paragraphs, *bottom],
        origins=ORIGINS | {"authors": "byline"},
        stored_origins=dict(BY_RULE) if chance.random() < 0.7 else dict(ORIGINS),
        fields={"authors": (), "quality": 0.77} if chance.random() < 0.5 else {"quality": 0.85},
    )


def a_stamp_inside(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    """The redesign of the issue: authors gone, a time stamp in the text."""
    kept = {name: origin for name, origin in ORIGINS.items() if name != "authors"}
    return Later(
        ["2026-03-02 08:00", *text.paragraphs],
        origins=kept,
        stored_origins=dict(BY_RULE),
        fields={"authors": (), "quality": 0.77},
    )


def fields_lost(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    later = a_word(text, others, chance)
    if later is None:
        return None
    kept = {name: origin for name, origin in BY_RULE.items() if name not in {"authors", "published"}}
    return replace(later, origins=kept, stored_origins=dict(BY_RULE), fields={"authors": (), "published": None})


def parts_lost(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    """A redesign, and half of the paragraphs are not found without the rule."""
    if len(text.paragraphs) < 4:
        return None
    return Later(list(text.paragraphs[::2]), stored_origins=dict(BY_RULE), fields={"quality": 0.8})


# --- Noise ----------------------------------------------------------------------------------------------------------


def counters(text: Text, others: Sequence[Text], chance: random.Random) -> Later:
    before, after = chance.choice(COUNTERS.get(text.language, COUNTERS["en"]))
    at = chance.randrange(len(text.paragraphs) + 1)
    rows = list(text.paragraphs)
    return Later([*rows[:at], after, *rows[at:]], before=[*rows[:at], before, *rows[at:]])


def rotating_teasers(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    if len(others) < 2:
        return None
    first, second = chance.sample(list(others), 2)
    at, rows = chance.randrange(len(text.paragraphs) + 1), list(text.paragraphs)
    return Later([*rows[:at], f"@{second.title}", *rows[at:]], before=[*rows[:at], f"@{first.title}", *rows[at:]])


def a_counter_in_the_title(text: Text, others: Sequence[Text], chance: random.Random) -> Later:
    return Later(text.paragraphs, title=f"({chance.randrange(1, 99)}) {text.title}")


def another_article(text: Text, others: Sequence[Text], chance: random.Random) -> Later | None:
    whole = [each for each in others if len(" ".join(each.paragraphs)) > 300]
    if not whole:
        return None
    other = chance.choice(whole)
    return Later(other.paragraphs, title=other.title, url=f"https://paper.example/{other.id}")


EDITS: dict[str, Recipe] = {
    "a word": a_word,
    "a number": a_number,
    "a name": a_name,
    "a paragraph more": a_paragraph_more,
    "an update on top": an_update_on_top,
    "live blog grows": a_live_blog_that_grows,
    "live blog drops entries": a_live_blog_that_drops_entries,
    "retraction": a_retraction,
    "shortened": shortened,
    "new title": a_new_title,
    "reworked": reworked,
    "legal cut": a_legal_cut,
    "reordered": reordered,
    "stub filled": a_stub_filled,
    "address used again": an_address_used_again,
    "edit under a rule": an_edit_of_a_rule,
}
FALSE: dict[str, Recipe] = {
    "wall": a_wall,
    "paywall after the lead": a_paywall_after_the_lead,
    "error page": an_error_page,
    "truncated": truncated,
    "cut at a paragraph": cut_at_a_paragraph,
    "teaser": a_teaser,
    "headlines": headlines,
    "teasers": teasers,
    "another text": another_text,
    "menus around": menus_around,
    "stamp inside": a_stamp_inside,
    "fields lost": fields_lost,
    "parts lost": parts_lost,
}
NOISE: dict[str, Recipe] = {
    "counters": counters,
    "rotating teasers": rotating_teasers,
    "counter in the title": a_counter_in_the_title,
}
APART: dict[str, Recipe] = {"another article": another_article}
