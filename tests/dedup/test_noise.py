"""What changes on a page and says nothing, in many languages; and numbers that do say something."""

from __future__ import annotations

import pytest

from ingest.article.body import Body
from ingest.dedup import noise
from ingest.dedup.blocks import Block, blocks


def read(*paragraphs: str) -> tuple[Block, ...]:
    body = Body("".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))
    return blocks(body.html, body.text)


def left(*paragraphs: str, **changing: int) -> list[str]:
    return [block.text for block in noise.without(read(*paragraphs), changing, 1)]


@pytest.mark.parametrize(
    "line",
    [
        "1,234 views",
        "Updated 5 minutes ago",
        "4 min read",
        "Published 3 hours ago · Updated 12 minutes ago",
        "Share 12 | Comments 4",
        "Aktualisiert vor 5 Minuten",
        "1.204 Aufrufe",
        "Lesezeit: 3 Minuten",
        "Zuletzt aktualisiert: 2. März 2026, 14:30 Uhr",
        "Mis à jour il y a 5 minutes",
        "Mis à jour le 2 mars 2026 à 14 h 30",
        "12 commentaires",
        "Actualizado hace 5 minutos",
        "Hace 2 horas",
        "Tiempo de lectura: 3 minutos",
        "Aggiornato 5 minuti fa",
        "12 commenti",
        "Atualizado há 5 minutos",
        "12 comentários",
        "5 minuten geleden",
        "12 reacties",
        "Обновлено 5 минут назад",
        "1204 просмотра",
        "5 dakika önce güncellendi",
        "14 yorum",
        "منذ 5 دقائق",
        "1204 مشاهدة",
        "Uppdaterad för 5 minuter sedan",
        "5 minut temu",
        "5分前",
        "最終更新 2026年3月2日 14時30分",
        "閲覧数：1,204",
        "5분 전",
        "조회수 1,204",
        "입력 2026.03.02 08:00 | 수정 2026.03.02 14:30",
        "댓글 3",
        "5分钟前",
        "阅读量：1204",
        "更新時間：2026年3月2日",
    ],
)
def test_counters_and_times_are_left_out(line: str) -> None:
    assert left("The ferry is late.", line) == ["The ferry is late."]


@pytest.mark.parametrize(
    "line",
    [
        "12 dead",
        "14 people were hurt",
        "12 Tote",
        "死者12人",
        "사망자 12명",
        "Погибли 12 человек",
        "Dead: 12",
        "Minutes",
        "Comments",
        "Result: 3 to 2",
        "14:30",
        "2 hours of rain",
        "Votes: 1,204",
        "The accident happened 5 minutes ago, the police said.",
        "On Monday 1,234 people viewed the wreck.",
    ],
)
def test_what_says_something_is_compared(line: str) -> None:
    assert left("The ferry is late.", line) == ["The ferry is late.", line]


def test_only_the_counting_part_of_a_line_is_left_out() -> None:
    assert left("By Ada Quill · 4 min read · 12 comments") == ["By Ada Quill"]
    assert left("Ada Quill (updated 5 minutes ago)") == ["Ada Quill"]


def test_a_row_of_a_table_is_compared_as_it_is() -> None:
    body = Body("<p>The ferry is late.</p><table><tr><td>Comments</td><td>12</td></tr></table>")
    rows = noise.without(blocks(body.html, body.text), {}, 1)
    assert [row.text for row in rows] == ["The ferry is late.", "Comments 12"]


def test_a_block_that_is_only_a_link_or_a_label_and_a_link_is_a_teaser() -> None:
    link = '<a href="/other">The bridge is shut for the winter</a>'
    said = f"The mayor said that {link} and that nobody minds."
    texts = left("The ferry is late.", link, f"Read also: {link}", said)
    assert texts[1:] == ["The mayor said that The bridge is shut for the winter and that nobody minds."]


def test_a_text_of_links_is_compared_as_it_is() -> None:
    links = [f'<a href="/{number}">The best pages of the week, number {number}</a>' for number in range(5)]
    assert len(left("Links.", *links)) == 6


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("(3) The ferry is late", "The ferry is late"),
        ("The ferry is late (12 comments)", "The ferry is late"),
        ("The ferry is late [5]", "The ferry is late"),
        ("The ferry is late | 4 min read", "The ferry is late"),
        ("12 dead on the ferry", "12 dead on the ferry"),
        ("The ferry, part 2", "The ferry, part 2"),
        ("The ferry (updated timetable)", "The ferry (updated timetable)"),
    ],
)
def test_counters_around_a_title_do_not_count(title: str, bare: str) -> None:
    assert noise.title(title) == bare


def test_a_short_line_is_learned_by_its_template_and_a_sentence_is_not() -> None:
    old, new = read("Tide at 9", "In all 12 died."), read("Tide at 10", "In all 14 died.")
    changed = noise.changed(old, new, 1)
    assert "~Tide at 0" in changed
    assert not [template for template in changed if template.startswith("~In")]
    assert left("Tide at 11", "In all 15 died.", **dict.fromkeys(changed, 2)) == ["In all 15 died."]


def test_a_line_that_comes_to_two_articles_is_learned_by_its_text_a_sentence_by_three() -> None:
    changed = noise.changed(read("The ferry is late."), read("The ferry is late.", "Menu", "Read us every day."), 1)
    assert changed == ("=Menu", "=Read us every day.")
    page = ("The ferry is late.", "Menu", "Read us every day.")
    assert left(*page, **dict.fromkeys(changed, 2)) == ["The ferry is late.", "Read us every day."]
    assert left(*page, **dict.fromkeys(changed, 3)) == ["The ferry is late."]


def test_a_line_that_alone_changed_at_three_looks_is_learned_by_the_line_before_it() -> None:
    (*_, slot) = noise.changed(read("Word of the day", "ferry"), read("Word of the day", "tide"), 7)
    assert slot == "@7 Word of the day"
    assert [block.text for block in noise.without(read("Word of the day", "gull"), {slot: 3}, 7)] == ["Word of the day"]
    assert len(noise.without(read("Word of the day", "gull"), {slot: 2}, 7)) == 2
    assert len(noise.without(read("Word of the day", "gull"), {slot: 3}, 8)) == 2


def test_at_most_20_templates_are_noted_at_a_look() -> None:
    assert len(noise.changed(read("A"), read(*(f"Line {letter}" for letter in "abcdefghijklmnopqrstuvwxyz")), 1)) == 20
