"""Field arguments that Django refuses.

## Why is this bad?

An argument that the field does not take raises `TypeError` when the class body runs. Values that make no
sense are refused by Django's system checks (`fields.E004` to `E012`, `E100` to `E170`, `E201`, `E202`, `E306`
to `E309`, `E330`, `E900` to `E903`), and with them `runserver`, `migrate` and `test` stop.

## What to do

Correct the argument; the message says which.

## Bad

`shop/models.py`:

```python
from django.db import models


class Product(models.Model):
    name = models.CharField(max_lenght=80)  # error: [django/invalid-field-argument] "`max_lenght`"
    code = models.CharField(max_length="9")  # error: [django/invalid-field-argument] "`max_length`"
    price = models.DecimalField(max_digits=5)  # error: [django/invalid-field-argument] "`decimal_places`"
    rate = models.DecimalField(  # error: [django/invalid-field-argument] "fewer digits"
        max_digits=2, decimal_places=4
    )
    address = models.GenericIPAddressField(blank=True)  # error: [django/invalid-field-argument] "`null=True`"
    made = models.DateField(  # error: [django/invalid-field-argument] "exclude each other"
        auto_now=True, auto_now_add=True
    )
    sheet = models.FileField(upload_to="/sheets")  # error: [django/invalid-field-argument] "relative"
```

## Good

`shop/models.py`:

```python
from django.db import models


class Product(models.Model):
    name = models.CharField(max_length=80)
    price = models.DecimalField(max_digits=5, decimal_places=2)
    rate = models.DecimalField("rate", None, 4, 4)
    address = models.GenericIPAddressField(blank=True, null=True)
    made = models.DateField(auto_now_add=True)
    sheet = models.FileField(upload_to="sheets")
```

## Source

https://docs.djangoproject.com/en/5.2/ref/checks/#fields
"""

from __future__ import annotations

from collections.abc import Iterator
from keyword import iskeyword

from archlint.facts.expressions import Collection, Expression, Literal
from archlint.finding import Severity
from archlint.frameworks.django import DjangoModels
from archlint.frameworks.django.models.arguments import accepted, given, is_true, literal
from archlint.frameworks.django.models.choices import named_choices
from archlint.frameworks.django.models.database_values import GENERATED, generated, refers_to_fields
from archlint.frameworks.django.models.declared import Declaration
from archlint.frameworks.django.models.spelling import MODELS
from archlint.frameworks.django.places import declared_at
from archlint.frameworks.django.settings.backends import has_unlimited_texts
from archlint.frameworks.django.version import Version
from archlint.frameworks.orm import Model
from archlint.nearness import did_you_mean
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict

_TEXTS = ("CharField", "SlugField", "EmailField", "URLField", "FileField", "ImageField", "FilePathField")
_DATES = ("DateField", "DateTimeField", "TimeField")
_AUTOMATIC = ("AutoField", "BigAutoField", "SmallAutoField")
_REMOVED = {
    "IPAddressField": ("2.0", "`GenericIPAddressField`"),
    "CommaSeparatedIntegerField": ("2.0", "`CharField(validators=[validate_comma_separated_integer_list])`"),
    "NullBooleanField": ("4.0", "`BooleanField(null=True)`"),
}
"""Fields that are left for old migrations only, since when, and what to write instead."""

Problem = tuple[str, str]
"""What is wrong, and what to do."""


class InvalidFieldArgument(Rule, frozen=True):
    """Every field whose class and arguments are all seen is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Hold the arguments of each field against what its class takes."""
        unlimited = has_unlimited_texts(project)
        version = project.view(Version)
        needs_digits = not version.is_from("6.1")
        models = project.view(DjangoModels)
        for _, member, declaration in models.own():
            if not declaration.kind:
                continue
            if not declaration.is_plain:
                yield Outcome.UNKNOWN
                continue
            problems = [*_problems(declaration, needs_digits=needs_digits), *_removed(declaration, version)]
            problems += _named(project, declaration, models.model(member.owner))
            if unlimited is False and _is_unlimited(declaration):
                problems.append(("a `CharField` needs `max_length` in this database", "add `max_length=…`"))
            if refers_to_fields(project, declaration):
                problems.append(("`db_default` cannot read another column", "set it where the row is made"))
            if not problems:
                yield Outcome.KEPT
            for message, hint in problems:
                location = declared_at(project, declaration)
                yield self.finding(location, f"`{declaration.name}`: {message}", hint)


def _is_unlimited(declaration: Declaration) -> bool:
    """Whether a text of any length is asked for."""
    is_text = declaration.kind == f"{MODELS}.CharField" and declaration.cls is None
    return is_text and literal(given(declaration, "max_length")) is None


def _removed(declaration: Declaration, version: Version) -> Iterator[Problem]:
    """A field that Django has only so that migrations from before can be read."""
    home, _, kind = declaration.kind.rpartition(".")
    if home != MODELS or kind not in _REMOVED or declaration.cls is not None:
        return
    since, instead = _REMOVED[kind]
    is_gone = version.is_from(since) if since != "2.0" else not version.is_before_two
    if is_gone:
        yield f"`{kind}` is there for old migrations only since Django {since}", f"write {instead}"


def _problems(declaration: Declaration, *, needs_digits: bool) -> Iterator[Problem]:
    yield from _unknown(declaration)
    home, _, kind = declaration.kind.rpartition(".")
    if home != MODELS:
        return
    if declaration.kind == GENERATED:
        yield from generated(declaration)
    yield from _related_names(declaration)
    yield from _choices(declaration)
    validators = given(declaration, "validators")
    items = validators.items if isinstance(validators, Collection) else ()
    if any(isinstance(one, Literal) for one in items):
        yield "each of `validators` has to be callable", "name a function, or make a validator"
    if literal(given(declaration, "db_index")) not in (None, True, False, ...):
        yield "`db_index` has to be `True`, `False` or `None`", "write `db_index=True`"
    if kind == "ManyToManyField" and is_true(declaration, "unique"):
        yield "a many-to-many relation cannot be unique", "leave `unique` out"
    if kind == "BinaryField" and isinstance(literal(given(declaration, "default")), str):
        yield "the default of a `BinaryField` has to be bytes", 'write `default=b"…"`'
    if is_true(declaration, "primary_key") and is_true(declaration, "null"):
        yield "a primary key cannot be `null=True`", "leave `null=True` out"
    if kind in _TEXTS:
        yield from _length(declaration)
    if kind == "DecimalField":
        yield from _digits(declaration, is_needed=needs_digits)
    if kind in _DATES:
        yield from _exclusive(declaration)
    if kind in ("FileField", "ImageField"):
        yield from _file(declaration)
    if kind in _AUTOMATIC and is_true(declaration, "primary_key") is False:
        yield f"`{kind}` has to be the primary key", "add `primary_key=True`"
    if (
        kind == "GenericIPAddressField"
        and is_true(declaration, "blank")
        and is_true(declaration, "null") is False
    ):
        yield "`blank=True` needs `null=True`: empty addresses are stored as NULL", "add `null=True`"
    allowed = [literal(given(declaration, name)) for name in ("allow_files", "allow_folders")]
    if kind == "FilePathField" and allowed[0] is False and not allowed[1]:
        yield "it allows neither files nor folders", "set `allow_files` or `allow_folders`"


def _unknown(declaration: Declaration) -> Iterator[Problem]:
    takes = accepted(declaration.kind)
    if not takes:
        return
    kind = declaration.kind.rpartition(".")[2]
    for name in declaration.options:
        if name not in takes:
            yield f"`{kind}` takes no argument `{name}`", did_you_mean(name, takes, "leave it out")


def _related_names(declaration: Declaration) -> Iterator[Problem]:
    name = literal(given(declaration, "related_name"))
    is_plain = isinstance(name, str) and "%" not in name and not name.endswith("+")
    if name and is_plain and (not str(name).isidentifier() or iskeyword(str(name))):
        yield f"`related_name` `{name}` is not a valid name for an attribute", "choose another name"
    query = literal(given(declaration, "related_query_name")) or name
    if isinstance(query, str) and not query.endswith("+"):
        if query.endswith("_"):
            yield f"`{query}`, its name in queries, ends with an underscore", "choose another name"
        if "__" in query:
            yield f"`{query}`, its name in queries, contains two underscores", "choose another name"


def _choices(declaration: Declaration) -> Iterator[Problem]:
    given_choices = given(declaration, "choices")
    found = literal(given_choices)
    if found is not None and found is not ...:
        yield "`choices` has to be a list of pairs", 'write `choices=[("value", "Label")]`'
    if not isinstance(given_choices, Collection):
        return
    pairs = [item.items if isinstance(item, Collection) else None for item in given_choices.items]
    groups = [p[1] for p in pairs if p and len(p) == 2]
    inside = [item for group in groups for item in (group.items if isinstance(group, Collection) else ())]
    if any(map(_is_no_pair, given_choices.items)) or any(map(_is_no_choice, inside)):
        yield "each of `choices` has to be a pair of value and label", 'write `("value", "Label")`'
        return
    longest = max((len(v) for p in pairs if p and isinstance(v := literal(p[0]), str)), default=0)
    length = literal(given(declaration, "max_length"))
    grouped = any(p and isinstance(p[1], Collection) for p in pairs)
    if isinstance(length, int) and not grouped and longest > length > 0:
        message = f"`max_length` is {length}, but the longest of `choices` has {longest} characters"
        yield message, f"raise `max_length` to {longest}"


def _named(project: Project, declaration: Declaration, owner: Model | None) -> Iterator[Problem]:
    """Choices that an enumeration or a list elsewhere holds, which are longer than the field."""
    if owner is None or owner.cls is None or not declaration.kind.startswith(MODELS):
        return
    scope = owner.cls.fact.qualname
    values = named_choices(project, owner.cls.module, scope, given(declaration, "choices"))
    longest, length = max(map(len, values), default=0), literal(given(declaration, "max_length"))
    if isinstance(length, int) and longest > length > 0:
        message = f"`max_length` is {length}, but the longest of `choices` has {longest} characters"
        yield message, f"raise `max_length` to {longest}"


def _is_no_pair(item: Expression) -> bool:
    return isinstance(item, Literal) or (isinstance(item, Collection) and len(item.items) != 2)


def _is_no_choice(item: Expression) -> bool:
    """Whether what stands in a group of choices is none: groups in groups there are not."""
    return _is_no_pair(item) or (isinstance(item, Collection) and isinstance(item.items[1], Collection))


def _length(declaration: Declaration) -> Iterator[Problem]:
    found = literal(given(declaration, "max_length"))
    if found is None or found is ...:
        return
    if not _is_count(found, 1):
        yield "`max_length` has to be a positive number", "give it a number, without quotes"


def _digits(declaration: Declaration, *, is_needed: bool) -> Iterator[Problem]:
    """Both are needed, or since Django 6.1 either both or none: most databases can do without."""
    digits, places = (literal(given(declaration, name)) for name in ("max_digits", "decimal_places"))
    if digits is None and places is None and not is_needed:
        return
    for name, found, least in (("max_digits", digits, 1), ("decimal_places", places, 0)):
        if found is None:
            yield f"a `DecimalField` needs `{name}`", f"add `{name}`"
        elif found is not ... and not _is_count(found, least):
            yield f"`{name}` has to be a number, at least {least}", "give it a number, without quotes"
    if _is_count(digits, 1) and _is_count(places, 0) and digits < places:  # type: ignore[operator]
        yield "there are fewer digits in all (`max_digits`) than behind the point", "raise `max_digits`"


def _exclusive(declaration: Declaration) -> Iterator[Problem]:
    on = [name for name in ("auto_now", "auto_now_add") if is_true(declaration, name)]
    if "default" in declaration.options:
        on.append("default")
    if len(on) > 1:
        names = " and ".join(f"`{name}`" for name in on)
        yield f"{names} exclude each other", "keep one of them"


def _file(declaration: Declaration) -> Iterator[Problem]:
    if "primary_key" in declaration.options:
        yield "a file cannot be a primary key", "leave `primary_key` out"
    path = literal(given(declaration, "upload_to"))
    if isinstance(path, str) and path.startswith("/"):
        yield "`upload_to` has to be relative to the storage", f'write `upload_to="{path.lstrip("/")}"`'


def _is_count(value: object, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least
