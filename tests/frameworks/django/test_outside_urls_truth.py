"""The URLconfs of Django and REST framework call their patterns what archlint says."""

from fnmatch import fnmatchcase

import pytest

from archlint.frameworks.django.urls.names import APP_NAMES, URLCONFS

from .real import real

ASKED = """
from importlib import import_module

conf = import_module({module!r})
said = (getattr(conf, "app_name", ""), sorted(each.name for each in conf.urlpatterns))
"""
OWN = ("django.contrib.admindocs.urls", "django.contrib.auth.urls", "rest_framework.urls")


@pytest.mark.parametrize("module", OWN)
def test_own(module, tmp_path):
    files = {"shop/settings.py": "INSTALLED_APPS = ['django.contrib.contenttypes', 'django.contrib.auth']\n"}
    (said,) = real({module: files}, tmp_path, ASKED.format(module=module))[module]
    app_name, names = eval(said)
    assert app_name == APP_NAMES.get(module, "")
    assert [name for name in names if not _is_known(module, name)] == []


def _is_known(module, name):
    return any(fnmatchcase(name, each) for each in URLCONFS[module].split())
