"""URLconfs from outside call their patterns what archlint says.

Django's own are asked; of packages that happen to be installed, the sources are read.
"""

import re
from fnmatch import fnmatchcase
from importlib.util import find_spec
from pathlib import Path

import pytest

from archlint.frameworks.django.urls.names import APP_NAMES, URLCONFS

from .real import real

ASKED = """
from importlib import import_module

conf = import_module({module!r})
said = (getattr(conf, "app_name", ""), sorted(each.name for each in conf.urlpatterns))
"""
OWN = ("django.contrib.admindocs.urls", "django.contrib.auth.urls", "rest_framework.urls")
OUTSIDE = sorted(
    name
    for name in {*URLCONFS, *APP_NAMES}
    if name.endswith(".urls") and not name.startswith(("django.", "rest_"))
)
NAME = re.compile(r"""\bname ?= ?f?["']([^"']+)["']""")
APP_NAME = re.compile(r"""^app_name ?= ?["']([^"']+)["']""", re.MULTILINE)


@pytest.mark.parametrize("module", OWN)
def test_own(module, tmp_path):
    files = {"shop/settings.py": "INSTALLED_APPS = ['django.contrib.contenttypes', 'django.contrib.auth']\n"}
    (said,) = real({module: files}, tmp_path, ASKED.format(module=module))[module]
    app_name, names = eval(said)
    assert app_name == APP_NAMES.get(module, "")
    assert [name for name in names if not _is_known(module, name)] == []


@pytest.mark.parametrize("module", OUTSIDE)
def test_packages(module):
    package, _, rest = module.partition(".")
    spec = find_spec(package)
    path = Path(spec.origin).parent / (rest.replace(".", "/") + ".py") if spec and spec.origin else None
    if path is not None and not path.exists():
        path = path.with_suffix("") / "__init__.py"
    if path is None or not path.exists():
        pytest.skip(f"{module} is not installed")
    text = path.read_text(encoding="utf-8")
    assert ("app_name" in text) == (module in APP_NAMES)
    if module in APP_NAMES:
        assert {*APP_NAME.findall(text)} <= {APP_NAMES[module]}
    else:
        assert [name for name in NAME.findall(text) if not _is_known(module, name)] == []


def test_providers():
    """What `allauth.urls` includes of each provider that is installed."""
    spec = find_spec("allauth")
    if spec is None or spec.origin is None:
        pytest.skip("allauth is not installed")
    parts = ("account", "mfa", "socialaccount", "usersessions")
    paths = (path for part in parts for path in (Path(spec.origin).parent / part).rglob("urls.py"))
    names = {name for path in paths for name in NAME.findall(path.read_text(encoding="utf-8"))}
    assert {name for name in names if not _is_known("allauth.urls", name)} == set()


def _is_known(module, name):
    return any(fnmatchcase(name, each) for each in URLCONFS[module].split())
