"""What is told of layers, cycles, routes and models."""

from __future__ import annotations

import pytest

IGNORE = {".gitignore": ".archlint_cache\n"}


def told(result):
    """The lines about the structure, without those of findings."""
    return [line for line in result.out.splitlines() if "change [" in line]


def test_an_edge_between_layers_that_was_not_there(shop, archlint):
    shop.write({"web/views.py": "from domain.orders import OrderIn\n", "domain/b.py": "import web.schemas\n"})
    assert told(archlint("--since", "HEAD")) == [
        "web/views.py:1: change [new between layers] `web` imports `domain`"
    ]


def test_an_import_for_type_checkers_is_no_edge(shop, archlint):
    text = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from domain.orders import OrderIn\n"
    shop.write({"web/views.py": text})
    assert told(archlint("--since", "HEAD")) == []


CIRCLE = {
    "shop/__init__.py": "",
    "shop/a.py": "from shop import b\n",
    "shop/b.py": "from shop import c\n",
    "shop/c.py": "from shop import a\n",
}


def test_a_new_cycle(repo, archlint):
    repo.commit({**IGNORE, **CIRCLE, "shop/c.py": ""})
    repo.write(CIRCLE)
    assert told(archlint("--since", "HEAD")) == [
        "shop/c.py:1: change [new import cycles] `shop.c` → `shop.a` → `shop.b` → `shop.c`"
    ]


def test_a_shorter_cycle_within_a_knot_is_new(repo, archlint):
    repo.commit({**IGNORE, **CIRCLE})
    repo.write({"shop/b.py": "from shop import c\nfrom shop import a\n"})
    assert told(archlint("--since", "HEAD")) == [
        "shop/b.py:2: change [new import cycles] `shop.b` → `shop.a` → `shop.b`"
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"shop/a.py": "import os\n\nfrom shop import b\n"},
        {"shop/d.py": "from shop import a\n"},
        {"shop/b.py": "def later():\n    from shop import a\n\n\nfrom shop import c\n"},
    ],
)
def test_a_cycle_that_was_there_is_not_new(repo, archlint, change):
    repo.commit({**IGNORE, **CIRCLE})
    repo.write(change)
    assert told(archlint("--since", "HEAD")) == []


def test_a_module_of_a_cycle_that_only_moved(repo, archlint):
    body = "\n\nclass Order: ...\n\n\nclass Line: ...\n\n\ndef total(): ...\n"
    repo.commit({**IGNORE, **CIRCLE, "shop/a.py": f"from shop import b{body}"})
    repo.git("mv", "shop/a.py", "shop/orders.py")
    repo.write({"shop/c.py": "from shop import orders\n"})
    assert told(archlint("--since", "HEAD")) == []


FASTAPI = """\
from fastapi import APIRouter, FastAPI

app = FastAPI()
router = APIRouter(prefix="/orders")


@router.get("/{order_id}")
def show(order_id: int): ...


@router.post("")
async def create(): ...


app.include_router(router, prefix="/api")
"""

FLASK = """\
from flask import Blueprint, Flask

BASE = "/v1"
orders = Blueprint("orders", __name__, url_prefix="/orders")


@orders.route(f"{BASE}/<int:number>", methods=["GET", "PUT"])
def show(number): ...


@orders.get("/all")
def every(): ...


def create_app():
    app = Flask(__name__)
    app.register_blueprint(orders, url_prefix="/shop")
    app.add_url_rule("/ping", view_func=ping)
    return app


def ping(): ...
"""


@pytest.mark.parametrize(
    ("source", "old", "new", "lines"),
    [
        (
            FASTAPI,
            '"/{order_id}"',
            '"/{number}"',
            [
                "web.py:8: change [routes added] GET `/api/orders/{number}` (`web.show`)",
                "change [routes removed] GET `/api/orders/{order_id}` (`web.show`)",
            ],
        ),
        (
            FASTAPI,
            "router.post",
            "router.put",
            [
                "web.py:12: change [routes added] PUT `/api/orders` (`web.create`)",
                "change [routes removed] POST `/api/orders` (`web.create`)",
            ],
        ),
        (FASTAPI, "async def create", "async def make", []),
        (
            FLASK,
            '["GET", "PUT"]',
            '["GET"]',
            [
                "web.py:8: change [routes added] GET `/shop/v1/<int:number>` (`web.show`)",
                "change [routes removed] GET, PUT `/shop/v1/<int:number>` (`web.show`)",
            ],
        ),
        (
            FLASK,
            '"/ping"',
            '"/pong"',
            [
                "web.py:18: change [routes added] GET `/pong` (`web.ping`)",
                "change [routes removed] GET `/ping` (`web.ping`)",
            ],
        ),
    ],
)
def test_routes(repo, archlint, source, old, new, lines):
    assert old in source
    repo.commit({**IGNORE, "web.py": source})
    repo.write({"web.py": source.replace(old, new)})
    found = told(archlint("--since", "HEAD"))
    assert [line.replace("any method", "GET") for line in found] == lines


def test_routes_of_django_and_its_rest_framework(repo, archlint):
    urls = (
        "from django.urls import include, path\nfrom rest_framework.routers import SimpleRouter\n"
        "from shop import views\n\nrouter = SimpleRouter()\n"
        'urlpatterns = [path("api/", include(router.urls)), path("<int:pk>/", views.show)]\n'
    )
    views = (
        "from rest_framework.viewsets import ModelViewSet\n\n\ndef show(request, pk): ...\n\n\n"
        "class OrderViewSet(ModelViewSet): ...\n"
    )
    files = {
        "site/settings.py": 'ROOT_URLCONF = "site.urls"\n',
        "shop/__init__.py": "",
        "shop/views.py": views,
    }
    repo.commit({**IGNORE, **files, "site/__init__.py": "", "site/urls.py": urls})
    registered = 'router.register("orders", views.OrderViewSet, basename="order")\nurlpatterns'
    repo.write({"site/urls.py": urls.replace("<int:pk>/", "<int:pk>").replace("urlpatterns", registered)})
    found = [line.split("change ")[1] for line in told(archlint("--since", "HEAD"))]
    assert "[routes added] any method `/<int:pk>` (`shop.views.show`)" in found
    assert "[routes removed] any method `/<int:pk>/` (`shop.views.show`)" in found
    assert any("`/api/orders/`" in line and "[routes added]" in line for line in found)


def test_routes_of_tests_are_none(repo, archlint):
    repo.commit({**IGNORE, "web.py": FASTAPI})
    repo.write({"tests/test_web.py": FASTAPI})
    assert told(archlint("--since", "HEAD")) == []


DJANGO = {
    **IGNORE,
    "shop/__init__.py": "",
    "shop/migrations/__init__.py": "",
    "shop/migrations/0001_initial.py": "from django.db import migrations\n\n\n"
    "class Migration(migrations.Migration):\n    operations = []\n",
    "shop/models.py": "from django.db import models\n\n\nclass Order(models.Model):\n"
    '    title = models.CharField(max_length=20)\n\n    class Meta:\n        ordering = ["title"]\n',
}
ORDER = "shop/models.py:4: change [models changed without a migration] `shop.models.Order` "
WANTED = "; nothing is new in `shop/migrations`"


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("max_length=20", "max_length=40", "changes title"),
        ("    title", "    price = models.IntegerField()\n    title", "adds price"),
        ("title = models", "name = models", "adds name, drops title"),
        ('["title"]', '["-title"]', "changes Meta.ordering"),
    ],
)
def test_a_model_of_django_without_a_migration(repo, archlint, old, new, changes):
    repo.commit(DJANGO)
    repo.write({"shop/models.py": DJANGO["shop/models.py"].replace(old, new)})
    assert told(archlint("--since", "HEAD")) == [f"{ORDER}{changes}{WANTED}"]
    step = DJANGO["shop/migrations/0001_initial.py"]
    repo.write({"shop/migrations/0002_more.py": step})
    assert told(archlint("--since", "HEAD")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('["title"]', '("title",)'),
        ("\n    class Meta", "    def __str__(self):\n        return self.title\n\n    class Meta"),
        ("from django.db import models", "from django.db import models  # noqa"),
        ("max_length=20", "max_length = 20"),
    ],
)
def test_what_asks_for_no_migration(repo, archlint, old, new):
    assert old in DJANGO["shop/models.py"]
    repo.commit(DJANGO)
    repo.write({"shop/models.py": DJANGO["shop/models.py"].replace(old, new)})
    assert told(archlint("--since", "HEAD")) == []


def test_models_that_move_within_their_app(repo, archlint):
    repo.commit(DJANGO)
    repo.git("rm", "--quiet", "shop/models.py")
    repo.write(
        {
            "shop/models/__init__.py": "from shop.models.orders import Order\n",
            "shop/models/orders.py": DJANGO["shop/models.py"],
        }
    )
    assert told(archlint("--since", "HEAD")) == []


def test_an_app_without_migrations_lacks_none(repo, archlint):
    files = {path: text for path, text in DJANGO.items() if "migrations" not in path}
    repo.commit(files)
    repo.write({"shop/models.py": files["shop/models.py"].replace("20", "40")})
    assert told(archlint("--since", "HEAD")) == []


MAPPED = {
    **IGNORE,
    "alembic/versions/1_first.py": 'revision = "1"\ndown_revision = None\n\n\ndef upgrade(): ...\n',
    "shop/__init__.py": "",
    "shop/models.py": "from sqlalchemy import String\n"
    "from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship\n\n\n"
    "class Base(DeclarativeBase): ...\n\n\nclass Order(Base):\n"
    '    __tablename__ = "orders"\n\n    id: Mapped[int] = mapped_column(primary_key=True)\n'
    "    title: Mapped[str] = mapped_column(String(20))\n",
}


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("String(20)", "String(40)", "changes title"),
        ("Mapped[str]", "Mapped[str | None]", "changes title"),
        ('"orders"', '"order"', "changes Meta.table"),
        ("    title", "    price: Mapped[int]\n    title", "adds price"),
        ("String(20)", 'String(20), default=""', ""),
        ("String(20)", 'String(20), doc="of the order"', ""),
    ],
)
def test_a_mapped_class_without_a_revision(repo, archlint, old, new, changes):
    assert old in MAPPED["shop/models.py"]
    repo.commit(MAPPED)
    repo.write({"shop/models.py": MAPPED["shop/models.py"].replace(old, new)})
    lines = [line.partition("migration] ")[2] for line in told(archlint("--since", "HEAD"))]
    wanted = f"`shop.models.Order` {changes}; nothing is new in `alembic/versions`"
    assert lines == ([wanted] if changes else [])
    repo.write({"alembic/versions/2_second.py": MAPPED["alembic/versions/1_first.py"].replace('"1"', '"2"')})
    assert told(archlint("--since", "HEAD")) == []


def test_markdown_and_full_reports_tell_it_too(shop, archlint):
    shop.write({"web/views.py": "from domain.orders import OrderIn\n"})
    full = archlint("--since", "HEAD", "--output-format", "full").out
    assert full == "New between layers:\n  `web` imports `domain`  web/views.py:1\n\n"
    comment = archlint("--since", "HEAD", "--output-format", "markdown").out
    assert "#### Structure, against" in comment
    assert "**New between layers**" in comment
