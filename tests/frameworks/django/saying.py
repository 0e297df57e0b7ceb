"""What the real Django says of a project; `tests/frameworks/apart.py` runs this."""

import os
import sys

import django
import django.contrib.auth
import django.db.models
from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.utils.module_loading import import_string


def say(root: str, modules: list[str], code: str) -> list[str]:
    """The ids of its system checks, what `code` leaves in `said`, or the exception at start."""
    sys.path.insert(0, root)
    os.environ["DJANGO_SETTINGS_MODULE"] = "whole_settings"
    try:
        django.setup()
        for module in modules:
            __import__(module)
        if code:
            scope: dict[str, object] = {}
            exec(code, scope)
            return [str(scope["said"])]
        for name in settings.MIDDLEWARE:
            import_string(name)  # as a server does when it starts
        return [m.id for m in run_checks(databases=["default"]) if m.level >= ERROR or m.id == "fields.E010"]
    except Exception as error:
        return [type(error).__name__]
