"""Classes that are shown in part: what is left out of them, nobody knows."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Expression, Name, Opaque
from archlint.facts.statements import Evaluate

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.mapping.body import Body
    from archlint.project.classes import ProjectClass
    from archlint.project.project import Project

_BUILTINS = frozenset(dir(builtins))
_COMMENT = re.compile(r"^\s*$|^\s+#")
_DOTS = re.compile(r"^\s*#.*\.\.\.")


def is_elided(cls: ProjectClass, body: Body) -> bool:
    """Whether a class has `...` for a body or in it, or calls something by a name that nothing binds.

    The second is what is left of a class when its imports are: nobody can tell whether it was a column. Of
    two classes of one name in a module, too, nobody can tell which is meant.
    """
    if len(cls.module.bindings.get(cls.fact.qualname, ())) > 1:
        return True
    statements = cls.module.statements(cls.fact)
    if any(isinstance(each, Evaluate) and isinstance(each.value, Opaque) for each in statements):
        return True
    values = (declared.value for declared in body.attributes.values())
    return any(not is_bound(cls, name) for value in values for name in _called(value))


def is_cut(project: Project, cls: ProjectClass) -> bool:
    """Whether a comment in a class says that something is left out: `# ...`."""
    text = project.text(cls.module.path)
    last = cls.fact.end_line
    while last < len(text.lines) and _COMMENT.match(text.line(last + 1)):
        last += 1
    return any(_DOTS.match(text.line(line)) for line in range(cls.fact.line, last + 1))


def is_bound(cls: ProjectClass, name: str) -> bool:
    """Whether a name that a class body uses is bound in it, around it, or by Python itself."""
    module = cls.module
    if name in module.bindings or name in _BUILTINS or module.stars or "()" in cls.fact.qualname:
        return True
    return any(member.name == name for member in cls.fact.members)


def _called(value: Expression | None) -> Iterator[str]:
    """The bare names that a value calls, and those that their arguments do: `deferred(Column(…))`."""
    if not isinstance(value, Call):
        return
    if isinstance(value.function, Name):
        yield value.function.id
    for each in value.arguments:
        yield from _called(each)
