"""Apps that have models and no migrations, where scripts of the project rely on `migrate`.

https://docs.djangoproject.com/en/5.2/ref/django-admin/#cmdoption-migrate-run-syncdb
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.frameworks.django.migrations.history import Histories
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.project.files.test_code import is_test

if TYPE_CHECKING:
    from archlint.project.project import Project

_SCRIPT = re.compile(r"(?:^|/)(?:Dockerfile[^/]*|Procfile|Makefile|justfile)$|\.(?:sh|ya?ml)$")
_MIGRATE = re.compile(r"(?:manage\.py|-m django|django-admin)\s+migrate\b(?![^\n]*syncdb)")
_OTHERWISE = re.compile(r"makemigrations|syncdb|create_model\(|schema_editor|MIGRATION_MODULES")
"""What makes migrations when the project is set up, or tables without any."""


def unmigrated(project: Project) -> Iterator[tuple[str, DjangoModel | None]]:
    """Each installed app of the project with models, and the first of these if nothing makes its table."""
    models = project.view(DjangoModels)
    first: dict[str, DjangoModel] = {}
    for model in models.declared():
        if _has_table(model) and model.cls is not None and not is_test(model.cls.module.path):
            first.setdefault(model.app_label, model)
    installed = {app.label for app in models.apps.installed}
    migrated = project.view(Histories).labels
    is_relied_on = _is_relied_on(project) if first.keys() & installed - migrated else False
    for label, model in first.items():
        if label in installed:
            yield label, model if is_relied_on and label not in migrated else None


def _has_table(model: DjangoModel) -> bool:
    """Whether Django is to make a table for a model."""
    managed = model.meta.get("managed")
    return not (model.is_abstract or model.is_proxy or model.is_swapped or model.is_open) and managed is None


def _is_relied_on(project: Project) -> bool:
    """Whether a script runs `migrate`, and nothing in sight makes migrations or tables in another way."""
    scripts = [project.text(path).text for path in project.files if _SCRIPT.search(path)]
    if not any(_MIGRATE.search(text) for text in scripts):
        return False
    ignored = (project.text(path).text for path in project.files if path.endswith(".gitignore"))
    if any(map(_OTHERWISE.search, scripts)) or any("migrations" in text for text in ignored):
        return False
    return not any(_OTHERWISE.search(project.code(module.path)) for module in project.modules)
