"""What could write the rows of a loop all at once."""

from archlint.frameworks.django.writes.saves_in_loops import saves_in_loops

MODELS = """
from django.db import models

class Line(models.Model):
    text = models.CharField(max_length=10)

def written(text):
    for line in Line.objects.filter(text=text):
        {change}
        line.text = text.upper()
        line.save()
"""


def test_rows_without_a_key_are_new_ones(make_project):
    for change, instead in (
        ("line.pk = None", "bulk_create"),
        ("line.id = None", "bulk_create"),
        ("pass", "bulk_update"),
    ):
        project = make_project({"shop/models.py": MODELS.format(change=change)})
        assert [save.instead for save in saves_in_loops(project)] == [instead]
