"""The names of Django's query expressions, and which of their arguments are paths."""

from __future__ import annotations

from archlint.frameworks.django.query.expressions.expression import Maker

_AGGREGATES = frozenset(["Avg", "Count", "Max", "Min", "StdDev", "Sum", "Variance"])
_CONDITIONS = frozenset({"Q", "When"})
_ALL = frozenset(
    [
        "F",
        "OuterRef",
        "Func",
        "Coalesce",
        "Concat",
        "ConcatPair",
        "Greatest",
        "Least",
        "NullIf",
        "Mod",
        "Power",
        "ATan2",
        "SearchVector",
    ]
)
_VALUES = frozenset(
    [
        "Case",
        "CombinedExpression",
        "CurrentDate",
        "Exists",
        "ExpressionWrapper",
        "KeyTextTransform",
        "KeyTransform",
        "Lexeme",
        "SearchConfig",
        "SearchHeadline",
        "TrigramWordDistance",
        "TrigramWordSimilarity",
        "TrigramStrictWordDistance",
        "TrigramStrictWordSimilarity",
        "Ntile",
        "Now",
        "Pi",
        "Random",
        "RawSQL",
        "SearchQuery",
        "SearchRank",
        "Subquery",
        "ArraySubquery",
        "Value",
        "Window",
        "RowRange",
        "ValueRange",
        "Rank",
        "DenseRank",
        "RowNumber",
        "CumeDist",
        "PercentRank",
        "KT",
        "JSONArray",
        "TransactionNow",
        "RandomUUID",
    ]
)
_MODULES = (
    "django.db.models",
    "django.contrib.postgres.aggregates",
    "django.contrib.postgres.search",
    "django.contrib.postgres.expressions",
    "django.contrib.gis.db.models",
)
_NOT_EXPRESSIONS = frozenset(
    [
        "Model",
        "Manager",
        "QuerySet",
        "Index",
        "UniqueConstraint",
        "CheckConstraint",
        "BaseConstraint",
        "Deferrable",
        "Choices",
        "IntegerChoices",
        "TextChoices",
        "NOT_PROVIDED",
        "Lookup",
        "Transform",
        "Aggregate",
        "Expression",
        "BaseExpression",
        "Field",
        "ExpressionList",
        "OrderBy",
        "DO_NOTHING",
        "CASCADE",
        "PROTECT",
        "RESTRICT",
        "SET",
        "SET_DEFAULT",
        "SET_NULL",
    ]
)


def maker(name: str) -> Maker | None:
    """What a dotted name makes, if it is one of Django's query expressions."""
    if name == "django.contrib.contenttypes.prefetch.GenericPrefetch":
        return Maker("Prefetch", "first")
    module, _, last = name.rpartition(".")
    if not module.startswith(_MODULES) or not last[:1].isupper() or last in _NOT_EXPRESSIONS:
        return None
    if last.endswith(("Field", "ForeignKey", "Key")):
        return None
    if last in _CONDITIONS:
        return Maker(last, "conditions")
    if last == "JSONObject":
        return Maker(last, "named")
    if last in _VALUES:
        return Maker(last, "values")
    is_aggregate = last in _AGGREGATES or module.startswith("django.contrib.postgres.aggregates")
    return Maker(last, "paths" if last in _ALL else "first", is_aggregate)
