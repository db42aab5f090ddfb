"""sources.yaml for commands that can do without one."""

from pathlib import Path

import pytest

from ingest.cli.configuration import load_if_present
from ingest.errors import SourcesError
from ingest.model import Settings


def test_without_a_file_the_settings_are_the_defaults(tmp_path: Path):
    configuration = load_if_present(tmp_path / "sources.yaml")
    assert (configuration.settings, configuration.sources) == (Settings(), ())


def test_a_file_without_sources_is_enough(tmp_path: Path):
    (tmp_path / "sources.yaml").write_text("settings: {delay: 3}\n")
    configuration = load_if_present(tmp_path / "sources.yaml")
    assert (configuration.settings.delay, configuration.sources) == (3.0, ())


def test_a_file_with_mistakes_is_refused(tmp_path: Path):
    (tmp_path / "sources.yaml").write_text("sorces: []\n")
    with pytest.raises(SourcesError, match="sorces"):
        load_if_present(tmp_path / "sources.yaml")
