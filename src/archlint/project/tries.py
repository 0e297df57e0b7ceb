"""Where a line stands: in the handler of a `try`, or guarded by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Collection, Literal, Name, Yield, last_name
from archlint.facts.forms import walked
from archlint.facts.statements import Jump, Raise, Return, Statement, Try, With

if TYPE_CHECKING:
    from archlint.facts.definitions import FunctionFact
    from archlint.facts.expressions import Expression, Form
    from archlint.facts.statements import Handler
    from archlint.project.module import Module


def is_in_handler(module: Module, line: int) -> bool:
    """Whether a line of a function runs only where something went wrong."""
    handlers = (each for form in _tries(module, module.functions_around(line)) for each in form.handlers)
    return any(line in _lines(each.body) for each in handlers)


def is_last_way(module: Module, line: int) -> bool:
    """Whether a line at the top of a module is the fallback of a `try`, and nothing else is tried there."""
    tries = [form for form in module.body if isinstance(form, Try) and form.line <= line]
    if not tries or not tries[-1].handlers or line < tries[-1].handlers[0].line:
        return False
    return not any(isinstance(form, Try) for each in tries[-1].handlers for form in walked(each.body))


def is_looked_for(module: Module, name: str) -> bool:
    """Whether a module asks at its top if there is another: `find_spec("shop.settings.local")`."""
    return any(
        isinstance(form, Call)
        and last_name(form.function) == "find_spec"
        and any(isinstance(each, Literal) and each.value == name for each in form.arguments)
        for form in walked(module.body)
    )


def is_tried(module: Module, line: int, failure: str) -> bool:
    """Whether a line is one of two ways: the first may fail so, then the second is taken."""
    around = module.functions_around(line)
    if around:
        tries = list(_tries(module, [one for one in around if module.mentions(one, failure)]))
    else:
        tries = [form for form in walked(module.body) if isinstance(form, Try)]
    catching = (form for form in tries if any(_catches(each, failure) for each in form.handlers))
    return any(
        _spans(way, line) for form in catching for way in (form.body, *(each.body for each in form.handlers))
    )


def _tries(module: Module, functions: Iterable[FunctionFact]) -> Iterator[Try]:
    """Every `try` of some functions."""
    forms = (form for fact in functions for form in walked(module.statements(fact)))
    return (form for form in forms if isinstance(form, Try))


def _catches(handler: Handler, failure: str) -> bool:
    caught: Expression | None = handler.type
    each = caught.items if isinstance(caught, Collection) else (caught,)
    return any(one is not None and last_name(one) == failure for one in each)


def _lines(forms: tuple[Form, ...]) -> set[int]:
    return {line for form in walked(forms) if (line := getattr(form, "line", 0))}


def _spans(way: tuple[Form, ...], line: int) -> bool:
    lines = _lines(way)
    return bool(lines) and min(lines) <= line <= max(lines)


def raises_again(handler: Handler) -> bool:
    """Whether a handler raises what it has caught, whatever else it does: `session.rollback()`, `raise`."""
    *before, last = handler.body
    if not isinstance(last, Raise):
        return False
    is_same = last.value is None or (isinstance(last.value, Name) and last.value.id == handler.name)
    return is_same and not any(isinstance(each, (Raise, Return)) or _jumps(each) for each in walked(before))


def _jumps(form: Form) -> bool:
    return isinstance(form, Jump) and form.kind != "pass"


def unguarded_yield(statements: tuple[Statement, ...]) -> int:
    """The line of a `yield` behind which nothing runs where it raises; 0 for none."""
    return _unguarded(statements, lambda form: isinstance(form, Yield))


def unguarded_call(statements: tuple[Statement, ...], name: str) -> int:
    """The line of a call of what has a name, behind which nothing runs where it raises; 0 for none."""
    return _unguarded(
        statements,
        lambda form: isinstance(form, Call) and isinstance(form.function, Name) and form.function.id == name,
    )


def _unguarded(statements: tuple[Statement, ...], is_meant: Callable[[Form], bool]) -> int:
    for statement in statements:
        if isinstance(statement, With) or (isinstance(statement, Try) and _guards(statement)):
            continue
        inside = [each for name in ("body", "orelse", "final") for each in getattr(statement, name, ())]
        if inside:
            found = _unguarded(tuple(inside), is_meant)
            if found:
                return found
        elif any(is_meant(form) for form in walked((statement,))):
            return getattr(statement, "line", 0)
    return 0


def _guards(form: Try) -> bool:
    """Whether something goes on behind a `try` that fails, or cleans up."""
    if form.final:
        return True
    return any(not _raises(each.body) or _cleans(each.body) for each in form.handlers)


def _raises(statements: tuple[Statement, ...]) -> bool:
    return any(isinstance(each, Raise) for each in walked(statements))


def _cleans(statements: tuple[Statement, ...]) -> bool:
    return any(isinstance(each, Attribute) and each.attr in _CLEANING for each in walked(statements))


_CLEANING = frozenset({"aclose", "close", "remove"})
