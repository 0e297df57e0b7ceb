"""Every mistake is told, with its place and the nearest right name."""

from __future__ import annotations

import os

import pytest

from archlint.config.loading import load
from archlint.errors import ConfigError

from .sample import CARDS, PACKS

SHAPES = {
    "src = 3": "1:1: `src` must be an array of paths, not an integer",
    "src = ['a', 3]": "1:13: an element of `src` must be a string, not an integer",
    "src = ['']": "1:8: an empty string says nothing here",
    "exclude = 'x'": "1:1: `exclude` must be an array of patterns, not a string",
    "layer = 1": "1:1: unknown key `layer` (did you mean `layers`?)",
    "shapes = {}": "1:1: unknown key `shapes`",
    "fail-on = 'eror'": "1:1: unknown severity `eror` (did you mean `error`?)",
    "fail-on = 'off'": "1:1: unknown severity `off` (there are `error`, `note`, `warning`)",
    "fail-on = 1979-05-27": "1:1: `fail-on` must be one of `note`, `warning`, `error`, not a date or time",
    "packs = ['layer']": "1:10: unknown pack `layer` (did you mean `layers`?)",
    "layers = []": "1:1: `layers` must be a table, not an array",
    "layers.web = 'web/**'": "1:8: `web` must be an array of patterns or a table, not a string",
    "layers.web = []": "1:8: `web` may not be empty",
    "stack.ormm = 'x'": "1:7: unknown key `ormm` (did you mean `orm`?)",
    "contract.openapi = true": "1:10: `openapi` must be a string, not a boolean",
    "rules = 'x'": "1:1: `rules` must be a table, not a string",
    "rules.'layers/upward-imports' = 'off'": (
        "1:7: unknown rule `layers/upward-imports` (did you mean `layers/upward-import`?)"
    ),
    "rules.upward-import = 'off'": "1:7: unknown rule `upward-import` (did you mean `layers/upward-import`?)",
    "rules.'layer/*' = 'off'": "1:7: unknown pack `layer` (did you mean `layers`?)",
    "fixable = ['layers/upward-imports']": (
        "1:12: unknown rule `layers/upward-imports` (did you mean `layers/upward-import`?)"
    ),
    "fixable = [3]": "1:12: an element of `fixable` must be the name of a rule, not an integer",
    "rules.'layers/*' = 'of'": "1:7: unknown severity `of` (did you mean `off`?)",
    "rules.'layers/*' = {severity = 'off'}": (
        "1:7: `layers/*` must be one of `off`, `note`, `warning`, `error`, not a table"
    ),
    "rules.'layers/upward-import' = 3": (
        "1:7: `layers/upward-import` must be one of `off`, `note`, `warning`, `error`, a table "
        "or an array of tables, not an integer"
    ),
    "rules.'layers/upward-import' = []": "1:7: `layers/upward-import` may not be empty",
    "rules.'layers/upward-import' = ['off']": (
        "1:33: an element of `layers/upward-import` must be a table, not a string"
    ),
    "rules.'layers/upward-import'.alow = []": "1:30: unknown option `alow` (did you mean `allow`?)",
    "rules.'layers/upward-import'.because = 1": "1:30: `because` must be a string, not an integer",
    "rules.'layers/upward-import'.severity = 'bad'": (
        "1:30: unknown severity `bad` (there are `error`, `note`, `off`, `warning`)"
    ),
    "rules.'layers/restricted-use' = {symbols = [], allowed_in = []}": (
        "1:48: unknown option `allowed_in` (did you mean `allowed-in`?)"
    ),
    "rules.'layers/restricted-use' = {because = 'x'}": (
        "1:7: `layers/restricted-use` needs the option `symbols`"
    ),
    "[[rules.'layers/restricted-use']]\nallowed-in = []": (
        "1:9: `layers/restricted-use` needs the option `symbols`"
    ),
    "rules.'layout/everything'.strict = 1": "1:27: `strict` must be a boolean, not an integer",
    "rules.'layout/everything'.most = true": "1:27: `most` must be an integer, not a boolean",
    "rules.'layout/everything'.most = 1.5": "1:27: `most` must be an integer, not a float",
    "rules.'layout/everything'.share = '1'": "1:27: `share` must be a number, not a string",
    "rules.'layout/everything'.mode = 'fats'": "1:27: unknown value `fats` (did you mean `fast`?)",
    "rules.'layout/everything'.mode = 3": "1:27: unknown value `3` (there are `2`, `fast`, `slow`)",
    "rules.'layout/everything'.mode = []": "1:27: `mode` must be one of `fast`, `slow`, `2`, not an array",
    "rules.'layout/everything'.at = 'off'": (
        "1:27: unknown severity `off` (there are `error`, `note`, `warning`)"
    ),
    "rules.'layout/everything'.sizes = {a = 'x'}": "1:36: `a` must be an integer, not a string",
    "rules.'layout/everything'.grid = [1]": (
        "1:35: an element of `grid` must be an array of values, not an integer"
    ),
    "rules.'layout/everything'.grid = [[1], [2, 'x']]": (
        "1:44: an element of `grid` must be an integer, not a string"
    ),
    "rules.'layout/everything'.limit = 'x'": "1:27: `limit` must be an integer, not a string",
    "rules.'layout/everything'.either = true": (
        "1:27: `either` must be an integer or an array of values, not a boolean"
    ),
    "rules.'layout/everything'.where = [0]": "1:36: an element of `where` must be a string, not an integer",
    "extends = 'strict'": "1:1: `extends` must be an array of strings, not a string",
    "extends = [1]": "1:12: an element of `extends` must be a string, not an integer",
}
"""Mistakes of shape, which the JSON Schema tells as well."""

OTHERS = {
    "unfixable = ['layer/*']": "1:14: unknown pack `layer` (did you mean `layers`?)",
    "unfixable = ['own/print']": "1:14: unknown rule `own/print`",
    "extends = ['strickt']": "1:12: unknown preset `strickt` (did you mean `strict`?)",
    "extends = ['./archlnt.toml']": "1:12: no such file: `./archlnt.toml` (did you mean `archlint.toml`?)",
    "extends = ['nowhere:preset']": (
        "1:12: no such package: `nowhere` (is it installed where archlint runs?)"
    ),
    "rules.'layers/restricted-use' = 'error'": (
        "1:7: `layers/restricted-use` does nothing without its options "
        '(configure it with [[rules."layers/restricted-use"]])'
    ),
    "packs = ['sqlalchemy']\n[rules]\n'layers/upward-import' = 'note'": (
        "3:1: `layers/upward-import` does nothing: `packs` does not list `layers` "
        "(add `layers` to `packs`, or turn it off)"
    ),
    "packs = []\n[[rules.'layout/everything']]\nmost = 1": (
        "2:9: `layout/everything` does nothing: `packs` does not list `layout` "
        "(add `layout` to `packs`, or turn it off)"
    ),
    "x = ": "1:5: is not valid TOML: invalid value",
    "src = [\n": "2:1: is not valid TOML: ",
    "src = ['a'": "1:11: is not valid TOML: unclosed array",
    "a = 1\na = 2": "2:6: is not valid TOML: cannot overwrite a value",
    "tool.archlint.fail-on = 'note'": (
        "1:1: `tool` is a table of `pyproject.toml` (here the keys stand without `tool.archlint`)"
    ),
}


@pytest.mark.parametrize(("text", "message"), [*SHAPES.items(), *OTHERS.items()])
def test_a_mistake_is_told(mistakes, text, message):
    (told,) = mistakes(text)
    assert told.startswith(f"archlint.toml:{message}")


def test_all_mistakes_at_once_from_top_to_bottom(mistakes):
    told = mistakes(
        "sorc = 1\nfail-on = 2\n[rules.'layers/restricted-use']\nallowed-in = 3\n[stack]\norm = 4"
    )
    assert [each.split(": ")[0] for each in told] == [
        "archlint.toml:1:1",
        "archlint.toml:2:1",
        "archlint.toml:3:8",
        "archlint.toml:4:1",
        "archlint.toml:6:1",
    ]


def test_pyproject_mistakes_have_the_lines_of_that_file(mistakes):
    text = "[project]\nname = 'x'\n\n[tool.archlint]\nsrc = 1\n\n[tool.archlint.stack]\nformat = 2\n"
    assert [each[:18] for each in mistakes(text, "pyproject.toml")] == [
        "pyproject.toml:5:1",
        "pyproject.toml:8:1",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("tool = 3", "1:1: `tool` must be a table, not an integer"),
        ("[tool]\narchlint = []", "2:1: `tool.archlint` must be a table, not an array"),
        ("[[tool.archlint]]", "1:8: `tool.archlint` must be a table, not an array"),
    ],
)
def test_a_section_that_is_no_table(mistakes, text, message):
    assert mistakes(text, "pyproject.toml") == [f"pyproject.toml:{message}"]


def test_a_pyproject_without_the_section(mistakes):
    assert mistakes("[project]", "pyproject.toml") == ["pyproject.toml: has no table `tool.archlint`"]


def _error(file, root):
    with pytest.raises(ConfigError) as caught:
        load(file, root, CARDS, PACKS)
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"src = ['a',\n '\xff']",
            "archlint.toml:2:3: is not UTF-8: invalid start byte (save the file as UTF-8)",
        ),
        ("fail-on = 'note'".encode("utf-16"), "archlint.toml:1:1: is not UTF-8"),
        (b"a = " + b"[" * 200_000, "archlint.toml: is nested too deeply"),
        (b"a = " + b"{a = " * 5_000, "archlint.toml: is nested too deeply"),
        (b"[" + b"a." * 20_000 + b"a]", "archlint.toml:"),  # nested too deeply, or an unknown key
        (b"a = " + b"9" * 5_000, "archlint.toml: holds a number that is too long"),
        (b"\0", "archlint.toml:1:1: is not valid TOML"),
        (b"#" * 3_000_000, "archlint.toml: is larger than 2 MB"),
    ],
)
def test_hostile_content_is_one_clear_error(tmp_path, content, message):
    file = tmp_path / "archlint.toml"
    file.write_bytes(content)
    error = _error(file, tmp_path)
    assert error.startswith(message)
    assert "\n" not in error


def test_deep_tables_are_unknown_keys(mistakes):
    (told,) = mistakes("[" + "a." * 900 + "a]")
    assert told.startswith("archlint.toml:1:2: unknown key `a`")


def test_a_folder_a_pipe_and_a_dead_link(tmp_path):
    (tmp_path / "archlint.toml").mkdir()
    assert _error(tmp_path / "archlint.toml", tmp_path) == "archlint.toml: is a folder, not a file"
    os.mkfifo(tmp_path / "pipe.toml")
    assert _error(tmp_path / "pipe.toml", tmp_path) == "pipe.toml: is not a regular file"
    (tmp_path / "dead.toml").symlink_to("nowhere")
    assert _error(tmp_path / "dead.toml", tmp_path) == "dead.toml: cannot be read: No such file or directory"
    (tmp_path / "loop.toml").symlink_to("loop.toml")
    assert _error(tmp_path / "loop.toml", tmp_path).startswith("loop.toml: cannot be read: ")


def test_an_unreadable_file(tmp_path, monkeypatch):
    file = tmp_path / "archlint.toml"
    file.write_text("")

    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(file), "read_bytes", refuse)
    assert _error(file, tmp_path) == "archlint.toml: cannot be read: Permission denied"


def test_a_million_mistakes_stay_cheap(mistakes):
    told = mistakes("\n".join(f"key{number} = 1" for number in range(20_000)))
    assert len(told) == 101
    assert told[-1] == "archlint.toml: 19900 more mistakes"


def test_a_name_may_not_speak_to_the_terminal(mistakes):
    (told,) = mistakes('"\\u001b[31mred" = 1')
    assert "\x1b" not in told
    assert "`\\x1b[31mred`" in told
