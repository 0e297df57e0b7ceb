"""From the first `init` to a red and a green run in CI, as a team would go it by the documents alone."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

from tests.reporters import schemas

OLD = 3
"""So many findings are there on the first day."""


def adopt(backend) -> None:
    assert backend.archlint("init").status == 0
    assert backend.archlint().status == 1
    assert backend.archlint("baseline", "write").status == 0
    backend.commit("Hold the code to its architecture")


def break_something(backend) -> None:
    """On a branch, a model that everybody uses comes to import a route."""
    backend.git("switch", "--quiet", "--create", "feature")
    model = "from shop.routes import r2\n\n\nclass Order1:\n    tax = r2.router\n"
    backend.write({"shop/models/m1.py": model})


def test_the_first_day(backend):
    written = backend.archlint("init")
    assert "archlint baseline write" in written.err
    assert (
        '[tool.archlint.layers]\nroutes = ["shop/routes/**"]' in (backend.root / "pyproject.toml").read_text()
    )
    assert f"Found {OLD} errors" in backend.archlint().err
    assert f"{OLD} findings accepted" in backend.archlint("baseline", "write").err
    green = backend.archlint("check", "--strict-baseline")
    assert (green.status, green.out) == (0, "")
    assert f"({OLD} in the baseline)" in green.err
    assert backend.archlint("doctor").status == 0


def test_the_change_in_which_a_project_adopts_it(backend):
    adopt(backend)
    told = backend.archlint("check", "--since", "HEAD~1", "--output-format", "concise")
    assert told.status == 0
    assert "archlint/loosened" in told.out
    assert f"{OLD} in the baseline, which grew by {OLD}, new since HEAD~1" in told.err


def test_a_red_run_and_a_green_one(backend):
    adopt(backend)
    break_something(backend)
    new = "shop/models/m1.py:1:25: error [layers/upward-import]"
    backend.git("add", "--all")
    for how in ((), ("--staged",), ("--since", "main")):
        red = backend.archlint("check", *how, "--output-format", "concise")
        assert (red.status, red.out.startswith(new)) == (1, True), how
        assert f"({OLD} in the baseline" in red.err
    backend.commit("Break it")
    assert backend.archlint("check", "--staged").status == 0
    assert backend.archlint("check", "--since", "main", "--exit-zero").status == 0
    backend.git("revert", "--no-edit", "HEAD")
    assert backend.archlint("check", "--since", "main").status == 0
    assert backend.archlint().status == 0


def test_what_programs_read_agrees(backend):
    """The same findings, accepted and not, in every report of one run."""
    adopt(backend)
    break_something(backend)
    formats = ("json", "json-lines", "sarif", "junit", "gitlab", "markdown", "github", "grouped")
    files = [part for name in formats for part in ("--output-file", f"{name}={name}.out")]
    assert backend.archlint("check", "--since", "main", *files, "--output-format", "concise").status == 1
    text = {name: (backend.root / f"{name}.out").read_text(encoding="utf-8") for name in formats}
    report = json.loads(text["json"])
    (finding,) = report["findings"]
    assert (report["summary"]["errors"], report["summary"]["baselined"]) == (1, OLD)
    line, change = map(json.loads, text["json-lines"].splitlines())
    assert (line, change) == (finding, {"change": report["change"]})
    results = schemas.sarif(text["sarif"])["results"]
    states = [each["baselineState"] for each in results]
    assert (states.count("new"), states.count("unchanged")) == (1, OLD)
    accepted = {entry["fingerprint"] for entry in entries(backend.root)}
    known = {each["partialFingerprints"]["archlint/v1"] for each in results}
    assert known == {*accepted, finding["fingerprint"]}
    assert all((each["baselineState"] == "unchanged") == bool(each["suppressions"]) for each in results)
    cases = ElementTree.fromstring(schemas.junit(text["junit"]))
    assert [len(list(cases.iter(name))) for name in ("failure", "skipped")] == [1, OLD]
    issue, *changes = schemas.gitlab(text["gitlab"])
    assert (issue["check_name"], issue["location"]["path"]) == (finding["rule"], finding["path"])
    assert [each["check_name"] for each in changes] == ["change"] * len(changes)
    assert len(changes) == len(report["change"]["layer_edges"]) + len(report["change"]["cycles"])
    assert text["github"].startswith("::error ")
    assert len([line for line in text["github"].splitlines() if line.startswith("::error")]) == 1
    assert "`models` imports `routes`" in text["markdown"]


def test_github_actions(backend, monkeypatch):
    adopt(backend)
    break_something(backend)
    page = backend.root.parent / "summary.md"
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    run = backend.archlint("check", "--since", "main")
    assert run.status == 1
    assert "\n::error title=archlint (layers/upward-import),file=shop/models/m1.py,line=1," in run.out
    assert page.read_text(encoding="utf-8").startswith("<!-- archlint -->")


def test_the_baseline_is_not_disturbed(backend):
    """Shifted lines, Windows' line ends, a folder that is renamed, and a formatter's other quotes."""
    adopt(backend)
    for path in (backend.root / "shop/services").glob("s*.py"):
        lines = path.read_text(encoding="utf-8").splitlines()
        path.write_bytes("\r\n".join(['"""Shifted."""', "", *lines, ""]).encode())
    (backend.root / "shop/services").rename(backend.root / "shop/service")
    for path in (backend.root / "shop/routes").glob("r*.py"):
        path.write_text(path.read_text(encoding="utf-8").replace("shop.services", "shop.service"))
    drawing = backend.root / "pyproject.toml"
    drawing.write_text(drawing.read_text(encoding="utf-8").replace("shop/services", "shop/service"))
    calm = backend.archlint("check", "--strict-baseline")
    assert (calm.status, calm.out) == (0, "")
    assert f"{OLD} moved" in backend.archlint("baseline", "update").err


def test_what_is_mended_leaves_the_baseline(backend):
    adopt(backend)
    backend.write({"shop/services/s0.py": "def total() -> int:\n    return 19\n"})
    assert backend.archlint().status == 0
    strict = backend.archlint("check", "--strict-baseline", "--output-format", "json")
    assert strict.status == 1
    (gone,) = json.loads(strict.out)["baseline"]["stale"]
    assert gone["path"] == "shop/services/s0.py"
    assert f"1 removed; {OLD - 1} findings accepted" in backend.archlint("baseline", "prune").err
    assert backend.archlint("check", "--strict-baseline").status == 0
    shrunk = backend.archlint("check", "--since", "main")
    assert f"{OLD - 1} in the baseline, which shrank by 1" in shrunk.err


def test_accepting_one_more_is_seen(backend):
    adopt(backend)
    break_something(backend)
    reason = ("--reason", "moves in May", "--expires", "2999-05-31")
    assert backend.archlint("suppress", "--rule", "layers/upward-import", *reason, "shop/models").status == 0
    told = backend.archlint("check", "--since", "main", "--output-format", "concise")
    assert "[archlint/loosened] suppresses `layers/upward-import`" in told.out
    assert "error" not in told.out
    assert "1 suppressed" in told.err


def test_the_score_falls_with_the_change(backend):
    adopt(backend)
    break_something(backend)
    score = backend.archlint("score", "--since", "main", "--levels", "--output-format", "json")
    assert score.status == 0
    assert json.loads(score.out)["change"]["total"]["broken"] == 1
    assert "May use `models`" in backend.archlint("constraints", "--for", "shop/services/new.py").out


def entries(root: Path) -> list[dict[str, object]]:
    return json.loads((root / "archlint-baseline.json").read_text(encoding="utf-8"))["entries"]
