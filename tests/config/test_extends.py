"""What a configuration takes over from presets and from other files."""

from __future__ import annotations

import sys
import textwrap

import pytest

from archlint.config.loading import load
from archlint.config.model import Layer, Origin
from archlint.errors import ConfigError
from archlint.finding import Severity

from .sample import CARDS, PACKS

USE = "layers/restricted-use"
UPWARD = "layers/upward-import"


@pytest.fixture
def extended(write, config):
    """The configuration of a text over a base text in the same folder."""

    def extended(base, over):
        write(textwrap.dedent(base), "base.toml")
        return config("extends = ['./base.toml']\n" + textwrap.dedent(over))

    return extended


def test_the_strict_preset(config):
    loaded = config("extends = ['strict']")
    assert loaded.fail_on is Severity.WARNING
    assert loaded.origin("fail-on") == Origin("preset strict")
    assert config("extends = ['strict']\nfail-on = 'note'").fail_on is Severity.NOTE


def test_scalars_and_arrays_are_replaced(extended):
    loaded = extended("src = ['a', 'b']\nexclude = ['x']\n", "src = ['c']\n")
    assert loaded.src == ("c",)
    assert loaded.exclude == ("x",)
    assert loaded.origin("src.0") == Origin("archlint.toml", 2, 8)
    assert loaded.origin("src.1") == Origin("archlint.toml", 2, 1)
    assert loaded.origin("exclude.0") == Origin("base.toml", 2, 12)


def test_tables_merge_key_by_key(extended):
    loaded = extended("[stack]\norm = 'django'\ndatabase = 'mysql'\n", "[stack]\ndatabase = 'postgresql'\n")
    assert (loaded.stack.orm, loaded.stack.database) == ("django", "postgresql")
    assert loaded.origin("stack.orm").source == "base.toml"
    assert loaded.origin("stack.database").source == "archlint.toml"


def test_layers_are_one_drawing(extended):
    loaded = extended("[layers]\nweb = ['web/**']\ndomain = ['domain/**']\n", "[layers]\napi = ['api/**']\n")
    assert loaded.layers == (Layer("api", ("api/**",)),)
    assert loaded.origin("layers.web") == Origin("archlint.toml", 2, 2)


def test_instances_are_added(extended):
    loaded = extended(
        f'[[rules."{USE}"]]\nsymbols = ["a"]\n', f'[[rules."{USE}"]]\nsymbols = ["b"]\nbecause = "new"\n'
    )
    assert [each.options["symbols"] for each in loaded.rules[USE]] == [("a",), ("b",)]
    assert loaded.origin(f"rules.{USE}.0.symbols.0") == Origin("base.toml", 2, 12)
    assert loaded.origin(f"rules.{USE}.1.symbols.0") == Origin("archlint.toml", 3, 12)
    assert [each.origin.source for each in loaded.rules[USE]] == ["base.toml", "archlint.toml"]


def test_single_tables_merge_key_by_key(extended):
    loaded = extended(
        f'[rules."{UPWARD}"]\nallow = ["a"]\nbecause = "old"\n', f'[rules."{UPWARD}"]\nbecause = "new"\n'
    )
    (instance,) = loaded.rules[UPWARD]
    assert instance.options == {"allow": ("a",)}
    assert instance.because == "new"


def test_a_table_joins_an_inherited_array(extended):
    loaded = extended(f'[[rules."{USE}"]]\nsymbols = ["a"]\n', f'[rules."{USE}"]\nsymbols = ["b"]\n')
    assert [each.options["symbols"] for each in loaded.rules[USE]] == [("a",), ("b",)]


def test_a_severity_alone_holds_for_inherited_instances(extended):
    base = f'[[rules."{USE}"]]\nsymbols = ["a"]\nseverity = "note"\n[[rules."{USE}"]]\nsymbols = ["b"]\n'
    loaded = extended(base, f'[rules]\n"{USE}" = "warning"\n')
    assert [each.severity for each in loaded.rules[USE]] == [Severity.WARNING] * 2
    assert loaded.origin(f"rules.{USE}.1.severity") == Origin("archlint.toml", 3, 1)
    assert loaded.severities == {}


def test_off_turns_inherited_instances_off(extended):
    loaded = extended(f'[[rules."{USE}"]]\nsymbols = ["a"]\n', f'[rules]\n"{USE}" = "off"\n')
    assert loaded.rules == {}
    assert loaded.severities == {USE: None}


@pytest.mark.parametrize("off", [f'[rules]\n"{UPWARD}" = "off"\n', f'[rules."{UPWARD}"]\nseverity = "off"\n'])
def test_configuring_a_rule_turns_it_on(extended, off):
    loaded = extended(off, f'[rules."{UPWARD}"]\nallow = ["a"]\n')
    assert loaded.rules[UPWARD][0].options == {"allow": ("a",)}
    assert loaded.severities == {}


def test_an_inherited_severity_holds_for_new_tables(extended):
    loaded = extended(f'[rules]\n"{UPWARD}" = "note"\n', f'[[rules."{UPWARD}"]]\nallow = ["a"]\n')
    assert loaded.rules[UPWARD][0].severity is Severity.NOTE
    assert loaded.origin(f"rules.{UPWARD}.0.severity") == Origin("base.toml", 2, 1)


def test_later_bases_win(write, config):
    write("fail-on = 'note'\nsrc = ['a']", "a.toml")
    write("fail-on = 'warning'", "b.toml")
    loaded = config("extends = ['./a.toml', './b.toml']")
    assert loaded.fail_on is Severity.WARNING
    assert loaded.src == ("a",)


def test_a_pyproject_can_be_extended(write, config):
    write("[tool.archlint]\nfail-on = 'note'", "base/pyproject.toml")
    assert config("extends = ['base/pyproject.toml']").origin("fail-on") == Origin(
        "base/pyproject.toml", 2, 1
    )


def test_references_are_relative_to_the_file_that_names_them(write, config):
    write("extends = ['./deeper/two.toml']", "shared/one.toml")
    write("fail-on = 'note'", "shared/deeper/two.toml")
    assert config("extends = ['shared/one.toml']").fail_on is Severity.NOTE


def test_paths_of_an_inherited_file_are_relative_to_its_folder(write, config):
    write(
        "src = ['lib']\nexclude = ['tmp', '/build', 'old/**']\ncontract.openapi = 'api.yaml'\n"
        "[layers]\nweb = ['web/**', 'shop.web']\n"
        "[rules.'layout/everything']\nwhere = ['x/y']\nname = 'x/y'\n",
        "team/base.toml",
    )
    loaded = config("extends = ['team/base.toml']")
    assert loaded.src == ("team/lib",)
    assert loaded.exclude == ("team/**/tmp", "team/build", "team/old/**")
    assert loaded.contract.openapi == "team/api.yaml"
    assert loaded.layers[0].patterns == ("team/web/**", "shop.web")
    (instance,) = loaded.rules["layout/everything"]
    assert instance.options == {"where": ("team/x/y",), "name": "x/y"}
    assert loaded.origin("layers.web.0") == Origin("team/base.toml", 5, 8)


def test_paths_of_a_file_above_the_root(write, config):
    write("exclude = ['svc/gen/**', 'other/**', '*.pyc']", "base.toml")
    loaded = config("extends = ['../base.toml']", "svc/archlint.toml", root="svc")
    assert loaded.exclude == ("gen/**", "../other/**", "**/*.pyc")
    assert loaded.origin("exclude.1") == Origin("../base.toml", 1, 26)


@pytest.fixture
def package(tmp_path, monkeypatch):
    """An installed package that must not be imported."""
    folder = tmp_path / "site" / "acme_rules"
    (folder / "web").mkdir(parents=True)
    (folder / "__init__.py").write_text("raise SystemExit('imported')")
    (folder / "web" / "__init__.py").write_text("raise SystemExit('imported')")
    (folder / "house.toml").write_text("fail-on = 'note'\nexclude = ['gen/**']\n")
    (folder / "web" / "strict.toml").write_text("fail-on = 'warning'\n")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))


@pytest.mark.usefixtures("package")
def test_a_preset_of_a_package_is_read_and_not_imported(config):
    loaded = config("extends = ['acme_rules:house']")
    assert loaded.fail_on is Severity.NOTE
    assert loaded.exclude == ("gen/**",)
    assert loaded.origin("exclude.0") == Origin("preset acme_rules:house")
    assert config("extends = ['acme_rules.web:strict']").fail_on is Severity.WARNING
    assert "acme_rules" not in sys.modules


@pytest.mark.usefixtures("package")
def test_an_unknown_preset_of_a_package(mistakes):
    assert mistakes("extends = ['acme_rules:hose']") == [
        "archlint.toml:1:12: the package `acme_rules` has no preset `hose` (did you mean `house`?)"
    ]


@pytest.mark.parametrize("module", ["sys:x", "__main__:x", "tomllib.nothing:x"])
def test_what_is_no_package_has_no_presets(mistakes, module):
    assert len(mistakes(f"extends = ['{module}']")) == 1


@pytest.mark.parametrize(
    "reference",
    [
        "a" * 5_000,
        "./" + "a" * 5_000,
        "b" * 5_000 + ":x",
        "acme_rules:" + "c" * 5_000,
        "./\\u0000",
        "",
        "::",
        "\\n",
    ],
)
@pytest.mark.usefixtures("package")
def test_hostile_references_are_mistakes(mistakes, reference):
    (told,) = mistakes(f'extends = ["{reference}"]')
    assert told.startswith("archlint.toml:1:12: ")
    assert len(told) < 250


def test_a_cycle_is_a_mistake(write, mistakes):
    write("extends = ['./b.toml']", "a.toml")
    write("src = []\nextends = [\n  './archlint.toml']", "b.toml")
    assert mistakes("extends = ['./a.toml']") == [
        "b.toml:3:3: `./archlint.toml` extends itself: archlint.toml → a.toml → b.toml → archlint.toml"
    ]


def test_a_file_that_extends_itself(mistakes):
    assert mistakes("extends = ['./archlint.toml']") == [
        "archlint.toml:1:12: `./archlint.toml` extends itself: archlint.toml → archlint.toml"
    ]


def test_a_base_on_two_ways_is_no_cycle(write, config):
    write("fail-on = 'note'", "base.toml")
    write("extends = ['./base.toml']", "a.toml")
    write("extends = ['./base.toml']", "b.toml")
    assert config("extends = ['./a.toml', './b.toml']").fail_on is Severity.NOTE


def test_very_long_and_very_wide_inheritance_ends(write, mistakes, config):
    for number in range(31):
        write(f"extends = ['./{number + 1}.toml', './{number + 1}.toml']", f"{number}.toml")
    write("src = ['deep']", "31.toml")
    assert config("extends = ['./1.toml']").src == ("deep",)
    write("extends = ['./32.toml']", "31.toml")
    write("extends = ['./33.toml']", "32.toml")
    write("", "33.toml")
    assert mistakes("extends = ['./1.toml']") == ["31.toml:1:12: more than 32 files extend one another"]


def test_mistakes_of_all_files_are_told_at_once(write, mistakes):
    write("fail-on = 'bad'\nx = 1", "base.toml")
    write("= 1", "broken.toml")
    told = mistakes("sorc = 1\nextends = ['./base.toml', './broken.toml', './none.toml', '.']")
    assert [each.split(": ")[0] for each in told] == [
        "archlint.toml:1:1",
        "archlint.toml:2:44",
        "base.toml:1:1",
        "base.toml:2:1",
        "broken.toml:1:1",
        ".",
    ]
    assert told[-1] == ".: is a folder, not a file"


def test_a_file_in_another_folder_than_the_root(write, tmp_path):
    file = write("src = ['lib']\nfail-on = 1", "etc/archlint.toml")
    (tmp_path / "app").mkdir()
    with pytest.raises(ConfigError, match=r"^\.\./etc/archlint\.toml:2:1: "):
        load(file, tmp_path / "app", CARDS, PACKS)
    write("src = ['../app/lib']", "etc/archlint.toml")
    assert load(file, tmp_path / "app", CARDS, PACKS).src == ("lib",)


def test_a_severity_alone_enables_a_rule_that_a_base_has_configured(extended):
    loaded = extended(f'[rules."{USE}"]\nsymbols = ["a"]\n', f'[rules]\n"{USE}" = "error"\n')
    assert loaded.rules[USE][0].severity is Severity.ERROR


def test_inherited_rules_of_a_pack_that_is_left_out_are_no_mistake(write, config):
    write("[rules]\n'layers/upward-import' = 'note'\n'layout/*' = 'note'", "base.toml")
    loaded = config("extends = ['base.toml']\npacks = ['sqlalchemy']\n[rules]\n'layout/everything' = 'off'\n")
    assert loaded.packs == ("sqlalchemy",)


def test_a_rule_left_out_by_inherited_packs_is_a_mistake(write, mistakes):
    write("packs = ['sqlalchemy']\n[rules]\n'layout/everything' = 'note'", "base.toml")
    assert mistakes("extends = ['base.toml']\n[rules]\n'layers/upward-import' = 'note'\n") == [
        "base.toml:3:1: `layout/everything` does nothing: `packs` does not list `layout` "
        "(add `layout` to `packs`, or turn it off)",
        "archlint.toml:3:1: `layers/upward-import` does nothing: `packs` does not list `layers` "
        "(add `layers` to `packs`, or turn it off)",
    ]
