"""Which type of field an expression gives, and where Django could not tell.

Taken from `_connector_combinations` and `BaseExpression._resolve_output_field`, and shown true against the
real Django in the tests.
"""

from __future__ import annotations

from archlint.frameworks.django.models.registered import DjangoModel
from archlint.frameworks.django.models.spelling import MODELS
from archlint.frameworks.django.query.expressions.computed import Computed, named
from archlint.frameworks.django.query.expressions.outputs import Output
from archlint.frameworks.django.query.paths import Paths
from archlint.frameworks.orm import Field, Relation

NULL = "NULL"
PARENTS = {
    "BigAutoField": "BigIntegerField",
    "AutoField": "IntegerField",
    "SmallAutoField": "SmallIntegerField",
    "BigIntegerField": "IntegerField",
    "SmallIntegerField": "IntegerField",
    "PositiveBigIntegerField": "BigIntegerField",
    "PositiveIntegerField": "IntegerField",
    "PositiveSmallIntegerField": "SmallIntegerField",
    "DateTimeField": "DateField",
    "EmailField": "CharField",
    "SlugField": "CharField",
    "URLField": "CharField",
    "CommaSeparatedIntegerField": "CharField",
}
"""The class that a class of fields inherits from, as far as both are known here."""

_ALONE = frozenset(
    {"IntegerField", "CharField", "TextField", "FloatField", "DecimalField", "BooleanField"}
    | {"DateField", "TimeField", "DurationField"}
)
_KNOWN = _ALONE | PARENTS.keys()
_NUMBERS = ("IntegerField", "FloatField", "DecimalField")
_TIMES = frozenset({"DateField", "TimeField", "DurationField"})
_DEPTH = 8


class Mixed(Exception):  # noqa: N818
    """Django cannot tell the type."""

    def __init__(self, first: str, second: str, operator: str) -> None:
        super().__init__(first, second, operator)
        self.first, self.second, self.operator = first, second, operator


class Types:
    """Answers for the expressions of a query on one model."""

    def __init__(self, paths: Paths, model: DjangoModel, annotations: tuple[Computed, ...]) -> None:
        self._paths = paths
        self._model = model
        self._annotations = annotations

    def of(self, output: Output, depth: int = _DEPTH) -> str:
        """The class of field, NULL for none; empty where nobody can tell.

        Raises `Mixed` where Django itself could not tell.
        """
        if depth < 0:
            return ""
        if output.how == "field":
            return output.name
        if output.how == "null":
            return NULL
        if output.how == "path":
            return self._at(output.name, depth)
        types = [self.of(part, depth - 1) for part in output.parts]
        if output.how == "combined":
            return _combined(output.name, types[0], types[1])
        if output.how == "same":
            return _same(types, is_nested=output.name == "Concat")
        if output.how == "total":
            return types[0]
        return _average(types[0]) if output.how == "average" else ""

    def _at(self, path: str, depth: int) -> str:
        """The type of a field, of an annotation, of what stands behind relations."""
        made = named(self._annotations, path)
        if made is not None:
            return self.of(made.output, depth - 1)
        model = self._model
        *ways, last = path.split("__")
        for way in ways:
            relation = self._paths.member(model, way)
            target = self._paths.target(relation) if isinstance(relation, Relation) else None
            if target is None:
                return ""
            model = target
        return _type(self._paths.member(model, last))


def _type(member: object) -> str:
    if not isinstance(member, Field) or member.cls is not None:
        return ""
    module, _, name = member.kind.rpartition(".")
    return name if module == MODELS and name in _KNOWN else ""


def is_a(name: str, other: str) -> bool:
    """Whether a class of fields is another, or inherits from it."""
    while name != other:
        if name not in PARENTS:
            return False
        name = PARENTS[name]
    return True


def _same(types: list[str], *, is_nested: bool) -> str:
    """What several of one type give; the first has to be of the class of each other."""
    if is_nested and len(types) > 2:
        types = [types[0], _same(types[1:], is_nested=True)]
    if "" in types:
        return ""
    told = [one for one in types if one != NULL]
    for other in told[1:]:
        if not is_a(told[0], other):
            raise Mixed(told[0], other, "")
    return told[0] if told else NULL


def _combined(operator: str, left: str, right: str) -> str:
    if not left or not right:
        return ""
    lefts = [one for one in _NUMBERS if is_a(left, one)]
    rights = [one for one in _NUMBERS if is_a(right, one)]
    if NULL in (left, right):
        return "".join(lefts + rights)
    if operator != "-" and left == right == "PositiveIntegerField":
        return left
    if lefts and rights and (lefts == rights or ("IntegerField" in lefts + rights and operator != "**")):
        both = {*lefts, *rights}
        return next(one for one in reversed(_NUMBERS) if one in both)
    if any(is_a(left, one) for one in _TIMES) or any(is_a(right, one) for one in _TIMES):
        return _moment(operator, left, right)
    raise Mixed(left, right, operator)


def _moment(operator: str, left: str, right: str) -> str:
    """What dates, times and spans give; which of them may be combined depends on the database, too."""
    spans = "DurationField" in (left, right)
    both_times = all(any(is_a(one, time) for time in _TIMES) for one in (left, right))
    if operator not in "+-" or not both_times:
        is_number = any(is_a(one, number) for one in (left, right) for number in _NUMBERS)
        if spans and is_number:
            return ""
        raise Mixed(left, right, operator)
    return ""


def _average(name: str) -> str:
    """The type of a mean: a fraction, unless it was one."""
    return "FloatField" if name == "FloatField" or is_a(name, "IntegerField") else name
