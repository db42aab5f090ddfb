"""When a changed sources.yaml is to be read."""

from __future__ import annotations

from pathlib import Path

from ingest.service.configuration_file import QUIET, QuietChange, signature

OLD, NEW, NEWER = (1, 10, 100), (1, 20, 200), (2, 20, 300)


def test_a_file_that_stays_as_it_is_is_not_read():
    change = QuietChange(OLD)
    assert not any(change.is_due(OLD, now) for now in range(10))


def test_a_changed_file_is_read_once_it_has_been_quiet():
    change = QuietChange(OLD)
    assert not change.is_due(NEW, 10.0)
    assert not change.is_due(NEW, 10.0 + QUIET - 0.1)
    assert change.is_due(NEW, 10.0 + QUIET)
    change.take_up(NEW)
    assert not change.is_due(NEW, 20.0)


def test_a_file_that_is_still_being_written_is_not_read():
    change = QuietChange(OLD)
    assert not any(change.is_due((1, size, size), float(size)) for size in range(20))
    assert change.is_due((1, 19, 19), 19 + QUIET)


def test_a_file_that_is_gone_for_a_moment_is_not_missed():
    """Some editors delete a file before they write it."""
    change = QuietChange(OLD)
    assert not change.is_due(None, 1.0)
    assert not change.is_due(NEW, 1.5)
    assert change.is_due(NEW, 1.5 + QUIET)
    change = QuietChange(OLD)
    assert not change.is_due(None, 1.0)
    assert change.is_due(None, 1.0 + QUIET)


def test_a_change_that_is_taken_back_is_none():
    change = QuietChange(OLD)
    assert not change.is_due(NEW, 1.0)
    assert not change.is_due(OLD, 2.0)
    assert not change.is_due(NEW, 1.0 + QUIET)
    assert not change.is_due(NEWER, 2.0 + QUIET)


def test_a_signature_tells_writing_renaming_and_deleting(tmp_path: Path):
    file = tmp_path / "sources.yaml"
    seen = {signature(file)}
    for text in ("sources: []", "sources: [a]"):
        file.write_text(text)
        seen.add(signature(file))
    other = tmp_path / "other"
    other.write_text("sources: [b]")
    other.rename(file)
    seen.add(signature(file))
    assert len(seen) == 4
    assert None in seen
