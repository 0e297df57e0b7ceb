"""`archlint doctor`."""

from __future__ import annotations

import json

import pytest

from archlint.cli import examining
from archlint.health.rendering import text
from archlint.health.resolution import resolution
from archlint.health.sign import Examination, Section, Sign, State
from archlint.level import Level
from archlint.report import Tally
from archlint.reporters.style import PLAIN

SHOP = {
    "pyproject.toml": (
        '[project]\nname = "shop"\nrequires-python = ">=3.11"\ndependencies = ["Django>=5.2,<6"]\n'
    ),
    "shop/__init__.py": "",
    "shop/settings.py": (
        'INSTALLED_APPS = ["shop"]\nDATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3"}}\n'
    ),
    "shop/models.py": (
        "from django.db import models\n\n\nclass Order(models.Model):\n    number = models.IntegerField()\n"
    ),
}


@pytest.fixture
def signs(archlint):
    """Examines the current folder; all signs by the title of their section, then by name."""

    def examine(*arguments: str, status: int = 0):
        result = archlint("doctor", "--output-format", "json", *arguments)
        assert result.status == status, result.out + result.err
        told = json.loads(result.out)
        assert (told["version"], told["sound"]) == (1, status == 0)
        return {each["title"]: {sign["name"]: sign for sign in each["signs"]} for each in told["sections"]}

    return examine


def test_what_is_detected(tree, signs):
    root = tree(SHOP)
    found = signs()
    assert found["Project"]["root"]["text"] == str(root)
    assert found["Project"]["configuration"]["state"] == "advice"
    assert found["Files"]["files"]["text"] == "3 Python files, 1 other"
    built_with = {name: sign["text"] for name, sign in found["Built with"].items()}
    assert built_with == {
        "Python": ">=3.11",
        "Django": ">=5.2,<6",
        "settings": "shop/settings.py",
        "database": "SQLite",
    }
    assert found["Packs"]["django"]["text"].startswith("on, detected; ")
    assert found["Packs"]["sqlalchemy"]["text"] == "off, nothing it covers was detected"
    assert found["Resolved"]["uses of the ORM"]["text"].startswith("100.0 % of ")


def test_a_sound_project_in_words(shop, archlint):
    result = archlint("doctor")
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith("Project\n  archlint ")
    assert f"  configuration  {shop / 'archlint.toml'}\n" in result.out
    assert "\nLayers\n  web     1 module\n  domain  1 module\n" in result.out
    assert "  layers      on, detected; " in result.out
    assert result.out.endswith("\nAll is well.\n")


def test_files_that_do_not_parse(tree, signs):
    tree({"shop/a.py": "x = 1\n", "shop/b.py": "def f(:\n"})
    sign = signs(status=1)["Files"]["not understood"]
    assert sign["text"].startswith("shop/b.py:1: ")
    assert "`exclude`" in sign["hint"]


def test_a_folder_without_code(tree, signs):
    tree({"README.md": ""})
    assert signs(status=1)["Files"]["files"]["hint"]


def test_a_mistake_in_the_configuration(tree, signs):
    tree({"archlint.toml": "fail-no = 'error'\n", "a.py": ""})
    found = signs(status=1)
    assert list(found) == ["Project", "Configuration"]
    sign = found["Configuration"]["refused"]
    assert sign["text"].startswith("archlint.toml:1: ")
    assert "fail-on" in sign["text"] + sign["hint"]


def test_a_layer_that_matches_nothing(tree, signs):
    tree({"archlint.toml": '[layers]\nweb = ["wbe/**"]\n', "web/a.py": ""})
    sign = signs(status=1)["Contracts"]["refused"]
    assert sign["text"] == "archlint.toml:2: the pattern `wbe/**` matches no module"


def test_uses_of_a_rule_are_told_one_by_one(tree, archlint):
    tree(
        {
            "archlint.toml": (
                '[[rules."layers/restricted-use"]]\nsymbols = ["sqlite3.connect"]\nallowed-in = ["shop/**"]\n'
                '[[rules."layers/restricted-use"]]\nsymbols = ["json.loads"]\nallowed-in = ["web/**"]\n'
            ),
            "shop/a.py": "import json\n\n\ndef f(text):\n    return json.loads(text)\n",
            "web/a.py": "",
        }
    )
    lines = archlint("doctor").out.splitlines()
    told = [line.split(maxsplit=1) for line in lines if line[2:].startswith("layers/restricted-use")]
    assert len(told) == 2
    assert told[0][0] == "!"
    assert told[0][1].endswith("found nothing to look at, and guards nothing (archlint.toml:1)")
    assert told[1] == ["layers/restricted-use", "1 place, 1 broken, 0 unknown (archlint.toml:4)"]


def test_a_pack_that_is_left_out_though_it_is_used(tree, signs):
    tree({**SHOP, "archlint.toml": 'packs = ["imports"]\n'})
    packs = signs()["Packs"]
    assert packs["imports"]["text"].startswith("on, listed in `packs` (archlint.toml:1); ")
    assert (
        packs["django"]["text"] == "off, not listed in `packs` (archlint.toml:1), though the project uses it"
    )
    assert packs["django"]["hint"] == 'add "django" to `packs`'
    assert packs["sqlalchemy"]["text"] == "off, not listed in `packs`"


def test_rules_that_are_turned_off_or_wait(tree, signs):
    tree(
        {**SHOP, "archlint.toml": '[rules]\n"imports/unresolved" = "off"\n"layers/missing-layer" = "note"\n'}
    )
    packs = signs()["Packs"]
    assert "5 rules, 1 turned off, " in packs["imports"]["text"]
    assert "`layers/missing-layer` is configured (archlint.toml:3)" in packs["layers"]["text"]


def test_no_rule_at_all(tree, signs):
    tree({"archlint.toml": "packs = []\n", "a.py": ""})
    assert signs(status=1)["Packs"]["rules"]["state"] == "amiss"


def test_an_orm_whose_uses_are_not_resolved():
    tallies = {"orm/a": Tally(kept=10, unknown=20), "orm/b": Tally(kept=20, broken=10), "x/c": Tally(kept=5)}
    levels = {"orm/a": Level.ORM, "orm/b": Level.ORM, "x/c": Level.NONE}
    orm, rest, unsure = resolution(tallies, levels)
    assert (orm.text, orm.state) == ("66.6 % of 60 places resolved", State.ADVICE)
    assert "annotate" in orm.hint
    assert (rest.text, rest.state) == ("100.0 % of 5 places resolved", State.GOOD)
    assert (unsure.name, unsure.text) == ("orm/a", "20 of 30 places unknown")
    few, *_ = resolution({"orm/a": Tally(kept=1, unknown=2)}, levels)
    assert few.state is State.GOOD


@pytest.mark.parametrize("name", ["nowhere", "nowhere/shop"])
def test_where_there_is_no_project(tree, archlint, name):
    tree({})
    result = archlint("doctor", name)
    assert (result.status, result.out) == (2, "")
    assert f"no such file or folder: `{name}`" in result.err


def test_a_cache_that_cannot_be_written(shop, signs, monkeypatch):
    monkeypatch.setattr(examining, "CACHE", "archlint.toml")  # a file, where a folder should be
    sign = signs()["Cache"]["cache"]
    assert sign["state"] == "advice"
    assert sign["hint"]


def test_many_signs_alike_are_shortened():
    signs = tuple(Sign("not read", f"{n}.py", State.AMISS, "mend it") for n in range(10))
    lines = text(Examination((Section("Files", signs),)), PLAIN).splitlines()
    assert lines == [
        "Files",
        "! not read  0.py",
        "! not read  1.py",
        "! not read  2.py",
        "! not read  … and 7 more",
        "            = hint: mend it",
        "",
        "10 problems found.",
    ]
