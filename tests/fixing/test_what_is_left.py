"""Findings that are true, and whose place may not be changed for their sake."""

from __future__ import annotations

from pathlib import Path

from .projects import apply, lint, write

MODELS = """from django.db import models


class Plug(models.Model):
    name = models.CharField(max_length=9)


class Kit(models.Model):
    pass


class Port(models.Model):
    kit = models.ForeignKey(Kit, models.CASCADE, related_name="ports")
    plug = models.ForeignKey(Plug, models.CASCADE)


class Bay(models.Model):
    kit = models.ForeignKey(Kit, models.CASCADE, related_name="bays")
    name = models.CharField(max_length=9)
"""
VIEWS = """from shop.models import Kit, Port


def of_each_kind(kit: Kit):
    for name in ("ports", "bays"):
        for part in getattr(kit, name).all():
            print(part.plug.name)


def of_one_kind():
    return [port.plug.name for port in Port.objects.all()]
"""


def test_a_query_set_of_several_models_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path, {"shop/__init__.py": "", "shop/models.py": MODELS, "shop/views.py": VIEWS})
    assert [each.location.line for each in lint(tmp_path, "django").findings] == [7, 11]
    apply(tmp_path, "django", unsafe=True)
    after = (tmp_path / "shop" / "views.py").read_text()
    assert after == VIEWS.replace("Port.objects.all()", 'Port.objects.all().select_related("plug")')


def test_what_is_loaded_is_not_loaded_twice(tmp_path: Path) -> None:
    views = VIEWS.replace("port.plug.name for", "(port.plug.name, port.kit.pk) for")
    write(tmp_path, {"shop/__init__.py": "", "shop/models.py": MODELS, "shop/views.py": views})
    for _ in range(3):
        apply(tmp_path, "django")
    after = (tmp_path / "shop" / "views.py").read_text()
    assert after.count('"plug"') == after.count('"kit"') == 1
