"""Whether anything creates the tables of an application when it starts, as far as its code tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Name
from archlint.facts.forms import walked
from archlint.frameworks.handlers import serves_requests
from archlint.frameworks.orm import Place
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.startup.asked_for import AskedFor, is_guard, is_passed_by
from archlint.frameworks.sqlalchemy.startup.creation import Creation, Site
from archlint.project.files.requirements import Requirements
from archlint.project.files.test_code import is_test

if TYPE_CHECKING:
    from archlint.project.project import Project

_OTHER_WAYS = (b"CREATE TABLE", b"create table", b"CreateTable", b"alembic", b"\xa7upgrade", b"\xa7migrate")
_MIGRATING = ("alembic", "flask-migrate", "yoyo-migrations", "sqlalchemy-migrate", "advanced-alchemy")
_MIGRATION_PLACES = (".sql", "alembic.ini", "atlas.hcl", "flyway.conf", "script.py.mako")


class Startup:
    """What a project does about its tables."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._mappings = project.view(Mappings)
        self._modules = [module for module in project.modules if not is_test(module.path)]

    @classmethod
    def build(cls, project: Project) -> Startup:
        """The view of a project."""
        return cls(project)

    @property
    def is_open(self) -> bool:
        """Whether the tables may be made by something that cannot be seen here, or nobody serves them."""
        if not len(self._mappings) or not serves_requests(self._project):
            return True
        creation, requirements = self._project.view(Creation), self._project.view(Requirements)
        if creation.is_migrated or any(requirements.name(name) for name in _MIGRATING):
            return True
        if any(path.endswith(_MIGRATION_PLACES) for path in self._project.files):
            return True
        speaking = [m for m in self._mappings.candidates.mentioning("create_all") if not is_test(m.path)]
        if len(speaking) > len({site.module for site in creation.sites}):
            return True
        return any(module.speaks_of(*_OTHER_WAYS) for module in self._modules)

    def sites(self) -> tuple[Site, ...]:
        """Where `create_all` is called."""
        return self._project.view(Creation).sites

    def tried_at(self, site: Site) -> Place | None:
        """Where its function is called when somebody tries the application by hand; None where nowhere."""
        if site.function is None:
            return site.place if self._is_tried(site) else None
        name = site.function.fact.name
        for module in self._modules:
            for form in walked(each for each in module.body if is_passed_by(self._project, module, each)):
                if isinstance(form, Name) and form.id == name:
                    return Place(module, form.line, form.column)
        return None

    def is_reached(self, site: Site) -> bool:
        """Whether somebody who runs the application comes to a `create_all`."""
        if site.function is None:
            return not self._is_tried(site)
        return self._project.view(AskedFor).is_asked_for(site.function)

    def _is_tried(self, site: Site) -> bool:
        """Whether it stands where a server never comes that imports the module."""
        guards = [each for each in site.module.body if is_guard(each)]
        around = [g for g in guards if site.place.line in {getattr(f, "line", 0) for f in walked((g,))}]
        if not around:
            return False
        return is_passed_by(self._project, site.module, around[0])
