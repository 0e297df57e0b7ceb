"""What an inherited configuration says of paths is said from its own folder, in every rule."""

from __future__ import annotations

import pytest

from archlint.config.loading import load as load_config
from archlint.engine import run
from archlint.registry import installed

FILES = {
    "svc/app/__init__.py": "",
    "svc/app/web.py": "import app.orders\n",
    "svc/app/orders.py": "import app.web\n\n\nclass Order(object): ...\n\n\nclass Sale(Order): ...\n",
    "svc/tests/test_orders.py": "import app.orders\n",
    "svc/README.md": "",
    "app/web.py": "",
}

TABLES = {
    "layout/missing-path": (
        "paths = ['README.md', 'app/', '{app,lib}/web.py', 'gone.md']",
        ["svc/base.toml: `svc/gone.md` does not exist"],
    ),
    "layout/forbidden-path": (
        "paths = ['app/', 'README.md']\nallow = ['app/orders.py', 'app/__init__.py']",
        [
            "svc/README.md: `svc/README.md` may not exist",
            "svc/app/web.py: `svc/app/web.py` may not exist",
        ],
    ),
    "layout/misnamed": (
        "paths = ['tests/']\nfiles = 'orders'",
        ["svc/tests/test_orders.py: the file `test_orders` is not named like `orders`"],
    ),
    "layout/missing-companion": (
        "each = 'app/{name}.py'\nneeds = 'tests/test_{name}.py'",
        ["svc/app/web.py: `svc/app/web.py` has no `svc/tests/test_web.py`"],
    ),
    "layout/unexpected-path": (
        "folders = ['app/']\nallow = ['web.py']",
        ["svc/app/orders.py: `orders.py` is not expected in `svc/app/`"],
    ),
    "layout/test-layer": (
        "tests = ['tests/']\nmay-import = ['app/web.py']",
        ["svc/tests/test_orders.py: `tests.test_orders` may not import `app.orders`"],
    ),
    "layout/misplaced-definition": (
        "allowed-in = ['app/web.py']\nsubclasses-of = ['app.orders.Order']",
        ["svc/app/orders.py: `Sale` inherits from `app.orders.Order` and does not belong in `app.orders`"],
    ),
    "layers/restricted-use": (
        "symbols = ['builtins.object']\nallowed-in = ['app/web.py', 'tests/']",
        ["svc/app/orders.py: `builtins.object` may be used only in `svc/app/web.py` and `svc/tests/`"],
    ),
    "imports/cyclic": (
        "ignore = ['app/web.py -> app.orders', 'app/orders.py -> app/web.py']",
        [],
    ),
}


@pytest.mark.parametrize("rule", TABLES)
def test_patterns_of_an_inherited_configuration(tmp_path, rule):
    options, expected = TABLES[rule]
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path / "svc/base.toml").write_text(f"src = ['.']\n[[rules.'{rule}']]\n{options}\n")
    file = tmp_path / "archlint.toml"
    file.write_text("extends = ['svc/base.toml']\n")
    registry = installed()
    config = load_config(file, tmp_path, registry.rules, registry.packs)
    report = run(config, registry)
    assert report.tallies[rule].examined
    found = [f"{f.location.path}: {f.message}" for f in report.findings if f.rule == rule]
    assert found == expected
