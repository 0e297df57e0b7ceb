"""How imports that may not be can be mended, in the words of the hints."""

import pytest

from archlint.project.cuts import cheapest_cut
from archlint.project.import_graph import ImportGraph

ORDERS = "from shop.customers import Customer\nclass Order: ..."


def circle(project, *paths):
    graph = project.view(ImportGraph)
    modules = [project.module_at(path) for path in paths]
    following = [*modules[1:], modules[0]]
    return [
        next(edge for edge in graph.imports_of(module) if edge.imported is other)
        for module, other in zip(modules, following, strict=True)
    ]


@pytest.mark.parametrize(
    ("customers", "advice"),
    [
        ("from shop.orders import Order\ndef of(order: Order): ...", "only in signatures"),
        ("from shop.orders import Order\ndef of(): return Order()", "takes only `Order` of `shop.orders`"),
        ("import shop.orders\ndef of(): return shop.orders.Order()", "takes only `Customer`"),
        ("from shop.orders import PRICE", "import `PRICE` in `shop.customers` from `shop.prices`"),
    ],
)
def test_the_cheapest_cut(make_project, customers, advice):
    files = {
        "shop/__init__.py": "",
        "shop/prices.py": "PRICE = 1",
        "shop/orders.py": f"from shop.prices import PRICE\n{ORDERS}\nprint(Customer())",
        "shop/customers.py": f"{customers}\nclass Customer: ...",
    }
    project = make_project(files)
    links = circle(project, "shop/orders.py", "shop/customers.py")
    assert advice in cheapest_cut(project, links)
