"""What the documents name is there."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from msgspec.structs import replace
from packaging.version import Version

from archlint import __version__
from archlint.card import Card
from archlint.pages import page
from archlint.registry import load
from archlint.registry.wellformed import rule_of
from archlint.testing import check_example

from .project import ROOT

ARCHITECTURE = ROOT / "docs" / "architecture.md"
DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))),
)
_PATH = re.compile(r"`(\.?[\w.-]+(?:/[\w.-]+)*/?)`")
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def named_paths(text: str) -> list[str]:
    """What a text names in backquotes and what looks like a path of this repository."""
    return [name for name in _PATH.findall(text) if _is_path(name)]


def _is_path(name: str) -> bool:
    is_rule = (
        re.fullmatch(r"(archlint|imports|layers|layout|django|drf|sqlalchemy)/[a-z-]+", name) is not None
    )
    return not is_rule and ("/" in name or name.endswith((".md", ".toml")))


def test_the_architecture_is_short() -> None:
    assert len(ARCHITECTURE.read_text(encoding="utf-8").splitlines()) <= 120


def test_every_path_of_the_architecture_exists() -> None:
    paths = named_paths(ARCHITECTURE.read_text(encoding="utf-8"))
    assert len(paths) > 20
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_folder_of_archlint_is_in_the_architecture() -> None:
    text = ARCHITECTURE.read_text(encoding="utf-8")
    folders = [path.parent for path in (ROOT / "src" / "archlint").glob("*/__init__.py")]
    assert folders
    assert [folder.name for folder in folders if f"`src/archlint/{folder.name}/`" not in text] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_leads_somewhere(document: str) -> None:
    file = ROOT / document
    links = _LINK.findall(file.read_text(encoding="utf-8"))
    assert [link for link in links if not (file.parent / link).exists()] == []


def test_the_rule_of_contributing_keeps_its_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (source,) = re.findall(r"^````python\n(.*?)^````$", text, re.DOTALL | re.MULTILINE)
    folder = tmp_path / "ten_minutes" / "imports"
    folder.mkdir(parents=True)
    (folder / "star_import.py").write_text(source, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))

    rule = rule_of(import_module("ten_minutes.imports.star_import"))
    registry = load()
    registry = replace(registry, rules={**registry.rules, rule.id: Card.of(rule)})
    assert [str(example) for example in page(rule).examples] == [
        "imports/star-import Bad",
        "imports/star-import Good",
    ]
    assert [check_example(example, registry) for example in page(rule).examples] == [[], []]


def test_every_document_is_in_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"README.md"}
    assert pages
    assert [name for name in sorted(pages) if f"]({name})" not in index] == []


@pytest.mark.parametrize("rule", sorted(load().rules))
def test_pages_have_the_same_sections_in_the_same_order(rule: str) -> None:
    titles = [section.title for section in page(load().rules[rule].load()).sections]
    assert (titles[0], titles[1], titles[-1]) == ("Why is this bad?", "What to do", "Source")
    assert all(title.startswith(("Bad", "Good")) or title == "When not to use it" for title in titles[2:-1])


@pytest.mark.parametrize("rule", sorted(load().rules))
def test_no_rule_is_younger_than_archlint(rule: str) -> None:
    assert Version(load().rules[rule].load().since) <= Version(__version__)
