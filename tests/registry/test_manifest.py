"""The registry that is kept: what it says is what a fresh one says, and it never outlives its packs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from archlint.config.loading import load as load_config
from archlint.config.model import Config, RuleInstance
from archlint.engine import Request, open_project, run
from archlint.errors import ArchlintError
from archlint.project import Project
from archlint.registry import Registry, load, recall
from archlint.registry.selection import select
from archlint.store import Store

from .conftest import Install
from .packs import rule


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache", inside_project=True)


def forget(*packages: str) -> None:
    for module in [name for name in sys.modules if name.partition(".")[0] in packages]:
        del sys.modules[module]


def imported(package: str) -> list[str]:
    return [name for name in sys.modules if name.partition(".")[0] == package]


def test_what_is_recalled_is_what_was_kept(acme: Registry, store: Store) -> None:
    acme.keep(store)
    assert recall(store) == acme
    assert store.notices == []


def test_recalling_and_choosing_rules_imports_none(acme: Registry, store: Store) -> None:
    acme.keep(store)
    forget("acme")
    registry = recall(store)
    assert registry is not None
    config = Config(root=Path(), packs=("acme",), rules={"acme/rare-thing": (RuleInstance({"limit": 4}),)})
    bad, rare = [each for each in select(list(registry.rules.values()), config) if "acme" in each.card.id]
    assert imported("acme") == []
    assert rare.rule.limit == 4  # type: ignore[attr-defined]
    assert sorted(imported("acme")) == ["acme", "acme.rare_thing"]
    assert bad.card.severity.value == "error"


def test_a_severity_in_the_configuration_imports_no_rule(
    acme: Registry, store: Store, tmp_path: Path
) -> None:
    acme.keep(store)
    forget("acme")
    registry = recall(store)
    assert registry is not None
    file = tmp_path / "archlint.toml"
    file.write_text("[rules]\n'acme/bad-thing' = 'note'\n'acme/rare-thing' = 'warning'\n")
    assert load_config(file, tmp_path, registry.rules, registry.packs).severities.keys() == {
        "acme/bad-thing",
        "acme/rare-thing",
    }
    assert imported("acme") == []


@pytest.mark.parametrize("name", ["bad_thing.py", "new_thing.py", "deep/_shared.py"])
def test_a_changed_file_of_a_pack_is_noticed(acme: Registry, store: Store, tmp_path: Path, name: str) -> None:
    acme.keep(store)
    file = tmp_path / "acme" / "acme" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(rule("acme/bad-thing", severity="note"))
    assert recall(store) is None


def test_a_file_that_is_gone_is_noticed(acme: Registry, store: Store, tmp_path: Path) -> None:
    acme.keep(store)
    (tmp_path / "acme" / "acme" / "rare_thing.py").unlink()
    assert recall(store) is None


def test_another_pack_is_noticed(acme: Registry, store: Store, install: Install) -> None:
    acme.keep(store)
    install("other", {"other/__init__.py": "", "other/bad.py": rule("other/bad")}, "other = other")
    assert recall(store) is None


def test_a_pack_in_a_namespace_is_watched_too(install: Install, store: Store, tmp_path: Path) -> None:
    files = {"big/acme/__init__.py": "", "big/acme/bad.py": rule("acme/bad")}
    install("acme", files, "acme = big.acme")
    load(only=["acme"]).keep(store)
    assert recall(store) is not None
    (tmp_path / "acme" / "big" / "acme" / "bad.py").write_text(rule("acme/bad", severity="warning"))
    assert recall(store) is None


def test_a_foreign_manifest_is_not_believed(acme: Registry, store: Store) -> None:
    acme.keep(store)
    kept = store.folder / "manifest.msgpack"
    kept.with_suffix(".copy").write_bytes(kept.read_bytes())
    os.replace(kept.with_suffix(".copy"), kept)
    assert recall(store) is None
    assert store.notices


def test_a_pack_is_detected_as_it_would_be(install: Install, store: Store) -> None:
    source = "def detect(project):\n    return project == 'ours'\n"
    install("acme", {"acme/__init__.py": source, "acme/bad.py": rule("acme/bad")}, "acme = acme")
    load(only=["acme"]).keep(store)
    registry = recall(store)
    assert registry is not None
    assert registry.packs["acme"].detect("ours")  # type: ignore[arg-type]
    assert not registry.packs["acme"].detect("theirs")  # type: ignore[arg-type]


def test_a_rule_that_cannot_be_imported_any_more_is_named(acme: Registry, tmp_path: Path) -> None:
    forget("acme")
    (tmp_path / "acme" / "acme" / "bad_thing.py").write_text("1 / 0")
    with pytest.raises(ArchlintError, match=r"^rule `acme/bad-thing` cannot be loaded: .*ZeroDivisionError"):
        acme.rules["acme/bad-thing"].load()


@pytest.mark.parametrize("text", ["x = 1\n", "x = 2\n", "import gone\nx = 1\n", "def (\n"])
def test_the_same_is_said_with_a_manifest_and_without(
    acme: Registry, store: Store, tmp_path: Path, text: str
) -> None:
    acme.keep(store)
    forget("acme")
    recalled = recall(store)
    assert recalled is not None
    root = tmp_path / "project"
    root.mkdir()
    (root / "a.py").write_text(text)
    (root / "b.py").write_text("import a\n")
    said = [run(Config(root=root), registry, Request(jobs=1)) for registry in (recalled, acme)]
    assert said[0] == said[1]
    assert {"acme/bad-thing", "archlint/syntax-error"} <= said[0].tallies.keys()
    assert said[0].failures == ()


def test_one_changed_file_imports_only_the_rules_that_are_asked(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("from django.db import models\n\n\nclass A(models.Model):\n    pass\n")
    (tmp_path / "b.py").write_text("import sqlalchemy\n\n\ndef f():\n    return 1\n")
    lint(tmp_path)
    (tmp_path / "b.py").write_text("import sqlalchemy\n\n\ndef f():\n    return 1\n\n\n# a comment\n")
    modules = lint(tmp_path)
    assert "archlint.engine" in modules
    rules = [name for name in modules if name.startswith(("archlint.rules.", "archlint.frameworks.django"))]
    looking_at_one_module = {"undefined_name", "unbound_local"}
    assert {name for name in rules if not name.startswith("archlint.rules.archlint")} == {
        "archlint.rules.python",
        *(f"archlint.rules.python.{name}" for name in looking_at_one_module),
    }


LINT = """
import sys
from archlint.cli.program import run
run(["check", sys.argv[1]])
print(*sys.modules, file=sys.stderr)
"""


def lint(root: Path) -> list[str]:
    done = subprocess.run([sys.executable, "-c", LINT, str(root)], capture_output=True, text=True, check=True)
    return done.stderr.split()


def test_a_project_is_the_same_to_both(acme: Registry, store: Store) -> None:
    acme.keep(store)
    recalled = recall(store)
    assert recalled is not None
    project = Project(Config(root=Path()), ())
    for config in (project.config, Config(root=Path(), packs=("acme",))):
        chosen = [[each.card for each in known.select(config, project)] for known in (acme, recalled)]
        assert chosen[0] == chosen[1] != []


def test_no_pack_is_detected_by_a_view(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.py").write_text("import django\nimport sqlalchemy\nimport rest_framework\n")
    known = load()
    project = open_project(Config(root=tmp_path), Request(jobs=1))
    monkeypatch.setattr(Project, "view", None)
    assert {"django", "sqlalchemy"} <= set(known.in_force(project.config, project))
