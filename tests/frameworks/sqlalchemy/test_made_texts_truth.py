"""Names of tables that functions make of the names of classes are those that SQLAlchemy sees."""

from pathlib import Path
from types import ModuleType

import pytest

from archlint.config.model import Config
from archlint.engine import open_project
from archlint.frameworks.sqlalchemy.mappings import Mappings

HELPERS = '''
import re

_FIRST = re.compile("(.)([A-Z][a-z]+)")


def snake(name: str) -> str:
    """In snake case."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def snake_in_steps(name):
    first = _FIRST.sub(r"\\1_\\2", name)
    return re.sub("([a-z0-9])([A-Z])", r"\\1_\\2", first).lower()


def split(name):
    words = re.split("(?=[A-Z])", name)
    return "_".join([word.lower() for word in words if word])


def by_letters(name):
    return "".join("_" + letter.lower() if letter.isupper() else letter for letter in name).lstrip("_")


def plural(name):
    text = snake(name)
    if text.endswith("y"):
        return text[:-1] + "ies"
    elif text[-1] == "s":
        return text
    return f"{text}s"


def plural_ending(name):
    if name.endswith("y"):
        return name[:-1].lower() + "ies"
    return name.lower() + "s"


def without_suffix(name):
    return snake(name.removesuffix("Model")).replace("_", "-")


def numbered(name):
    for number, letter in enumerate(name):
        name = name + letter + str(number)
    return name


def twice(name, times=2):
    return name * times
'''
MODELS = """
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from shop import helpers
from shop.helpers import {helper}


class Base(DeclarativeBase):
    @declared_attr.directive
    def __tablename__(cls) -> str:
        return {helper}(cls.__name__)

    id: Mapped[int] = mapped_column(primary_key=True)


class OrderLine(Base):
    pass


class Category(Base):
    pass


class HTTPLogModel(Base):
    pass


class Given(Base):
    __tablename__ = helpers.{helper}("GivenName")
"""
FOLLOWED = ["snake", "snake_in_steps", "split", "by_letters", "plural", "plural_ending", "without_suffix"]
LEFT_ALONE = ["numbered", "twice"]


def real(helper: str) -> dict[str, str]:
    """The tables that SQLAlchemy makes."""
    helpers, models = ModuleType("helpers"), ModuleType("models")
    exec(HELPERS, helpers.__dict__)
    source = "\n".join(line for line in MODELS.format(helper=helper).splitlines() if "from shop" not in line)
    models.__dict__.update({"helpers": helpers, helper: getattr(helpers, helper)})
    exec(source, models.__dict__)
    mapped = {name: each for name, each in vars(models).items() if hasattr(each, "__table__")}
    return {name: each.__table__.name for name, each in mapped.items()}


def seen(root: Path, helper: str) -> dict[str, str]:
    """The tables that archlint reads."""
    folder = root / "shop"
    folder.mkdir()
    (folder / "__init__.py").write_text("", encoding="utf-8")
    (folder / "helpers.py").write_text(HELPERS, encoding="utf-8")
    (folder / "models.py").write_text(MODELS.format(helper=helper), encoding="utf-8")
    mappings = open_project(Config(root=root)).view(Mappings)
    return {model.name: model.table for model in mappings if not model.is_abstract}


@pytest.mark.parametrize("helper", FOLLOWED)
def test_what_is_followed_is_the_same(tmp_path: Path, helper: str) -> None:
    assert seen(tmp_path, helper) == real(helper)


@pytest.mark.parametrize("helper", LEFT_ALONE)
def test_what_is_not_understood_has_no_name(tmp_path: Path, helper: str) -> None:
    assert real(helper)
    assert set(seen(tmp_path, helper).values()) == {""}


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)*b", "a*a*a*a*a*b"])
def test_patterns_that_take_forever_are_not_tried(tmp_path: Path, pattern: str) -> None:
    helper = (
        f"import re\n\n\ndef slow(name):\n    return re.sub({pattern!r}, '', name + {'a' * 60!r} + '!')\n"
    )
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "__init__.py").write_text("", encoding="utf-8")
    (folder / "helpers.py").write_text(helper, encoding="utf-8")
    (folder / "models.py").write_text(MODELS.format(helper="slow"), encoding="utf-8")
    mappings = open_project(Config(root=tmp_path)).view(Mappings)
    assert {model.table for model in mappings if not model.is_abstract} == {""}
