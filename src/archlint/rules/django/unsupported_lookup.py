"""Lookups that the configured database does not have.

## Why is this bad?

`contains` and `contained_by` on a `JSONField` raise `NotSupportedError` on SQLite and Oracle, `distinct` on
named fields does so everywhere but on PostgreSQL. The query is built without complaint and fails when it
runs, often only in the environment whose database differs from that of the tests.

## What to do

Ask for something all the databases of the settings can do: for a list of names in JSON, a related table or a
key that is present (`tags__has_key`); or state one database in the settings. Where these choose one of
several, and not all of them lack it, this is a warning.

## Bad

`config/settings.py`:

```python
INSTALLED_APPS = ["blog"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "blog.sqlite3"}}
```

`blog/models.py`:

```python
from django.db import models


class Article(models.Model):
    title = models.CharField(max_length=100)
    tags = models.JSONField(default=list)
```

`blog/selectors.py`:

```python
from blog.models import Article


def tagged(tag: str):
    return Article.objects.filter(tags__contains=tag)  # error: [django/unsupported-lookup] "no `contains`"


def titles():
    return Article.objects.distinct("title")  # error: [django/unsupported-lookup] "no `DISTINCT ON`"
```

## Good

`config/settings.py`:

```python
INSTALLED_APPS = ["blog"]
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "blog"}}
```

`blog/models.py`:

```python
from django.db import models


class Article(models.Model):
    title = models.CharField(max_length=100)
    tags = models.JSONField(default=list)
```

`blog/selectors.py`:

```python
from blog.models import Article


def tagged(tag: str):
    return Article.objects.filter(tags__contains=[tag]).distinct("title")
```

## Source

https://docs.djangoproject.com/en/5.2/topics/db/queries/#contains
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from archlint.finding import Finding, Severity
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.query.sets.asked import query_sets
from archlint.frameworks.django.refusals.all_paths import AskedPath, AskedPaths
from archlint.frameworks.django.settings.backends import WORDS, backends
from archlint.frameworks.orm import Field
from archlint.frameworks.places.models import declared_at
from archlint.project import Project
from archlint.project.flow.trace import Called, Trace
from archlint.project.module import Module
from archlint.rule import Outcome, Rule, Verdict

_OF_JSON = frozenset({"contains", "contained_by"})
_WITHOUT = frozenset({"sqlite3", "oracle"})
"""Backends without these, as `DatabaseFeatures.supports_json_field_contains` says."""


class UnsupportedLookup(Rule, frozen=True):
    """Every lookup on a JSON field, and every `distinct` on named fields, is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare what is asked with what the databases of all settings can do."""
        known = backends(project)
        told: set[tuple[str, int, int]] = set()
        for verdict in (*self._json(project, known), *self._distinct(project, known)):
            if isinstance(verdict, Finding):
                place = (verdict.location.path, verdict.location.line, verdict.location.column)
                if place in told:
                    continue
                told.add(place)
            yield verdict

    def _json(self, project: Project, known: frozenset[str]) -> Iterator[Verdict]:
        for asked in project.view(AskedPaths):
            lookup = _json_lookup(asked)
            if not lookup:
                continue
            lacking = sorted(known & _WITHOUT)
            if not known or (lacking and _asks_which(project, asked.reference.module, asked.reference.line)):
                yield Outcome.UNKNOWN
            elif not lacking:
                yield Outcome.KEPT
            else:
                yield _weighed(self._found(project, asked, lookup, WORDS[lacking[0]]), known, lacking)

    def _distinct(self, project: Project, known: frozenset[str]) -> Iterator[Verdict]:
        for trace, event in project.view(DataFlow).events(Called):
            if event.name != "distinct" or not event.form.arguments or query_sets(event.receiver) is None:
                continue
            lacking = sorted(known - {"postgresql"})
            if not known or (lacking and _asks_which(project, trace.module, event.form.line)):
                yield Outcome.UNKNOWN
            elif not lacking:
                yield Outcome.KEPT
            else:
                yield _weighed(self._found_distinct(project, trace, event, WORDS[lacking[0]]), known, lacking)

    def _found(self, project: Project, asked: AskedPath, lookup: str, database: str) -> Finding:
        reference = asked.reference
        column = reference.column + len(reference.path) - len(lookup)
        end = column + len(lookup)
        location = project.location(reference.module, reference.line, column, reference.line, end)
        member = asked.followed.member
        return self.finding(
            location,
            f"{database} has no `{lookup}` for JSON",
            "ask for a key (`has_key`), keep the values in a table of their own, or use PostgreSQL",
            related=declared_at(project, member) if member is not None else (),
        )

    def _found_distinct(self, project: Project, trace: Trace, event: Called, database: str) -> Finding:
        form = event.form
        location = project.location(trace.module, form.line, max(form.column - 1, 0), form.line, form.column)
        hint = "use `distinct()` on `values(…)`, an aggregate, or PostgreSQL"
        return self.finding(location, f"{database} has no `DISTINCT ON` fields", hint)


def _weighed(found: Finding, known: frozenset[str], lacking: list[str]) -> Finding:
    """An error, unless the settings may choose a database that can do it."""
    return found if known == frozenset(lacking) else replace(found, severity=Severity.WARNING)


def _asks_which(project: Project, module: Module, line: int) -> bool:
    """Whether the function around a line asks which database it is: `connection.vendor == "postgresql"`."""
    around = module.functions_around(line)
    if any(
        module.mentions(fact, "connection", "connections") and module.mentions(fact, "vendor", "features")
        for fact in around
    ):
        return True
    lines = project.code(module.path).split("\n")
    return any(_NAMED.search("\n".join(lines[fact.line - 1 : fact.end_line])) for fact in around)


_NAMED = re.compile(r"\b(?:if|elif|and|or|not)\b[^\n]*(?:mysql|oracle|postgres|sqlite)", re.IGNORECASE)
"""A condition that names a database: `if not is_sqlite:`."""


def _json_lookup(asked: AskedPath) -> str:
    """The last part of a condition on a JSON field, where only some databases have it."""
    member = asked.followed.member
    if not isinstance(member, Field) or not member.kind.endswith(".JSONField"):
        return ""
    last = asked.reference.path.rpartition("__")[2]
    return last if asked.reference.is_condition and last in _OF_JSON else ""
