"""settings.notify: who is notified of what, and what is said of mistakes."""

from __future__ import annotations

import pytest

from ingest.errors import SourcesError
from ingest.model import EVENTS, Receiver
from ingest.sources import parse

SOURCES = """
sources:
  - {name: donga, url: https://donga.example/, tags: [korea]}
"""


def receivers(*entries: str, **environment: str) -> tuple[Receiver, ...]:
    listed = "".join(f"    - {entry}\n" for entry in entries)
    text = f"settings:\n  notify:\n{listed}{SOURCES}"
    return parse(text, environment=environment).settings.notify


def mistakes(*entries: str) -> list[str]:
    with pytest.raises(SourcesError) as caught:
        receivers(*entries)
    return [str(mistake) for mistake in caught.value.mistakes]


def test_a_webhook_gets_all_events_of_all_sources_unless_told_otherwise():
    (receiver,) = receivers("webhook: http://127.0.0.1:8000/hook")
    assert (receiver.webhook, receiver.secret, receiver.command) == ("http://127.0.0.1:8000/hook", "", ())
    assert (receiver.events, receiver.sources, receiver.tags) == (EVENTS, (), ())


def test_everything_that_can_be_said_of_receivers():
    webhook, command = receivers(
        "{webhook: 'https://hooks.example/x', secret: 'env:HOOK', events: [article.new], sources: donga, tags: korea}",
        "{command: [/usr/local/bin/tell, -x], events: source.failing}",
        HOOK="hush",
    )
    assert (webhook.secret, webhook.events, webhook.sources, webhook.tags) == (
        "hush",
        ("article.new",),
        ("donga",),
        ("korea",),
    )
    assert (command.command, command.events) == (("/usr/local/bin/tell", "-x"), ("source.failing",))
    assert (webhook.name, command.name) == ("hooks.example", "tell")


def test_a_secret_may_be_written_as_it_is():
    (receiver,) = receivers("{webhook: 'https://hooks.example/x', secret: hush}")
    assert receiver.secret == "hush"


def test_the_same_address_twice_is_two_receivers():
    (alone,) = receivers("webhook: https://a.example/")
    other, first, second = receivers("command: tell", "webhook: https://a.example/", "webhook: https://a.example/")
    assert first.key == alone.key
    assert len({other.key, first.key, second.key}) == 3
    assert second.key == f"{first.key}-2"


def test_the_key_depends_on_the_address_alone():
    (one,) = receivers("{webhook: 'https://a.example/', secret: hush, events: article.new}")
    (other,) = receivers("webhook: https://a.example/")
    (argument,) = receivers("command: [tell, -x]")
    assert one.key == other.key
    assert argument.key != receivers("command: [tell]")[0].key


def test_an_entry_with_mistakes_counts_as_a_source_that_may_be_named():
    with pytest.raises(SourcesError) as caught:
        parse(
            "settings: {notify: [{command: tell, sources: [wrong], tags: [x]}]}\n"
            "sources: [{name: wrong, url: 'https://a.example/', every: never, tags: x}]"
        )
    assert [mistake.key for mistake in caught.value.mistakes] == ["wrong: every"]


def test_neither_secret_nor_address_is_shown_with_a_receiver():
    (receiver,) = receivers("{webhook: 'https://hooks.example/token', secret: hush}")
    assert "hush" not in repr(receiver)
    assert "token" not in repr(receiver)


def test_every_mistake_is_named_with_line_key_and_suggestion():
    assert mistakes(
        "{webhook: 'https://a.example/', events: [article.nwe]}",
        "{webhook: 'https://a.example/', command: tell}",
        "webhok: https://a.example/",
        "{command: tell, sources: [dongo], tags: [kore]}",
        "secret: hush",
        "{command: tell, secret: hush}",
        "{command: [], events: []}",
    ) == [
        "sources.yaml:3: settings.notify.0.events.0: unknown event: did you mean article.new? (not 'article.nwe')",
        "sources.yaml:4: settings.notify.1: write a webhook or a command, one of them in each entry",
        "sources.yaml:5: settings.notify.2.webhok: unknown key: did you mean webhook?",
        "sources.yaml:7: settings.notify.4: write a webhook or a command, one of them in each entry",
        "sources.yaml:8: settings.notify.5: a command gets no signature: leave secret out",
        "sources.yaml:9: settings.notify.6.command: name at least one",
        "sources.yaml:9: settings.notify.6.events: name at least one",
    ]


def test_unknown_sources_tags_and_variables_are_mistakes_with_a_suggestion():
    assert mistakes(
        "{command: tell, sources: [dongo], tags: [kore]}",
        "{webhook: 'https://a.example/', secret: 'env:NOT_SET'}",
    ) == [
        "sources.yaml:3: settings.notify.0.sources.0: unknown source: did you mean donga?",
        "sources.yaml:3: settings.notify.0.tags.0: unknown tag: did you mean korea?",
        "sources.yaml:4: settings.notify.1.secret: set the environment variable NOT_SET to the secret",
    ]


@pytest.mark.parametrize(
    "entry",
    ["webhook: hooks.example/hush", "secret: #hush", "{webhook: 'https://a.example/', secret: [hush]}", "secrte: hush"],
)
def test_no_mistake_repeats_what_may_be_secret(entry: str):
    assert "hush" not in "".join(mistakes(entry))
