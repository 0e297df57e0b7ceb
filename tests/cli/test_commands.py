"""`rules`, `explain`, `config` and the program itself."""

from __future__ import annotations

import json
import re

import pytest
import tomli

from archlint import __version__
from archlint.cli.group import COMMANDS
from archlint.registry import load


def test_version(archlint):
    result = archlint("--version")
    assert (result.status, result.out) == (0, f"archlint {__version__}\n")


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help(archlint, option):
    result = archlint(option)
    assert result.status == 0
    assert all(f"\n  {command} " in result.out for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command(archlint, command):
    result = archlint(command, "--help")
    assert result.status == 0
    assert result.out.startswith(f"Usage: archlint {command} ")


def test_rules(archlint):
    result = archlint("rules")
    lines = result.out.splitlines()
    assert [line.split()[0].rstrip("*") for line in lines] == list(load().rules)
    (line,) = [line for line in lines if line.startswith("layers/upward-import")]
    assert line.split(maxsplit=2)[1:] == ["error", "Imports from a lower layer into a higher one."]
    assert result.err == "* runs only where it is configured\n"


def test_rules_as_json(archlint):
    listed = json.loads(archlint("rules", "--output-format", "json").out)
    assert listed["version"] == 1
    assert [each["rule"] for each in listed["rules"]] == list(load().rules)
    (rule,) = [each for each in listed["rules"] if each["rule"] == "layers/upward-import"]
    assert rule == {
        "rule": "layers/upward-import",
        "severity": "error",
        "recommended": True,
        "since": "0.1",
        "summary": "Imports from a lower layer into a higher one.",
        "url": "https://archlint.dev/rules/layers/upward-import",
    }


def test_explain_a_rule(archlint):
    text = archlint("explain", "layers/upward-import").out
    assert text.startswith(
        "layers/upward-import (error, since 0.1, runs with its pack)\n\nImports from a lower"
    )
    assert "\nWhy is this bad?\n" in text
    assert '\n    web = ["web/**"]\n' in text
    assert "```" not in text
    assert "`domain` imports" in text
    assert "\n    type-checking: a boolean (default: true)\n        Whether imports" in text
    assert text.endswith("\nhttps://archlint.dev/rules/layers/upward-import\n")


def test_explain_a_rule_in_colour(archlint):
    text = archlint("explain", "layers/upward-import", "--color", "always").out
    assert "\x1b[1mWhy is this bad?\x1b[0m\n" in text
    assert "\x1b[36mdomain\x1b[0m imports" in text


@pytest.mark.parametrize("rule", list(load().rules))
def test_every_rule_can_be_explained(archlint, rule):
    assert archlint("explain", rule).status == 0


def test_explain_a_file(shop, archlint):
    result = archlint("explain", "domain/orders.py")
    assert (result.status, result.err) == (0, "")
    assert result.out.splitlines()[:7] == [
        "domain/orders.py",
        "  module         domain.orders",
        "  source root    .",
        "  layer          domain, the lowest",
        f"  project        {shop}",
        "  configuration  archlint.toml",
        "",
    ]
    assert re.search(r"\nRules\n(?:  .+\n)*  archlint/syntax-error +error\n", result.out)
    assert result.out.endswith(
        "\nImports\n  os           line 1, external\n  web.schemas  line 3\n\nImported by\n  none\n"
    )


def test_explain_who_imports_a_file(shop, archlint):
    (shop / "web/late.py").write_text(
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import web.schemas\n\n\n"
        "def f():\n    from web import schemas\n"
    )
    text = archlint("explain", "web/schemas.py").out
    assert "  layer          web, above domain\n" in text
    assert text.endswith(
        "\nImported by\n"
        "  domain/orders.py  line 3\n"
        "  web/late.py       line 4, type checking only\n"
        "  web/late.py       line 8, when a function runs\n"
    )


def test_explain_a_file_without_layers(tree, archlint):
    tree({"a.py": ""})
    assert "  layer          none; no layers are configured\n" in archlint("explain", "a.py").out


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("layers/upwardimport", "did you mean `layers/upward-import`?"),
        ("nothing", "no such rule or file: `nothing`"),
        ("domain", "`domain` is a folder; name a file in it"),
        ("archlint.toml", "`archlint.toml` is not a file of Python code"),
    ],
)
def test_explain_something_else(shop, archlint, subject, words):
    result = archlint("explain", subject)
    assert (result.status, result.out) == (2, "")
    assert words in result.err


def test_config_show(shop, archlint):
    result = archlint("config", "show")
    assert result.status == 0
    assert tomli.loads(result.out)["layers"] == {"web": ["web/**"], "domain": ["domain/**"]}
    assert "# archlint.toml:2" in result.out


def test_config_show_of_another_file(shop, archlint):
    (shop / "other.toml").write_text('fail-on = "note"\n')
    assert 'fail-on = "note"' in archlint("config", "show", "--config", "other.toml").out


def test_config_schema(archlint):
    result = archlint("config", "schema")
    assert result.status == 0
    assert json.loads(result.out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
