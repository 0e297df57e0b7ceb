"""Arguments of a field that Django refuses.

## Why is this bad?

An argument that the field does not take raises `TypeError` when the class body runs. Values that make no
sense are refused by Django's system checks (`fields.E007`, `E100`, `E121`, `E130` to `E134`, `E140`, `E150`,
`E160`, `E201`, `E202`), and with them `runserver`, `migrate` and `test` stop.

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
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from archlint.finding import Severity
from archlint.frameworks.django import DjangoModels
from archlint.frameworks.django.arguments import accepted, given, is_true, literal
from archlint.frameworks.django.declared import Declaration
from archlint.frameworks.django.places import declared_at
from archlint.frameworks.django.spelling import MODELS
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict

_TEXTS = ("CharField", "SlugField", "EmailField", "URLField", "FileField", "ImageField", "FilePathField")
_DATES = ("DateField", "DateTimeField", "TimeField")
_AUTOMATIC = ("AutoField", "BigAutoField", "SmallAutoField")

Problem = tuple[str, str]
"""What is wrong, and what to do."""


@dataclass(frozen=True, slots=True)
class InvalidFieldArgument(Rule):
    """Every field whose class and arguments are all seen is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Hold the arguments of each field against what its class takes."""
        for _, _, declaration in project.view(DjangoModels).own():
            if not declaration.kind:
                continue
            if not declaration.is_plain:
                yield Outcome.UNKNOWN
                continue
            problems = list(_problems(declaration))
            if not problems:
                yield Outcome.KEPT
            for message, hint in problems:
                location = declared_at(project, declaration)
                yield self.finding(location, f"`{declaration.name}`: {message}", hint)


def _problems(declaration: Declaration) -> Iterator[Problem]:
    yield from _unknown(declaration)
    home, _, kind = declaration.kind.rpartition(".")
    if home != MODELS:
        return
    if is_true(declaration, "primary_key") and is_true(declaration, "null"):
        yield "a primary key cannot be `null=True`", "leave `null=True` out"
    if kind in _TEXTS:
        yield from _length(declaration)
    if kind == "DecimalField":
        yield from _digits(declaration)
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
            near = get_close_matches(name, takes, 1)
            hint = f"did you mean `{near[0]}`?" if near else "leave it out"
            yield f"`{kind}` takes no argument `{name}`", hint


def _length(declaration: Declaration) -> Iterator[Problem]:
    found = literal(given(declaration, "max_length"))
    if found is None or found is ...:
        return
    if not _is_count(found, 1):
        yield "`max_length` has to be a positive number", "give it a number, without quotes"


def _digits(declaration: Declaration) -> Iterator[Problem]:
    digits, places = (literal(given(declaration, name)) for name in ("max_digits", "decimal_places"))
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
