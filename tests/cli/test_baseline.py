"""`archlint baseline`, and what it does to a run."""

from __future__ import annotations

import json
import os
import shutil

import pytest

NAME = "archlint-baseline.json"


def entries(root) -> list[dict]:
    return json.loads((root / NAME).read_text(encoding="utf-8"))["entries"]


def edit(root, **changes) -> None:
    said = json.loads((root / NAME).read_text(encoding="utf-8"))
    said["entries"][0].update(changes)
    (root / NAME).write_text(json.dumps(said, indent=1), encoding="utf-8")


def test_from_then_on_only_what_is_new(shop, archlint):
    assert archlint().status == 1
    written = archlint("baseline", "write")
    assert (written.status, written.out) == (0, "")
    assert written.err == f"archlint: wrote `{NAME}`: 1 finding accepted\n"
    green = archlint()
    assert (green.status, green.out) == (0, "")
    assert "(1 in the baseline)" in green.err
    (shop / "domain/items.py").write_text("from web.schemas import OrderIn\n", encoding="utf-8")
    red = archlint("--output-format", "concise")
    assert (red.status, red.out.count("\n")) == (1, 1)
    assert red.out.startswith("domain/items.py:1:")


@pytest.mark.parametrize("is_cached", [True, False])
def test_it_counts_at_once(shop, archlint, is_cached):
    how = [] if is_cached else ["--no-cache"]
    assert archlint(*how).status == 1
    archlint("baseline", "write")
    assert archlint(*how).status == 0
    (shop / NAME).unlink()
    assert archlint(*how).status == 1


def test_lines_and_files_that_move(shop, archlint):
    archlint("baseline", "write")
    file = shop / "domain/orders.py"
    file.write_text("# a\n\n\nfrom web.schemas import (\n    OrderIn,\n)\nimport os\n", encoding="utf-8")
    assert archlint().status == 0
    (shop / "domain/sub").mkdir()
    file.rename(shop / "domain/sub/renamed.py")
    moved = archlint("--strict-baseline")
    assert (moved.status, "no longer found" in moved.err) == (0, False)
    updated = archlint("baseline", "update")
    assert f"`{NAME}`: 1 moved; 1 finding accepted" in updated.err
    assert [each["path"] for each in entries(shop)] == ["domain/sub/renamed.py"]


def test_a_copy_is_new(shop, archlint):
    archlint("baseline", "write")
    shutil.copy(shop / "domain/orders.py", shop / "domain/copy.py")
    result = archlint("--output-format", "concise")
    assert [line.split(":")[0] for line in result.out.splitlines()] == ["domain/copy.py"]


def test_a_cycle_reported_at_another_edge_and_renamed(tree, archlint):
    root = tree(
        {
            "archlint.toml": '[rules]\n"imports/cyclic" = "error"\n',
            "app/__init__.py": "",
            "app/b.py": "from app import c\n",
            "app/c.py": "from app import b\n",
        }
    )
    assert archlint().status == 1
    archlint("baseline", "write")
    (before,) = entries(root)
    assert before["symbol"] == "app/b.py, app/c.py"
    (root / "app/c.py").rename(root / "app/a.py")
    (root / "app/b.py").write_text("\n\nfrom app import a\n", encoding="utf-8")
    assert archlint("--strict-baseline").status == 0
    (root / "app/d.py").write_text("from app import e\n", encoding="utf-8")
    (root / "app/e.py").write_text("from app import d\n", encoding="utf-8")
    assert archlint().status == 1


def test_what_is_gone_is_told(shop, archlint):
    archlint("baseline", "write")
    (shop / "domain/orders.py").write_text("", encoding="utf-8")
    said = archlint()
    assert said.status == 0
    assert (
        "archlint: the baseline lists 1 finding no longer found; run `archlint baseline prune`\n" in said.err
    )
    strict = archlint("--strict-baseline", "-q")
    assert strict.status == 1
    assert "  domain/orders.py: [layers/upward-import]\n" in strict.err
    assert archlint("baseline", "prune").err == f"archlint: `{NAME}`: 1 removed; 0 findings accepted\n"
    assert archlint("--strict-baseline").status == 0


def test_what_another_rule_would_find_is_not_taken_for_gone(shop, archlint):
    archlint("baseline", "write")
    result = archlint("--strict-baseline", "--ignore", "layers/upward-import")
    assert (result.status, "no longer" in result.err) == (0, False)


def test_update_keeps_reasons(shop, archlint):
    archlint("baseline", "write", "--reason", "moves in May", "--expires", "2999-12-31")
    (shop / "domain/items.py").write_text("from web.schemas import OrderIn\n", encoding="utf-8")
    result = archlint("baseline", "update", "--reason", "and this one")
    assert result.err == f"archlint: `{NAME}`: 1 added; 2 findings accepted\n"
    assert [(each["reason"], each.get("expires")) for each in entries(shop)] == [
        ("and this one", None),
        ("moves in May", "2999-12-31"),
    ]
    report = json.loads(archlint("--output-format", "json").out)
    assert report["summary"]["baselined"] == 2


def test_what_expires(shop, archlint, monkeypatch):
    archlint("baseline", "write")
    edit(shop, expires="2027-01-31", reason="later")
    monkeypatch.setattr("time.strftime", lambda form: "2027-01-31")
    assert [archlint().status, archlint().status] == [0, 0]
    monkeypatch.setattr("time.strftime", lambda form: "2027-02-01")
    late = archlint("-v")
    assert late.status == 1
    assert "the day until which the baseline accepts 1 finding is past" in late.err
    assert "domain/orders.py: [layers/upward-import], until 2027-01-31" in late.err
    assert "1 expired, and reported" in archlint("baseline", "update").err
    assert entries(shop)[0]["expires"] == "2027-01-31"
    assert archlint().status == 1


def test_a_suppression_expires_in_a_warm_run(shop, archlint, monkeypatch):
    line = "from web.schemas import OrderIn  # archlint: ignore[layers/*] -- later, expires: 2027-01-31\n"
    (shop / "domain/orders.py").write_text(line, encoding="utf-8")
    monkeypatch.setattr("time.strftime", lambda form: "2027-01-31")
    assert archlint().status == 0
    monkeypatch.setattr("time.strftime", lambda form: "2027-02-01")
    late = archlint("--output-format", "concise")
    assert late.status == 1
    assert "it has expired on 2027-01-31" in late.out


def test_write_overwrites_only_by_force(shop, archlint):
    archlint("baseline", "write", "--reason", "old")
    refused = archlint("baseline", "write")
    assert refused.status == 2
    assert refused.err.startswith(f"archlint: `{NAME}` already exists; `archlint baseline update`")
    assert archlint("baseline", "write", "--force").status == 0
    assert "reason" not in entries(shop)[0]


@pytest.mark.parametrize("command", ["update", "prune", "show"])
def test_there_has_to_be_one(shop, archlint, command):
    result = archlint("baseline", command)
    assert (result.status, result.err) == (
        2,
        f"archlint: no baseline `{NAME}`; `archlint baseline write` makes one\n",
    )


def test_damage_stops_the_run(shop, archlint):
    archlint("baseline", "write")
    text = (shop / NAME).read_text(encoding="utf-8")
    (shop / NAME).write_text(text.replace("    {", "<<<<<<< HEAD\n    {"), encoding="utf-8")
    result = archlint()
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith(f"archlint: {NAME}:4: a merge conflict is not resolved")


def test_show(shop, archlint):
    archlint("baseline", "write", "--reason", "why")
    assert archlint("baseline", "show").out == (
        f"{NAME}: 1 finding accepted, 1 with a reason\n\n"
        "by rule\n       1  layers/upward-import\n\nby path\n       1  domain/orders.py\n"
    )
    said = json.loads(archlint("baseline", "show", "--output-format", "json").out)
    assert (said["findings"], said["rules"]) == (1, {"layers/upward-import": 1})


def test_where_it_lies(shop, archlint):
    archlint("baseline", "write", "--baseline", "elsewhere.json")
    assert not (shop / NAME).exists()
    assert archlint().status == 1
    assert archlint("--baseline", "elsewhere.json").status == 0
    assert archlint("--no-baseline", "--baseline", "elsewhere.json").status == 2
    assert archlint("--baseline", "nowhere.json").err == "archlint: no baseline `nowhere.json`\n"
    config = shop / "archlint.toml"
    config.write_text('baseline = "ci/known.json"\n' + config.read_text(encoding="utf-8"), encoding="utf-8")
    missing = archlint()
    assert missing.status == 2
    assert "archlint.toml:1:1" in missing.err
    assert "no baseline `ci/known.json`" in missing.err
    (shop / "ci").mkdir()
    archlint("baseline", "write")
    assert archlint().status == 0
    assert archlint("--no-baseline").status == 1


def test_each_nested_project_has_its_own(shop, archlint):
    shutil.copytree(shop / "domain", shop / "part/domain")
    shutil.copytree(shop / "web", shop / "part/web")
    shutil.copy(shop / "archlint.toml", shop / "part/archlint.toml")
    result = archlint("baseline", "write")
    assert result.err.splitlines() == [
        f"archlint: wrote `{NAME}`: 1 finding accepted",
        f"archlint: wrote `part/{NAME}`: 1 finding accepted",
    ]
    assert archlint().status == 0


@pytest.mark.skipif(os.name == "nt", reason="modes are Unix's")
def test_a_mode_stays(shop, archlint):
    archlint("baseline", "write")
    (shop / NAME).chmod(0o640)
    archlint("baseline", "write", "--force")
    assert (shop / NAME).stat().st_mode & 0o777 == 0o640


def test_files_that_do_not_parse_are_accepted_aloud(shop, archlint):
    """A file that nobody can look at must not look like a pass."""
    (shop / "domain/broken.py").write_text("def (\n", encoding="utf-8")
    written = archlint("baseline", "write")
    assert "1 file cannot be read or parsed, so nothing in there is checked" in written.err
    green = archlint()
    assert green.status == 0
    assert "the baseline accepts a file that cannot be read or parsed: nothing in it is checked" in green.err
    (shop / "domain/broken.py").write_text("import os\n", encoding="utf-8")
    assert "cannot be read or parsed" not in archlint().err
