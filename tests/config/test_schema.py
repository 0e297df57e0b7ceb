"""The JSON Schema of the configuration says what loading does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from archlint.card import Card
from archlint.config.docs import option_docs
from archlint.config.document import Document
from archlint.config.grammar import grammar
from archlint.config.json_schema import schema
from archlint.config.loading import load
from archlint.config.options import options_of
from archlint.config.reader import Problems, Reader
from archlint.errors import ArchlintError
from archlint.rule import Rule

from .sample import CARDS, EXAMPLE, PACKS, RULES
from .test_mistakes import SHAPES
from .test_show import EVERYTHING

SCHEMA = schema(CARDS, PACKS)
VALIDATOR = Draft202012Validator(SCHEMA)


def test_it_is_a_schema_and_json():
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


@pytest.mark.parametrize("text", [EXAMPLE, EVERYTHING, "", "rules.'layers/upward-import' = 'off'"])
def test_what_loads_is_valid(config, text):
    config(text)
    VALIDATOR.validate(tomli.loads(text))


@pytest.mark.parametrize("text", SHAPES)
def test_what_does_not_load_by_its_shape_is_not_valid(text):
    assert not VALIDATOR.is_valid(tomli.loads(text))


SCALARS = st.one_of(
    st.booleans(),
    st.integers(0, 3),
    st.floats(0.1, 0.9),
    st.sampled_from(["", "x", "off", "note", "fast", "layers", "app/**"]),
)
OTHER_KEYS = "layers/* nowhere/* orm openapi severity because symbols allowed-in"
NAMES = st.sampled_from(
    [*RULES, *SCHEMA["properties"], *OTHER_KEYS.split(), *options_of(RULES["layout/everything"])]
)
VALUES = st.recursive(
    SCALARS,
    lambda below: st.lists(below, max_size=2) | st.dictionaries(NAMES, below, max_size=2),
    max_leaves=6,
)
OPTIONS = st.dictionaries(NAMES, VALUES, max_size=3)
RULE_TABLES = st.dictionaries(
    st.sampled_from(["layers/*", *RULES]), SCALARS | OPTIONS | st.lists(OPTIONS, max_size=2), max_size=2
)
CONFIGURATIONS = st.one_of(
    st.dictionaries(st.sampled_from(list(SCHEMA["properties"])), VALUES, max_size=2),
    st.builds(lambda rules: {"rules": rules}, RULE_TABLES),
)


@given(CONFIGURATIONS)
def test_the_schema_and_the_reader_agree(data):
    problems = Problems()
    document = Document("archlint.toml", Path("/project/archlint.toml"), data)
    grammar(CARDS, PACKS).read(data, (), Reader(document, Path("/project"), problems))
    assert VALIDATOR.is_valid(data) == (not problems.told)


def test_json_does_not_tell_one_from_one_point_nothing():
    assert VALIDATOR.is_valid({"rules": {"layout/everything": {"most": 1.0}}})


def test_options_carry_their_docs_and_defaults():
    rules = SCHEMA["properties"]["rules"]["properties"]
    use = rules["layers/restricted-use"]
    assert use["description"] == "Symbols that only some layers may use."
    _, table, array = use["anyOf"]
    assert array["items"] == table
    assert table["required"] == ["symbols"]
    assert table["properties"]["symbols"] == {
        "type": "array",
        "items": {"type": "string"},
        "description": "Dotted names, with wildcards.",
    }
    assert table["properties"]["allowed-in"]["default"] == []
    assert rules["django/*"] == {"enum": ["off", "note", "warning", "error"]}
    everything = rules["layout/everything"]["anyOf"][1]["properties"]
    assert everything["name"] == {"type": "string", "description": "What it is called.", "default": "x"}
    assert everything["at"]["default"] == "note"
    assert everything["strict"]["default"] is False


def test_every_top_level_key_is_documented():
    assert all(each["description"] for each in SCHEMA["properties"].values())


def test_docs_are_those_of_the_nearest_class():
    assert option_docs(RULES["layout/everything"]) == {
        "name": "What it is called.",
        "where": "Where it holds.",
    }


class Odd(Rule, frozen=True):
    """A rule with an option that TOML cannot hold."""

    raw: bytes = b""

    def check(self, project):
        yield from ()


class Unresolved(Rule, frozen=True):
    """A rule with a type that is nowhere."""

    thing: Nowhere = None  # type: ignore[name-defined]  # noqa: F821

    def check(self, project):
        yield from ()


def test_a_rule_that_cannot_be_configured_is_named(write, tmp_path):
    with pytest.raises(
        ArchlintError, match=r"option `raw`: a configuration cannot hold the type <class 'bytes'>"
    ):
        options_of(Odd)
    with pytest.raises(ArchlintError, match="cannot be resolved"):
        options_of(Unresolved)
    file = write("[rules.'x/odd']\nraw = 1\n")
    with pytest.raises(ArchlintError, match="option `raw`"):
        load(file, tmp_path, {"x/odd": Card.of(Odd)}, ["x"])
