"""What an expression may be: an instance of a class, a class, a function, a module.

Follows local names, parameters with annotations or with a provider as default, `self`, attributes of
classes and those assigned in methods, constructors, and what functions return. Whatever else is UNKNOWN,
and so is what two ways make different.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.bindings import Binding, Kind
from archlint.facts.expressions import (
    Attribute,
    Await,
    Call,
    Collection,
    Conditional,
    Expression,
    Literal,
    Name,
    Operation,
    Subscript,
)
from archlint.facts.statements import Annotate
from archlint.project.answer import UNKNOWN, Definition, External, Unresolved
from archlint.project.attribute_writes import in_body, in_methods
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.decorated import handed_in
from archlint.project.entered import entries
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.memo import Memo
from archlint.project.module import Module
from archlint.project.promises import Instance, Promises, Value, yielded
from archlint.project.scopes import Scopes, nested
from archlint.project.summaries import Bound
from archlint.project.symbols import Symbols
from archlint.project.wiring import Key, Wiring, Written, argument, place_of

if TYPE_CHECKING:
    from archlint.project.project import Project


__all__ = ["Instance", "Value", "Values", "called_function"]

_PARTIAL = External("functools.partial")


class Values:
    """Values of expressions, seen from the function they stand in."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._scopes = project.view(Scopes)
        self._symbols = project.view(Symbols)
        self._hierarchy = project.view(ClassHierarchy)
        self._functions = project.view(Functions)
        self._promises = Promises(
            project.reads, self._scopes, self._symbols, self._hierarchy, self._functions
        )
        self._project = project
        # What is made from itself is UNKNOWN.
        self._names = Memo(project.reads, self._name, circular=_unknown)
        self._attributes = Memo(project.reads, self._of_instance, circular=_unknown)
        self._results = Memo(project.reads, self._declared_or_found, circular=_unknown)
        self._held = Memo(project.reads, self._value_of, circular=_unknown)
        self._kept = Memo(project.reads, self._kept_at, circular=_unknown)

    @classmethod
    def build(cls, project: Project) -> Values:
        """The view of a project."""
        return cls(project)

    def of(self, function: ProjectFunction, expression: Expression) -> Value:
        """What an expression in a function's body may be."""
        if isinstance(expression, Name):
            return self.name(function, expression.id)
        place = place_of(expression)
        if place is not None and (kept := self._kept(place)) is not UNKNOWN:
            return kept
        if isinstance(expression, Attribute):
            return self._attribute(self.of(function, expression.value), expression.attr)
        if isinstance(expression, Call):
            return self._result(function, expression)
        if isinstance(expression, Await):
            return self.of(function, expression.value)
        if isinstance(expression, Conditional):
            return _same([self.of(function, expression.body), self.of(function, expression.orelse)])
        if isinstance(expression, Operation) and expression.operator == "or":
            return _same([self.of(function, operand) for operand in expression.operands])
        if isinstance(expression, Collection):
            return Instance(External(f"builtins.{expression.kind}"))
        return self._entry(function, expression) if isinstance(expression, Subscript) else UNKNOWN

    def name(self, function: ProjectFunction, name: str) -> Value:
        """What a bare name in a function's body may be."""
        return self._names((function, name))

    def held(self, definition: Definition) -> Value:
        """What a value of a module is, or an attribute of it: `db.session` with `db = SQLAlchemy()`."""
        return self._held(definition)

    def _value_of(self, definition: Definition) -> Value:
        if definition.kind is not Kind.VALUE:
            return UNKNOWN
        bound = self._functions.module_summary(definition.module).bound.get(definition.qualname, ())
        if len(bound) != 1 or bound[0].how != "assign":
            return UNKNOWN
        found = self._made(definition.module, "", bound[0].value)
        if found is UNKNOWN and isinstance(bound[0].value, (Name, Attribute)):
            found = self._scopes.resolve(definition.module, "", bound[0].value)  # `run = session.execute`
        if isinstance(found, Definition) and found.kind is Kind.VALUE:
            found = self.held(found)
        for name in filter(None, definition.member.split(".")):
            found = self._attribute(found, name)
        return found

    def _entry(self, function: ProjectFunction, place: Subscript) -> Value:
        """What a dict of a module holds under a key: `SERVICES["orders"]`."""
        holder = self.of(function, place.value)
        if not isinstance(holder, Definition) or holder.member or holder.kind is not Kind.VALUE:
            return UNKNOWN
        found = entries(self._functions, holder, place.index)
        values = [self._written_value(Written(holder.module, None, each), each) for each in found]
        return _same(values) if values else UNKNOWN

    def callee(self, function: ProjectFunction, call: Call) -> Value:
        """What a call calls: a function or class of the project, something external, UNKNOWN."""
        found = self.of(function, call.function)
        if isinstance(found, Definition) and found.kind is Kind.VALUE and found.member:
            held = self.held(found)  # a method of what a module has made: `service.open()`
            return found if held is UNKNOWN else held
        return found

    def annotated(self, function: ProjectFunction, annotation: Expression | None) -> Value:
        """The instance that an annotation in a function's signature promises."""
        scope = function.fact.qualname.rpartition(".")[0]
        return self.promised(function.module, scope, annotation)

    def result(self, function: ProjectFunction) -> Value:
        """What a call of a function gives: as declared, or else what all its `return` agree on."""
        return self._given(function, is_provider=False)

    def provided(self, function: ProjectFunction) -> Value:
        """What a provider hands out: what a generator yields, what any other function returns."""
        return self._given(function, is_provider=function.fact.is_generator)

    def _given(self, function: ProjectFunction, *, is_provider: bool) -> Value:
        return self._results((function, is_provider))

    def _declared_or_found(self, key: tuple[ProjectFunction, bool]) -> Value:
        function, is_provider = key
        returns = function.fact.returns
        if returns is not None:
            return self.annotated(function, yielded(returns) if is_provider else returns)
        if function.fact.is_generator and not is_provider:
            return UNKNOWN
        summary = self._functions.summary(function)
        found = summary.yields if is_provider else summary.returns
        values = [self.of(function, each) for each in found if not _is_none(each)]
        agreed = _same(values) if values and summary.is_whole else UNKNOWN
        return agreed if isinstance(agreed, Instance) else UNKNOWN

    def _name(self, key: tuple[ProjectFunction, str]) -> Value:
        function, name = key
        fact = function.fact
        bound = self._functions.summary(function).bound.get(name, ())
        values = [self._bound(function, one) for one in bound]
        parameter = next((p for p in fact.parameters if p.name == name), None)
        if parameter is not None and name == function.receiver:
            owner = ProjectClass(function.module, fact.owner)
            is_class = "classmethod" in function.decorators or fact.name in ("__new__", "__init_subclass__")
            values.append(_definition(owner) if is_class else Instance(owner))
        elif parameter is not None and parameter.annotation is None:
            values.append(self._injected(function, parameter.default))
            if values[-1] is UNKNOWN and fact.name == "__init__" and fact.owner >= 0:
                values[-1] = self._passed(function, name)
            if values[-1] is UNKNOWN and fact.decorators:
                values[-1] = self._handed_in(function, name)
        elif parameter is not None:
            values.append(self.annotated(function, parameter.annotation))
        if values:
            return _same(values)
        return self._scopes.name(function.module, function.scope, name)

    def _injected(self, function: ProjectFunction, default: Expression | None) -> Value:
        """What a default that wraps a provider stands for: `session=Depends(get_session)`.

        By convention: somebody else's class around a function of the project, and nothing more.
        """
        if not isinstance(default, Call) or len(default.arguments) != 1:
            return UNKNOWN
        scope = function.fact.qualname.rpartition(".")[0]
        marker = self._scopes.resolve(function.module, scope, default.function)
        if not isinstance(marker, External) or not marker.name.rpartition(".")[2][:1].isupper():
            return UNKNOWN
        provider = self._scopes.resolve(function.module, scope, default.arguments[0])
        called = called_function(provider)
        if called is not None:
            return self.provided(called)
        owner = self._hierarchy.of(provider)
        return Instance(owner) if owner else UNKNOWN

    def _passed(self, constructor: ProjectFunction, name: str) -> Value:
        """What everybody who makes an object passes to its constructor."""
        owner = ProjectClass(constructor.module, constructor.fact.owner)
        at = [parameter.name for parameter in constructor.fact.parameters].index(name) - 1
        values: list[Value] = []
        for written in self._project.view(Wiring).calls(owner.fact.name):
            call = written.value
            if isinstance(call, Call) and self._written_value(written, call) == Instance(owner):
                passed = argument(call, at, name)
                values.append(self._written_value(written, passed) if passed is not None else UNKNOWN)
        agreed = _same(values) if values else UNKNOWN
        return agreed if isinstance(agreed, Instance) else UNKNOWN

    def _handed_in(self, function: ProjectFunction, name: str) -> Value:
        """What the decorators of the project that wrap a function call it with."""
        values: list[Value] = []
        for decorator in function.fact.decorators:
            made = decorator.function if isinstance(decorator, Call) else decorator
            wrapping = called_function(self._scopes.resolve(function.module, function.outer, made))
            if wrapping is not None:
                for wrapper, given in handed_in(self._functions, wrapping, function, name):
                    values.append(self._written_value(Written(wrapper.module, wrapper, given), given))
        agreed = _same(values) if values else UNKNOWN
        return agreed if isinstance(agreed, Instance) else UNKNOWN

    def _kept_at(self, place: Key) -> Value:
        """What an application keeps under a name, where all that write it agree."""
        values = [
            self._written_value(written, written.value) for written in self._project.view(Wiring).kept(place)
        ]
        agreed = _same(values) if values else UNKNOWN
        return agreed if isinstance(agreed, Instance) else UNKNOWN

    def _written_value(self, written: Written, value: Expression) -> Value:
        if written.function is not None:
            found = self.of(written.function, value)
        elif isinstance(value, Call):
            found = self._made(written.module, "", value)
        else:
            found = self._scopes.resolve(written.module, "", value)
        return self.held(found) if isinstance(found, Definition) and found.kind is Kind.VALUE else found

    def _bound(self, function: ProjectFunction, bound: Bound) -> Value:
        if bound.annotation is not None:
            return self.promised(function.module, function.scope, bound.annotation)
        if bound.how == "with":
            # By convention a context manager hands out itself.
            entered = self._entered(function, bound.value)
            return entered if isinstance(entered, Instance) else UNKNOWN
        return self.of(function, bound.value) if bound.how == "assign" else UNKNOWN

    def _entered(self, function: ProjectFunction, manager: Expression) -> Value:
        if isinstance(manager, Call):
            called = called_function(self.callee(function, manager))
            if called is not None and {"contextmanager", "asynccontextmanager"} & set(called.decorators):
                return self.provided(called)
        return self.of(function, manager)

    def _attribute(self, value: Value, name: str) -> Value:
        if not isinstance(value, Instance):
            owner = self._hierarchy.of(value)
            return self._symbols.attribute(value, name) if owner is None else self._of_class(owner, name)
        if isinstance(value.of, External):
            return External(f"{value.of.name}.{name}")
        return self._attributes((value.of, name))

    def _of_class(self, owner: ProjectClass, name: str) -> Value:
        found = self._hierarchy.member(owner, name)
        if isinstance(found, External):
            return found
        if isinstance(found, tuple) and found[1].kind in (Kind.FUNCTION, Kind.CLASS):
            return _member(*found)
        return self._on_class(found[0], name) if isinstance(found, tuple) else UNKNOWN

    def _on_class(self, owner: ProjectClass, name: str) -> Value:
        """What the class itself has under a name: `objects = OrderManager()`."""
        values = [form.value for form in in_body(owner, name)]
        made = [self._made(owner.module, owner.fact.qualname, value) for value in values if value is not None]
        return _same(made) if made else UNKNOWN

    def _on_instance(self, owner: ProjectClass, name: str) -> Value:
        """What an object has by a declaration in its class: `orders: Orders`.

        A value alone does not tell: a field of a model is made by one class and read as another.
        """
        forms = [form for form in in_body(owner, name) if isinstance(form, Annotate)]
        promised = [self.promised(owner.module, owner.fact.qualname, form.annotation) for form in forms]
        return _same(promised) if promised else UNKNOWN

    def _made(self, module: Module, scope: str, value: Expression) -> Value:
        if not isinstance(value, Call):
            return UNKNOWN
        maker = self._scopes.resolve(module, scope, value.function)
        if maker == _PARTIAL and value.arguments:
            return self._scopes.resolve(module, scope, value.arguments[0])
        return self._called(maker)

    def _called(self, callee: Value) -> Value:
        """What a call of something gives."""
        if isinstance(callee, Definition) and callee.kind is Kind.VALUE:
            callee = self.held(callee)
        if isinstance(callee, External):
            return self._from_outside(callee.name)
        if isinstance(callee, Instance):
            return self._from_instance(callee)
        owner = self._hierarchy.of(callee)
        if owner is not None:
            return Instance(owner)
        called = called_function(callee)
        return self.result(called) if called else UNKNOWN

    def _from_instance(self, callee: Instance) -> Value:
        if isinstance(callee.of, External):
            return self._from_outside(f"{callee.of.name}.__call__")
        called = called_function(self._attribute(callee, "__call__"))
        return self.result(called) if called else UNKNOWN

    def _from_outside(self, name: str) -> Value:
        known = self._project.results.get(name)
        if known:
            return Instance(External(known))
        # Nothing outside is read; that classes are written with a capital is the convention.
        return Instance(External(name)) if name.rpartition(".")[2][:1].isupper() else UNKNOWN

    def _of_instance(self, key: tuple[ProjectClass, str]) -> Value:
        owner, name = key
        found = self._hierarchy.member(owner, name)
        written = in_methods(self._functions, self._hierarchy, owner, name)
        stored = [self._bound(method, bound) for method, bound in written]
        if stored:
            return _same(stored)
        if isinstance(found, External):
            return found
        if found is None or isinstance(found, Unresolved):
            return UNKNOWN
        holder, binding = found
        if binding.kind is not Kind.FUNCTION:
            return _member(holder, binding) if binding.kind is Kind.CLASS else self._on_instance(holder, name)
        method = ProjectFunction(holder.module, binding.index)
        if {"property", "cached_property"} & set(method.decorators):
            return self.result(method)
        return _member(holder, binding)

    def _result(self, function: ProjectFunction, call: Call) -> Value:
        if isinstance(call.function, Name) and call.function.id == "super":
            return self._super(function)
        maker = self.of(function, call.function)
        if maker == _PARTIAL and call.arguments:
            return self.of(function, call.arguments[0])  # calling that gives what calling this does
        return self._called(maker)

    def _super(self, function: ProjectFunction) -> Value:
        if function.fact.owner < 0:
            return UNKNOWN
        order = self._hierarchy.order(ProjectClass(function.module, function.fact.owner))
        after = order[1] if len(order) > 1 else External("builtins.object")
        return UNKNOWN if isinstance(after, Unresolved) else Instance(after)

    def promised(self, module: Module, scope: str, annotation: Expression | None) -> Value:
        """The instance that an annotation promises where it stands in a scope, as `Import.scope` has it."""
        return self._promises.of(module, scope, annotation)


def _unknown(_: object) -> Value:
    return UNKNOWN


def called_function(value: Value) -> ProjectFunction | None:
    """The function of the project that a value is, a method asked of its class (`Cart.total`) too."""
    if not isinstance(value, Definition):
        return None
    found: Definition | None = value
    if value.member:
        found = nested(value.module, f"{value.qualname}.{value.member}")
    if found is None or found.kind is not Kind.FUNCTION:
        return None
    return ProjectFunction(found.module, found.index)


def _is_none(expression: Expression) -> bool:
    return isinstance(expression, Literal) and expression.value is None


def _definition(owner: ProjectClass) -> Definition:
    return Definition(owner.module, Kind.CLASS, owner.fact.qualname, owner.index, owner.fact.line)


def _member(holder: ProjectClass, binding: Binding) -> Definition:
    qualname = f"{holder.fact.qualname}.{binding.name}"
    return Definition(holder.module, binding.kind, qualname, binding.index, binding.line)


def _same(values: list[Value]) -> Value:
    first = values[0]
    return first if all(value == first for value in values[1:]) else UNKNOWN
