"""archlint reads mapped classes as SQLAlchemy's own inspection shows them."""

from pathlib import Path

import pytest
from sqlalchemy import Column, inspect
from sqlalchemy.orm import configure_mappers

from archlint.config.model import Config
from archlint.engine import open_project
from archlint.frameworks.orm import Cardinality
from archlint.frameworks.sqlalchemy.mappings import Mappings

from . import sample

NAMES = [
    name
    for name, each in vars(sample).items()
    if isinstance(each, type) and each.__module__ == sample.__name__ and inspect(each, raiseerr=False)
]
CARDINALITIES = {
    ("MANYTOONE", False): Cardinality.MANY_TO_ONE,
    ("ONETOMANY", True): Cardinality.ONE_TO_MANY,
    ("ONETOMANY", False): Cardinality.ONE_TO_ONE,
    ("MANYTOMANY", True): Cardinality.MANY_TO_MANY,
}


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory):
    configure_mappers()
    root = tmp_path_factory.mktemp("project")
    (root / "sample.py").write_text(Path(sample.__file__).read_text(encoding="utf-8"), encoding="utf-8")
    mappings = open_project(Config(root=root)).view(Mappings)
    return {model.key.removeprefix("sample."): model for model in mappings if not model.is_abstract}


def test_the_same_classes_are_mapped(models) -> None:
    assert set(models) == set(NAMES)
    assert len(NAMES) > 15


@pytest.mark.parametrize("name", NAMES)
def test_the_table_is_the_same(models, name) -> None:
    mapper = inspect(getattr(sample, name))
    assert models[name].table == mapper.local_table.fullname


@pytest.mark.parametrize("name", NAMES)
def test_the_columns_are_the_same(models, name) -> None:
    mapper = inspect(getattr(sample, name))
    columns = {prop.key: prop.columns[0] for prop in mapper.column_attrs}
    real = {
        key: (column.name, column.primary_key, column.nullable)
        for key, column in columns.items()
        if isinstance(column, Column)
    }
    fields = models[name].fields
    assert {key: (f.column, f.primary_key, f.null) for key, f in fields.items() if key in real} == real
    assert set(fields) - set(mapper.composites.keys()) == set(columns)


@pytest.mark.parametrize("name", NAMES)
def test_the_relationships_are_the_same(models, name) -> None:
    mapper = inspect(getattr(sample, name))
    real = {
        prop.key: (
            f"sample.{prop.mapper.class_.__name__}",
            CARDINALITIES[prop.direction.name, bool(prop.uselist)],
            str(prop.lazy),
        )
        for prop in mapper.relationships
    }
    relations = models[name].relations
    assert {
        key: (each.target, each.cardinality, each.eager or "select") for key, each in relations.items()
    } == real


@pytest.mark.parametrize("name", NAMES)
def test_all_else_is_known(models, name) -> None:
    real = set(inspect(getattr(sample, name)).all_orm_descriptors.keys())
    model = models[name]
    assert real <= {*model.fields, *model.relations, *model.properties}
    assert not model.is_open


def test_hybrids_proxies_and_synonyms_are_told_apart(models) -> None:
    properties = models["User"].properties
    assert {name: each.leads_to for name, each in properties.items()} == {
        "mail": "email",
        "group_names": "groups.title",
        "shout": "",
    }
    assert properties["shout"].is_settable
