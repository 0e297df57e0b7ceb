"""Decorators of the project that hand a view all that they get, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Form, Name, Starred
from archlint.facts.forms import walked
from archlint.facts.statements import DefineFunction, Return
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.facts.definitions import FunctionFact


def forwards(decorator: ProjectFunction) -> bool:
    """Whether `def logged(view): def inner(request, *args, **kwargs): …view(request, *args, **kwargs)`."""
    found = wrapper(decorator)
    if found is None:
        return False
    return _hands_on(found.fact, found.module.statements(found.fact), decorator.fact.parameters[0].name)


def wrapper(decorator: ProjectFunction) -> ProjectFunction | None:
    """The one function that a decorator of one function makes and returns, and does nothing else."""
    fact, module = decorator.fact, decorator.module
    if len(fact.parameters) != 1 or fact.parameters[0].kind not in ("positional", "normal"):
        return None
    start = f"{fact.qualname}()."
    inner = [index for index, one in enumerate(module.functions) if one.qualname.startswith(start)]
    body = module.statements(fact)
    returned = [one.value for one in body if isinstance(one, Return)]
    if len(inner) != 1 or len(returned) != 1:
        return None
    found = ProjectFunction(module, inner[0])
    if not (isinstance(returned[0], Name) and returned[0].id == found.fact.name):
        return None
    is_plain = all(isinstance(one, (DefineFunction, Return)) for one in body[1:])
    return found if is_plain else None


def _hands_on(inner: FunctionFact, body: tuple[Form, ...], view: str) -> bool:
    """Whether each use of the view is a call with all that the function gets, and uses for nothing else."""
    named = {one.kind: one.name for one in inner.parameters}
    star, double = named.get("star"), named.get("double-star")
    if star is None or double is None or len(inner.parameters) > 3:
        return False
    before = [one.name for one in inner.parameters if one.kind in ("positional", "normal")]
    calls = [form for form in walked(body) if isinstance(form, Call) and _is_named(form.function, view)]
    names = [form.id for form in walked(body) if isinstance(form, Name) and form.id in (view, star, double)]
    return (
        bool(calls)
        and len(names) == 3 * len(calls)
        and all(_is_whole(c, before, star, double) for c in calls)
    )


def _is_whole(call: Call, before: list[str], star: str, double: str) -> bool:
    *first, last = call.arguments or (None,)
    is_starred = isinstance(last, Starred) and _is_named(last.value, star)
    is_spread = (
        len(call.keywords) == 1 and not call.keywords[0].name and _is_named(call.keywords[0].value, double)
    )
    are_first = len(first) == len(before) and all(map(_is_named, first, before))
    return is_starred and is_spread and are_first


def _is_named(form: object, name: str) -> bool:
    return isinstance(form, Name) and form.id == name
