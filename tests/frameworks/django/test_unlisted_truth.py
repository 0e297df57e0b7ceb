"""Importing models fails where their app is not installed: the project's and those that Django brings."""

import pytest

from archlint.frameworks.django.settings.unlisted import MODELS

from .real import real

SETTINGS = "INSTALLED_APPS = []\nROOT_URLCONF = 'market.urls'\nMIDDLEWARE = []\n"
MODEL = "from django.db import models\n\nclass Parcel(models.Model): ...\n"


@pytest.mark.parametrize("module", [*sorted(MODELS), "market.parcels"])
def test_import_fails(module, tmp_path):
    files = {
        "market/settings.py": SETTINGS,
        "market/urls.py": f"import {module}\n\nurlpatterns = []\n",
        "market/parcels.py": MODEL,
    }
    assert real({module: files}, tmp_path) == {module: ["RuntimeError"]}
