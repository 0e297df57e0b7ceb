"""A `Prefetch` with rows of another model fails, or puts objects where none of their kind belong."""

from pathlib import Path

from archlint.registry import load
from archlint.testing import examples

from .real import real
from .test_database_truth import PREPARE

EDGES = Path(__file__).parents[2] / "rules"

GIVEN = """
from shop import models, services
from shop.models import Customer, Line, Note, Order, Tag
made = getattr(models, "Regular", Customer).objects.create(name="ada")
order = Order.objects.create(customer_id=made.pk)
order.tags.add(Tag.objects.create(word="new"))
Line.objects.create(order=order)
Note.objects.create(order=order)

def given(act):
    try:
        return type(act()).__name__
    except Exception as error:
        return type(error).__name__

said = [given(getattr(services, name)) for name in ("backward", "many", "forward", "like")]
"""


def test_rows_of_another_model_are_no_rows_of_the_relation(tmp_path):
    own = [one for one in examples(load(), edge_cases=EDGES) if one.rule == "django/refused-argument"]
    cases = {one.title.partition(":")[0]: one.files for one in own if "rows of a" in one.title}
    cases |= {one.title.partition(":")[0]: one.files for one in own if "rows of the model" in one.title}
    said = real(cases, tmp_path, PREPARE + GIVEN)
    assert said["Bad"] == ["['FieldError', 'OperationalError', 'Tag', 'Note']"]
    assert said["Good"] == ["['Line', 'Tag', 'Regular', 'Line']"]
