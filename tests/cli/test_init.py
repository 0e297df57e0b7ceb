"""`archlint init`."""

from __future__ import annotations

import pytest
import tomli

PYPROJECT = (
    '# ours\r\n[project]\r\nname = "shop"   # kept as it is\r\n\r\n[tool.black]\r\nline-length = 90\r\n'
)
LAYERED = {
    "shop/__init__.py": "",
    "shop/routes/orders.py": "from fastapi import APIRouter\nfrom shop.services import orders\n",
    "shop/services/orders.py": "from shop.repositories import orders\nfrom shop.models import Order\n",
    "shop/repositories/orders.py": "from sqlalchemy import select\nfrom shop.models import Order\n",
    "shop/models.py": "class Order: ...\n",
    "tests/test_orders.py": "import shop.routes.orders\n",
}
CONTRACT = """[importlinter]
root_package = shop

[importlinter:contract:one]
name = Models know nothing
type = forbidden
source_modules = shop.models
forbidden_modules = shop.routes
"""


def test_a_proposal_that_passes(tree, archlint):
    root = tree(LAYERED)
    result = archlint("init")
    assert (result.status, result.out) == (0, "")
    text = (root / "archlint.toml").read_text()
    assert "for 6 modules built with FastAPI, SQLAlchemy" in text
    assert list(tomli.loads(text)["layers"]) == ["routes", "services", "repositories", "models"]
    assert archlint("--quiet").status == 0


def test_a_proposal_is_honest(tree, archlint):
    found = "".join(f"from shop.routes import orders as o{n}\n" for n in range(3))
    up = {"shop/models.py": f"{found}class Order: ...\n"}
    down = {f"shop/services/s{n}.py": "from shop.models import Order\n" for n in range(150)}
    tree({**LAYERED, **down, **up})
    result = archlint("init", "--dry-run")
    assert "and 3 upwards, which the first run lists" in result.out
    assert list(tomli.loads(result.out)["layers"]) == ["routes", "services", "repositories", "models"]


def test_no_order_no_layers(tree, archlint):
    tree(
        {
            "shop/services.py": "import shop.models\n",
            "shop/models.py": "import shop.services\n",
            "shop/other.py": "",
        }
    )
    result = archlint("init", "--dry-run")
    assert tomli.loads(result.out) == {}
    assert "No layers are drawn" in result.out


def test_features_of_one_shape(tree, archlint):
    tree(
        {
            f"shop/{feature}/{path}": text.format(feature=feature)
            for feature in ("orders", "stock", "mail", "users")
            for path, text in {
                "__init__.py": "",
                "views.py": "from shop.{feature}.models import Thing\n",
                "models.py": "class Thing: ...\n",
            }.items()
        }
    )
    layers = tomli.loads(archlint("init", "--dry-run").out)["layers"]
    assert layers == {"views": ["shop/**/views.py"], "models": ["shop/**/models.py"]}


def test_layers_that_lie_deeper(tree, archlint):
    tree(
        {
            "backend/pyproject.toml": '[project]\nname = "shop"\n',
            "backend/app/__init__.py": "",
            "backend/app/main.py": "from app.core.wiring import app\n",
            "backend/app/core/wiring.py": "from app.core.inbound import orders as app\n",
            "backend/app/core/inbound/orders.py": "from app.core.service_layer import orders\n",
            "backend/app/core/service_layer/orders.py": "from app.core.domain import Order\nfind = Order\n",
            "backend/app/core/domain.py": "class Order: ...\n",
            "scripts/seed.py": "",
        }
    )
    layers = tomli.loads(archlint("init", "--dry-run").out)["layers"]
    assert list(layers.items()) == [
        ("inbound", ["backend/app/core/inbound/**"]),
        ("service_layer", ["backend/app/core/service_layer/**"]),
        ("domain", ["backend/app/core/domain.py"]),
    ]


def test_layers_of_the_smaller_of_two_source_roots(tree, archlint):
    layered = {f"backend/{path}": text for path, text in LAYERED.items()}
    engine = {f"engine/part{n}.py": "import engine\n" for n in range(20)}
    tree({**layered, **engine, "engine/__init__.py": ""})
    assert tomli.loads(archlint("init", "--dry-run").out)["layers"] == {
        "routes": ["backend/shop/routes/**"],
        "services": ["backend/shop/services/**"],
        "repositories": ["backend/shop/repositories/**"],
        "models": ["backend/shop/models.py"],
    }


def test_what_cannot_be_parsed_is_told(tree, archlint):
    tree({**LAYERED, "shop/templates/view.py": "from {{ name }}.models import Order\n"})
    assert "1 of them cannot be parsed" in " ".join(archlint("init", "--dry-run").out.split("\n# "))


def test_a_dry_run_writes_nothing(tree, archlint):
    root = tree({**LAYERED, ".importlinter": CONTRACT})
    before = sorted(root.rglob("*"))
    result = archlint("init", "--from", "import-linter", "--dry-run")
    assert result.status == 0
    assert tomli.loads(result.out)["rules"] == {
        "imports/forbidden": [
            {
                "because": "Models know nothing",
                "from-modules": ["shop.models.**"],
                "to": ["shop.routes.**"],
                "transitive": True,
            }
        ]
    }
    assert sorted(root.rglob("*")) == before


def test_the_rest_of_pyproject_is_kept_byte_for_byte(tree, archlint):
    root = tree({**LAYERED, ".importlinter": CONTRACT})
    (root / "pyproject.toml").write_bytes(PYPROJECT.encode())
    assert archlint("init", "--from", "import-linter").status == 0
    data = (root / "pyproject.toml").read_bytes()
    assert data.startswith(PYPROJECT.encode())
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert "imports/forbidden" in tomli.loads(data.decode())["tool"]["archlint"]["rules"]
    assert archlint("--quiet").status == 0


def test_nothing_is_overwritten_without_force(tree, archlint):
    root = tree({**LAYERED, "archlint.toml": 'fail-on = "note"\n'})
    result = archlint("init")
    assert result.status == 2
    assert "`archlint.toml` already configures archlint; --force overwrites it" in result.err
    assert (root / "archlint.toml").read_text() == 'fail-on = "note"\n'
    assert archlint("init", "--force").status == 0
    assert "[layers]" in (root / "archlint.toml").read_text()


def test_force_replaces_only_the_table(tree, archlint):
    before = '[tool.black]\nline-length = 90\n\n[tool.archlint]\nfail-on = "note"\n\n'
    old = '[[tool.archlint.rules."imports/cyclic"]]\nlevel = "module"\n'
    after = "# about ruff\n[tool.ruff]\nline-length = 90\n"
    root = tree({**LAYERED, "pyproject.toml": before + old + after})
    assert archlint("init").status == 2
    assert archlint("init", "--force").status == 0
    text = (root / "pyproject.toml").read_text()
    assert text.startswith(
        "[tool.black]\nline-length = 90\n\n# about ruff\n[tool.ruff]\nline-length = 90\n\n# Proposed"
    )
    assert "imports/cyclic" not in text


def test_where_it_is_written(tree, archlint):
    root = tree({**LAYERED, "pyproject.toml": "[project]\nname = 'shop'\n"})
    assert archlint("init", "--to", "archlint.toml").status == 0
    assert (root / "pyproject.toml").read_text() == "[project]\nname = 'shop'\n"
    result = archlint("init", "--to", "pyproject.toml")
    assert (result.status, "would be read instead" in result.err) == (2, True)


@pytest.mark.parametrize("text", ["tool = { black = {} }\n", "[tool\n"])
def test_a_pyproject_that_cannot_take_it(tree, archlint, text):
    root = tree({**LAYERED, "pyproject.toml": text})
    assert archlint("init").status == 2
    assert (root / "pyproject.toml").read_text() == text


@pytest.mark.parametrize("tool", ["import-linter", "tach"])
def test_nothing_to_move_in_from(tree, archlint, tool):
    tree(LAYERED)
    result = archlint("init", "--from", tool)
    assert result.status == 2
    assert f"no configuration of {tool}" in result.err


KEPT = {
    "shop/__init__.py": "",
    "shop/main.py": (
        "from flask import Flask\nfrom shop.repositories import Orders\nfrom shop.routes import bp\n"
        "from shop.services import OrderService\n\n\ndef create_app():\n    app = Flask(__name__)\n"
        "    app.extensions['orders'] = OrderService(Orders())\n    app.register_blueprint(bp)\n"
        "    return app\n"
    ),
    "shop/routes.py": (
        "from flask import Blueprint, current_app\nfrom shop.models import Order\n"
        "from shop.services import OrderService\n\nbp = Blueprint('orders', __name__)\n\n\n"
        "def service() -> OrderService:\n    return current_app.extensions['orders']\n\n\n"
        "@bp.get('')\ndef listing():\n    return [Order.view(each) for each in service().open()]\n"
    ),
    "shop/services.py": (
        "from shop.repositories import Orders\n\n\nclass OrderService:\n"
        "    def __init__(self, orders: Orders):\n        self.orders = orders\n\n"
        "    def open(self):\n        return self.orders.open()\n"
    ),
    "shop/repositories.py": (
        "from sqlalchemy.orm import Session\nfrom shop.models import Order\n\n\nclass Orders:\n"
        "    session: Session\n\n    def open(self):\n        return self.session.scalars(Order.open())\n\n"
        "    def close(self):\n        self.session.commit()\n"
    ),
    "shop/models.py": (
        "from sqlalchemy import select\nfrom sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column\n\n"
        "class Order(DeclarativeBase):\n    __tablename__ = 'orders'\n"
        "    id: Mapped[int] = mapped_column(primary_key=True)\n\n"
        "    @classmethod\n    def open(cls):\n        return select(cls)\n\n"
        "    @staticmethod\n    def view(order):\n        return {'id': order.id}\n"
    ),
}


@pytest.mark.parametrize(
    ("path", "old", "new", "found"),
    [
        ("shop/routes.py", "service().open()", "service().orders.open()", "layers/skipped-layer"),
        ("shop/routes.py", "service().open()", "Order.open()", "layers/restricted-use"),
        ("shop/services.py", "orders.open()", "orders.session.get(1, 2)", "layers/restricted-use"),
        ("shop/services.py", "orders.open()", "orders.session.commit()", "layers/restricted-use"),
        ("shop/services.py", "from shop", "from flask import abort\nfrom shop", "imports/forbidden"),
    ],
)
def test_what_the_code_keeps_to_is_held(tree, archlint, path, old, new, found):
    root = tree(KEPT)
    assert archlint("init").status == 0
    assert archlint("--quiet").status == 0
    assert old in KEPT[path]
    (root / path).write_text(KEPT[path].replace(old, new))
    result = archlint("--output-format", "concise")
    assert f"error [{found}]" in result.out


def test_what_the_code_does_not_keep_to_is_not_proposed(tree, archlint):
    tree({**KEPT, "shop/routes.py": "from flask import abort\nfrom shop.repositories import Orders\n"})
    proposed = tomli.loads(archlint("init", "--dry-run").out)
    assert "services" not in proposed["rules"]["layers/skipped-layer"][0]["closed"]
    assert proposed["rules"]["imports/forbidden"] == [
        {"from-modules": ["services", "repositories", "models"], "to": ["flask"]}
    ]


@pytest.mark.parametrize("asked", ["db.session.get(Order, pk)", "db.session.commit()"])
def test_sessions_of_flask_sqlalchemy_stay_where_they_are(tree, archlint, asked):
    route = "from shop.repositories import orders\n\n\ndef show(pk):\n    return orders.get(pk)\n"
    files = {
        "shop/__init__.py": "",
        "shop/db.py": "from flask_sqlalchemy import SQLAlchemy\n\ndb = SQLAlchemy()\n",
        "shop/models/orders.py": (
            "from shop.db import db\n\n\nclass Order(db.Model):\n"
            "    id = db.Column(db.Integer, primary_key=True)\n"
        ),
        "shop/repositories/orders.py": (
            "from shop.db import db\nfrom shop.models.orders import Order\n\n\n"
            "def get(pk):\n    return db.session.get(Order, pk)\n"
        ),
        "shop/routes/orders.py": route,
    }
    tree(files)
    archlint("init")
    assert archlint("--select", "layers").status == 0
    broken = route.replace("orders.get(pk)", asked).replace(
        "repositories import orders", "repositories import orders\nfrom shop.db import db"
    )
    tree(
        {
            "shop/routes/orders.py": broken.replace(
                "import db", "import db\nfrom shop.models.orders import Order"
            )
        }
    )
    assert "layers/restricted-use" in archlint("--select", "layers").out
