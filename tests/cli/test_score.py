"""`archlint score`."""

from __future__ import annotations

import json
import os
import subprocess

import pytest


def test_the_score_of_a_project(shop, archlint):
    result = archlint("score")
    assert (result.status, result.err) == (0, "")
    rows = [
        line.split() for line in result.out.splitlines() if line.startswith(("pack ", "layers ", "total "))
    ]
    assert rows[0] == ["pack", "examined", "kept", "broken", "unknown", "share", "kept"]
    assert rows[1][3] == "1"
    assert rows[2][3] == "1"


def test_a_path_means_the_project_around_it(shop, archlint):
    assert archlint("score", "web").out == archlint("score").out
    assert archlint("score", "domain/orders.py").out == archlint("score").out


def test_what_is_suppressed_is_broken_all_the_same(shop, archlint):
    before = json.loads(archlint("score", "--format", "json").out)["packs"]["layers"]
    (shop / "domain/orders.py").write_text(
        "from web.schemas import OrderIn  # archlint: ignore[layers/upward-import] -- later\n"
    )
    after = json.loads(archlint("score", "--format", "json").out)["packs"]["layers"]
    assert before["broken"] == after["broken"] == 1


def test_levels(shop, archlint):
    levels = json.loads(archlint("score", "--levels", "--output-format", "json").out)["levels"]
    assert [each["level"] for each in levels] == [0, 1, 2, 3]
    assert levels[0]["upto"]["broken"] == 0
    assert levels[1]["upto"]["broken"] == levels[3]["upto"]["broken"] == 1
    assert (levels[2]["rules"], levels[3]["rules"]) == (0, 1)


def test_a_file(shop, archlint):
    result = archlint("score", "--format", "svg", "--output-file", "badge.svg")
    assert (result.status, result.out) == (0, "")
    assert (shop / "badge.svg").read_text(encoding="utf-8").startswith("<svg ")
    assert sorted(each.name for each in shop.iterdir() if each.is_file()) == ["archlint.toml", "badge.svg"]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such rights")
def test_a_file_keeps_its_rights(shop, archlint):
    (shop / "score.json").write_text("old")
    (shop / "score.json").chmod(0o640)
    archlint("score", "--format", "json", "--output-file", "score.json")
    assert (shop / "score.json").stat().st_mode & 0o777 == 0o640
    assert json.loads((shop / "score.json").read_text(encoding="utf-8"))["version"] == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--format", "svg", "--levels"], "a badge shows only the total"),
        (["--output-file", "nowhere/score.json"], "`nowhere/score.json` cannot be written"),
        (["nowhere"], "no such file or folder: `nowhere`"),
    ],
)
def test_what_cannot_be_done(shop, archlint, arguments, words):
    result = archlint("score", *arguments)
    assert (result.status, result.out) == (2, "")
    assert words in result.err


def test_a_project_without_code(tree, archlint):
    tree({"README.md": "nothing\n"})
    result = archlint("score")
    assert result.status == 0
    assert "No rule found anything to look at." in result.out


@pytest.fixture
def changed(shop):
    """The shop under git: the commit before broke nothing, the files now break a layer."""

    def git(*arguments: str) -> None:
        settings = ("-c", "user.name=t", "-c", "user.email=t@example.org")
        subprocess.run(["git", *settings, *arguments], cwd=shop, check=True, capture_output=True)

    broken = (shop / "domain/orders.py").read_text()
    (shop / "domain/orders.py").write_text("class Order: ...\n")
    git("init", "--quiet", "--initial-branch=main")
    git("add", "--all")
    git("commit", "--quiet", "--message", "first")
    (shop / "domain/orders.py").write_text(broken)
    return shop


def test_what_has_changed(changed, archlint):
    told = json.loads(archlint("score", "--since", "main", "--format", "json").out)
    assert told["change"]["since"].startswith("main (")
    layers = told["change"]["packs"]["layers"]
    assert (layers["before"]["broken"], layers["broken"]) == (0, 1)
    assert layers["share_kept"] < 0
    text = archlint("score", "--since", "HEAD").out
    assert [line.split()[-1] for line in text.splitlines() if line.startswith("layers ")] == ["+1"]


def test_the_configuration_of_now_is_the_measure_of_both(changed, archlint):
    (changed / "archlint.toml").write_text(
        '[layers]\nweb = ["web/**"]\ndomain = ["domain/**"]\nnew = ["new/**"]\n'
    )
    (changed / "new").mkdir()
    (changed / "new/thing.py").write_text("import web.schemas\n")
    change = json.loads(archlint("score", "--since", "main", "--format", "json").out)["change"]
    assert change["packs"]["layers"]["broken"] == 2


def test_nothing_has_changed(changed, archlint):
    (changed / "domain/orders.py").write_text("class Order: ...\n")
    change = json.loads(archlint("score", "--since", "main", "--format", "json").out)["change"]
    assert (change["total"]["broken"], change["total"]["share_kept"]) == (0, 0)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--since", "nowhere"], "nowhere"),
        (["--since", ""], "the name of the commit is empty"),
        (["--since", "main", "--format", "svg"], "`--since` needs another format"),
    ],
)
def test_what_cannot_be_compared(changed, archlint, arguments, words):
    result = archlint("score", *arguments)
    assert (result.status, result.out) == (2, "")
    assert words in result.err


def test_where_there_is_no_repository(shop, archlint):
    result = archlint("score", "--since", "main")
    assert result.status == 2
    assert "git" in result.err
