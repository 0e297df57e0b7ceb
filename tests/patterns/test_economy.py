"""What has no pattern pays nothing; what has some parses few files, and remembers."""

import subprocess
import sys

import libcst
import pytest

from archlint.cli.program import run
from archlint.concrete import tree

PATTERN = '[[patterns]]\nid = "a/b"\npattern = "cache.get($K)"\nmessage = "m"\nhint = "h"\n'


@pytest.fixture
def parsed(monkeypatch):
    texts: list[str] = []

    def noted(text):
        texts.append(text)
        return libcst.parse_module(text)

    monkeypatch.setattr(tree, "parse_module", noted)
    return texts


def test_files_without_the_names_are_not_parsed(lint, parsed):
    report = lint({"archlint.toml": PATTERN, "a.py": "cache.set(1)", "b.py": "x = 1", "c.py": "cache.get(1)"})
    assert len(report.findings) == 1
    assert parsed == ["cache.get(1)"]


def test_files_that_do_not_import_what_is_meant_are_not_parsed(lint, parsed):
    table = PATTERN + 'resolve = "django.core.cache.cache"\n'
    code = "from django.core.cache import cache\ncache.get(1)"
    lint({"archlint.toml": table, "a.py": "cache = {}\ncache.get(1)", "b.py": code})
    assert parsed == [code]


def test_the_configuration_is_read_without_libcst(tmp_path):
    (tmp_path / "archlint.toml").write_text(PATTERN)
    (tmp_path / "a.py").write_text("x = 1\n")
    code = (
        "import sys; from archlint.cli.program import run; run(['-q', '--no-cache']);"
        "print('libcst' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.split()[-1] == "False"


def test_nothing_of_it_is_imported_without_need(tmp_path):
    (tmp_path / "a.py").write_text("x = 1\n")
    code = (
        "import sys; from archlint.cli.program import run; run(['-q', '--no-cache']);"
        "own = ('archlint.patterns', 'archlint.concrete.patterns');"
        "print(*[name for name in sys.modules if name.startswith(own)], '.')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.split()[-1:] == ["."]
    assert "archlint.patterns" not in done.stdout


def test_a_remembered_report_rests_on_the_patterns(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.py").write_text("cache.get(1)\n")
    statuses = []
    for text in (PATTERN, PATTERN, PATTERN.replace("get", "set"), PATTERN):
        (tmp_path / "archlint.toml").write_text(text)
        statuses.append(run(["-q"]))
    assert statuses == [1, 1, 0, 1]
