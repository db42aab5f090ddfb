"""The documentation names everything that an operator can write or meet."""

import re
from pathlib import Path

import click
import pytest

from ingest.cli import cli, fetch
from ingest.discover.kinds import configurable
from ingest.errors import ERROR_CLASSES
from ingest.sources.schema_models import ListingForm, NotifyForm, RuleForm, SettingsForm, SourceForm

ROOT = Path(__file__).parents[1]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("form", [SourceForm, RuleForm, ListingForm, SettingsForm, NotifyForm])
def test_every_key_of_sources_yaml_is_described(form: type):
    text = read("docs/sources.md")
    assert [key for key in form.model_fields if f"`{key}`" not in text] == []


def test_every_kind_of_source_is_described():
    (row,) = [line for line in read("docs/sources.md").splitlines() if line.startswith("| `kind` |")]
    assert [kind for kind in configurable() if f"`{kind}`" not in row] == []


def test_every_error_class_has_its_row_word_for_word():
    text = read("docs/operating.md")
    assert [code for code, kind in ERROR_CLASSES.items() if f"| `{code}` | {kind.advice} |" not in text] == []


def test_every_command_is_in_the_readme():
    text = read("README.md")
    assert [name for name in cli.commands if f"ingest {name}" not in text] == []


def test_every_long_option_of_fetch_is_described():
    options = [option for p in fetch.command.params if isinstance(p, click.Option) for option in p.opts]
    text = read("docs/operating.md") + read("README.md")
    assert [option for option in options if f"`{option}`" not in text] == []


def test_links_between_documents_lead_somewhere():
    broken = [
        f"{path.name}: {target}"
        for path in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md")]
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    assert broken == []


def test_the_architecture_names_every_package_and_loose_module():
    text = read("docs/architecture.md").partition("## What never bends")[0]
    package = ROOT / "ingest"
    loose = [path.name for path in package.glob("*.py") if not path.name.startswith("_")]
    packages = [
        f"{path.parent.relative_to(package)}/" for path in package.rglob("__init__.py") if path.parent != package
    ]
    assert [name for name in (*loose, *packages) if f"`{name}`" not in text] == []


def test_what_can_be_added_takes_at_most_three_places_that_exist():
    table = read("docs/architecture.md").partition("## Where to change what")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| a")]
    assert len(rows) >= 6
    for added, places, complaints in rows:
        assert len(places.split(" · ")) <= 3, added
        paths = re.findall(r"`((?:ingest|tests|docs)/[\w./-]*|README\.md)`", places + complaints)
        paths = [path for path in paths if "NAME" not in path]
        assert paths, added
        assert [path for path in paths if not (ROOT / path).exists()] == [], added


def test_decisions_are_numbered_without_gaps_in_name_and_title():
    decisions = sorted((ROOT / "docs/decisions").iterdir())
    numbers = [int(path.name[:4]) for path in decisions]
    assert numbers == list(range(1, len(decisions) + 1))
    titles = [path.read_text(encoding="utf-8").partition(" ")[2].partition(" ")[0] for path in decisions]
    assert titles == [f"{number}." for number in numbers]


def test_adding_a_site_fits_on_a_screen():
    assert len(read("docs/add-a-site.md").splitlines()) < 60
