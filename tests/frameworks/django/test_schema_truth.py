"""What the rules say of schemas that are made of objects of models, shown with the real Django Ninja."""

import pytest

from archlint.registry import load
from archlint.testing import examples

from .real import real
from .test_database_truth import PREPARE

PARKS = """
from parks.models import Park
Park.objects.create(pk=1, name="Wood", hectares=2)

def answered():
    from parks.api import ParkOut, park
    ParkOut.model_validate(park(None, 1))

said = outcome(answered)
"""

NEEDED = """
from types import SimpleNamespace
from ninja import Schema

class ParkOut(Schema):
    area: float

said = outcome(lambda: ParkOut.model_validate(SimpleNamespace(name="Wood")))
"""

MODELS = """
from django.db import models

class Studio(models.Model):
    name = models.CharField(max_length=50)

class Star(models.Model):
    name = models.CharField(max_length=50)

class Movie(models.Model):
    studio = models.ForeignKey(Studio, on_delete=models.CASCADE)
    stars = models.ManyToManyField(Star)
"""

API = """
from ninja import ModelSchema, Schema
from pydantic import BaseModel, ConfigDict
from cinema.models import Movie

class StudioOut(Schema):
    name: str

class Nested(Schema):
    studio: StudioOut

class Resolved(Schema):
    by: str

    @staticmethod
    def resolve_by(movie):
        return movie.studio.name

class Cast(ModelSchema):
    class Meta:
        model = Movie
        fields = ["stars"]

class Keyed(ModelSchema):
    class Meta:
        model = Movie
        fields = ["studio"]

class Studio(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    name: str

class Plain(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    studio: Studio
"""

READ = """
from cinema import api
from cinema.models import Movie, Studio
for number in range(ROWS):
    Movie.objects.create(studio=Studio.objects.create(name=str(number)))

def asked(name):
    schema = getattr(api, name)
    return count(lambda: [schema.model_validate(movie) for movie in Movie.objects.all()])

said = [asked(name) for name in ("Nested", "Resolved", "Cast", "Plain", "Keyed")]
"""


def test_a_schema_needs_what_its_fields_name(tmp_path):
    pages = [one for one in examples(load(), "django") if one.rule == "django/unknown-schema-field"]
    found = real({one.title: one.files for one in pages}, tmp_path, PREPARE + PARKS)
    assert found == {"Bad": ["ConfigError"], "Good": ["ran"]}
    assert real({"needed": {"shop/empty.py": ""}}, tmp_path / "needed", PREPARE + NEEDED) == {
        "needed": ["ValidationError"]
    }


@pytest.mark.parametrize("rows", [2, 5])
def test_schemas_read_relations_row_by_row(rows, tmp_path):
    files = {"cinema/models.py": MODELS, "cinema/api.py": API}
    found = real({"read": files}, tmp_path, f"ROWS = {rows}\n{PREPARE}{READ}")
    assert found == {"read": [str([1 + rows] * 4 + [1])]}
