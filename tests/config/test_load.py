"""What a configuration file comes to."""

from __future__ import annotations

import re

from archlint.config.loading import load
from archlint.config.model import Config, Contract, Layer, Origin, RuleInstance, Stack
from archlint.errors import ConfigProblem
from archlint.finding import Severity

from .sample import CARDS, EXAMPLE, PACKS, RULES


def test_the_example_of_the_design(config, tmp_path):
    loaded = config(EXAMPLE)
    assert loaded.root == tmp_path
    assert loaded.source == "archlint.toml"
    assert loaded.packs == ("layers", "layout", "sqlalchemy", "fastapi", "contract")
    assert loaded.src == ("src",)
    assert loaded.exclude == ("legacy/**",)
    assert loaded.fail_on is Severity.ERROR
    assert loaded.layers[0] == Layer("routes", ("app/api/**",))
    assert [layer.name for layer in loaded.layers] == ["routes", "services", "repositories", "models"]
    assert loaded.severities == {"sqlalchemy/query-in-loop": Severity.ERROR, "django/*": Severity.WARNING}
    assert loaded.rules == {
        "layers/restricted-use": (
            RuleInstance(
                {
                    "symbols": ("sqlalchemy.select", "sqlalchemy.orm.Session.*"),
                    "allowed_in": ("repositories",),
                },
                None,
                "queries live in repositories",
                Origin("archlint.toml", 17, 9),
            ),
        )
    }
    assert loaded.stack == Stack("sqlalchemy", "postgresql", "asyncpg")
    assert loaded.contract == Contract("openapi.yaml")


def test_a_rule_runs_with_the_options_of_its_instance(config):
    (instance,) = config(EXAMPLE).rules["layers/restricted-use"]
    rule = RULES["layers/restricted-use"](**instance.options)
    assert rule.symbols == ("sqlalchemy.select", "sqlalchemy.orm.Session.*")


def test_pyproject_holds_the_same_keys_under_its_own_table(config):
    plain = config(EXAMPLE)
    below = re.sub(r"^(\[+)", r"\1tool.archlint.", EXAMPLE, flags=re.MULTILINE)
    text = f"[project]\nname = 'x'\n[tool.archlint]\n{below}"
    loaded = config(text, "pyproject.toml")
    assert loaded.layers == plain.layers
    assert loaded.severities == plain.severities
    assert loaded.origin("layers.services.0") == Origin("pyproject.toml", 12, 17)


def test_every_type_of_option(config):
    loaded = config(
        """\
        [rules."layout/everything"]
        name = "n"
        strict = true
        most = 4
        share = 1
        mode = 2
        at = "error"
        words = ["c"]
        sizes = {a = 1, "b.c" = 2}
        grid = [[1, 2], []]
        limit = 7
        either = ["x"]
        where = ["app/**"]
        severity = "note"
        """
    )
    (instance,) = loaded.rules["layout/everything"]
    assert instance.severity is Severity.NOTE
    rule = RULES["layout/everything"](**instance.options)
    assert rule == RULES["layout/everything"](
        name="n",
        strict=True,
        most=4,
        share=1,
        mode=2,
        at=Severity.ERROR,
        words=("c",),
        sizes={"a": 1, "b.c": 2},
        grid=((1, 2), ()),
        limit=7,
        either=("x",),
        where=("app/**",),
    )


def test_without_a_file_all_is_default(tmp_path):
    loaded = load(None, tmp_path, CARDS, PACKS)
    assert loaded == Config(root=tmp_path, file=loaded.file, files=loaded.files, origins=loaded.origins)
    assert set(loaded.origins.values()) == {Origin("default")}
    assert loaded.problem("fail-on", "wrong") == ConfigProblem("default", 0, 0, "wrong")


def test_origins_reach_down_to_the_elements(config):
    loaded = config(EXAMPLE)
    assert loaded.origin("exclude.0") == Origin("archlint.toml", 4, 12)
    assert loaded.origin("layers.repositories") == Origin("archlint.toml", 10, 1)
    assert loaded.origin("layers.repositories.0") == Origin("archlint.toml", 10, 17)
    assert loaded.origin("rules.layers/restricted-use.0.symbols.1") == Origin("archlint.toml", 18, 33)
    assert loaded.origin("rules.sqlalchemy/query-in-loop") == Origin("archlint.toml", 14, 1)
    assert loaded.origin("stack.driver") == Origin("archlint.toml", 25, 1)


def test_an_unknown_origin_is_that_of_the_table_around(config):
    loaded = config("[layers]\nweb = ['web/**']\n")
    assert loaded.origin("layers.web.7.x") == loaded.origin("layers.web") == Origin("archlint.toml", 2, 1)
    assert loaded.origin("nothing.here") == Origin("archlint.toml")
    assert str(loaded.problem("layers.web.0", "matches nothing", "`web` is no folder")) == (
        "archlint.toml:2:8: matches nothing (`web` is no folder)"
    )


def test_a_single_table_is_the_first_instance(config):
    loaded = config('[rules."layers/upward-import"]\nallow = ["typing"]\n')
    assert loaded.rules["layers/upward-import"][0].options == {"allow": ("typing",)}
    assert loaded.origin("rules.layers/upward-import.0.allow.0") == Origin("archlint.toml", 2, 10)


def test_an_instance_that_is_off_does_not_run(config):
    loaded = config(
        """\
        [[rules."layers/upward-import"]]
        allow = ["a"]
        severity = "off"
        [[rules."layers/upward-import"]]
        allow = ["b"]
        """
    )
    assert [each.options for each in loaded.rules["layers/upward-import"]] == [{"allow": ("b",)}]
    assert loaded.origin("rules.layers/upward-import.0.allow").line == 5


def test_a_rule_whose_instances_are_all_off_is_off(config):
    loaded = config('[rules."layers/upward-import"]\nallow = ["a"]\nseverity = "off"\n')
    assert loaded.rules == {}
    assert loaded.severities == {"layers/upward-import": None}
    assert loaded.origin("rules.layers/upward-import") == Origin("archlint.toml", 3, 1)


def test_line_ends_of_windows_and_a_byte_order_mark(tmp_path):
    file = tmp_path / "archlint.toml"
    file.write_bytes("\ufeffexclude = [\r\n  'a/**',\r\n]\r\n".encode())
    assert load(file, tmp_path, CARDS, PACKS).origin("exclude.0") == Origin("archlint.toml", 2, 3)
