"""Commands and modules that the scripts of a project start its application without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archlint.facts.expressions import Call, last_name, written_text
from archlint.frameworks.scripts.entries import PYTHON, started
from archlint.frameworks.scripts.steps import steps
from archlint.frameworks.sqlalchemy.startup.served import is_run_by_name, is_served_by_name, is_told_of

if TYPE_CHECKING:
    from archlint.frameworks.scripts.steps import Step
    from archlint.project.functions import ProjectFunction
    from archlint.project.module import Module
    from archlint.project.project import Project

_COMMANDS: Final = frozenset({"cli_command", "command"})
_KNOWN: Final = _COMMANDS | {"argument", "option", "pass_context", "pass_obj", "with_appcontext"}


def is_left_out(project: Project, function: ProjectFunction) -> bool:
    """Whether a function is a command, some script starts the application, and nothing tells to run it."""
    names = function.decorators
    if _COMMANDS.isdisjoint(names) or not _KNOWN.issuperset(names) or not _is_served(project):
        return False
    calls = [each for each in function.fact.decorators if isinstance(each, Call)]
    given = [each.arguments[0] for each in calls if last_name(each.function) in _COMMANDS and each.arguments]
    name = written_text(given[0]) if given else function.fact.name.replace("_", "-")
    return name is not None and not is_told_of(project, name)


def is_never_run(project: Project, module: Module) -> bool:
    """Whether some script starts the application, and nothing tells to run a module, or to serve it."""
    is_told = is_run_by_name(project, module) or is_served_by_name(project, module)
    return not is_told and _is_served(project)


def _is_served(project: Project) -> bool:
    """Whether some script starts a server."""
    return any(map(_serves, steps(project))) or any(each.attribute for each in started(project))


def _serves(step: Step) -> bool:
    """`flask run`, `python -m flask run`."""
    words = step.words[2:] if step.words[0] in PYTHON and step.words[1:2] == ("-m",) else step.words
    return words[:1] == ("flask",) and "run" in words[1:]
