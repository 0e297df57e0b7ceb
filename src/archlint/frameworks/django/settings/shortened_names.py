"""Names in settings that leave out the package: `api` for `shop.api`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archlint.frameworks.distributions import STANDARD, distributions
from archlint.project.answer import External, Folder, Unresolved
from archlint.project.files.manifests import Manifests
from archlint.project.files.test_code import is_test
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.facts import Import
    from archlint.frameworks.django.settings.modules import SettingsModule
    from archlint.project.project import Project

_PATHS = re.compile(r"sys\.path|PYTHONPATH|pythonpath|python_paths|chdir|package_dir|package-dir")
"""What puts other folders on Python's path than the one above the package."""

_SETTING_UP = re.compile(
    r"(?:^|/)(?:Dockerfile[^/]*|Procfile|Makefile|justfile|\.env[^/]*)$|\.(?:sh|ini|cfg|toml|ya?ml)$"
)
_ROOTED = ("ROOT_URLCONF", "WSGI_APPLICATION", "ASGI_APPLICATION", "INSTALLED_APPS")


def meant_by(project: Project, settings: SettingsModule, dotted: str) -> str:
    """The full name of what a name from nowhere means; empty where it may come from elsewhere.

    The package is that of the settings, and other settings have to show that its parent is on the path.
    """
    package = settings.module.name.partition(".")[0]
    full = f"{package}.{dotted}"
    if package == settings.module.name or not _is_own(project, settings, full):
        return ""
    if is_test(settings.module.path):
        return ""  # where tests are started is for whoever starts them to say
    is_rooted = any(
        str(text.value).startswith(f"{package}.") and _is_own(project, settings, str(text.value))
        for name in _ROOTED
        for text in settings.texts(name)
    )
    folder = f"{settings.module.path.partition(f'{package}/')[0]}{package}"
    starts_inside = any(
        path.startswith(f"{folder}/") and path.endswith("/manage.py") for path in _paths(project)
    )
    return full if is_rooted and not starts_inside and comes_from_nowhere(project, dotted) else ""


def comes_from_nowhere(project: Project, dotted: str) -> bool:
    """Whether no distribution has a name that leads nowhere, and no other folder on Python's path."""
    return not _is_installed(project, dotted.partition(".")[0]) and not _changes_path(project)


def _is_own(project: Project, settings: SettingsModule, dotted: str) -> bool:
    """Whether a name surely leads to a module of the project, or into one."""
    found = project.view(Symbols).resolve(dotted, settings.module)
    return not isinstance(found, (Unresolved, External)) and (
        not isinstance(found, Folder) or any(path.startswith(f"{found.path}/") for path in _paths(project))
    )


def _is_installed(project: Project, top: str) -> bool:
    manifests = project.view(Manifests)
    names = (top.replace("_", "-").lower(), f"django-{top.replace('_', '-').lower()}", *distributions(top))
    declared = manifests.declared
    if top in STANDARD or any(name in declared or manifests.mentions(name) for name in names):
        return True
    return any(_begins(fact, top) for module in project.modules for fact in module.facts.imports)


def _begins(fact: Import, top: str) -> bool:
    """Whether an import takes a package of this name, which then lies on the path by itself."""
    return not fact.level and fact.module.partition(".")[0] == top


def _changes_path(project: Project) -> bool:
    """Whether anything in the project speaks of Python's path."""
    if any(_PATHS.search(project.code(path)) for path in _paths(project)):
        return True
    return any(_PATHS.search(project.text(path).text) for path in project.files if _SETTING_UP.search(path))


def _paths(project: Project) -> tuple[str, ...]:
    return tuple(module.path for module in project.modules)
