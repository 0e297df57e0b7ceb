"""Scripts that set Django up themselves, and so run only when somebody starts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Form, Name, last_name
from archlint.facts.forms import parts
from archlint.facts.statements import Assign, Evaluate, For, While
from archlint.project.imports.import_graph import ImportGraph
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.project.project import Project

_SETUPS = frozenset({("django", "setup"), ("settings", "configure")})
_APPLICATIONS = frozenset({"get_wsgi_application", "get_asgi_application"})
"""What sets Django up for a server."""

_FOLDERS = frozenset({"scripts", "bin"})


def runs_alone(module: Module) -> bool:
    """Whether a module is a script: it calls `django.setup()`, or is a server's, or looks like one."""
    *folders, name = module.path.split("/")
    if name == "__main__.py" or not _FOLDERS.isdisjoint(folders):
        return True
    if not module.functions and not module.classes and any(map(_prints, module.body)):
        return True
    return any(_sets_up(statement) for statement in module.body)


def is_fed_to_a_shell(project: Project, module: Module) -> bool:
    """Whether a module only works through something, and no other needs it to load.

    Such ones fill a database: `manage.py shell < fill.py`. One that defines something for that stands alone.
    """
    edges = project.view(ImportGraph).importers_of(module)
    is_alone = not _is_inside(project, module)
    if (module.functions or module.classes) and (edges or not is_alone):
        return False
    if not any(isinstance(each, (For, While)) for each in module.body) and not (
        is_alone and _ends_with_call(module)
    ):
        return False
    return all(edge.fact.scope or edge.fact.typing for edge in edges)


def _is_inside(project: Project, module: Module) -> bool:
    """Whether a module belongs to a package."""
    package = module.name.rpartition(".")[0]
    return any(one.is_package for one in project.by_name.get(package, ()))


def _ends_with_call(module: Module) -> bool:
    """Whether a module ends with a call, which is nothing to be imported for."""
    last = module.body[-1] if module.body else None
    return isinstance(last, Evaluate) and isinstance(last.value, Call)


def _prints(form: Form) -> bool:
    """Whether somebody is meant to read along: a module that only defines things has nothing to say."""
    if isinstance(form, Call) and isinstance(form.function, Name) and form.function.id == "print":
        return True
    return any(map(_prints, parts(form)))


def _sets_up(statement: Form) -> bool:
    if isinstance(statement, Assign):
        return isinstance(statement.value, Call) and last_name(statement.value.function) in _APPLICATIONS
    if isinstance(statement, Evaluate):
        call = statement.value
        function = call.function if isinstance(call, Call) else None
        if isinstance(function, Attribute) and isinstance(function.value, Name):
            return (function.value.id, function.attr) in _SETUPS
        return False
    return any(_sets_up(inner) for inner in parts(statement))
