"""``settings.notify`` as `Receiver`s: secrets taken from the environment, sources and tags checked against the list."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from ingest.dedup import raw_urls
from ingest.model import Receiver
from ingest.sources.suggestions import unknown_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ingest.model import Source
    from ingest.sources.schema_models import NotifyForm
    from ingest.sources.yaml_lines import Path

_FROM_ENVIRONMENT = "env:"


def receivers(
    forms: Sequence[NotifyForm], environment: Mapping[str, str]
) -> tuple[tuple[Receiver, ...], list[tuple[Path, str]]]:
    """Returns the receivers, and (path below ``notify``, advice) for each secret that the environment does not hold.

    Entries of the same address, which may differ in their filters, have keys of their own.
    """
    found: list[Receiver] = []
    mistakes: list[tuple[Path, str]] = []
    seen: Counter[str] = Counter()
    for index, form in enumerate(forms):
        secret = _secret(form.secret or "", environment)
        if secret is None:
            mistakes.append(((index, "secret"), f"set the environment variable {_variable(form.secret)} to the secret"))
        key = sha256((form.webhook or "\0".join(form.command or ())).encode()).hexdigest()[:16]
        seen[key] += 1
        found.append(
            Receiver(
                key=key if seen[key] == 1 else f"{key}-{seen[key]}",
                name=_name(form),
                webhook=form.webhook or "",
                secret=secret or "",
                command=form.command or (),
                events=form.events,
                sources=form.sources,
                tags=form.tags,
            )
        )
    return tuple(found), mistakes


def unknown_words(
    notified: Sequence[Receiver], sources: Sequence[Source], entries: Sequence[Any]
) -> Iterator[tuple[Path, str]]:
    """Yields (path below ``notify``, advice) for each source and tag of a receiver that no source has.

    ``entries`` are the sources as written: those with mistakes, which are in no `Source`, count as well.
    """
    written = [entry for entry in entries if isinstance(entry, dict)]
    names = {source.name for source in sources} | {entry["name"] for entry in written if entry.get("name")}
    tags = {tag for source in sources for tag in source.tags}
    tags |= {tag for entry in written for tag in _as_list(entry.get("tags")) if isinstance(tag, str)}
    for index, receiver in enumerate(notified):
        for what, words, known in (("source", receiver.sources, names), ("tag", receiver.tags, tags)):
            for position, word in enumerate(words):
                if word not in known:
                    yield (index, f"{what}s", position), unknown_word(word, sorted(known), what)


def _secret(written: str, environment: Mapping[str, str]) -> str | None:
    """None for a variable that is not set, or empty."""
    return (environment.get(_variable(written)) or None) if written.startswith(_FROM_ENVIRONMENT) else written


def _variable(written: str | None) -> str:
    return (written or "").removeprefix(_FROM_ENVIRONMENT)


def _name(form: NotifyForm) -> str:
    if form.webhook:
        return raw_urls.host(form.webhook)
    assert form.command
    return form.command[0].rpartition("/")[2] or form.command[0]


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
