"""What inference tells, what it leaves alone, and that nothing of what it looks at is run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from archlint.config.model import Config, Layer
from archlint.engine import Request, run, store_for
from archlint.project import Project
from archlint.project.objects.inference import Inference
from archlint.project.objects.receivers import Receivers
from archlint.project.objects.uses import Uses
from archlint.registry import load

REPOSITORY = """
class Repository:
    def find(self): ...

    def other(self): ...

class Wrong:
    def find(self): ...
"""


def told(project: Project, path: str = "view.py") -> dict[int, str]:
    """The classes of the receivers of `find` in one file, by line."""
    module = project.module_at(path)
    assert module is not None
    calls = project.view(Receivers).calls(project.view(Uses).of(module), {"find"}.__contains__)
    return {use.span[0]: owner.name for use, owner in calls}


def view(body: str) -> str:
    text = "from repository import *\nimport repository\nfrom repository import Repository, Wrong\n\n"
    return text + dedent(body)


TOLD = [
    "def f():\n    (lambda: Repository())().find()",
    "def make(kind):\n    return kind()\ndef f():\n    make(Repository).find()",
    "class A:\n    def __init__(self):\n        self.x = (lambda: Repository())()\n    def f(self):\n"
    "        self.x.find()",
    "def f(a):\n    x = None\n    if a:\n        x = Repository()\n    x.find()",
]


@pytest.mark.parametrize("body", TOLD)
def test_what_facts_leave_unknown_is_told(make_project, body: str) -> None:
    project = make_project({"repository.py": REPOSITORY, "view.py": view(body)}, inference=True)

    assert set(told(project).values()) == {"repository.Repository"}


SILENT = {
    "somebody may pass another": "def f(x=(Repository(),)):\n    x[0].find()",
    "two classes": "def f():\n    for each in (Repository(), Wrong()):\n        each.find()",
    "a list that grows": "def f():\n    x = [Repository()]\n    x.insert(0, Wrong())\n    x[0].find()",
    "a list that is handed on": "a = [Repository()]\ndef f():\n    for x in a:\n        x.find()",
    "a dictionary": "def f():\n    x = {1: Repository()}\n    g(x)\n    x[1].find()",
    "a decorator": "@d\ndef make(k):\n    return k()\ndef f():\n    make(Repository).find()",
    "a decorated method": "class A:\n    @d\n    def f(a):\n        (a,)[0].find()\n    def find(self): ...",
    "a descriptor": "class A:\n    x, y = Repository(), 1\n    def f(self):\n        self.x.find()",
    "an attribute set by others": "class A:\n    def __init__(self, x):\n        self.x, self.y = x, 1\n"
    "a = A(1)\na.x = Repository()\ndef f(b):\n    (A(b),)[0].x.find()",
    "what is not in the project": "import shelve\ndef f():\n    (shelve.Shelf({}),)[0].find()",
    "a star": "from star import *\ndef f():\n    (Hidden(),)[0].find()",
}


@pytest.mark.parametrize("body", SILENT.values(), ids=SILENT)
def test_what_is_not_certain_is_not_told(make_project, body: str) -> None:
    files = {
        "repository.py": REPOSITORY,
        "view.py": view(body),
        "star.py": "class Hidden:\n    def find(self): ...\n",
    }

    assert told(make_project(files, inference=True)) == {}


def test_nothing_is_asked_unless_the_configuration_says_so(make_project) -> None:
    project = make_project({"repository.py": REPOSITORY, "view.py": view(TOLD[0])})

    assert told(project) == {}


@pytest.mark.parametrize(
    ("files", "answer"),
    [
        (
            {"app/__init__.py": "", "app/a.py": REPOSITORY, "app/view.py": "from .a import Repository\n"},
            "app.a",
        ),
        ({"app/__init__.py": REPOSITORY, "app/view.py": "from . import Repository\n"}, "app"),
        ({"app/a.py": REPOSITORY, "app/view.py": "from app.a import Repository\n"}, "app.a"),
        ({"lib.py": REPOSITORY, "view.py": "from lib import Repository\n"}, "lib"),
    ],
)
def test_imports_are_followed_inside_the_project(make_project, files: dict[str, str], answer: str) -> None:
    path = next(name for name in files if name.endswith("view.py"))
    body = "def f():\n    (lambda: Repository())().find()\n"
    project = make_project({**files, path: files[path] + body}, inference=True)

    assert told(project, path) == {3: f"{answer}.Repository"}


def test_a_file_for_a_newer_python_is_understood(make_project) -> None:
    body = "type A = int\ndef f[T](x: T):\n    (lambda: Repository())().find()\n"
    project = make_project({"repository.py": REPOSITORY, "view.py": view(body)}, inference=True)

    assert set(told(project).values()) == {"repository.Repository"}


def test_what_explodes_or_goes_deep_ends_and_is_not_told(make_project) -> None:
    wide = "\n".join(f"    x{n + 1} = x{n} if g() else (x{n}, x{n})[0]" for n in range(200))
    deep = "\n".join(f"def f{n}():\n    return f{n + 1}()" for n in range(3000))
    body = f"def f():\n    x0 = Repository()\n{wide}\n    x200.find()\n{deep}\ndef g():\n    f0().find()\n"
    project = make_project({"view.py": view(body)})
    module, inference = project.module_at("view.py"), Inference(project)
    places = [
        (line, text.index(".find") + len(".find"))
        for line, text in enumerate(view(body).splitlines(), 1)
        if ".find" in text
    ]

    assert [inference.receiver(module, *place).owner for place in places] == [None, None]


def test_an_answer_does_not_depend_on_what_was_asked_before(make_project) -> None:
    files = {"repository.py": REPOSITORY}
    for number, body in enumerate((*TOLD, *SILENT.values())):
        files[f"view{number}.py"] = view(body)
    project = make_project(files, inference=True)
    paths = sorted(set(files) - {"repository.py"})
    places = [
        (module, use.span[2], use.span[3])
        for module in map(project.module_at, paths)
        for use in _finds(project, module)
    ]
    forth, back = Inference(project), Inference(project)

    answers = [forth.receiver(*place).owner for place in places]
    assert answers == [back.receiver(*place).owner for place in reversed(places)][::-1]
    assert len({answer is None for answer in answers}) == 2


def _finds(project, module):
    return [use for use in project.view(Uses).of(module) if use.last == "find"]


LAYERS = (Layer("web", ("web.py",)), Layer("service", ("service.py",)), Layer("data", ("data.py",)))
PROJECT = {
    "data.py": "class Orders:\n    def find(self): ...\n",
    "service.py": "from data import Orders\n\n\ndef both():\n    return Orders(), 1\n",
    "web.py": "from service import both\n\n\ndef page():\n    both()[0].find()\n",
}


def test_a_layer_that_is_jumped_over_is_reported(tmp_path: Path) -> None:
    assert _skips(tmp_path, inference=False) == []
    assert _skips(tmp_path, inference=True) == [5]


def _skips(root: Path, *, inference: bool, store=None) -> list[int]:
    for path, text in PROJECT.items():
        if not (root / path).exists():
            (root / path).write_text(text)
    from archlint.config.model import RuleInstance

    config = Config(
        root=root,
        packs=("layers",),
        layers=LAYERS,
        inference=inference,
        rules={"layers/skipped-layer": (RuleInstance({"uses": True}),)},
    )
    report = run(config, load(), Request(store=store))
    return [f.location.line for f in report.findings if f.rule == "layers/skipped-layer"]


def test_answers_are_kept_with_the_facts_until_their_files_change(tmp_path: Path, monkeypatch) -> None:
    store = store_for(tmp_path / ".cache", tmp_path)
    assert _skips(tmp_path, inference=True, store=store) == [5]
    asked: list[int] = []
    real = Inference.receiver

    def receiver(self, module, line, column):
        asked.append(line)
        return real(self, module, line, column)

    monkeypatch.setattr(Inference, "receiver", receiver)
    (tmp_path / "data.py").write_text(PROJECT["data.py"].replace("...", "return 1"))
    assert _skips(tmp_path, inference=True, store=store) == [5]
    assert asked in ([], [5])
    asked.clear()
    (tmp_path / "service.py").write_text(PROJECT["service.py"].replace("Orders(), 1", "1, Orders()"))
    assert _skips(tmp_path, inference=True, store=store) == []
    assert asked == [5]


HOSTILE = 'open("ran", "a").write(__name__)\n'


def test_nothing_of_the_project_is_run(tmp_path: Path) -> None:
    """Modules with effects, named as what astroid loads; extension modules; hooks of site-packages."""
    names = ["gi", "numpy", "_io", "six", "typing", "collections", "pkg_resources"]
    files = {f"{name}/__init__.py": HOSTILE for name in names}
    files |= {
        "sitecustomize.py": HOSTILE,
        "usercustomize.py": HOSTILE,
        "a.pth": f"import os; {HOSTILE}",
        "hooks.py": "import sys\nsys.meta_path.insert(0, Finder())\nsys.path_hooks.append(hook)\n" + HOSTILE,
        "space.py": "__import__('pkg_resources').declare_namespace(__name__)\n" + HOSTILE,
        "repository.py": REPOSITORY + HOSTILE,
        "view.py": "import hooks, space, array, _io, _ssl, six.moves, numpy.core, ext, __main__\n"
        "import gi.repository.Gtk, collections, typing, zipped, datetime\nfrom gi.repository import Gtk\n"
        "from repository import Repository\n"
        "def f():\n"
        + "".join(
            f"    (lambda: {name}.Window())().find()\n"
            for name in (
                "Gtk",
                "array",
                "_io",
                "_ssl",
                "six.moves",
                "numpy.core",
                "ext",
                "zipped",
                "__main__",
            )
        )
        + "    (lambda: Repository())().find()\n",
    }
    for path, text in files.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    for name in ("ext", "_ssl", "array"):
        (tmp_path / f"{name}.{sys.implementation.cache_tag}.so").write_bytes(b"\x7fELF no library")
        (tmp_path / f"{name}.so").write_bytes(b"\x7fELF no library")
    program = """
import sys
from pathlib import Path
from archlint.config.model import Config
from archlint.engine import open_project
from archlint.project.objects.receivers import Receivers
from archlint.project.objects.uses import Uses
project = open_project(Config(root=Path("."), inference=True))
import archlint.project.objects.inference
import astroid.constraint  # which astroid itself imports late
known = set(sys.modules)
sys.path.insert(0, "")  # as `python -m archlint` has it
opened, loaded = [], []
def watch(event, arguments):
    if event == "open":
        opened.append(str(arguments[0]))
    elif event in ("import", "exec", "ctypes.dlopen", "subprocess.Popen", "os.system"):
        loaded.append((event, str(arguments[0])))
sys.addaudithook(watch)
module = project.module_at("view.py")
uses = project.view(Uses).of(module)
print([owner.name for _, owner in project.view(Receivers).calls(uses, {"find"}.__contains__)])
print(sorted(set(sys.modules) - known))
print(*sorted(name for name in set(opened) if not name.isdigit()))
print(loaded)
"""
    command = [sys.executable, "-I", "-c", program]
    answer = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)

    classes, modules, opened, loaded = answer.stdout.splitlines()
    assert classes == "['repository.Repository']"
    assert modules == "[]"
    assert loaded == "[]"
    assert (
        {"view.py", "repository.py"}
        <= set(opened.split())
        <= {name for name in files if name.endswith(".py")}
    )
    assert answer.stderr == ""
    assert not (tmp_path / "ran").exists()
