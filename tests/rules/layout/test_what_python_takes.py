"""What `layout/module-package-collision` says of Python is what Python does."""

import subprocess
import sys
from pathlib import Path


def taken(folder: Path, code: str) -> str:
    run = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True)
    return (run.stdout or run.stderr).strip().splitlines()[-1]


def test_a_package_hides_the_module_beside_it(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("what = 'module'\n", encoding="utf-8")
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__init__.py").write_text("what = 'package'\n", encoding="utf-8")
    assert taken(tmp_path, "import app; print(app.what)") == "package"


def test_a_module_hides_the_folder_without_init_beside_it(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("what = 'module'\n", encoding="utf-8")
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "orders.py").write_text("", encoding="utf-8")
    assert taken(tmp_path, "import app; print(app.what)") == "module"
    assert "'app' is not a package" in taken(tmp_path, "import app.orders")
