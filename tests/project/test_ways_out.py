"""How imports that may not be can be mended, in the words of the hints."""

import pytest

from archlint.config.loading import load as load_config
from archlint.engine import Request, run
from archlint.project.imports.cuts import cheapest_cut
from archlint.project.imports.import_graph import ImportGraph
from archlint.registry import load

ORDERS = "from shop.customers import Customer\nclass Order: ..."


def cycle(project, *paths):
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
    links = cycle(project, "shop/orders.py", "shop/customers.py")
    assert advice in cheapest_cut(project, links)


HINTS = {
    "imports/private": (
        '[rules]\n"imports/private" = "error"\n',
        {
            "shop/orders/prices.py": "def _total(): ...\ndef price(): return _total()\n",
            "shop/mail.py": "from shop.orders.prices import _total\n",
        },
        "call `shop.orders.prices.price`, which uses it; or let `shop.orders` offer this under a public name",
    ),
    "imports/protected": (
        '[rules."imports/protected"]\nmodules = ["shop.db"]\nimporters = ["shop.**.store"]\n',
        {
            "shop/db.py": "",
            "shop/orders/store.py": "import shop.db\n",
            "shop/stock/store.py": "import shop.db\n",
            "shop/stock/views.py": "import shop.db\n",
        },
        "only `shop.**.store` may: call what `shop.stock.store` offers, "
        "or add `shop.stock.views` to `importers`",
    ),
    "imports/forbidden": (
        '[rules."imports/forbidden"]\nfrom-modules = ["shop.orders"]\nto = ["flask"]\ntransitive = true\n',
        {"shop/orders.py": "import shop.kit\n", "shop/kit.py": "import flask\n"},
        "take the import of `flask` out of `shop.kit`, or that of `shop.kit` out of `shop.orders`",
    ),
    "layers/skipped-layer": (
        '[layers]\na = ["shop.a"]\nb = ["shop.b", "shop.c.b"]\nc = ["shop.c.c"]\n'
        '[rules]\n"layers/skipped-layer" = "error"\n',
        {
            "shop/a.py": "from shop.c.c import find\n",
            "shop/b.py": "from shop.c.c import other\n",
            "shop/c/b.py": "from shop.c.c import other\n",
            "shop/c/c.py": "def find(): ...\ndef other(): ...\n",
        },
        "call what `shop.c.b` offers, and let that use `shop.c.c.find`",
    ),
    "layers/restricted-use": (
        '[rules."layers/restricted-use"]\nsymbols = ["sqlalchemy.select"]\n'
        'allowed-in = ["shop.**.store", "shop.**.queries"]\n',
        {
            "shop/orders/views.py": "from sqlalchemy import select\nORDERS = select()\n",
            "shop/orders/queries.py": "from sqlalchemy import select\nORDERS = select()\n",
            "shop/orders/store.py": "",
            "shop/stock/store.py": "from sqlalchemy import select\nITEMS = select()\n",
        },
        "call what `shop.orders.queries` offers for this, or add it there",
    ),
}


@pytest.mark.parametrize("rule", HINTS)
def test_a_hint_names_the_way_out(tmp_path, rule):
    config, files, hint = HINTS[rule]
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    file = tmp_path / "archlint.toml"
    file.write_text(f'packs = ["imports", "layers"]\n{config}')
    registry = load()
    report = run(load_config(file, tmp_path, registry.rules, registry.packs), registry, Request(jobs=1))
    assert [finding.hint for finding in report.findings if finding.rule == rule] == [hint]
