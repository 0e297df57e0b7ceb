"""What the edge cases say of writes outside of a transaction stays in the real database, and only that."""

from pathlib import Path

from archlint.registry import load
from archlint.testing import examples

from .real import real
from .test_database_truth import PREPARE

EDGES = Path(__file__).parents[2] / "rules"

TURNS = """
from shop import services
from shop.models import Line, Order, Product

def kept(act):
    for model in (Line, Order, Product):
        model.objects.all().delete()
    Product.objects.create(pk=1, stock=3)
    Product.objects.create(pk=2, stock=3)
    order = Order.objects.create()
    Line.objects.create(order=order, product_id=1, pieces=2)
    before = state()
    outcome(lambda: act(order))
    return state() != before

def state():
    pieces = list(Line.objects.values_list("pieces", flat=True))
    return pieces, list(Product.objects.values_list("stock", flat=True))

TOO_MANY = [(1, 1), (2, 9)]
acts = {
    "release": lambda order: services.release(TOO_MANY),
    "release_at_once": lambda order: services.release_at_once(TOO_MANY),
    "take_all": lambda order: services.take_all(TOO_MANY),
    "replace": lambda order: services.replace(order, [(1, 1), (2, 0)]),
    "sell": lambda order: services.sell(order, 2, 9),
    "close": lambda order: services.close(TOO_MANY),
}
said = [kept(act) for name, act in acts.items() if hasattr(services, name)]
"""


def test_what_turns_and_helpers_wrote_stays(tmp_path):
    found = [one for one in examples(load(), edge_cases=EDGES) if one.rule == "django/torn-writes"]
    bad, good = "Bad: turns of a loop", "Good: transactions around the turns"
    cases = {begun: one.files for begun in (bad, good) for one in found if one.title.startswith(begun)}
    said = real(cases, tmp_path, PREPARE + TURNS)
    assert said == {bad: [str([True] * 5)], good: [str([False] * 3)]}
