"""A checkout that names a folder as a pack, and a user who does not trust it."""

from __future__ import annotations

import json

import pytest

CONFIG = """\
packs = ["./tools/acme", "imports"]
fixable = ["acme/thing"]
unfixable = ["acme/*"]

[rules]
"acme/other" = "error"
"acme/*" = "warning"

[[rules."acme/thing"]]
depth = 3
because = "nobody knows"
"""
FINGERPRINT = "0416aac0f17780240f92fadfa8a3ae67"
ENTRY = {"rule": "acme/thing", "path": "shop.py", "symbol": "", "fingerprint": FINGERPRINT}
FILES = {
    "archlint.toml": CONFIG,
    "tools/acme/__init__.py": "from pathlib import Path\nPath('ran').touch()\n",
    "shop.py": "import os  # archlint: ignore[acme/thing] -- known\n",
    "archlint-baseline.json": json.dumps({"version": 1, "entries": [{**ENTRY, "count": 1}]}),
}
COMMANDS = ["check", "rules", "doctor", "score", "constraints", "explain shop.py"]
OTHERS = ["config show", "baseline prune", "baseline update", "graph", "suppress --rule acme/* --reason x"]
TOLD = "the folder of the pack `acme` is not imported: its rules do not run"


@pytest.fixture
def stranger(tree):
    return tree(FILES)


@pytest.mark.parametrize("command", COMMANDS)
def test_an_option_leaves_it_out(stranger, archlint, command):
    assert archlint(*command.split(), "--no-folder-packs").status == 0
    assert not (stranger / "ran").exists()


@pytest.mark.parametrize("command", [*COMMANDS, *OTHERS])
def test_so_does_the_environment(stranger, archlint, monkeypatch, command):
    monkeypatch.setenv("ARCHLINT_NO_FOLDER_PACKS", "1")
    result = archlint(*command.split())
    assert "Traceback" not in result.err
    assert not (stranger / "ran").exists()


def test_each_run_says_what_it_does_not_check(stranger, archlint):
    for _ in "12":  # the second from the cache
        assert TOLD in archlint("--no-folder-packs").err
    assert "acme" not in archlint("--no-folder-packs", "--output-format", "json").out


def test_its_rules_can_be_left_out_by_name(stranger, archlint):
    assert archlint("--no-folder-packs", "--ignore", "acme/thing,acme").status == 0
    assert "no such rule or pack: `acme/thing`" in archlint("--no-folder-packs", "--select", "acme/thing").err
    assert "no such rule or pack: `acne`" in archlint("--no-folder-packs", "--ignore", "acne").err


def test_what_it_has_accepted_is_not_taken_for_gone(stranger, archlint):
    result = archlint("--no-folder-packs", "--strict-baseline")
    assert result.status == 0
    assert result.out == ""  # neither is the comment unused


def test_a_baseline_keeps_its_entries(stranger, archlint, monkeypatch):
    monkeypatch.setenv("ARCHLINT_NO_FOLDER_PACKS", "yes")
    assert archlint("baseline", "prune").status == 0
    assert "acme/thing" in (stranger / "archlint-baseline.json").read_text()


def test_doctor_tells_it(stranger, archlint):
    assert "off, its folder is not imported (archlint.toml:1)" in archlint("doctor", "--no-folder-packs").out


@pytest.mark.parametrize("value", ["", "0", "false"])
def test_by_default_it_is_imported(stranger, archlint, monkeypatch, value):
    monkeypatch.setenv("ARCHLINT_NO_FOLDER_PACKS", value)
    archlint("--no-folder-packs")  # what one call refuses, the next does not
    assert archlint().status == 2  # no such rule: `acme/thing`
    assert (stranger / "ran").exists()


def test_a_mistake_beside_it_is_told(tree, archlint):
    tree({**FILES, "archlint.toml": CONFIG + '[[rules."acne/thing"]]\ndepth = 3\n'})
    result = archlint("--no-folder-packs")
    assert result.status == 2
    assert "unknown rule `acne/thing`" in result.err
