"""Models, fields, relations and reverse names, as Django itself would have them."""

import pytest

from archlint.frameworks.django import DjangoModels
from archlint.frameworks.orm import Cardinality

SETTINGS = """
    INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "shop"]
    ROOT_URLCONF = "site.urls"
"""


@pytest.fixture
def shop(make_project):
    """The models of an app `shop`, made of the source of its `models.py`."""

    def make(source, **files):
        tree = {"shop/__init__.py": "", "shop/models.py": source, "site/settings.py": SETTINGS}
        tree |= {path.replace("__", "/") + ".py": text for path, text in files.items()}
        return make_project(tree).view(DjangoModels)

    return make


def test_fields_and_both_sides_of_a_relation(shop):
    models = shop("""
        from django.db import models

        class Author(models.Model):
            name = models.CharField(max_length=40, unique=True)
            born = models.DateField(null=True)

        class Book(models.Model):
            author = models.ForeignKey(Author, models.CASCADE)
            editors = models.ManyToManyField("Author", related_name="edited")
            cover = models.OneToOneField("shop.Cover", on_delete=models.CASCADE, related_name="+")

        class Cover(models.Model):
            book = None
    """)
    author, book = models.named("shop.Author"), models.named("shop.Book")
    assert list(author.fields) == ["name", "born", "id"]
    assert (author.fields["name"].unique, author.fields["born"].null) == (True, True)
    assert author.primary_key.name == "id"
    assert author.relations["book_set"].query_name == "book"
    assert author.relations["book_set"].cardinality is Cardinality.ONE_TO_MANY
    assert author.relations["edited"].target == book.key
    assert author.relations["edited"].inverse == "editors"
    assert book.relations["author"].attribute == "author_id"
    assert book.relations["author"].inverse == "book_set"
    assert models.named("shop.Cover").relations == {}


def test_abstract_bases_give_each_child_its_own_names(shop):
    models = shop("""
        from django.conf import settings
        from django.db import models

        class Owned(models.Model):
            owner = models.ForeignKey(
                settings.AUTH_USER_MODEL, models.CASCADE, related_name="%(app_label)s_%(class)ss"
            )
            note = models.TextField()

            class Meta:
                abstract = True
                ordering = ["note"]

        class Box(Owned):
            note = None

        class Bag(Owned):
            class Meta(Owned.Meta):
                default_related_name = "bags"
            place = models.ForeignKey(Box, models.CASCADE)
    """)
    user, box = models.named("auth.User"), models.named("shop.Box")
    assert {"shop_boxs", "shop_bags"} <= user.relations.keys()
    assert list(box.fields) == ["id"]
    assert "ordering" in box.meta
    assert box.relations["bags"].query_name == "bags"
    assert models.model("shop.models.Owned").is_abstract
    assert not models.named("shop.Bag").is_abstract


def test_multi_table_inheritance_and_proxies(shop):
    models = shop("""
        from django.db import models

        class Place(models.Model):
            name = models.CharField(max_length=9)

        class Shop(Place):
            sells = models.CharField(max_length=9)

        class Kiosk(Shop):
            class Meta:
                proxy = True

        class Visit(models.Model):
            kiosk = models.ForeignKey(Kiosk, models.CASCADE)
    """)
    place, shop_, kiosk = (models.named(f"shop.{name}") for name in ("Place", "Shop", "Kiosk"))
    assert place.relations["shop"].cardinality is Cardinality.ONE_TO_ONE
    assert set(shop_.fields) == {"sells", "name", "id"}
    assert shop_.primary_key.name == "place_ptr"
    assert "shop" not in shop_.relations
    assert shop_.relations["visit_set"].target == models.named("shop.Visit").key
    assert kiosk.concrete == shop_.key
    assert kiosk.is_proxy
    assert "visit_set" in kiosk.relations


def test_managers_and_their_query_sets(shop):
    models = shop("""
        from django.db import models

        class OrderQuerySet(models.QuerySet):
            def paid(self): ...

        class PlainManager(models.Manager):
            def get_queryset(self):
                return OrderQuerySet(self.model, using=self._db).paid()

        Made = models.Manager.from_queryset(OrderQuerySet)

        class Order(models.Model):
            objects = OrderQuerySet.as_manager()
            plain = PlainManager()
            made = Made()
            inline = models.Manager.from_queryset(OrderQuerySet)()

        class Line(models.Model): ...
    """)
    order = models.named("shop.Order")
    assert list(order.managers) == ["objects", "plain", "made", "inline"]
    assert {m.queryset.fact.name for m in order.managers.values()} == {"OrderQuerySet"}
    assert all(m.is_known for m in order.managers.values())
    (objects,) = models.named("shop.Line").managers.values()
    assert (objects.name, objects.cls, objects.is_known) == ("objects", None, True)


def test_custom_fields_factories_and_what_nobody_can_tell(shop):
    models = shop("""
        from functools import partial
        from django.db import models
        from stranger import Thing, make

        class MoneyField(models.DecimalField):
            def __init__(self, **kwargs):
                super().__init__(max_digits=9, decimal_places=2, null=True, **kwargs)

        Short = partial(models.CharField, max_length=5)

        def note():
            return models.TextField(null=True)

        class Item(models.Model):
            price = MoneyField()
            code = Short()
            remark = note()
            thing = Thing()
            LIMIT = int("3")

        @make
        class Open(models.Model): ...
    """)
    item = models.named("shop.Item")
    kinds = {name: field.kind.rpartition(".")[2] for name, field in item.fields.items()}
    assert kinds == {
        "price": "DecimalField",
        "code": "CharField",
        "remark": "TextField",
        "thing": "",
        "id": "AutoField",
    }
    assert item.fields["price"].null is None
    assert item.fields["remark"].null is True
    assert not item.is_open
    assert models.named("shop.Open").is_open


def test_the_fields_of_django_itself_are_known_where_it_is_linted_itself(make_project):
    project = make_project(
        {
            "shop/__init__.py": "",
            "shop/models.py": """
                from django.db import models

                class Author(models.Model):
                    name = models.CharField(max_length=40)

                class Own(models.ForeignKey):
                    pass

                class Book(models.Model):
                    author = models.ForeignKey(Author, models.CASCADE)
                    reader = Own(Author, models.CASCADE, related_name="read")
                """,
            "django/__init__.py": "",
            "django/db/__init__.py": "",
            "django/db/models/__init__.py": """
                from django.db.models.base import Model
                from django.db.models.fields import CharField
                from django.db.models.fields.related import ForeignKey

                CASCADE = None
                """,
            "django/db/models/base.py": "class Model: ...",
            "django/db/models/fields/__init__.py": """
                class Field:
                    def contribute_to_class(self, cls, name): ...

                class CharField(Field): ...
                """,
            "django/db/models/fields/related.py": """
                from django.db.models.fields import Field

                class ForeignKey(Field):
                    def contribute_to_related_class(self, cls, related): ...
                """,
        }
    )
    author = project.view(DjangoModels).named("shop.Author")
    assert author.relations.keys() == {"book_set", "read"}
    assert not author.is_open
    assert author.fields["name"].cls is None
