"""The configuration in force, as it is shown."""

from __future__ import annotations

import tomli
from msgspec.structs import fields

from archlint.config.loading import load
from archlint.config.showing import show

from .sample import CARDS, EXAMPLE, PACKS

EVERYTHING = """
exclude = ['a"b\\c', "tab\\t and \\u007f"]
[layers]
"my layer" = ["a/**", "b.c"]
[rules."layout/everything"]
strict = true
share = 1e20
mode = 2
at = "error"
sizes = {a = 1, "b.c" = -2}
grid = [[1, 2], []]
severity = "note"
because = "line\\nbreak"
[[rules."layers/upward-import"]]
allow = []
[[rules."layers/upward-import"]]
severity = "off"
[[rules."layers/upward-import"]]
allow = ["x"]
"""


def _meaning(config):
    """All of a configuration but where it comes from."""
    rules = {
        name: [(each.options, each.severity, each.because) for each in instances]
        for name, instances in config.rules.items()
    }
    return {
        field.name: rules if field.name == "rules" else getattr(config, field.name)
        for field in fields(config)
        if field.name not in ("origins", "file", "files")
    }


def test_what_is_shown_means_the_same(config):
    for text in (EXAMPLE, EVERYTHING, "", "rules.'layers/upward-import' = 'off'\nrules.'layout/*' = 'note'"):
        loaded = config(text)
        assert _meaning(config(show(loaded))) == _meaning(loaded)


def test_what_is_shown_of_an_inherited_configuration_means_the_same(write, config):
    write(EXAMPLE + "\n[rules.'layers/upward-import']\nallow = ['a']\n", "base/base.toml")
    loaded = config("extends = ['base/base.toml']\nrules.'layers/restricted-use' = 'note'")
    shown = show(loaded)
    assert "extends" not in shown
    assert _meaning(config(shown)) == _meaning(loaded)


def test_each_value_with_where_it_comes_from(config):
    text = EXAMPLE.replace('fail-on = "error"\n', "")
    assert (
        show(config(text))
        == """\
packs = ["layers", "layout", "sqlalchemy", "fastapi", "contract"]  # archlint.toml:2
src = ["src"]  # archlint.toml:3
exclude = ["legacy/**"]  # archlint.toml:4
fail-on = "warning"  # preset strict

[layers]
routes = ["app/api/**"]  # archlint.toml:7
services = ["app/services/**"]  # archlint.toml:8
repositories = ["app/repositories/**"]  # archlint.toml:9
models = ["app/models/**"]  # archlint.toml:10

[rules]
"sqlalchemy/query-in-loop" = "error"  # archlint.toml:13
"django/*" = "warning"  # archlint.toml:14

[[rules."layers/restricted-use"]]  # archlint.toml:16
symbols = ["sqlalchemy.select", "sqlalchemy.orm.Session.*"]  # archlint.toml:17
allowed-in = ["repositories"]  # archlint.toml:18
because = "queries live in repositories"  # archlint.toml:19

[stack]
orm = "sqlalchemy"  # archlint.toml:22
database = "postgresql"  # archlint.toml:23
driver = "asyncpg"  # archlint.toml:24

[contract]
openapi = "openapi.yaml"  # archlint.toml:27

[suppressions]
require-reason = false  # default
"""
    )


def test_the_defaults(tmp_path):
    assert show(load(None, tmp_path, CARDS, PACKS)).splitlines()[:4] == [
        "# packs: detected",
        "# src: detected",
        "exclude = []  # default",
        'fail-on = "error"  # default',
    ]


def test_a_file_name_writes_no_toml_of_its_own(write, config):
    write("src = ['a']", "x\nfail-on = 'note'\n#.toml")
    loaded = config("extends = [\"./x\\nfail-on = 'note'\\n#.toml\"]")
    assert tomli.loads(show(loaded))["fail-on"] == "error"
