"""What Pydantic dumps has the names that archlint says, whatever harmless settings a model has."""

import warnings
from typing import Any

import pytest

from archlint.config.model import Config
from archlint.engine import open_project
from archlint.frameworks.pydantic.dumps import is_plain
from archlint.project.classes import ProjectClass

PLAIN = (
    'model_config = pydantic.ConfigDict(extra="forbid")',
    'model_config = pydantic.ConfigDict(extra="ignore", from_attributes=True)',
    'model_config = {"extra": "ignore"}',
    "model_config = pydantic.ConfigDict(serialize_by_alias=False)",
    "class Config:\n        from_attributes = True",
)
OTHERS = (
    'model_config = pydantic.ConfigDict(extra="allow")',
    'model_config = {"extra": "allow"}',
    "model_config = pydantic.ConfigDict(serialize_by_alias=True)",
    'class Config:\n        extra = "allow"',
)
MODEL = """
import pydantic


class Given(pydantic.BaseModel):
    {settings}

    number: int = pydantic.Field(default=1, serialization_alias="count")
"""


@pytest.mark.parametrize("settings", [*PLAIN, *OTHERS])
def test_settings_change_a_dump_or_they_do_not(settings, tmp_path):
    source = MODEL.format(settings=settings)
    scope: dict[str, Any] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(source, scope)
    given = {"number": 2} if "forbid" in settings else {"number": 2, "more": 3}
    is_same = scope["Given"].model_validate(given).model_dump() == {"number": 2}
    (tmp_path / "given.py").write_text(source)
    read = open_project(Config(root=tmp_path))
    said = is_plain(read, ProjectClass(read.modules[0], 0))
    assert (said, is_same) == (settings in PLAIN,) * 2
