from __future__ import annotations

import pytest

from archlint.discovery import Discovered, SourceFile, discover

from .conftest import Plant, modules


def named(found: Discovered) -> dict[str, str]:
    return {source.path: source.module for source in found.sources}


def test_a_flat_project(plant: Plant) -> None:
    found = discover(plant("main.py", "app/__init__.py", "app/api/__init__.py", "app/api/routes.py"))

    assert found.roots == ("",)
    assert found.sources == (
        SourceFile("app/__init__.py", "app", True, ""),
        SourceFile("app/api/__init__.py", "app.api", True, ""),
        SourceFile("app/api/routes.py", "app.api.routes", False, ""),
        SourceFile("main.py", "main", False, ""),
    )


@pytest.mark.parametrize("value", ["[" * 10_000 + "]" * 10_000, "{a = " * 5_000, "9" * 5_000])
def test_metadata_that_cannot_be_read_declares_nothing(plant: Plant, value: str) -> None:
    found = discover(plant("shop/__init__.py", texts={"pyproject.toml": f"packages = {value}\n"}))

    assert found.roots == ("",)


@pytest.mark.parametrize("mark", ["pyproject.toml", "setup.py", "setup.cfg", "README.md"])
@pytest.mark.parametrize("folder", ["src", "lib"])
def test_a_src_folder(plant: Plant, mark: str, folder: str) -> None:
    found = discover(
        plant(mark, f"{folder}/shop/__init__.py", f"{folder}/shop/models.py", "tests/test_shop.py")
    )

    assert found.roots == (folder, "")
    assert named(found)[f"{folder}/shop/models.py"] == "shop.models"
    assert named(found)["tests/test_shop.py"] == "tests.test_shop"


def test_a_src_folder_that_is_a_package(plant: Plant) -> None:
    found = discover(plant("pyproject.toml", "src/__init__.py", "src/models.py"))

    assert found.roots == ("",)
    assert modules(found) == ["src", "src.models"]


def test_a_src_folder_that_imports_name(plant: Plant) -> None:
    root = plant(
        "src/auth/router.py", "src/config.py", texts={"src/main.py": "from src.auth.router import router\n"}
    )

    found = discover(root)

    assert found.roots == ("",)
    assert named(found)["src/auth/router.py"] == "src.auth.router"


def test_several_projects_in_one_repository(plant: Plant) -> None:
    root = plant(
        "services/shop/pyproject.toml",
        "services/shop/src/shop/__init__.py",
        "services/mail/setup.py",
        "services/mail/mail/__init__.py",
        "services/mail/tests/__init__.py",
        "site/manage.py",
        "site/site_settings.py",
        "site/blog/models.py",
    )
    found = discover(root)

    assert found.roots == ("services/shop/src", "services/mail", "services/shop", "site", "")
    assert named(found)["services/shop/src/shop/__init__.py"] == "shop"
    assert named(found)["services/mail/mail/__init__.py"] == "mail"
    assert named(found)["site/blog/models.py"] == "blog.models"


def test_the_parent_of_a_topmost_package(plant: Plant) -> None:
    found = discover(
        plant("backend/app/__init__.py", "backend/app/core/__init__.py", "backend/app/core/x.py")
    )

    assert found.roots == ("backend", "")
    assert modules(found) == ["app", "app.core", "app.core.x"]


def test_a_plain_folder_that_imports_name_is_no_root(plant: Plant) -> None:
    root = plant(
        "app/core/__init__.py",
        texts={"app/core/config.py": "x = 1\n", "app/main.py": "import os\nfrom app.core.config import x\n"},
    )
    found = discover(root)

    assert found.roots == ("",)
    assert modules(found) == ["app.core", "app.core.config", "app.main"]


def test_a_plain_folder_that_imports_start_from_is_a_root(plant: Plant) -> None:
    root = plant(
        "app/core/__init__.py",
        texts={"app/core/config.py": "x = 1\n", "app/main.py": "from core.config import x\n"},
    )
    found = discover(root)

    assert found.roots == ("app", "")
    assert modules(found) == ["core", "core.config", "main"]


def test_a_folder_without_any_package_may_be_a_root(plant: Plant) -> None:
    root = plant(
        "backend/routers/users.py",
        texts={"backend/main.py": "from routers import users\n", "tools/run.py": "import os\n"},
    )
    found = discover(root)

    assert found.roots == ("backend", "")
    assert modules(found) == ["main", "routers.users", "tools.run"]


def test_namespace_packages_over_several_roots(plant: Plant) -> None:
    root = plant(
        "core/setup.py",
        "core/src/acme/core/__init__.py",
        "web/setup.py",
        texts={
            "core/src/acme/core/models.py": "class Order: ...\n",
            "web/src/acme/web/__init__.py": "from acme.core.models import Order\n",
            "web/src/acme/web/views.py": "from acme.web import Order\n",
        },
    )
    found = discover(root)

    assert named(found)["core/src/acme/core/models.py"] == "acme.core.models"
    assert named(found)["web/src/acme/web/views.py"] == "acme.web.views"


def test_tests_that_mirror_the_project_keep_their_folder(plant: Plant) -> None:
    root = plant(
        "api/__init__.py",
        "tests/api/__init__.py",
        texts={
            "api/routes.py": "router = 1\n",
            "tests/api/test_routes.py": "from api.routes import router\n",
        },
    )
    found = discover(root)

    assert found.roots == ("",)
    assert modules(found) == ["api", "api.routes", "tests.api", "tests.api.test_routes"]


def test_two_services_with_one_package_name(plant: Plant) -> None:
    root = plant(
        "a/app/__init__.py",
        "b/app/__init__.py",
        texts={
            "a/app/orders.py": "x = 1\n",
            "a/app/main.py": "from app.orders import x\nfrom app.orders import x as y\n",
            "b/app/mails.py": "x = 1\n",
            "b/app/main.py": "from app.mails import x\n",
        },
    )
    found = discover(root)

    assert found.roots == ("a", "b", "")
    assert named(found)["b/app/mails.py"] == "app.mails"


def test_a_fixture_named_like_a_library_is_no_reason(plant: Plant) -> None:
    root = plant(
        "tests/fixtures/requests/__init__.py",
        texts={"app/client.py": "from requests.adapters import HTTPAdapter\nfrom requests import Session\n"},
    )
    found = discover(root)

    assert found.roots == ("",)
    assert modules(found) == ["app.client", "tests.fixtures.requests"]


def test_the_standard_library_is_no_reason(plant: Plant) -> None:
    root = plant("app/logging/config.py", texts={"app/main.py": "import logging.config\n"})

    assert discover(root).roots == ("",)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("pyproject.toml", "[tool.setuptools.packages.find]\nwhere = ['python']\n"),
        ("pyproject.toml", "[tool.setuptools.package-dir]\n'' = 'python'\n"),
        ("pyproject.toml", "[tool.setuptools.package-dir]\nshop = 'python/shop'\n"),
        ("pyproject.toml", "[tool.poetry]\npackages = [{include = 'shop', from = 'python'}]\n"),
        ("pyproject.toml", "[tool.hatch.build.targets.wheel]\npackages = ['python/shop']\n"),
        ("pyproject.toml", "[tool.pdm.build]\npackage-dir = './python/'\n"),
        ("setup.cfg", "[options]\npackage_dir =\n    = python\n"),
        ("setup.cfg", "[options.packages.find]\nwhere = python\n"),
    ],
)
def test_roots_that_packaging_declares(plant: Plant, file: str, text: str) -> None:
    # Only the declaration tells: the package is a namespace, and nobody imports it.
    found = discover(plant("python/shop/models.py", texts={file: text}))

    assert found.roots == ("python", "")
    assert modules(found) == ["shop.models"]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("pyproject.toml", "[tool.setuptools.packages.find\nwhere"),
        ("pyproject.toml", "tool = 1\npackages = 2\n"),
        ("pyproject.toml", "[tool.setuptools]\npackages = ['where']\npackage-dir = {a = 1}\n"),
        ("pyproject.toml", "[tool.setuptools.packages.find]\nwhere = ['../else', '/etc', 'missing']\n"),
        ("setup.cfg", "no section\n"),
    ],
)
def test_metadata_that_says_nothing_useful(plant: Plant, file: str, text: str) -> None:
    assert discover(plant("shop/models.py", texts={file: text})).roots == ("",)


def test_told_roots(plant: Plant) -> None:
    root = plant("services/a/src/x.py", "services/b/src/y.py", "lib/deep/z.py", "app/__init__.py", "w.py")

    found = discover(root, src=("services/*/src", "./lib/", "missing", "."))

    assert found.roots == ("services/a/src", "services/b/src", "lib", "")
    assert found.idle == ("missing",)
    assert named(found) == {
        "app/__init__.py": "app",
        "lib/deep/z.py": "deep.z",
        "services/a/src/x.py": "x",
        "services/b/src/y.py": "y",
        "w.py": "w",
    }


def test_told_roots_may_go_any_depth(plant: Plant) -> None:
    root = plant("a/python/x.py", "a/b/c/python/y.py")

    assert discover(root, src=("**/python",)).roots == ("a/b/c/python", "a/python", "")


def test_no_told_root_but_the_projects(plant: Plant) -> None:
    assert discover(plant("src/shop/__init__.py"), src=()).roots == ("",)


def test_a_root_that_is_itself_a_package(plant: Plant) -> None:
    found = discover(plant("__init__.py", "a.py", "sub/__init__.py"))

    assert found.sources == (
        SourceFile("__init__.py", "__init__", False, ""),
        SourceFile("a.py", "a", False, ""),
        SourceFile("sub/__init__.py", "sub", True, ""),
    )


def test_stubs_are_named_like_their_modules(plant: Plant) -> None:
    found = discover(plant("app/__init__.pyi", "app/x.py", "app/x.pyi"))

    assert modules(found) == ["app", "app.x", "app.x"]
    assert found.sources[0].is_package


def test_segments_that_are_no_identifiers_are_kept(plant: Plant) -> None:
    found = discover(plant("{{cookiecutter.name}}/y.py", "my-tools/my-script.py", "a/b.c.py"))

    assert modules(found) == ["a.b.c", "my-tools.my-script", "{{cookiecutter.name}}.y"]


def test_a_manage_py_inside_a_package_needs_the_imports_word(plant: Plant) -> None:
    silent = plant(
        "mysite/__init__.py", "mysite/manage.py", "mysite/blog/__init__.py", "mysite/blog/models.py"
    )
    assert discover(silent).roots == ("",)

    plant(texts={"mysite/urls.py": "from blog.models import Post\n"})
    assert discover(silent).roots == ("mysite", "")
