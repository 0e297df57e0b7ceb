"""Formats, files, and what GitHub Actions is given, from the arguments on."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from archlint.cli.hosting import line_link, prefix
from archlint.cli.outputs import guarded
from archlint.reporters import FOR_PEOPLE, FORMATS
from archlint.rules.layers.upward_import import UpwardImport
from tests.reporters.schemas import gitlab, junit, sarif

from .conftest import DRAWING
from .test_check import FULL, MESSAGE

PATHS = {
    "json": lambda text: json.loads(text)["findings"][0]["path"],
    "json-lines": lambda text: json.loads(text.splitlines()[0])["path"],
    "gitlab": lambda text: gitlab(text)[0]["location"]["path"],
    "sarif": lambda text: sarif(text)["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"][
        "uri"
    ],
    "github": lambda text: text.partition("file=")[2].partition(",")[0],
}

SUMMARY = "Found 1 error in 2 files.\n"


@pytest.fixture
def actions(tmp_path, monkeypatch) -> Path:
    """A step of GitHub Actions; its summary."""
    file = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    for name, value in (
        ("GITHUB_SERVER_URL", "https://github.com"),
        ("GITHUB_REPOSITORY", "o/r"),
        ("GITHUB_SHA", "abc"),
    ):
        monkeypatch.setenv(name, value)
    return file


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_warm_and_cold(shop, archlint, name):
    cold = archlint("--output-format", name)
    warm = archlint("--output-format", name)
    bare = archlint("--output-format", name, "--no-cache")
    assert cold == warm == bare
    assert cold.status == 1
    assert cold.out


@pytest.mark.parametrize("name", sorted(FOR_PEOPLE))
def test_people_are_told_paths_from_where_they_are(shop, archlint, monkeypatch, name):
    monkeypatch.chdir(shop / "domain")
    told = archlint("--output-format", name)
    assert told.status == 1
    assert told.out.startswith("orders.py:")


@pytest.mark.parametrize("name", sorted(FOR_PEOPLE))
def test_people_are_told_the_whole_path_of_what_lies_elsewhere(shop, archlint, monkeypatch, name):
    monkeypatch.chdir(shop / "web")
    told = archlint("--output-format", name, str(shop))
    assert told.out.startswith(f"{(shop / 'domain' / 'orders.py').as_posix()}:")


def test_what_was_accepted_is_told_from_where_the_reader_is(shop, archlint, monkeypatch):
    archlint("baseline", "write")
    monkeypatch.chdir(shop / "domain")
    assert "\norders.py:3:25: in the baseline [layers/upward-import]" in archlint("-v").err


@pytest.mark.parametrize("name", PATHS)
def test_machines_are_told_the_same_paths_from_anywhere(shop, archlint, monkeypatch, name):
    monkeypatch.chdir(shop / "domain")
    assert PATHS[name](archlint("--output-format", name).out) == "domain/orders.py"


def test_machines_read_what_machines_are_given(shop, archlint):
    run = sarif(archlint("--output-format", "sarif").out)
    (result,) = run["results"]
    upward = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert upward["id"] == "layers/upward-import"
    assert upward["help"]["markdown"].startswith("Imports from a lower layer into a higher one.\n\n## Why")
    assert upward["fullDescription"]["text"].startswith("A layer may rely only on the layers below it.")
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert ids == sorted(ids)
    assert all("help" in rule for rule in run["tool"]["driver"]["rules"])
    assert len(gitlab(archlint("--output-format", "gitlab").out)) == 1
    assert f'message="{MESSAGE}"' in junit(archlint("--output-format", "junit").out)


def test_the_fingerprint_is_one_in_all_formats(shop, archlint):
    (finding,) = json.loads(archlint("--output-format", "json").out)["findings"]
    (result,) = sarif(archlint("--output-format", "sarif").out)["results"]
    assert result["partialFingerprints"] == {"archlint/v1": finding["fingerprint"]}
    assert json.loads(archlint("--output-format", "json-lines").out) == finding


def test_a_suppressed_finding_is_marked(shop, archlint):
    path = shop / "domain/orders.py"
    path.write_text("from web.schemas import OrderIn  # archlint: ignore[layers/*] -- moves in May\n")
    for _ in ("cold", "warm"):
        result = archlint("--output-format", "sarif")
        assert result.status == 0
        (told,) = sarif(result.out)["results"]
        assert told["suppressions"] == [
            {"kind": "inSource", "status": "accepted", "justification": "moves in May"}
        ]


def test_a_file_instead_of_standard_output(shop, archlint):
    result = archlint("--output-format", "concise", "--output-file", "report.txt")
    assert (result.status, result.out, result.err) == (1, "", SUMMARY)
    assert (
        Path("report.txt").read_text() == f"domain/orders.py:3:25: error [layers/upward-import] {MESSAGE}\n"
    )


def test_files_beside_standard_output(shop, archlint):
    result = archlint("--output-file", "sarif=a.sarif", "--output-file", "junit=b.xml", "--color", "always")
    assert (result.status, "\x1b[" in result.out) == (1, True)
    assert len(sarif(Path("a.sarif").read_text())["results"]) == 1
    assert MESSAGE in junit(Path("b.xml").read_text())
    assert "\x1b" not in Path("b.xml").read_text()


def test_a_file_in_colourless_text(shop, archlint):
    assert archlint("--output-file", "full.txt", "--color", "always").out == ""
    assert Path("full.txt").read_text() == FULL


def test_a_program_that_reads_standard_output_has_the_streams_to_itself(shop, archlint):
    assert archlint("--output-format", "json-lines").err == ""
    assert archlint("--output-format", "json", "--output-file", "r.json").err == SUMMARY
    assert archlint("--output-format", "github").err == SUMMARY


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--output-file", "a", "--output-file", "b"], "of `a`, `b` only one can take the report"),
        (["--output-file", ""], "the path is empty"),
        (["--output-file", "sarif="], "the path is empty"),
        (["--output-file", "missing/a.txt"], "`missing/a.txt` cannot be written"),
        (["-q", "-v"], "--quiet and --verbose exclude each other"),
        (["--output-format", "sarf"], "sarif"),
    ],
)
def test_what_cannot_be(shop, archlint, arguments, words):
    result = archlint(*arguments)
    assert result.status == 2
    assert words in result.err


def test_a_report_is_written_all_or_nothing(shop, archlint):
    Path("r.json").write_text("old")
    Path("r.json").chmod(0o640)
    os.symlink("r.json", "link.json")
    archlint("--output-format", "json", "--output-file", "link.json")
    assert Path("link.json").is_symlink()
    assert json.loads(Path("r.json").read_text())["summary"]["errors"] == 1
    assert Path("r.json").stat().st_mode & 0o777 == 0o640


def test_a_pipe_is_written_into(shop, archlint):
    assert archlint("--output-format", "json", "--output-file", "/dev/stdout").status == 1


def test_exit_zero(shop, archlint, monkeypatch):
    assert archlint("--exit-zero").status == 0
    assert archlint("--exit-zero", "--fail-on", "note").status == 0
    assert archlint("--exit-zero").out == FULL
    assert archlint("--exit-zero", "nowhere").status == 2

    def check(self, project):
        raise ValueError("no such luck")

    monkeypatch.setattr(UpwardImport, "check", check)
    assert archlint("--exit-zero", "--no-cache").status == 2


def test_a_failed_rule_is_told_in_every_format(shop, archlint, monkeypatch):
    def check(self, project):
        raise ValueError("no such luck")

    monkeypatch.setattr(UpwardImport, "check", check)
    for name in ("json", "junit", "github", "sarif", "markdown"):
        result = archlint("--output-format", name)
        assert result.status == 2
        assert "no such luck" in result.out


def test_verbose_tells_what_was_accepted(shop, archlint):
    path = shop / "domain/orders.py"
    path.write_text("from web.schemas import OrderIn  # archlint: ignore[layers/*] -- moves in May\n")
    for _ in ("cold", "warm"):
        lines = archlint("-v").err.splitlines()
        assert lines[0].startswith(f"archlint: {shop}: 2 files, ")
        suppressed = f"domain/orders.py:1:25: suppressed [layers/upward-import] {MESSAGE} -- moves in May"
        assert suppressed in lines


def test_github_actions_by_default(shop, archlint, actions):
    result = archlint()
    text, annotation = result.out.split("\n\n")
    assert f"{text}\n\n" == FULL
    assert annotation.startswith(
        "::error title=archlint (layers/upward-import),file=domain/orders.py,line=3,"
    )
    assert result.err == SUMMARY
    assert "[line 3](https://github.com/o/r/blob/abc/domain/orders.py#L3)" in actions.read_text()
    once = actions.read_text()
    archlint()
    assert actions.read_text() == once * 2  # other steps have said something before


def test_what_is_asked_for_counts_more_than_where_it_runs(shop, archlint, actions):
    assert archlint("--output-format", "full").out == FULL
    assert archlint("--output-file", "full.txt").out == ""
    assert not actions.exists()
    assert "::error" in archlint("--output-file", "sarif=a.sarif").out
    assert actions.exists()


def test_a_summary_that_cannot_be_written_is_no_failure(shop, archlint, actions, monkeypatch):
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(shop / "no" / "where"))
    result = archlint()
    assert (result.status, "cannot be written" in result.err) == (1, True)


def test_a_pass_on_github(tree, archlint, actions):
    tree({"a.py": ""})
    assert archlint().out == ""
    assert "All checks passed" in actions.read_text()


def test_the_log_of_actions_obeys_nothing_that_is_linted():
    assert guarded("a\n  b: ::\n") == "a\n  b: ::\n"
    for text in ("  ::add-mask::x\n", "x ##[group]y\n", "a\r::error::b\n"):
        first, *middle, last = guarded(text).splitlines()
        token = first.removeprefix("::stop-commands::")
        assert "\n".join(middle) == "\n".join(text.splitlines())
        assert (len(token) > 30, last) == (True, f"::{token}::")


def test_a_folder_of_a_repository_is_told_from_its_top(tree, archlint, monkeypatch):
    root = tree(
        {"back end/archlint.toml": DRAWING, "back end/web/b.py": "", "back end/domain/a.py": "import web.b\n"}
    )
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    monkeypatch.chdir(root / "back end")
    assert archlint("--output-format", "concise").out.startswith("domain/a.py:1:8")
    assert "file=back end/domain/a.py," in archlint("--output-format", "github").out
    (issue,) = json.loads(archlint("--output-format", "gitlab").out)
    assert issue["location"]["path"] == "back end/domain/a.py"
    (result,) = sarif(archlint("--output-format", "sarif").out)["results"]
    address = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert (address["uri"], address["uriBaseId"]) == ("back%20end/domain/a.py", "SRCROOT")


def test_the_way_from_the_checkout_without_git(tmp_path):
    root = Path(os.path.realpath(tmp_path)) / "repo" / "api"
    root.mkdir(parents=True)
    assert prefix(root, {"CI_PROJECT_DIR": str(root.parent)}) == "api/"
    assert prefix(root, {"GITHUB_WORKSPACE": str(root)}) == ""
    assert prefix(root, {"GITHUB_WORKSPACE": "/elsewhere"}) == ""


def test_addresses_of_lines():
    gitlab = {"CI_PROJECT_URL": "https://gitlab.com/o/r", "CI_COMMIT_SHA": "abc"}
    assert line_link(gitlab)("a b#.py", 3) == "https://gitlab.com/o/r/-/blob/abc/a%20b%23.py#L3"
    assert line_link({"GITHUB_SHA": "abc"})("a.py", 3) == ""


def test_a_cycle_of_imports_is_a_flow_from_its_start(tree, archlint):
    tree({"a.py": "import b\n", "b.py": "import c\n", "c.py": "import a\n"})
    run = sarif(archlint("--select", "imports/cyclic", "--output-format", "sarif").out)
    (cycle,) = run["results"]
    ((thread,),) = [flow["threadFlows"] for flow in cycle["codeFlows"]]
    places = [each["location"]["physicalLocation"]["artifactLocation"]["uri"] for each in thread["locations"]]
    assert places == ["a.py", "b.py", "c.py"]


PATTERN = """\
[[patterns]]
id = "company/no-print"
pattern = "print($...ARGS)"
message = "prints"
hint = "log it"
"""


def test_rules_that_configurations_write_down_come_along(tree, archlint):
    tree(
        {
            "archlint.toml": "",
            "a.py": "",
            "inner/archlint.toml": PATTERN,
            "inner/b.py": "print(1)\n",
            "other.toml": PATTERN.replace("log it", "do not"),
        }
    )
    for arguments, hint in ((["."], "log it"), (["--config", "other.toml", "inner"], "do not")):
        run = sarif(archlint("--output-format", "sarif", *arguments).out)
        (rule,) = (each for each in run["tool"]["driver"]["rules"] if each["id"] == "company/no-print")
        assert hint in rule["help"]["markdown"]
        assert run["results"][0]["ruleId"] == "company/no-print"
