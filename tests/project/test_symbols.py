"""A name is followed to its definition, or honestly not."""

from archlint.project import MISSING, UNKNOWN, Definition, External, Folder, Module
from archlint.project.symbols import Symbols


def resolve(project, dotted, seen_from="main.py"):
    return project.view(Symbols).resolve(dotted, project.module_at(seen_from))


def name_of(answer):
    assert isinstance(answer, Definition)
    return answer.name


def test_follows_aliases_and_re_exports(make_project):
    project = make_project(
        {
            "main.py": "",
            "app/__init__.py": "from .models.order import Order as Purchase",
            "app/models/__init__.py": "from app.models.order import *",
            "app/models/order.py": "class Order:\n    def total(self): ...",
        }
    )
    assert name_of(resolve(project, "app.Purchase")) == "app.models.order.Order"
    assert name_of(resolve(project, "app.models.Order.total")) == "app.models.order.Order.total"
    assert isinstance(resolve(project, "app.models.order"), Module)
    assert resolve(project, "sqlalchemy.orm.Session") == External("sqlalchemy.orm.Session")


def test_a_submodule_is_found_unless_the_package_binds_the_name(make_project):
    project = make_project(
        {
            "main.py": "",
            "app/__init__.py": "from .views import views",
            "app/views.py": "def views(): ...",
            "app/urls.py": "",
        }
    )
    assert name_of(resolve(project, "app.views")) == "app.views.views"
    assert resolve(project, "app.urls") is project.module_at("app/urls.py")


def test_a_package_that_imports_its_own_submodule_by_name(make_project):
    project = make_project({"main.py": "", "app/__init__.py": "from . import urls", "app/urls.py": ""})
    assert resolve(project, "app.urls") is project.module_at("app/urls.py")


def test_a_name_that_only_one_star_can_bring_is_of_the_module_outside(make_project):
    project = make_project(
        {
            "main.py": "",
            "one.py": "from numpy import *\ndef own(): ...",
            "through.py": "from one import *",
            "two.py": "from numpy import *\nfrom scipy import *",
            "beside.py": "from own import *\nfrom one import *",
            "own.py": "class array: ...",
        }
    )
    assert resolve(project, "one.array") == External("numpy.array")
    assert name_of(resolve(project, "one.own")) == "one.own"
    assert resolve(project, "through.array") == External("numpy.array")
    assert name_of(resolve(project, "beside.array")) == "own.array"
    for dotted in ("one.len", "one._private", "two.array", "beside.zeros"):
        assert resolve(project, dotted) is UNKNOWN


def test_star_imports_honour_all(make_project):
    project = make_project(
        {
            "main.py": "",
            "app/__init__.py": "from .a import *\nfrom .b import *",
            "app/a.py": "__all__ = ['shown']\nshown = 1\nhidden = 2",
            "app/b.py": "public = 1\n_private = 2",
        }
    )
    assert name_of(resolve(project, "app.shown")) == "app.a.shown"
    assert resolve(project, "app.hidden") is MISSING
    assert name_of(resolve(project, "app.public")) == "app.b.public"
    assert resolve(project, "app._private") is MISSING


def test_what_only_running_could_tell_is_unknown(make_project):
    project = make_project(
        {
            "main.py": "",
            "lazy/__init__.py": "def __getattr__(name): ...",
            "made/__init__.py": "globals().update(x=1)",
            "star/__init__.py": "from numpy import *\nfrom scipy import *",
            "open/__init__.py": "from .inner import *",
            "open/inner.py": "from os import path\n__all__ = ['a'] + path.__all__\na = 1",
            "moved/__init__.py": "import pkgutil\n__path__ = pkgutil.extend_path(__path__, __name__)",
            "broken/__init__.py": "def (",
            "cycle/__init__.py": "from .a import x",
            "cycle/a.py": "from . import x",
        }
    )
    for dotted in ("lazy.x", "made.x", "star.x", "open.x", "broken.x", "cycle.x", "moved.x"):
        assert resolve(project, dotted) is UNKNOWN, dotted


def test_what_is_deleted_declared_or_only_caught_is_no_name_of_the_module(make_project):
    caught = "try:\n    z = 1\nexcept OSError as z2:\n    pass"
    project = make_project({"main.py": "", "app.py": f"x = 1\ndel x\ny: int\n{caught}"})
    for dotted in ("app.x", "app.y", "app.z2"):
        assert resolve(project, dotted) is MISSING, dotted
    assert name_of(resolve(project, "app.z")) == "app.z"


def test_a_name_is_there_that_is_bound_again_or_deleted_only_perhaps(make_project):
    text = "x = 1\ndel x\nx = 2\ny = 1\nif x:\n    del y\nfor z in y:\n    del z"
    project = make_project({"main.py": "", "app.py": text})
    for name in ("x", "y", "z"):
        assert name_of(resolve(project, f"app.{name}")) == f"app.{name}"


def test_a_folder_without_init_belongs_to_the_package_around_it(make_project):
    files = {"main.py": "", "app/__init__.py": "", "app/jobs/mail.py": "", "acme/shop/cart.py": ""}
    project = make_project(files)
    assert isinstance(resolve(project, "app.jobs.mail"), Module)
    assert resolve(project, "app.jobs.gone") is MISSING
    assert resolve(project, "acme.shop.gone") is UNKNOWN


def test_the_last_binding_counts(make_project):
    project = make_project(
        {
            "main.py": "",
            "app.py": """
                try:
                    from speed import fast
                except ImportError:
                    def fast(): ...
            """,
        }
    )
    assert name_of(resolve(project, "app.fast")) == "app.fast"


def test_namespace_packages_are_folders(make_project):
    project = make_project({"main.py": "", "app/api/routes.py": "x = 1"})
    assert resolve(project, "app.api") == Folder("app/api", "app.api")
    assert name_of(resolve(project, "app.api.routes.x")) == "app.api.routes.x"
    assert resolve(project, "app.api.gone") is UNKNOWN  # another distribution may share the namespace


def test_a_module_hides_the_folder_beside_it(make_project):
    project = make_project({"main.py": "", "app.py": "", "app/routes.py": "x = 1"})
    assert resolve(project, "app.routes") is MISSING


def test_a_stub_stands_in_for_a_compiled_module(make_project):
    project = make_project({"main.py": "", "app/__init__.py": "", "app/fast.pyi": "def run() -> None: ..."})
    assert name_of(resolve(project, "app.fast.run")) == "app.fast.run"
    assert resolve(project, "app.fast.other") is UNKNOWN


def test_each_project_of_a_monorepo_sees_its_own_package_first(make_project):
    project = make_project(
        {
            "one/pyproject.toml": "",
            "one/src/app/__init__.py": "x = 1",
            "one/src/main.py": "",
            "two/pyproject.toml": "",
            "two/src/app/__init__.py": "x = 2",
            "two/src/main.py": "",
        }
    )
    for name in ("one", "two"):
        found = resolve(project, "app", f"{name}/src/main.py")
        assert isinstance(found, Module)
        assert found.path == f"{name}/src/app/__init__.py"


def test_a_script_finds_the_modules_beside_it(make_project):
    project = make_project({"a/__init__.py": "", "tools/run.py": "import lib", "tools/lib.py": "x = 1"})
    assert isinstance(resolve(project, "lib", "tools/run.py"), Module)
    assert resolve(project, "lib", "a/__init__.py") == External("lib")
