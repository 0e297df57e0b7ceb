"""`archlint check` from the arguments to the exit status."""

from __future__ import annotations

import json

import pytest

from archlint.errors import WorkerError
from archlint.rules.layers.upward_import import UpwardImport

from .conftest import DRAWING

MESSAGE = "`domain` may not import `web`: `domain.orders` imports `web.schemas`"
HINT = "move the module `web.schemas` into `domain`: nobody above uses it, and it needs nothing from above"
LINK = "https://archlint.dev/rules/layers/upward-import"
FULL = f"""\
domain/orders.py:3:25: error [layers/upward-import] {MESSAGE}
3 | from web.schemas import OrderIn
  |                         ^^^^^^^
  = hint: {HINT}
  = see: {LINK}

"""


def test_full_is_the_default(shop, archlint):
    result = archlint()
    assert (result.status, result.out, result.err) == (1, FULL, "Found 1 error in 2 files.\n")


@pytest.mark.parametrize("arguments", [["check"], ["."], ["check", "."], ["domain"], ["domain/orders.py"]])
def test_ways_to_say_it(shop, archlint, arguments):
    assert archlint(*arguments).out == FULL


def test_concise(shop, archlint):
    result = archlint("--output-format", "concise")
    assert result.out == f"domain/orders.py:3:25: error [layers/upward-import] {MESSAGE}\n"


def test_json_has_the_two_streams_to_itself(shop, archlint):
    result = archlint("--output-format", "json")
    assert (result.status, result.err) == (1, "")
    report = json.loads(result.out)
    assert report["summary"] == {
        "files": 2,
        "errors": 1,
        "warnings": 0,
        "notes": 0,
        "suppressed": 0,
        "baselined": 0,
    }
    (finding,) = report["findings"]
    assert (finding["path"], finding["line"], finding["message"]) == ("domain/orders.py", 3, MESSAGE)
    assert finding["fingerprint"]


def test_the_format_from_the_environment(shop, archlint, monkeypatch):
    monkeypatch.setenv("ARCHLINT_OUTPUT_FORMAT", "json")
    assert archlint().out.startswith("{")
    assert archlint("--output-format", "concise").out.startswith("domain/")


def test_a_pass(tree, archlint):
    tree({"a.py": "import b\n", "b.py": ""})
    result = archlint()
    assert (result.status, result.out) == (0, "")
    assert result.err.startswith("All checks passed: 2 files, ")


def test_only_the_targets_are_reported(shop, archlint):
    result = archlint("web")
    assert (result.status, result.out) == (0, "")


def test_quiet(shop, archlint):
    result = archlint("-q", "--statistics")
    assert (result.status, result.out, result.err) == (1, FULL, "")


def test_statistics(shop, archlint):
    lines = archlint("--statistics").err.splitlines()
    assert lines[0].split() == ["rule", "examined", "kept", "broken", "unknown"]
    assert ["layers/upward-import", "1", "0", "1", "0"] in [line.split() for line in lines]


def test_colours(shop, archlint, monkeypatch):
    assert "\x1b[" in archlint("--color", "always").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    result = archlint()
    assert "\x1b[" in result.out
    assert "\x1b[" in result.err
    assert "\x1b[" not in archlint("--color", "never").out
    assert "\x1b[" not in archlint("--output-format", "json").out


def test_suppressions(shop, archlint):
    path = shop / "domain/orders.py"
    path.write_text("from web.schemas import OrderIn  # archlint: ignore[layers/upward-import] -- moves\n")
    result = archlint()
    assert (result.status, result.out) == (0, "")
    assert result.err.endswith(" (1 suppressed).\n")


def test_an_unused_suppression_is_a_warning(tree, archlint):
    tree({"a.py": "x = 1  # archlint: ignore[imports/unresolved]\n"})
    result = archlint("--output-format", "concise")
    assert result.status == 0
    assert result.out == (
        "a.py:1:27: warning [archlint/unused-suppression] `imports/unresolved` has nothing to suppress here\n"
    )
    assert archlint("--fail-on", "warning").status == 1


def test_a_file_that_does_not_parse(tree, archlint):
    tree({"a.py": "x = (\n", "b.py": "x = 1\n"})
    result = archlint("--output-format", "concise")
    assert result.status == 1
    assert result.out.startswith("a.py:1:5: error [archlint/syntax-error] ")


def test_a_wrong_configuration(tree, archlint):
    tree({"archlint.toml": 'fail-onn = "error"\n', "a.py": ""})
    result = archlint()
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("archlint: archlint.toml:1:1: ")
    assert "`fail-on`" in result.err


def test_another_configuration(shop, archlint):
    (shop / "other.toml").write_text('[rules]\n"layers/*" = "off"\n')
    assert archlint("--config", "other.toml").status == 0


def test_a_path_that_is_not_there(shop, archlint):
    result = archlint("nowhere")
    assert (result.status, result.out) == (2, "")
    assert result.err == "archlint: no such file or folder: `nowhere`\n"


def test_a_wrong_option(shop, archlint):
    result = archlint("--output-fromat", "json")
    assert (result.status, result.out) == (2, "")
    assert "--output-format" in result.err


@pytest.mark.parametrize("verbose", [False, True])
def test_a_rule_that_fails(shop, archlint, monkeypatch, verbose):
    def check(self, project):
        raise ValueError("no such luck")

    monkeypatch.setattr(UpwardImport, "check", check)
    (shop / "broken.py").write_text("(\n")
    result = archlint("--output-format", "concise", *(["-v"] if verbose else []))
    assert result.status == 2
    assert result.out.startswith("broken.py:1:")
    assert "archlint: rule layers/upward-import failed: ValueError: no such luck\n" in result.err
    assert ("Traceback" in result.err) is verbose


def raising(problem):
    def run(config, registry, request):
        raise problem

    return run


def test_what_the_engine_cannot_do(shop, archlint, monkeypatch):
    monkeypatch.setattr("archlint.engine.run", raising(WorkerError("a process died")))
    result = archlint()
    assert (result.status, result.out, result.err) == (2, "", "archlint: a process died\n")


def test_an_interrupt(shop, archlint, monkeypatch):
    monkeypatch.setattr("archlint.engine.run", raising(KeyboardInterrupt()))
    result = archlint()
    assert (result.status, result.out) == (130, "")


def test_a_mistake_of_archlint_does_not_look_like_findings(shop, archlint, monkeypatch):
    monkeypatch.setattr("archlint.engine.run", raising(ZeroDivisionError("oh")))
    result = archlint()
    assert result.status == 2
    assert "ZeroDivisionError: oh" in result.err


def test_the_cache(shop, archlint):
    archlint("--no-cache")
    assert not (shop / ".archlint_cache").exists()
    archlint()
    assert (shop / ".archlint_cache" / "facts.msgpack").is_file()
    archlint("--cache-dir", "elsewhere")
    assert (shop / "elsewhere" / "facts.msgpack").is_file()


def test_the_order_of_jobs_and_runs_changes_nothing(shop, archlint):
    assert archlint("-j", "2").out == archlint("-j", "1").out == archlint().out


def test_projects_inside_others_are_reported_together(tree, archlint):
    tree(
        {
            "archlint.toml": DRAWING,
            "domain/a.py": "import web.b\n",
            "web/b.py": "",
            "inner/archlint.toml": 'fail-on = "note"\n',
            "inner/c.py": "from d import nothing\n",
            "inner/d.py": "",
        }
    )
    result = archlint("--output-format", "concise")
    assert [line.partition(" `")[0] for line in result.out.splitlines()] == [
        "domain/a.py:1:8: error [layers/upward-import]",
        "inner/c.py:1:15: error [imports/unresolved]",
    ]
    assert (result.status, result.err) == (1, "Found 2 errors in 4 files.\n")
    assert archlint("--output-format", "concise").out == result.out
    assert archlint("-q", "--output-format", "concise", "inner").out.startswith("inner/c.py:1:15: error")


@pytest.mark.parametrize(
    "arguments", [[""], ["check", ".", ""], ["config", "show", ""], ["--config", ""], ["--cache-dir", ""]]
)
def test_an_empty_text_is_no_path(shop, archlint, arguments):
    result = archlint(*arguments)
    assert (result.status, result.out) == (2, "")
    assert "the path is empty" in result.err


def test_the_same_is_found_from_inside_a_package(tree, archlint, monkeypatch):
    root = tree(
        {
            "setup.py": "",
            "shop/__init__.py": "",
            "shop/web.py": "from shop.orders import gone\nimport shop.nowhere\n",
            "shop/orders.py": "",
        }
    )
    findings = json.loads(archlint("--output-format", "json").out)["findings"]
    assert [each["rule"] for each in findings] == ["imports/unresolved"] * 2
    for here in ("shop", "."):
        monkeypatch.chdir(root / here)
        for path in (".", root / "shop", root / "shop/web.py"):
            assert json.loads(archlint("--output-format", "json", str(path)).out)["findings"] == findings


def test_a_source_root_that_is_not_there_is_a_mistake(tree, archlint):
    tree({"archlint.toml": 'src = [\n  "lib",\n  "srcs/*",\n  "docs",\n]\n', "lib/a.py": "", "docs/a.md": ""})
    result = archlint()
    assert (result.status, result.out) == (2, "")
    assert result.err.splitlines() == [
        "archlint: archlint.toml:3:3: `srcs/*` matches no folder with Python files",
        "archlint.toml:4:3: `docs` matches no folder with Python files",
    ]


def test_an_exclude_may_match_nothing(tree, archlint):
    """What is left out is often not there: build folders in a fresh checkout, what others generate."""
    tree({"archlint.toml": 'exclude = ["build/generated/**", "*_pb2.py"]\n', "a.py": ""})
    assert archlint("-q").status == 0


def test_paths_begin_at_the_project_that_was_named(tree, archlint):
    """Also where all the code is in one project below it, as in a repository with a backend."""
    tree(
        {
            ".git": "gitdir: elsewhere\n",
            "backend/archlint.toml": '[layers]\nweb = ["web/**"]\ndomain = ["domain/**"]\n',
            "backend/web/schemas.py": "class OrderIn: ...\n",
            "backend/domain/orders.py": "from web.schemas import OrderIn\n",
        }
    )
    assert archlint("--output-format", "concise").out.startswith("backend/domain/orders.py:1:")
    assert "\n1 | from web.schemas import OrderIn\n" in archlint().out
    (issue,) = json.loads(archlint("--output-format", "gitlab").out)
    assert issue["location"]["path"] == "backend/domain/orders.py"
    (found,) = json.loads(archlint("backend", "--output-format", "json").out)["findings"]
    assert found["path"] == "domain/orders.py"
