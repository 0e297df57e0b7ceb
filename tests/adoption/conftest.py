"""A small shop, written for the contracts of other tools, and archlint on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from archlint.registry import Registry, load

SHOP = {
    "shop/__init__.py": "",
    "shop/web/__init__.py": "",
    "shop/web/views.py": """
        from typing import TYPE_CHECKING

        from shop.orders import service
        from shop import text

        if TYPE_CHECKING:
            from shop.stock import models
        """,
    "shop/web/schemas.py": "from shop.orders.models import Order\n",
    "shop/orders/__init__.py": "from shop.orders.service import place\n",
    "shop/orders/service.py": """
        import json

        from shop.orders.models import Order
        from shop.stock.service import reserve


        def place():
            from shop.web.schemas import OrderIn
        """,
    "shop/orders/models.py": "import sqlite3\nfrom shop import text\n\n\nclass Order: ...\n",
    "shop/stock/__init__.py": "",
    "shop/stock/service.py": "from shop.stock import models\nimport shop.glue\n\n\ndef reserve(): ...\n",
    "shop/stock/models.py": "from ..text import shorten\n",
    "shop/glue.py": "from shop.web import views\nfrom shop.orders.models import Order\n",
    "shop/text.py": "def shorten(): ...\n",
    "scripts/load.py": "from shop.stock.models import shorten\nfrom shop.orders import place\n",
}


@pytest.fixture
def write(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Writes files into a folder."""
    root = tmp_path / "work"

    def files(texts: dict[str, str]) -> Path:
        for path, text in texts.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        return root

    return files


@pytest.fixture
def shop(write) -> Path:
    return write(SHOP)


@pytest.fixture(scope="session")
def registry() -> Registry:
    return load()
