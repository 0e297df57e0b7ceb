"""The presets that come with archlint: each says why, and holds a project of its style to its word."""

from pathlib import Path

import pytest

from archlint.config.loading import load as load_config
from archlint.config.references import PRESETS
from archlint.engine import run
from archlint.registry import installed

NAMES = ("clean-architecture", "django-services", "hexagonal", "mvc")

CLEAN = {
    "app/__init__.py": (
        "db = None\n\n\ndef create_app():\n    from app.controllers import orders\n    return orders\n"
    ),
    "app/controllers/orders.py": (
        "from flask import request\nfrom app.services.orders import OrderService\n"
        "from app.models.order import Order\n\n\n"
        "def show(service: OrderService):\n    return service.get(request.args), Order\n"
    ),
    "app/services/orders.py": (
        "from app.persistence.orders import Orders\nfrom app import db\n\n\n"
        "class OrderService:\n    def __init__(self, orders: Orders):\n        self.orders = orders\n\n"
        "    def get(self, key):\n        return self.orders.find(key)\n"
    ),
    "app/persistence/orders.py": (
        "from sqlalchemy import select\nfrom app.models.order import Order\n\n\n"
        "class Orders:\n    def find(self, key):\n        return select(Order)\n"
    ),
    "app/models/order.py": "class Order: ...\n",
    "app/domain/services/prices.py": "from app.persistence.orders import Orders\n",
    "tests/services/test_orders.py": "from app.controllers import orders\nimport app.persistence.orders\n",
}

BROKEN = [
    (
        "clean-architecture",
        {
            **CLEAN,
            "app/models/order.py": "from .. import services\n\n\nclass Order: ...\n",
            "app/services/__init__.py": "TITLE = 1\n",
        },
        [("layers/upward-import", "app/models/order.py")],
    ),
    (
        "clean-architecture",
        {**CLEAN, "app/controllers/carts.py": "from app.persistence.orders import Orders\n"},
        [("layers/skipped-layer", "app/controllers/carts.py")],
    ),
    (
        "clean-architecture",
        {**CLEAN, "app/services/mail.py": "from flask import request\nimport torch.utils.data\n"},
        [("imports/forbidden", "app/services/mail.py")],
    ),
    (
        "clean-architecture",
        {**CLEAN, "app/services/stock.py": "import sqlalchemy as s\n\n\ndef f():\n    return s.select(1)\n"},
        [("layers/restricted-use", "app/services/stock.py")],
    ),
    (
        "clean-architecture",
        {"main.py": "def everything(): ...\n"}
        | {f"{name}/__init__.py": "" for name in ("routes", "services", "models", "repositories")},
        [("layers/missing-layer", "archlint.toml")],
    ),
    ("hexagonal", {"main.py": "def everything(): ...\n"}, [("layers/missing-layer", "archlint.toml")]),
    (
        "hexagonal",
        {
            "shop/adapters/db.py": "import sqlalchemy\nfrom shop.ports.orders import Orders\n\nx = 1\n",
            "shop/ports/orders.py": "import shop.adapters.db\n\n\nclass Orders: ...\n",
            "shop/domain/order.py": "import sqlalchemy.orm\n\n\nclass Order: ...\n",
        },
        [("imports/forbidden", "shop/domain/order.py"), ("layers/upward-import", "shop/ports/orders.py")],
    ),
    (
        "django-services",
        {
            "shop/views.py": (
                "from shop.models import Order\nfrom shop.selectors import recent\n\n\n"
                "def show(request):\n    return recent(), Order.objects.filter(id=1)\n"
            ),
            "shop/selectors.py": (
                "from django.http import HttpRequest\nfrom shop.models import Order\n\n\n"
                "def recent():\n    return Order.objects.all()\n"
            ),
            "shop/services.py": "from shop import selectors, views\n\nx = 1\n",
            "shop/models.py": "from django.db import models\n\n\nclass Order(models.Model): ...\n",
            "shop/tests/views.py": "import shop.services\n",
        },
        [
            ("imports/forbidden", "shop/selectors.py"),
            ("layers/restricted-use", "shop/views.py"),
            ("layers/upward-import", "shop/services.py"),
        ],
    ),
    (
        "mvc",
        {
            "shop/controllers.py": "from shop import models\n\nx = 1\n",
            "shop/models.py": "import flask\nfrom shop import controllers\n\n\nclass Order: ...\n",
            "shop/presenters.py": "from shop.models import Order\n\nx = Order\n",
        },
        [("imports/forbidden", "shop/models.py"), ("layers/upward-import", "shop/models.py")],
    ),
]


def found(folder: Path, preset: str, files: dict[str, str]) -> list[tuple[str, str]]:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    file = folder / "archlint.toml"
    file.write_text(f'extends = ["{preset}"]\npacks = ["layers", "imports"]\nrules."imports/*" = "off"\n')
    registry = installed()
    report = run(load_config(file, folder, registry.rules, registry.packs), registry)
    return sorted((finding.rule, finding.location.path) for finding in report.findings)


@pytest.mark.parametrize("name", NAMES)
def test_every_entry_says_why(tmp_path, name):
    registry = installed()
    file = tmp_path / "archlint.toml"
    file.write_text(f'extends = ["{name}"]\n')
    config = load_config(file, tmp_path, registry.rules, registry.packs)
    assert config.layers
    assert all(layer.optional for layer in config.layers)
    assert config.rules
    assert all(each.because for instances in config.rules.values() for each in instances)


def test_all_presets_of_a_style_are_tested():
    assert {each.stem for each in PRESETS.glob("*.toml")} == {*NAMES, "strict"}


@pytest.mark.parametrize(("preset", "files", "expected"), BROKEN)
def test_a_preset_sees_what_breaks_it(tmp_path, preset, files, expected):
    assert found(tmp_path, preset, files) == expected


def test_other_names_wiring_tests_and_nested_layers_keep_clean_architecture(tmp_path):
    assert found(tmp_path, "clean-architecture", CLEAN) == []


def test_folders_of_whole_projects_are_no_layers(tmp_path):
    """A monorepo keeps its programs in `services/`; what counts are the packages in them."""
    files = {
        "services/shop/pyproject.toml": '[project]\nname = "shop"\n',
        "services/shop/src/shop/__init__.py": "",
        "services/shop/src/shop/settings.py": "import fastapi\nfrom shop.routes import orders\n",
        "services/shop/src/shop/routes/orders.py": "from shop.services.orders import find\n",
        "services/shop/src/shop/routes/crud.py": "from fastapi import APIRouter\nimport shop.routes.orders\n",
        "services/shop/src/shop/services/orders.py": (
            "from shop.crud.orders import load\n\n\ndef find():\n    return load()\n"
        ),
        "services/shop/src/shop/crud/orders.py": (
            "from shop.models.service import Service\n\n\ndef load():\n    return Service()\n"
        ),
        "services/shop/src/shop/models/service.py": "class Service: ...\n",
        "services/shop/src/shop/models/plan.py": "from shop.models.service import Service\n",
    }
    assert found(tmp_path, "clean-architecture", files) == []


def test_serializers_of_services_are_views_and_commands_are_nothing(tmp_path):
    files = {
        "shop/models.py": "class Order: ...\n",
        "shop/services.py": "from shop.models import Order\n\n\ndef close(): ...\n",
        "shop/selectors.py": "from shop.models import Order\n\n\ndef orders(): ...\n",
        "shop/api/fields.py": "class Field: ...\n",
        "shop/api/serializers/services.py": "from shop.api.fields import Field\n",
        "shop/api/views.py": "from shop.api.serializers import services\nfrom shop.services import close\n",
        "api/management/commands/close.py": "from django.db import transaction\n\n"
        "with transaction.atomic():\n    pass\n",
    }
    assert found(tmp_path, "django-services", files) == []


def test_helpers_for_addresses_that_all_share_are_no_views(tmp_path):
    files = {
        "shop/models.py": "class Order: ...\n",
        "shop/selectors.py": "from shop.models import Order\n\n\ndef orders(): ...\n",
        "shop/services.py": "from common.urls import absolute\nfrom shop.models import Order\n",
        "shop/urls.py": "from shop.views import show\n",
        "shop/views.py": "from shop.services import absolute\n\n\ndef show(request): ...\n",
        "common/urls.py": "def absolute(path):\n    return f'https://shop.example{path}'\n",
    }
    assert found(tmp_path, "django-services", files) == []
