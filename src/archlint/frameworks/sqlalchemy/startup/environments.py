"""The environments of Alembic: the `env.py` beside which migrations lie, and all that is there for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.sqlalchemy.candidates import encoded

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_NAME = "env.py"
_RUN_SYNC = encoded("run_sync")


class Environments:
    """Answers for modules."""

    def __init__(self, project: Project) -> None:
        self.all = tuple(module for module in project.modules if is_environment(module))
        self._by_folder = {module.folder: module for module in self.all if module.folder}

    @classmethod
    def build(cls, project: Project) -> Environments:
        """The view of a project."""
        return cls(project)

    def around(self, module: Module) -> Module | None:
        """The environment in whose folder a module lies, however deep."""
        folder = module.folder
        while folder and folder not in self._by_folder:
            folder = folder.rpartition("/")[0]
        return self._by_folder.get(folder)

    def runs_within_greenlet(self, module: Module) -> bool:
        """Whether migrations run as a part of `connection.run_sync(…)`: there plain code may wait, too."""
        around = self.around(module)
        return around is not None and around.speaks_of(_RUN_SYNC)


def is_environment(module: Module) -> bool:
    """Whether a module is the `env.py` of an environment."""
    return module.path.rpartition("/")[2] == _NAME and "alembic" in module.imported
