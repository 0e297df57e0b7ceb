"""The migrations that the fix writes, and what the real `makemigrations` says of them."""

import os
import subprocess
import sys

import pytest

from .projects import apply, write

PLANNED = """
import django
django.setup()
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.questioner import MigrationQuestioner
from django.db.migrations.state import ProjectState

loader = MigrationLoader(None)
detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps), MigrationQuestioner())
changes = detector.changes(loader.graph)
said = sorted(one.describe() for all in changes.values() for each in all for one in each.operations)
print(said)
"""

SETTINGS = """
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "shop", "news"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
"""

KEY = '("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))'

FIRST = f"""
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(name="Order", fields=[{KEY}, ("old", models.TextField())]),
        migrations.CreateModel(name="Line", fields=[{KEY}]),
    ]
"""

NEWS = f"""
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.CreateModel(name="Piece", fields=[{KEY}])]
"""

MODELS = """
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.models import Piece


class Order(models.Model):
    pass


class Dated(models.Model):
    placed = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


class Line(Dated):
    code = models.CharField(_("the code"), max_length=20, blank=True, help_text="it's \\"short\\"")
    size = models.DecimalField(max_digits=6, decimal_places=2, default=-1)
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="lines")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    pieces = models.ManyToManyField(Piece, blank=True)
    data = models.JSONField(default=dict)
    kind = models.CharField(max_length=1, choices=[("a", "A"), ("b", "B")], default="a")
    tags = models.ManyToManyField("Tag")


class Note(Dated):
    line = models.ForeignKey(Line, on_delete=models.CASCADE)
    tag = models.OneToOneField("Tag", on_delete=models.CASCADE)
    text = models.TextField()

    class Meta:
        ordering = ["text"]
        verbose_name = _("a note")


class Tag(models.Model):
    word = models.SlugField(unique=True)
    above = models.ForeignKey("self", on_delete=models.CASCADE, null=True)
"""

PROJECT = {
    "shop/__init__.py": "",
    "shop/settings.py": SETTINGS,
    "shop/models.py": MODELS,
    "shop/migrations/__init__.py": "",
    "shop/migrations/0001_initial.py": FIRST,
    "news/__init__.py": "",
    "news/models.py": "from django.db import models\n\n\nclass Piece(models.Model):\n    pass\n",
    "news/migrations/__init__.py": "",
    "news/migrations/0001_initial.py": NEWS,
}


def said_of(project):
    """What the real Django would write."""
    run = subprocess.run(
        [sys.executable, "-B", "-c", PLANNED],
        cwd=project,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "shop.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    return eval(run.stdout)


WITHOUT_OLD = FIRST.replace(', ("old", models.TextField())', "")


def test_what_the_fix_writes_leaves_nothing_to_do(tmp_path):
    write(tmp_path, {**PROJECT, "shop/migrations/0001_initial.py": WITHOUT_OLD})
    assert len(said_of(tmp_path)) > 10
    mended = apply(tmp_path, "django", unsafe=True)
    assert list(mended.files) == ["shop/migrations/0002_tag_note_line_by_line_code_line_data_and_more.py"]
    assert said_of(tmp_path) == []
    assert not apply(tmp_path, "django", unsafe=True).files


def test_a_field_that_is_gone(tmp_path):
    models = "from django.db import models\n\n\nclass Order(models.Model):\n    pass\n"
    write(tmp_path, {**PROJECT, "shop/models.py": models})
    assert said_of(tmp_path) == ["Delete model Line", "Remove field old from order"]
    mended = apply(tmp_path, "django", unsafe=True)
    assert list(mended.files) == ["shop/migrations/0002_remove_order_old.py"]
    assert said_of(tmp_path) == ["Delete model Line"]


@pytest.mark.parametrize(
    "field",
    [
        "models.IntegerField()",
        "models.DateTimeField(auto_now_add=True)",
        "models.CharField(max_length=2, choices=KINDS, default='a')",
        "models.CharField(max_length=2, default=made)",
    ],
)
def test_what_only_somebody_can_say_is_not_written(field, tmp_path):
    """A value for the rows that are there, what code works out, a function of the project."""
    before = 'KINDS = [(str(one), one) for one in range(3)]\n\n\ndef made():\n    return "a"\n\n\n'
    order = "class Order(models.Model):\n    "
    models = MODELS.replace(f"{order}pass", f"{before}{order}new = {field}")
    write(
        tmp_path,
        {**PROJECT, "shop/models.py": models, "shop/migrations/0001_initial.py": WITHOUT_OLD},
    )
    assert "Add field new to order" in said_of(tmp_path)
    assert apply(tmp_path, "django", unsafe=True).files == {}
