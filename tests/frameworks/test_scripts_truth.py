"""What rules say of scripts holds in a shell, in Python and in pip."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

MAIN = "from shop.routes import routes\n"


def ran(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A script that is called as `./run.sh`."""
    path = folder / "run.sh"
    path.write_text(f"#!/bin/sh\nset -e\n{script}\n")
    path.chmod(0o755)
    found = {"PATH": os.environ["PATH"], "PYTHON": sys.executable, **environment}
    return subprocess.run(["./run.sh"], cwd=folder, env=found, capture_output=True, text=True, timeout=60)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A project with a package that imports from itself."""
    package = tmp_path / "shop"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "routes.py").write_text("routes = []\n")
    (package / "main.py").write_text(MAIN)
    return tmp_path


def test_slash_before_folder_of_script_is_root(shop: Path) -> None:
    assert ran('cd /$(dirname "$0")\npwd', shop).stdout.strip() == "/"
    assert ran('cd "$(dirname "$0")"\npwd', shop).stdout.strip() == str(shop)


def test_missing_folder_ends_the_script(shop: Path) -> None:
    assert ran("cd backend\necho on", shop).stdout == ""
    assert ran("cd shop\necho on", shop).stdout == "on\n"


def test_default_is_taken_unless_the_variable_is_set(shop: Path) -> None:
    script = 'DIR=${DIR:-backend}\ncd "$DIR"\necho on'
    assert ran(script, shop).stdout == ""
    assert ran(script, shop, DIR="shop").stdout == "on\n"


def test_file_does_not_find_its_own_package(shop: Path) -> None:
    failed = ran('"$PYTHON" shop/main.py', shop)
    assert "ModuleNotFoundError: No module named 'shop'" in failed.stderr
    assert ran('"$PYTHON" -m shop.main', shop).returncode == 0
    assert ran('"$PYTHON" shop/main.py', shop, PYTHONPATH=".").returncode == 0
    assert "No module named shop" in ran('cd shop\n"$PYTHON" -m shop.main', shop).stderr.replace("'", "")


def test_pip_has_no_option_for_the_system(shop: Path) -> None:
    failed = ran('"$PYTHON" -m pip install --system -r requirements.txt', shop)
    assert failed.returncode
    assert "no such option: --system" in failed.stderr


def test_django_does_not_find_its_settings(shop: Path) -> None:
    (shop / "settings.py").write_text('SECRET_KEY = "secret"\n')
    failed = ran('"$PYTHON" -m django migrate', shop)
    assert "ImproperlyConfigured" in failed.stderr
    assert ran('"$PYTHON" -m django check', shop, DJANGO_SETTINGS_MODULE="settings").returncode == 0


def test_flask_imports_the_module_that_it_is_told(shop: Path) -> None:
    (shop / "shop" / "web.py").write_text(
        "from flask import Flask\n\n\ndef create_app():\n    return Flask(__name__)\n"
    )
    assert "Could not import 'shop.none'" in ran('"$PYTHON" -m flask --app shop.none:app routes', shop).stderr
    assert (
        "Could not import 'shop.none'" in ran('"$PYTHON" -m flask routes', shop, FLASK_APP="shop.none").stderr
    )
    for name in ("shop.web", "shop.web:create_app", "'shop.web:create_app()'"):
        assert ran(f'"$PYTHON" -m flask --app {name} routes', shop).returncode == 0
    assert "create_other" in ran('"$PYTHON" -m flask --app shop.web:create_other routes', shop).stderr
