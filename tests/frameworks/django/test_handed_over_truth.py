"""What REST framework hands to `create` of a serializer, and what Django makes of it."""

from .real import real
from .test_database_truth import PREPARE

MODELS = """
from django.db import models

class Tag(models.Model):
    name = models.CharField(max_length=30)

class Book(models.Model):
    title = models.CharField(max_length=80)
    tags = models.ManyToManyField(Tag{more})
"""

THROUGH = """
class Place(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE)
"""

CREATED = """
from rest_framework import serializers
from library.models import Book, Tag

class BookSerializer(serializers.ModelSerializer):
    class Meta:
        model = Book
        fields = ["title", "tags"]

    def create(self, validated_data):
        return Book.objects.create(**validated_data)

given = BookSerializer(data={"title": "a", "tags": [Tag.objects.create(name="b").pk]})
given.is_valid(raise_exception=True)
said = outcome(given.save)
"""


def test_relations_to_many_are_among_what_is_handed_over(tmp_path):
    models = {
        "plain": MODELS.replace("{more}", ""),
        "blank": MODELS.replace("{more}", ", blank=True"),
        "through": MODELS.replace("{more}", ', through="Place"') + THROUGH,
        "shut": MODELS.replace("{more}", ", editable=False"),
    }
    found = real(
        {name: {"library/models.py": text} for name, text in models.items()}, tmp_path, PREPARE + CREATED
    )
    assert found == {"plain": ["TypeError"], "blank": ["TypeError"], "through": ["ran"], "shut": ["ran"]}
