"""What the real `makemigrations` says of the page."""

from archlint.registry import load
from archlint.testing import examples

from .real import real

PLANNED = """
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.questioner import MigrationQuestioner
from django.db.migrations.state import ProjectState

loader = MigrationLoader(None)
detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps), MigrationQuestioner())
changes = detector.changes(loader.graph)
said = sorted(one.describe() for all in changes.values() for each in all for one in each.operations)
"""


def test_the_page_says_what_makemigrations_says(tmp_path):
    pages = [one for one in examples(load(), "django") if one.rule == "django/missing-migration"]
    said = real({one.title: one.files for one in pages}, tmp_path, PLANNED)
    planned = {title: eval(answers[0]) for title, answers in said.items()}
    altered = "Alter field id on note"
    assert [one for one in planned["Bad"] if one != altered] == [
        "Add field tags to note",
        "Alter field rank on note",
        "Alter field title on note",
        "Create model Label",
        "Remove field text from note",
    ]
    assert [one for one in planned["Good"] if not one.startswith("Alter field id")] == []


MADE = """
from django.apps import apps
from django.core.management import call_command
from django.db import connection

call_command("migrate", verbosity=0)
names = [model._meta.db_table for model in apps.get_app_config("notes").get_models()]
said = sorted(set(names) & set(connection.introspection.table_names()))
"""


def test_migrate_makes_no_table_for_an_app_without_migrations(tmp_path):
    pages = [one for one in examples(load(), "django") if one.rule == "django/unmigrated-app"]
    said = real({one.title: one.files for one in pages}, tmp_path, MADE)
    assert said == {"Bad": ["[]"], "Good": ["['notes_note']"]}
