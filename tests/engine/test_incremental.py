"""After any edit the findings are those of a run that knows nothing, and little is asked anew."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

from archlint.card import Card
from archlint.config.loading import load
from archlint.config.lookup import find
from archlint.engine import Request, run
from archlint.errors import ArchlintError
from archlint.finding import Related, Severity
from archlint.project import Module, Project
from archlint.project.functions import ProjectFunction
from archlint.project.objects.call_graph import CallGraph
from archlint.project.reads import Reads
from archlint.registry import Registry, installed, recall
from archlint.registry.pack import Pack
from archlint.rule import ModuleRule, Outcome, Rule, Verdict
from archlint.store import Store


class CallsDanger(ModuleRule, frozen=True):
    """Functions that come to call `danger`, however far away: it reads the insides of other modules."""

    severity = Severity.WARNING
    since = "0.1"

    def check_module(self, project: Project, module: Module) -> Iterator[Verdict]:
        for index, fact in enumerate(module.functions):
            way = self._way(project, ProjectFunction(module, index), set())
            if way is None:
                yield Outcome.KEPT
                continue
            place = project.location(module, fact.line, fact.column)
            end = project.location(way.module, way.fact.line, way.fact.column)
            yield self.finding(place, "leads to danger", "do not", related=(Related(end, way.name),))

    def _way(
        self, project: Project, start: ProjectFunction, seen: set[ProjectFunction]
    ) -> ProjectFunction | None:
        seen.add(start)
        graph = project.view(CallGraph)
        if any(getattr(call.callee, "name", "") == "outside.danger" for call in graph.calls_of(start)):
            return start
        further = (self._way(project, each, seen) for each in graph.callees(start) if each not in seen)
        return next((found for found in further if found), None)


ASKED: list[str] = []


class Spy(ModuleRule, frozen=True):
    """Notes of which modules it is asked."""

    severity = Severity.NOTE
    since = "0.1"

    def check_module(self, project: Project, module: Module) -> Iterator[Verdict]:
        ASKED.append(module.path)
        yield Outcome.UNKNOWN


def registry() -> Registry:
    known = installed()
    own: dict[str, type[Rule]] = {"engine/calls-danger": CallsDanger, "engine/spy": Spy}
    for name, rule in own.items():
        rule.id = name
    pack = Pack("engine", __name__, "", "", tuple(map(Card.of, own.values())))
    return Registry.of((*known.packs.values(), pack), known.footing)


REGISTRY = registry()
NAMES = ("base", "orders", "prices", "mail", "views", "tools")
CONFIGS = (
    "",
    "[layers]\ntop = ['shop/views.py']\nlow = ['shop/orders.py', 'shop/prices.py']\n",
    "[[rules.'layers/restricted-use']]\nsymbols = ['outside.*']\nallowed-in = ['shop/t*.py']\n"
    "through-helpers = true\n",
    "[rules]\n'imports/cyclic' = 'warning'\n'imports/private' = 'error'\n",
)


class Author:
    """Writes a project, and changes it one file at a time."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.draw = random.Random(seed)
        for name in NAMES:
            self.write(f"shop/{name}.py", self.module())
        self.write("shop/__init__.py", self.module())
        self.write("archlint.toml", CONFIGS[0])

    def change(self) -> str:
        kind = self.draw.choice(
            [
                "shift",
                "inside",
                "inside",
                "inside",
                "rewrite",
                "new",
                "gone",
                "configure",
                "text",
                "break",
                "rename",
            ]
        )
        path = self.draw.choice(
            [each.relative_to(self.root).as_posix() for each in self.root.glob("shop/*.py")]
        )
        text = (self.root / path).read_text()
        if kind == "shift":
            lines = text.splitlines()
            lines.insert(self.draw.randrange(len(lines) + 1), "# é" if self.draw.random() < 0.3 else "")
            self.write(path, "\n".join(lines) + "\n")
        elif kind == "inside":
            lines = text.splitlines()
            places = [
                n for n, line in enumerate(lines) if line.startswith(("        ", "    return", "    x ="))
            ]
            if places:
                lines[self.draw.choice(places)] = f"    x = {self.expression()}"
            self.write(path, "\n".join(lines) + "\n")
        elif kind == "rewrite":
            self.write(path, self.module())
        elif kind == "new":
            self.write(f"shop/{self.draw.choice((*NAMES, 'late', 'new'))}.py", self.module())
        elif kind == "gone" and len(list(self.root.glob("shop/*.py"))) > 3:
            (self.root / path).unlink()
        elif kind == "configure":
            self.write("archlint.toml", self.draw.choice(CONFIGS[:1] + CONFIGS[2:]))
        elif kind == "text":
            file = self.draw.choice(["requirements.txt", ".gitignore", "Makefile"])
            self.write(file, self.draw.choice(["shop\n", "/shop/late.py\n", "# nothing\n", "late.py: all\n"]))
        elif kind == "break":
            self.write(path, text + self.draw.choice(["def (\n", "\n# archlint: ignore -- x\n"]))
        elif kind == "rename":
            self.write(path, text.replace(self.draw.choice("fgh") + "(", self.draw.choice("fgh") + "("))
        return f"{kind} {path}"

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def module(self) -> str:
        others = self.draw.sample(NAMES, 4)
        lines = [self.imports(other) for other in others] + ["from outside import danger, safe", ""]
        for name in "fgh":
            result = self.draw.choice(["", f" -> {self.draw.choice(others)}.Thing", " -> Thing"])
            lines += [
                f"def {name}(a, b=None){result}:",
                f"    x = {self.expression(others)}",
                "    return x",
                "",
            ]
        lines += [f"class Thing({self.draw.choice(['', 'object', f'{others[0]}.Thing'])}):", "    kind = 1"]
        for name in self.draw.sample("fgh", 2):
            body = f"        self.y = {self.expression(others)}"
            lines += [f"    def {name}(self):", body, "        return self.y"]
        return "\n".join(lines) + "\n"

    def imports(self, other: str) -> str:
        name = self.draw.choice(["f", "g", "h", "Thing", "_hidden", "gone"])
        rare = [
            f"from shop.{other} import {name}",
            f"from shop.{other} import *",
            f"import shop.{other}",
            f"import shop.{other} as {other}  # archlint: ignore[imports/unresolved] -- x",
        ]
        return self.draw.choice(
            [f"from shop import {other}", f"from . import {other}", self.draw.choice(rare)]
        )

    def expression(self, others: Sequence[str] = NAMES) -> str:
        other, name = self.draw.choice(others), self.draw.choice("fgh")
        rare = ["danger()", "safe()", f"{name}()", "self.y", "x", f"{name}().{name}()"]
        calls = [f"{other}.{name}()", f"{other}.Thing().{name}()", self.draw.choice(rare)]
        return self.draw.choice(calls)


def said(root: Path, cache: Path | None, jobs: int = 1) -> tuple[object, ...]:
    store = Store(cache, False) if cache else None
    known = (recall(store) if store else None) or REGISTRY
    if store and known is REGISTRY:
        REGISTRY.keep(store)
    config = load(find(root), root, known.rules, known.packs)
    try:
        report = run(config, known, Request(jobs=jobs, store=store))
    except ArchlintError as problem:  # a pattern that matches nothing any more
        return (str(problem),)
    return report.findings, report.suppressed, report.tallies, report.failures, report.files


def edited(tmp_path: Path, seed: int, edits: int = 8) -> Iterator[tuple[str, object, object]]:
    root = tmp_path / f"project{seed}"
    root.mkdir()
    author = Author(root, seed)
    said(root, tmp_path / f"cache{seed}")
    for _ in range(edits):
        what = author.change()
        yield what, said(root, tmp_path / f"cache{seed}"), said(root, None)


@pytest.mark.parametrize("seed", range(12))
def test_after_any_edit_the_same_is_said_with_a_cache_and_without(tmp_path, seed):
    for what, with_cache, without in edited(tmp_path, seed):
        assert with_cache == without, what


def is_caught(tmp_path: Path) -> bool:
    return any(ours != plain for seed in (0, 3, 19) for _, ours, plain in edited(tmp_path, seed, edits=12))


def test_that_would_not_pass_if_what_is_read_were_not_noted(tmp_path, monkeypatch):
    monkeypatch.setattr(Reads, "add", lambda *_: None)
    assert is_caught(tmp_path)


def who_calls_danger(tmp_path: Path) -> tuple[object, object]:
    """What is said, with a cache and without, after a change far below of modules that ask the same of it."""
    deep = "from outside import danger, safe\n\n\ndef f():\n    x = safe()\n    return x\n"
    files = dict.fromkeys(("a", "b", "c"), "from shop.deep import f\n\n\ndef g():\n    return f()\n")
    (tmp_path / "project" / "shop").mkdir(parents=True)
    for name, text in {"__init__": "", "deep": deep, **files}.items():
        (tmp_path / "project" / "shop" / f"{name}.py").write_text(text)
    (tmp_path / "project" / "archlint.toml").write_text("")
    said(tmp_path / "project", tmp_path / "cache")
    (tmp_path / "project" / "shop" / "deep.py").write_text(deep.replace("= safe", "= danger"))
    return said(tmp_path / "project", tmp_path / "cache"), said(tmp_path / "project", None)


def test_whoever_asks_second_rests_on_what_the_first_has_read(tmp_path):
    with_cache, without = who_calls_danger(tmp_path)
    assert with_cache == without


def test_that_would_not_pass_if_whoever_asks_second_rested_on_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(Reads, "use", lambda *_: None)
    with_cache, without = who_calls_danger(tmp_path)
    assert with_cache != without


def test_that_would_not_pass_if_interfaces_were_ignored(tmp_path, monkeypatch):
    seen = property(lambda self: msgspec.structs.replace(self._entry.digests, interface=b""))
    monkeypatch.setattr(Module, "digests", seen)
    assert is_caught(tmp_path)


# How little is asked.


@pytest.fixture
def shop(tmp_path):
    root = tmp_path / "shop"
    files = {
        "archlint.toml": "",
        "a.py": "import b\n\n\ndef f():\n    return b.g()\n",
        "b.py": "def g():\n    return 1\n",
        "c.py": "import a\n\n\nclass C:\n    def h(self):\n        return a.f()\n",
        "d.py": "import b\n\nprint(b.g)\n",
    }
    root.mkdir()
    for path, text in files.items():
        (root / path).write_text(text)
    asked(root)
    return root


def asked(root: Path) -> list[str]:
    ASKED.clear()
    said(root, root / ".archlint_cache")
    return sorted(ASKED)


def test_an_edit_inside_a_function_concerns_its_module_and_who_looked_inside(shop):
    (shop / "a.py").write_text("import b\n\n\ndef f():\n    return b.g() + 1\n")
    assert asked(shop) == ["a.py", "c.py"]
    (shop / "b.py").write_text("def g():\n    return 2\n")
    assert asked(shop) == ["a.py", "b.py", "c.py"]  # each looks into what it calls, however far


def test_an_edit_that_only_moves_lines_concerns_its_module(shop):
    (shop / "d.py").write_text("# moved\nimport b\n\nprint(b.g)\n")
    assert asked(shop) == ["d.py"]


def test_a_changed_interface_concerns_everybody(shop):
    (shop / "b.py").write_text("def g(x=0):\n    return 1\n")
    assert asked(shop) == ["a.py", "b.py", "c.py", "d.py"]


def test_nothing_changed_asks_nothing(shop):
    assert asked(shop) == []


def test_another_configuration_concerns_everybody(shop):
    (shop / "archlint.toml").write_text("[rules]\n'imports/cyclic' = 'error'\n")
    assert asked(shop) == ["a.py", "b.py", "c.py", "d.py"]


def test_a_rule_that_fails_leaves_nothing_behind(shop, monkeypatch):
    def fail(self, project, module):
        raise ValueError(module.path)
        yield

    (shop / "a.py").write_text("import b\n\n\ndef f():\n    return 2\n")
    with monkeypatch.context() as patch:
        patch.setattr(CallsDanger, "check_module", fail)
        assert said(shop, shop / ".archlint_cache") == said(shop, None)
    assert said(shop, shop / ".archlint_cache") == said(shop, None)
