"""The classes of serializers and their fields, by the last part of their names in REST framework."""

from __future__ import annotations

SERIALIZERS = frozenset({"Serializer", "ModelSerializer", "HyperlinkedModelSerializer"})
MODEL_SERIALIZERS = frozenset({"ModelSerializer", "HyperlinkedModelSerializer"})
RELATED = frozenset({"PrimaryKeyRelatedField", "SlugRelatedField", "HyperlinkedRelatedField", "RelatedField"})
"""Fields for related objects that need a query set to be written."""

READ_ONLY = frozenset(
    {
        "HyperlinkedIdentityField",
        "ReadOnlyField",
        "SerializerMethodField",
        "StringRelatedField",
    }
)
"""Fields that nobody can write."""

METHOD = "SerializerMethodField"
_FIELDS = """
    BooleanField NullBooleanField CharField EmailField RegexField SlugField URLField UUIDField IPAddressField
    IntegerField BigIntegerField FloatField DecimalField DateTimeField DateField TimeField DurationField
    ChoiceField MultipleChoiceField FilePathField FileField ImageField ListField DictField HStoreField
    JSONField HiddenField ModelField ManyRelatedField Field
"""
FIELDS = frozenset(_FIELDS.split()) | RELATED | READ_ONLY
"""Fields that hold a value."""

OF_REST_FRAMEWORK = "rest_framework."


def framework_name(name: str) -> str:
    """The last part of the name of something from REST framework; empty for all else."""
    return name.rpartition(".")[2] if name.startswith(OF_REST_FRAMEWORK) else ""
