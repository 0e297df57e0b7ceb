"""What functions ask of the project's own classes and their objects: `self.users.find(…)`, `State.OPEN`.

Only those receivers are followed that may be of a wanted class by what is written near them: a parameter
with its annotation, an attribute of `self`, a name that is bound to a call of the class, the class by its
name. That costs little.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import (
    Attribute,
    Await,
    Call,
    Expression,
    Literal,
    Name,
    Subscript,
    dotted,
    last_name,
)
from archlint.facts.forms import parts
from archlint.facts.statements import Annotate
from archlint.project.answer import Definition
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.objects.doubts import DOUBTING, doubted
from archlint.project.objects.promises import Instance
from archlint.project.objects.values import Values
from archlint.project.scopes import Scopes
from archlint.project.summaries import Summary
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from collections.abc import Collection

    from archlint.facts.statements import Statement
    from archlint.project.module import Module
    from archlint.project.project import Project


class AskedMember(msgspec.Struct, frozen=True):
    """An attribute that a function asks of an object."""

    module: Module
    form: Attribute
    cls: ProjectClass
    is_called: bool
    asker: ProjectFunction | None = None
    """The method that asks it of its own object."""

    is_itself: bool = False
    """It is asked of the class, not of an object."""

    is_above: bool = False
    """It is asked of what is above the class: `super().save()`."""


def aliases_of(project: Project, wanted: Collection[str]) -> frozenset[str]:
    """The names for types that stand for some classes: `Boards = Annotated[BoardService, Depends(…)]`."""
    found: set[str] = set()
    for module in project.modules:
        if b"Annotated" not in bytes(module.facts.body):
            continue
        for name, bound in project.view(Functions).module_summary(module).bound.items():
            value = bound[0].value
            is_annotated = isinstance(value, Subscript) and last_name(value.value) == "Annotated"
            if is_annotated and len(bound) == 1 and _promises(value, wanted):
                found.add(name)
    return frozenset(found)


def makers_of(project: Project, wanted: Collection[str]) -> frozenset[str]:
    """The names of functions, properties, attributes and keys that promise objects of some classes."""
    found: set[str] = set()
    for module in project.modules:
        found.update(_keys(project, module, wanted))
        found.update(fact.name for fact in module.functions if _promises(fact.returns, wanted))
        names = [name.encode() for name in module.bindings if name in wanted]
        for fact in module.classes if names else ():
            body = module.encoded(fact)
            if any(name in body for name in names):
                found.update(_declared(module.statements(fact), wanted))
    return frozenset(found)


def _keys(project: Project, module: Module, wanted: Collection[str]) -> Iterator[str]:
    """The names of keys that tell the type: `ORDERS = web.AppKey("orders", Orders)`."""
    if b"AppKey" not in bytes(module.facts.body):
        return
    for name, bound in project.view(Functions).module_summary(module).bound.items():
        if len(bound) == 1 and isinstance(bound[0].value, Call) and _promises(bound[0].value, wanted):
            yield name


def _declared(body: tuple[Statement, ...], wanted: Collection[str]) -> Iterator[str]:
    for form in body:
        if isinstance(form, Annotate) and _promises(form.annotation, wanted):
            yield last_name(form.target)


def asked_members(
    project: Project,
    module: Module,
    wanted: Collection[str],
    aliases: Collection[str] = (),
    makers: Collection[str] = (),
) -> Iterator[AskedMember]:
    """What the functions of a module ask of objects of some classes.

    Told by the names of these, of types, and of what makes them.
    """
    functions = project.view(Functions)
    made = _made(functions.module_summary(module), wanted) | _imported(project, module, wanted)
    making = {*wanted, *makers}
    here = {name for name in module.bindings if name in wanted}
    known: dict[tuple[int, str], bool] = {}
    told = {*wanted, *aliases}
    for index, fact in enumerate(module.functions):
        function = ProjectFunction(module, index)
        promised = {p.name for p in fact.parameters if _promises(p.annotation, told)}
        keeps = fact.owner >= 0 and _keeps(project, function, wanted, known)
        own = _own(function, wanted)
        if not (promised or made or keeps or own or makers or _makes(module, function, wanted)):
            continue
        if module.mentions(fact, "AttributeError"):
            continue
        summary = functions.summary(function)
        doubts = doubted(summary) if module.mentions(fact, *DOUBTING) else frozenset()
        near = (promised | _made(summary, making) | (made - set(module.locals(fact))) | here) - summary.inner
        for form, is_called in _asked(summary):
            if dotted(form.value) in doubts:
                continue
            if own is not None and isinstance(form.value, Name) and form.value.id == function.receiver:
                yield AskedMember(module, form, own, is_called, asker=function)
            elif own is not None and _is_super(form.value, own, function.receiver):
                yield AskedMember(module, form, own, is_called, asker=function, is_above=True)
            elif _is_near(form.value, near, function.receiver if keeps else "", making):
                asked = _told(project, function, form, is_called=is_called)
                if asked is not None:
                    yield asked


def _told(
    project: Project, function: ProjectFunction, form: Attribute, *, is_called: bool
) -> AskedMember | None:
    """What is asked of a class of the project, or of an object of one; None where it is of something else."""
    values = project.view(Values)
    found = values.of(function, form.value)
    if isinstance(found, Definition) and found.kind is Kind.VALUE:
        found = values.held(found)
    if isinstance(found, Instance):
        if isinstance(found.of, ProjectClass):
            return AskedMember(function.module, form, found.of, is_called)
        return None
    cls = project.view(ClassHierarchy).of(found)
    if cls is None:
        return None
    return AskedMember(function.module, form, cls, is_called, is_itself=True)


def asked_at_import(project: Project, module: Module, wanted: Collection[str]) -> Iterator[AskedMember]:
    """What a module asks of some classes when it is imported: in its body, and in those of its classes."""
    names = [name.encode() for name in module.bindings if name in wanted]
    functions, scopes = project.view(Functions), project.view(Scopes)
    hierarchy = project.view(ClassHierarchy)
    bodies = [("", bytes(module.facts.body))]
    bodies += [(fact.qualname, module.encoded(fact)) for fact in module.classes]
    found = [scope for scope, body in bodies if any(name in body for name in names)]
    if not found or any(b"AttributeError" in body for _, body in bodies):
        return
    facts = {fact.qualname: fact for fact in module.classes}
    for scope in found:
        summary = functions.class_summary(module, facts[scope]) if scope else functions.module_summary(module)
        for form, is_called in _asked(summary):
            if last_name(form.value) in wanted and isinstance(form.value, (Name, Attribute)):
                cls = hierarchy.of(scopes.resolve(module, scope, form.value))
                if cls is not None:
                    yield AskedMember(module, form, cls, is_called, is_itself=True)


def _own(function: ProjectFunction, wanted: Collection[str]) -> ProjectClass | None:
    """The class of a method, where it is wanted."""
    fact = function.fact
    if fact.owner < 0 or not function.receiver:
        return None
    cls = ProjectClass(function.module, fact.owner)
    return cls if cls.fact.name in wanted and not cls.fact.keywords else None


def _is_super(form: Expression, own: ProjectClass, receiver: str) -> bool:
    """Whether a form is `super()`, or `super(Order, self)` in `Order` itself."""
    if not isinstance(form, Call) or not isinstance(form.function, Name) or form.function.id != "super":
        return False
    told = [each.id for each in form.arguments if isinstance(each, Name)]
    return not form.arguments or told == [own.fact.name, receiver]


def _asked(summary: Summary) -> Iterator[tuple[Attribute, bool]]:
    for site in summary.calls:
        if isinstance(site.call.function, Attribute):
            yield site.call.function, True
    for read in summary.reads:
        yield read.attribute, False


def _is_near(receiver: Expression, near: Collection[str], own: str, makers: Collection[str]) -> bool:
    if isinstance(receiver, Name):
        return receiver.id in near
    if _maker(receiver) in makers:
        return True
    if not isinstance(receiver, Attribute):
        return False
    return isinstance(receiver.value, Name) and (receiver.value.id == own != "" or receiver.value.id in near)


def _promises(annotation: Expression | None, wanted: Collection[str]) -> bool:
    if annotation is None:
        return False
    if isinstance(annotation, Literal):
        return isinstance(annotation.value, str) and any(
            word in wanted for word in annotation.value.replace("|", " ").split()
        )
    return last_name(annotation) in wanted or any(
        _promises(part, wanted)  # type: ignore[arg-type]
        for part in parts(annotation)
    )


def _made(summary: Summary, makers: Collection[str]) -> set[str]:
    """The names that are bound once, to what a call of a maker gives, or an attribute that is one."""
    return {
        name
        for name, bound in summary.bound.items()
        if len(bound) == 1 and bound[0].how in ("assign", "loop") and _maker(bound[0].value) in makers
    }


def _maker(form: Expression) -> str:
    """The name of what makes a value, by a call, as an attribute or under a key; empty for anything else."""
    if isinstance(form, Await):
        return _maker(form.value)
    if isinstance(form, Call):
        return last_name(form.function)
    if isinstance(form, Subscript):
        return last_name(form.index)
    return form.attr if isinstance(form, Attribute) else ""


def _imported(project: Project, module: Module, wanted: Collection[str]) -> set[str]:
    """The names that a module imports for objects of wanted classes which others have made, once."""
    symbols, functions = project.view(Symbols), project.view(Functions)
    found = set()
    for fact in module.facts.imports:
        is_plain = fact.name and not (fact.scope or fact.typing or fact.conditional)
        origin = symbols.imported(module, fact) if is_plain else None
        if not isinstance(origin, Definition) or origin.kind is not Kind.VALUE or origin.member:
            continue
        if origin.qualname in _made(functions.module_summary(origin.module), wanted):
            found.add(fact.alias)
    return found


def _makes(module: Module, function: ProjectFunction, wanted: Collection[str]) -> bool:
    """Whether a function may call a wanted class: its module knows one, and it speaks of that."""
    names = [name for name in module.bindings if name in wanted]
    return bool(names) and module.mentions(function.fact, *names)


def _keeps(
    project: Project,
    function: ProjectFunction,
    wanted: Collection[str],
    known: dict[tuple[int, str], bool],
) -> bool:
    """Whether the class of a method may keep objects of a wanted class."""
    key = (function.fact.owner, "")
    if key not in known:
        owner = ProjectClass(function.module, function.fact.owner)
        known[key] = any(
            _is_told(each, wanted)
            for each in project.view(ClassHierarchy).order(owner)
            if isinstance(each, ProjectClass)
        )
    return known[key]


def _is_told(cls: ProjectClass, wanted: Collection[str]) -> bool:
    for member in cls.fact.members:
        if member.kind is Kind.FUNCTION and member.name in ("__init__", "__post_init__"):
            fact = cls.module.functions[member.index]
            if any(_promises(parameter.annotation, wanted) for parameter in fact.parameters):
                return True
            names = [name for name in cls.module.bindings if name in wanted]
            if names and cls.module.mentions(fact, *names):
                return True
    names = [name for name in cls.module.bindings if name in wanted]
    body = cls.module.encoded(cls.fact)
    return any(name.encode() in body for name in names)
