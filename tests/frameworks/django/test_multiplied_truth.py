"""What `django/multiplied-aggregate` says of its edge cases are the numbers that Django gives."""

from pathlib import Path

from archlint.registry import load
from archlint.testing import examples

from .real import real
from .test_database_truth import PREPARE

EDGES = Path(__file__).parents[2] / "rules"

NUMBERS = """
from shop import selectors
from shop.models import Customer, Line, Note, Order
customer = Customer.objects.create(credit=5)
for _ in range(2):
    Note.objects.create(customer=customer)
    order = Order.objects.create(customer=customer, is_paid=True)
    for _ in range(3):
        Line.objects.create(order=order)
names = ("behind", "own", "one_by_one", "kept", "filtered", "highest")
said = [getattr(selectors, name)() for name in names]
"""


def test_each_number_is_too_high_where_it_is_bad(tmp_path):
    own = [one for one in examples(load(), edge_cases=EDGES) if one.rule == "django/multiplied-aggregate"]
    cases = [one for one in own if "class Line" in one.files["shop/models.py"]]  # the page has none
    said = real({("Bad" if one.is_bad else "Good"): one.files for one in cases}, tmp_path, PREPARE + NUMBERS)
    assert said == {"Bad": ["[6, 10, 4, 4, 2, 12]"], "Good": ["[2, 5, 2, 2, 1, 2]"]}
