"""The translated rules say what the other tool says: both are run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from archlint.adoption.import_linter.settings import settings
from archlint.config.model import Config
from archlint.engine import open_project

from .parity import import_linter, tach
from .parity.verdict import differences

LOADING = {
    "shop/text.py": """
        from importlib import import_module


        def shorten():
            return import_module("shop.web.views")
        """
}
"""An import that neither of the other tools sees."""

CONTRACTS = """
    [importlinter]
    root_package = shop
    include_external_packages = True

    [importlinter:contract:layers]
    name = Layers
    type = layers
    layers =
        shop.web
        shop.orders | shop.stock
        (shop.gone)
        shop.text

    [importlinter:contract:containers]
    name = In each
    type = layers
    layers =
        service
        models
    containers =
        shop.orders
        shop.stock

    [importlinter:contract:whole]
    name = Everything
    type = layers
    containers = shop
    layers =
        web
        orders : stock
        text
    exhaustive = true
    exhaustive_ignores =
        glue

    [importlinter:contract:each]
    name = Everything in each
    type = layers
    layers =
        (views)
        service
    containers =
        shop.orders
        shop.s*
    exhaustive = true
    exhaustive_ignores =
        schemas

    [importlinter:contract:forbidden]
    name = Down only
    type = forbidden
    source_modules =
        shop.stock
        shop.orders
    forbidden_modules =
        shop.web
        shop.glue
    ignore_imports =
        shop.orders.service -> shop.web.schemas
        shop.gone -> shop.web

    unmatched_ignore_imports_alerting = none

    [importlinter:contract:outside]
    name = No database
    type = forbidden
    source_modules = shop.web
    forbidden_modules =
        sqlite3
        json

    [importlinter:contract:overlap]
    name = Others
    type = forbidden
    source_modules =
        shop.text
        shop.stock
    forbidden_modules = shop.*

    [importlinter:contract:independent]
    name = Features
    type = independence
    modules = shop.*

    [importlinter:contract:protected]
    name = Models
    type = protected
    protected_modules = shop.*.models
    allowed_importers = shop.*.service

    [importlinter:contract:acyclic]
    name = No cycles
    type = acyclic_siblings
    ancestors = shop
    """


@pytest.mark.parametrize("mutation", import_linter.MUTATIONS)
def test_import_linter(shop: Path, write, registry, mutation: str) -> None:
    write({".importlinter": CONTRACTS, **LOADING})
    told = import_linter.MUTATIONS[mutation](settings(shop))
    project = open_project(Config(root=shop))
    theirs = import_linter.asked(told, shop, ["."], sys.executable)
    ours = import_linter.archlint_says(told, project, registry)
    found = [
        f"{one.contract}: {each}"
        for one, other in zip(theirs, ours, strict=True)
        for each in differences(one, other)
    ]
    assert found == []
    assert len(theirs) == 10
    assert sum(not each.is_kept for each in theirs) >= 5


def test_type_checking_imports_left_out(shop: Path, write, registry) -> None:
    contract = """
        [importlinter]
        root_package = shop
        exclude_type_checking_imports = True

        [importlinter:contract:one]
        name = Views and stock
        type = forbidden
        source_modules = shop.web.views
        forbidden_modules = shop.stock.models
        allow_indirect_imports = True
        """
    write({".importlinter": contract})
    told = settings(shop)
    (theirs,) = import_linter.asked(told, shop, ["."])
    (ours,) = import_linter.archlint_says(told, open_project(Config(root=shop)), registry)
    assert (theirs.is_kept, differences(theirs, ours)) == (True, [])


TACH = """
    exclude = ["scripts"]
    layers = ["ui", "features", "nobody's", "base"]

    [[modules]]
    path = "shop.web"
    layer = "ui"
    depends_on = []

    [[modules]]
    path = "shop.orders"
    layer = "features"
    depends_on = ["shop.stock"]

    [[modules]]
    path = "shop.stock"
    layer = "features"
    depends_on = ["shop.glue"]

    [[modules]]
    path = "shop.text"
    layer = "base"
    depends_on = []

    [[modules]]
    path = "shop.glue"
    depends_on = ["shop.orders", "shop.web"]

    [[interfaces]]
    expose = ["service.*", "place"]
    from = ["shop.orders"]
    """


NESTED = """
    exclude = ["scripts"]
    layers = ["ui", "base"]

    [[modules]]
    path = "shop"
    layer = "ui"

    [[modules]]
    path = "shop.orders"
    depends_on = ["shop.stock", "shop"]

    [[modules]]
    path = "shop.orders.models"
    depends_on = ["shop"]

    [[modules]]
    path = "shop.stock"
    layer = "base"
    depends_on = ["shop"]

    [[interfaces]]
    expose = ["web.*", "glue"]
    from = ["shop"]

    [[interfaces]]
    expose = ["service"]
    from = ["shop.orders"]

    [[interfaces]]
    expose = ["Item"]
    from = ["shop.orders.models"]
    """
"""Modules inside each other, of a layer and of none, each with its interface."""


@pytest.mark.parametrize("contracts", [TACH, NESTED], ids=["beside each other", "inside each other"])
@pytest.mark.parametrize("mutation", tach.MUTATIONS)
def test_tach(shop: Path, write, registry, mutation: str, contracts: str) -> None:
    write({"tach.toml": contracts, **LOADING})
    program = str(Path(sys.executable).with_name("tach"))
    theirs, ours = tach.compared(shop, tach.MUTATIONS[mutation], registry, program)
    assert differences(theirs, ours) == []
    assert not theirs.trouble
