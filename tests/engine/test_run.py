"""The same findings whatever the way, and nothing of the linted project ever runs."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from archlint.cli.assignment import assign
from archlint.cli.lint import Order, lint
from archlint.config.model import Config, Layer, RuleInstance
from archlint.engine import Request, run
from archlint.errors import UsageError
from archlint.facts.census import census
from archlint.project import Project
from archlint.registry import installed
from archlint.source import content_digest
from archlint.store import Store

LAYERS = (Layer("web", ("app.web",)), Layer("domain", ("app.domain",)))
FILES = {
    "app/__init__.py": "",
    "app/web.py": "import app.domain\nfrom app import gone\n",
    "app/domain.py": "from app.web import a  # archlint: ignore[layers/upward-import] -- x\nimport app.web\n",
    "app/broken.py": "def (:\n",
    "app/late.py": "def f():\n    from app.web import missing\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


def findings(root, **request):
    report = run(Config(root=root, layers=LAYERS), installed(), Request(**request))
    assert report.failures == ()
    return msgspec.json.encode((report.findings, report.suppressed, report.files)).decode()


def test_findings_are_sorted_and_complete(project):
    report = run(Config(root=project, layers=LAYERS), installed())
    places = [(f.location.path, f.location.line, f.rule) for f in report.findings]
    assert places == [
        ("app/broken.py", 1, "archlint/syntax-error"),
        ("app/domain.py", 1, "imports/unresolved"),
        ("app/domain.py", 2, "layers/upward-import"),
        ("app/late.py", 2, "imports/unresolved"),
        ("app/web.py", 2, "imports/unresolved"),
    ]
    assert [each.finding.rule for each in report.suppressed] == ["layers/upward-import"]
    assert report.findings[3].symbol == "f"
    assert report.tallies["archlint/syntax-error"].examined == 5


def test_cache_processes_and_order_of_files_change_nothing(project, tmp_path, monkeypatch):
    plain = findings(project)
    store = Store(tmp_path / "cache", False)
    assert findings(project, store=store) == plain
    assert findings(project, store=Store(tmp_path / "cache", False)) == plain
    assert findings(project, jobs=1) == findings(project, jobs=4) == plain
    listed = os.scandir

    def shuffled(path):
        entries = list(listed(path))
        random.Random(7).shuffle(entries)
        return _Entries(entries)

    monkeypatch.setattr(os, "scandir", shuffled)
    assert findings(project) == plain


class _Entries(list):
    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None


def test_targets_choose_what_is_shown_not_what_is_read(project):
    report = run(Config(root=project, layers=LAYERS), installed(), Request(targets=("app/late.py",)))
    assert [f.location.path for f in report.findings] == ["app/late.py"]
    assert report.files == 1


def test_a_finding_keeps_its_fingerprint_when_lines_shift_or_are_respaced(project):
    def prints():
        report = run(Config(root=project, layers=LAYERS), installed())
        return sorted(f.fingerprint for f in report.findings if f.rule == "imports/unresolved")

    before = prints()
    (project / "app/late.py").write_text("#\n\n\ndef f():\n    x = 1\n    from app.web import   missing\n")
    assert prints() == before


def test_findings_in_other_files_are_told_apart(project):
    table = """[[rules."layout/missing-path"]]
paths = [
    "README.md",
    "run.sh",
]
"""
    (project / "archlint.toml").write_text(table)

    def prints():
        (linted,) = lint(assign([project]), Order(jobs=1))
        found = [f for f in linted.report.findings if f.rule == "layout/missing-path"]
        return {f.message: f.fingerprint for f in found}

    before = prints()
    assert len(set(before.values())) == 2
    (project / "archlint.toml").write_text("# the drawing\n" + table.replace("    ", "  "))
    assert prints() == before


def test_findings_about_whole_files_are_told_apart(project):
    for name in ("one", "two"):
        (project / f"app/{name}.py").write_text("")
    config = Config(root=project, rules={"layout/forbidden-path": (RuleInstance({"paths": ("app/*.py",)}),)})
    found = [f for f in run(config, installed()).findings if f.rule == "layout/forbidden-path"]
    assert len({f.fingerprint for f in found}) == len(found) > 2


# The last report.


@pytest.fixture
def shop(project, monkeypatch):
    (project / "archlint.toml").write_text('[layers]\nweb = ["app.web"]\ndomain = ["app.domain"]\n')
    (project / "pyproject.toml").write_text("")
    monkeypatch.chdir(project)
    return project


def counted(monkeypatch):
    runs = []

    def counting(*arguments):
        runs.append(arguments)
        return run(*arguments)

    monkeypatch.setattr("archlint.engine.run", counting)
    return runs


def linted():
    (result,) = lint(assign([]), Order(jobs=1))
    return msgspec.json.encode((result.report.findings, result.report.suppressed)).decode(), result.fails


def test_nothing_changed_runs_nothing_and_says_the_same(shop, monkeypatch):
    runs = counted(monkeypatch)
    first = linted()
    assert first[1]
    assert linted() == first
    assert len(runs) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "app/web.py").write_text("import app.domain\n"),
        lambda root: (root / "app/new.py").write_text(""),
        lambda root: (root / "app/late.py").unlink(),
        lambda root: (root / "app/gone.pyx").write_text(""),
        lambda root: (root / "archlint.toml").write_text("[rules]\n'imports/*' = 'off'\n"),
        lambda root: (root / ".gitignore").write_text("/app/gone.py\n"),
        lambda root: (root / "pyproject.toml").write_text("# makes app/gone.py\n"),
        lambda root: (root / "app/linked").symlink_to("elsewhere"),
    ],
    ids=["edited", "added", "removed", "another kind", "configuration", "ignored", "build file", "linked"],
)
def test_whatever_a_report_rests_on_makes_a_new_one(shop, monkeypatch, change):
    runs = counted(monkeypatch)
    linted()
    change(shop)
    again = linted()
    assert len(runs) == 2
    (shop / ".archlint_cache" / "report.msgpack").unlink()
    assert linted() == again


def test_a_report_that_came_with_the_project_is_not_believed(shop, monkeypatch):
    runs = counted(monkeypatch)
    linted()
    saved = shop / ".archlint_cache" / "report.msgpack"
    data = saved.read_bytes()
    saved.rename(shop.parent / "kept")
    saved.write_bytes(data)
    linted()
    assert len(runs) == 2


def test_several_at_once_in_one_checkout_do_no_harm(shop):
    command = [sys.executable, "-m", "archlint", "--output-format", "json"]
    for _ in range(2):
        running = [subprocess.Popen(command, cwd=shop, stdout=-1, stderr=-1) for _ in range(4)]
        outputs = {process.communicate() for process in running}
        assert {process.returncode for process in running} == {1}
        assert len(outputs) == 1
        assert outputs.pop()[1] == b""
    names = {path.name for path in (shop / ".archlint_cache").iterdir()}
    kept = {f"{name}.msgpack" for name in ("facts", "manifest", "report", "verdicts")}
    assert names == {".gitignore", "CACHEDIR.TAG", *kept}


# A hostile project.


def test_nothing_of_the_project_runs(shop, tmp_path):
    mark = tmp_path / "mark"
    trap = f"open({str(mark)!r}, 'w')\n"
    for name in ("conftest.py", "setup.py", "sitecustomize.py", "msgspec.py", "tomli.py", "app/__init__.py"):
        (shop / name).write_text(trap)
    (shop / "site.pth").write_text(f"import os; {trap}")
    (shop / "codec.py").write_text("# -*- coding: app -*-\nx = 1\n")
    linted()
    assert not mark.exists()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_nothing_of_the_project_runs_as_a_module_either(shop, tmp_path, jobs):
    """`python -m` puts the current folder in front of everything that is installed."""
    mark = tmp_path / "mark"
    for name in ("click", "msgspec", "tomli", "pathspec", "colorama", "ast", "json", "concurrent"):
        (shop / f"{name}.py").write_text(f"open({str(mark)!r}, 'w')\n")
    info = shop / "trap-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: trap\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[archlint.packs]\ntrap = app.web\n")
    done = subprocess.run(
        [sys.executable, "-m", "archlint", "--jobs", jobs], cwd=shop, capture_output=True, text=True
    )
    assert done.returncode == 1, done.stderr
    assert not mark.exists()


def test_links_in_cycles_strange_names_and_huge_files(shop):
    (shop / "loop").symlink_to(shop, target_is_directory=True)
    (shop / "app" / "self.py").symlink_to("self.py")
    os.mkfifo(shop / "app" / "pipe.py")
    (shop / os.fsdecode(b"app/\xff.py")).write_bytes(b"x = 1\n")
    (shop / "app" / "nul.py").write_bytes(b"x = '\0'\n")
    (shop / "app" / "latin.py").write_bytes("# é\nx = 'é'\n".encode("latin-1"))
    (shop / "app" / "deep.py").write_text("x = " + "(" * 3000 + ")" * 3000)
    (shop / "app" / "bom.py").write_bytes(b"\xef\xbb\xbfimport app.gone2\r\n")
    with (shop / "app" / "huge.py").open("w") as file:
        file.write("".join(f"K{n} = [{n}, 'text', {{'a': {n}}}]\n" for n in range(120_000)))
    found, _ = linted()
    assert '"app/bom.py"' in found
    for name in ("nul", "latin", "deep", "self", "pipe"):
        assert f'"app/{name}.py"' in found
    assert '"app/huge.py"' not in found


def test_what_cannot_be_read_is_found_not_only_told(shop, monkeypatch):
    real = os.scandir

    def scandir(path):
        if str(path).endswith("secret"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    (shop / "secret").mkdir()
    (shop / "app/gone_link.py").symlink_to("nowhere.py")
    (shop / "app/data.csv").symlink_to("nowhere.csv")
    (shop / "app/.#web.py").symlink_to("user@host.1234")
    for _ in range(2):  # The second time from the last report.
        (result,) = lint(assign([]), Order(jobs=1))
        assert result.fails
        assert [
            (found.location.path, found.message)
            for found in result.report.findings
            if found.message.startswith("cannot")
        ] == [
            ("app/gone_link.py", "cannot be read: the link leads nowhere (No such file or directory)"),
            ("secret", "cannot be read: Permission denied"),
        ]


def test_a_project_that_cannot_be_listed_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"\.: No such file or directory"):
        run(Config(root=tmp_path / "gone"), installed())


def test_a_configuration_that_is_edited_during_a_run_counts_in_the_next(project, monkeypatch):
    file = project / "archlint.toml"
    file.write_text('packs = ["imports"]\n')

    def edited_meanwhile(*given, **named):
        file.write_text('packs = ["layers"]\n')
        return census(*given, **named)

    with monkeypatch.context() as patch:
        patch.setattr("archlint.engine.census", edited_meanwhile)
        (first,) = lint(assign([project]), Order(jobs=1))
    (second,) = lint(assign([project]), Order(jobs=1))
    assert "imports/unresolved" in {finding.rule for finding in first.report.findings}
    assert "imports/unresolved" not in {finding.rule for finding in second.report.findings}


def test_a_text_is_remembered_as_it_was_read(tmp_path):
    (tmp_path / "a.txt").write_text("then")
    project = Project(Config(root=tmp_path), ())
    assert project.text("a.txt").text == "then"
    (tmp_path / "a.txt").write_text("now")
    assert project.digest("a.txt") == content_digest(b"then")


def test_what_two_rules_say_alike_is_said_once(tmp_path):
    files = {
        "settings.py": 'INSTALLED_APPS = ["radio"]\nROOT_URLCONF = "radio.urls"\nSECRET_KEY = "a"\n',
        "radio/__init__.py": "",
        "radio/views.py": "def newest(request): ...\n",
        "radio/urls.py": "from django.urls import path\n\nfrom radio import views\n\n"
        'urlpatterns = [path("", views.oldest)]\n',
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    report = run(Config(root=tmp_path), installed(), Request())
    assert [(one.rule, one.location.column) for one in report.findings] == [("django/missing-view", 31)]


def test_what_one_rule_says_twice_is_said_twice(tmp_path):
    text = (
        "from sqlalchemy import Boolean, Column, Integer, and_, select\n"
        "from sqlalchemy.orm import declarative_base\n\nBase = declarative_base()\n\n\n"
        "class Swat(Base):\n"
        '    __tablename__ = "swats"\n'
        "    id = Column(Integer, primary_key=True)\n"
        "    accepted = Column(Boolean)\n"
        "    completed = Column(Boolean)\n\n\n"
        "found = select(Swat).where(and_(Swat.accepted is False, Swat.completed is False))\n"
    )
    (tmp_path / "models.py").write_text(text)
    report = run(Config(root=tmp_path), installed(), Request())
    assert [one.rule for one in report.findings] == ["sqlalchemy/python-operator"] * 2
