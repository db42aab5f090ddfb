"""The documentation names everything that an operator can write or meet."""

import re
from pathlib import Path

import click
import pytest

from ingest.cli import cli, fetch
from ingest.errors import ERROR_CLASSES
from ingest.sources.schema_models import ListingForm, RuleForm, SettingsForm, SourceForm

ROOT = Path(__file__).parents[1]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("form", [SourceForm, RuleForm, ListingForm, SettingsForm])
def test_every_key_of_sources_yaml_is_described(form: type):
    text = read("docs/sources.md")
    assert [key for key in form.model_fields if f"`{key}`" not in text] == []


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


def test_the_architecture_names_every_module():
    text = read("docs/architecture.md").partition("## Interfaces")[0]
    modules = [path for path in (ROOT / "ingest").iterdir() if not path.name.startswith("_")]
    names = [path.name if path.suffix else f"{path.name}/" for path in modules if path.suffix in {"", ".py"}]
    assert [name for name in names if f"/{name}`" not in text and f"`{name}`" not in text] == []


def test_decisions_are_numbered_without_gaps_in_name_and_title():
    decisions = sorted((ROOT / "docs/decisions").iterdir())
    assert [path.name[:5] for path in decisions] == [f"{number:04}-" for number in range(1, len(decisions) + 1)]
    titles = [path.read_text(encoding="utf-8").partition(" ")[2].partition(" ")[0] for path in decisions]
    assert titles == [f"{number}." for number in range(1, len(decisions) + 1)]


def test_adding_a_site_fits_on_a_screen():
    assert len(read("docs/add-a-site.md").splitlines()) < 60
