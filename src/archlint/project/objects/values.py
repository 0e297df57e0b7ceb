"""What an expression may be: an instance of a class, a class, a function, a module.

Follows local names, parameters with annotations or with a provider as default, `self`, attributes of
classes and those assigned in methods, constructors, and what functions return. Whatever else is UNKNOWN,
and so is what two ways make different.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
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
    last_name,
    says,
)
from archlint.project.answer import UNKNOWN, Definition, External, Unresolved
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.memo import Memo
from archlint.project.module import Module
from archlint.project.objects.attributes import Attributes
from archlint.project.objects.called import called_function
from archlint.project.objects.elements import Elements
from archlint.project.objects.entered import entries
from archlint.project.objects.fixtures import Fixtures
from archlint.project.objects.given_parameters import GivenParameters
from archlint.project.objects.injections import made_of, provider
from archlint.project.objects.overrides import Overrides
from archlint.project.objects.promises import (
    CALLS_ITS_FIRST,
    NAMED_BY_FIRST,
    Instance,
    Promises,
    Value,
    same,
    yielded,
)
from archlint.project.objects.typed_keys import TypedKeys
from archlint.project.objects.wiring import Key, Wiring, Written, place_of
from archlint.project.scopes import Scopes
from archlint.project.summaries import EACH, Bound
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.project.project import Project


__all__ = ["Instance", "Value", "Values", "called_function"]

_TYPED_DICTS = frozenset({"typing.TypedDict", "typing_extensions.TypedDict"})
_GETATTR = External("builtins.getattr")
_ENTERING = frozenset({"enter_context", "enter_async_context"})


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
        self._attributes = Attributes(self, project, self._scopes)
        self._overrides = project.view(Overrides)
        self._elements = Elements(self, self._functions, self._hierarchy, self._overrides)
        self._given_parameters = GivenParameters(self, project)
        self._keys = TypedKeys(self._scopes, self._functions, self._promises)
        self._fixtures = project.view(Fixtures)
        self._project = project
        # What is made from itself is UNKNOWN.
        self._names = Memo(project.reads, self._name, circular=_unknown)
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
            return self._attributes.of(self.of(function, expression.value), expression.attr)
        if isinstance(expression, Call):
            return self._result(function, expression)
        if isinstance(expression, Await):
            return self.of(function, expression.value)
        if isinstance(expression, Conditional):
            return self._one_of(function, (expression.body, expression.orelse))
        if isinstance(expression, Operation) and expression.operator == "or":
            return self._one_of(function, expression.operands)
        if isinstance(expression, Collection):
            return Instance(External(f"builtins.{expression.kind}"))
        return self._entry(function, expression) if isinstance(expression, Subscript) else UNKNOWN

    def _one_of(self, function: ProjectFunction, choices: Iterable[Expression]) -> Value:
        """What one of several is where they agree; of None nobody asks anything."""
        return same([self.of(function, each) for each in choices if not says(each, None)])

    def name(self, function: ProjectFunction, name: str) -> Value:
        """What a bare name in a function's body may be."""
        return self._names((function, name))

    def attribute(self, value: Value, name: str) -> Value:
        """What an attribute of a value is."""
        return self._attributes.of(value, name)

    def held(self, definition: Definition) -> Value:
        """What a value of a module is, or an attribute of it: `db.session` with `db = SQLAlchemy()`."""
        return self._held(definition)

    def _value_of(self, definition: Definition) -> Value:
        if definition.kind is not Kind.VALUE:
            return UNKNOWN
        bound = self._functions.module_summary(definition.module).bound.get(definition.qualname, ())
        if len(bound) != 1 or bound[0].how != "assign":
            return UNKNOWN
        found = self.made(definition.module, "", bound[0].value)
        if found is UNKNOWN and isinstance(bound[0].value, (Name, Attribute)):
            found = self._scopes.resolve(definition.module, "", bound[0].value)  # `run = session.execute`
        if isinstance(found, Definition) and found.kind is Kind.VALUE:
            found = self.held(found)
        for name in filter(None, definition.member.split(".")):
            found = self._attributes.of(found, name)
        return found

    def _entry(self, function: ProjectFunction, place: Subscript) -> Value:
        """What a dict of a module holds under a key, `SERVICES["orders"]`, or what the key promises."""
        promised = self._keys.under(self.of(function, place.index))
        if promised is not UNKNOWN:
            return promised
        element = self._elements.under(function, place)
        if element is not UNKNOWN:
            return element
        holder = self.of(function, place.value)
        if isinstance(holder, Instance):
            return self._item(holder, place.index)
        if not isinstance(holder, Definition) or holder.member or holder.kind is not Kind.VALUE:
            return UNKNOWN
        found = entries(self._functions, holder, place.index)
        values = [self.of_written(Written(holder.module, None, each), each) for each in found]
        return same(values) if values else UNKNOWN

    def _item(self, holder: Instance, key: Expression) -> Value:
        """What an object has under a key, where its class says so as a `TypedDict` does."""
        if not isinstance(holder.of, ProjectClass) or not isinstance(key, Literal):
            return UNKNOWN
        names = {each.name for each in self._hierarchy.order(holder.of) if isinstance(each, External)}
        return self._attributes.of(holder, str(key.value)) if names & _TYPED_DICTS else UNKNOWN

    def entries(
        self, function: ProjectFunction, place: Subscript
    ) -> tuple[Definition, tuple[Value, ...]] | None:
        """The dict of a module that is asked for something, and all that may be meant; None for any other."""
        holder = self.of(function, place.value)
        if not isinstance(holder, Definition) or holder.member or holder.kind is not Kind.VALUE:
            return None
        found = entries(self._functions, holder, place.index)
        return holder, tuple(self._scopes.resolve(holder.module, "", each) for each in found)

    def on_call(self, value: Value) -> Value:
        """What runs when a value is called: of an object, its `__call__`."""
        held = self.held(value) if isinstance(value, Definition) and value.kind is Kind.VALUE else value
        return self._attributes.of(held, "__call__") if isinstance(held, Instance) else value

    def callee(self, function: ProjectFunction, call: Call) -> Value:
        """What a call calls: a function or class of the project, something external, UNKNOWN."""
        found = self.of(function, call.function)
        if isinstance(found, Definition) and found.kind is Kind.VALUE and found.member:
            held = self.held(found)  # a method of what a module has made: `service.open()`
            return found if held is UNKNOWN else held
        return found

    def annotated(self, function: ProjectFunction, annotation: Expression | None) -> Value:
        """The instance that an annotation in a function's signature promises."""
        return self.promised(function.module, function.outer, annotation)

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
            promised = self.annotated(function, yielded(returns) if is_provider else returns)
            told = [each for each in self._overrides.fillings(function) if each.fact.returns is not None]
            return same([promised, *(self.annotated(each, each.fact.returns) for each in told)])
        if function.fact.is_generator and not is_provider:
            return UNKNOWN
        summary = self._functions.summary(function)
        found = summary.yields if is_provider else summary.returns
        values = [self.of(function, each) for each in found if not says(each, None)]
        agreed = same(values) if values and summary.is_whole else UNKNOWN
        return agreed if isinstance(agreed, Instance) else UNKNOWN

    def _name(self, key: tuple[ProjectFunction, str]) -> Value:
        function, name = key
        fact = function.fact
        bound = self._functions.summary(function).bound.get(name, ())
        values = [self.bound(function, one) for one in bound]
        parameter = next((p for p in fact.parameters if p.name == name), None)
        if parameter is not None and name == function.receiver:
            owner = ProjectClass(function.module, fact.owner)
            is_class = "classmethod" in function.decorators or fact.name in ("__new__", "__init_subclass__")
            values.append(_definition(owner) if is_class else Instance(owner))
        elif parameter is not None and parameter.annotation is None:
            values.append(self._injected(function, parameter.default))
            if values[-1] is UNKNOWN:
                values[-1] = self._given_parameters.of(function, name)
            fixture = self._fixtures.asked_for(function, name) if values[-1] is UNKNOWN else None
            values[-1] = self.provided(fixture) if fixture else values[-1]
        elif parameter is not None:
            promised = self.at_least(function.module, function.outer, parameter.annotation)
            values.append(UNKNOWN if self._is_belied(function, parameter.default, promised) else promised)
        if values:
            return same(values)
        return self._scopes.name(function.module, function.scope, name)

    def _injected(self, function: ProjectFunction, default: Expression | None) -> Value:
        """What a default that wraps a provider stands for: `session=Depends(get_session)`."""
        provided = provider(self._scopes, function, default)
        called = called_function(provided)
        return self.provided(called) if called else self._called(provided)

    def _is_belied(self, function: ProjectFunction, default: Expression | None, promised: Value) -> bool:
        """Whether a parameter is told another class than its annotation says."""
        told = [self._hierarchy.of(each) for each in made_of(self._scopes, function, default)]
        if not isinstance(promised, Instance) or not isinstance(promised.of, ProjectClass):
            return False
        return any(cls is not None and promised.of not in self._hierarchy.order(cls) for cls in told)

    def _kept_at(self, place: Key) -> Value:
        """What an application keeps under a name, where all that write it agree."""
        values = [
            self.of_written(written, written.value) for written in self._project.view(Wiring).kept(place)
        ]
        agreed = same(values) if values else UNKNOWN
        return agreed if isinstance(agreed, Instance) else UNKNOWN

    def of_written(self, written: Written, value: Expression) -> Value:
        """What an expression is that stands somewhere in the code that puts the application together."""
        if written.function is not None:
            found = self.of(written.function, value)
        elif isinstance(value, Call):
            found = self.made(written.module, "", value)
        else:
            found = self._scopes.resolve(written.module, "", value)
        return self.held(found) if isinstance(found, Definition) and found.kind is Kind.VALUE else found

    def bound(self, function: ProjectFunction, bound: Bound) -> Value:
        """What one binding in a function gives a name."""
        if bound.annotation is not None:
            return self.promised(function.module, function.scope, bound.annotation)
        if bound.how == "with":
            # By convention a context manager hands out itself.
            entered = self._entered(function, bound.value)
            return entered if isinstance(entered, Instance) else UNKNOWN
        if bound.how == "loop":
            return self._elements.of(function, bound.value, (EACH,))
        if bound.how == "unpack":
            return self._elements.of(function, bound.value, bound.path)
        return self.of(function, bound.value) if bound.how == "assign" else UNKNOWN

    def _entered(self, function: ProjectFunction, manager: Expression) -> Value:
        if isinstance(manager, Call):
            called = called_function(self.callee(function, manager))
            if called is not None and {"contextmanager", "asynccontextmanager"} & set(called.decorators):
                return self.provided(called)
        return self.of(function, manager)

    def made(self, module: Module, scope: str, value: Expression) -> Value:
        """What a call that stands in no function gives."""
        if not isinstance(value, Call):
            return UNKNOWN
        maker = self._scopes.resolve(module, scope, value.function)
        if value.arguments and self._calls_its_first(maker):
            return self._scopes.resolve(module, scope, value.arguments[0])
        return self._called(maker)

    def _calls_its_first(self, maker: Value) -> bool:
        """Whether calling what is made gives what calling its first argument does: `partial(find)`."""
        return isinstance(maker, External) and self._project.results.get(maker.name) == CALLS_ITS_FIRST

    def _is_named_by_first(self, maker: Value) -> bool:
        """Whether a call gives what its first argument names: `import_string("shop.orders.Orders")`."""
        return isinstance(maker, External) and self._project.results.get(maker.name) == NAMED_BY_FIRST

    def _called(self, callee: Value) -> Value:
        """What a call of something gives."""
        if (promised := self._keys.got(callee)) is not UNKNOWN:
            return promised
        if isinstance(callee, Definition) and callee.kind is Kind.VALUE:
            callee = self.held(callee)
        if isinstance(callee, Definition) and callee.member:
            callee = self._attributes.of_class_member(callee)
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
        called = called_function(self._attributes.of(callee, "__call__"))
        return self.result(called) if called else UNKNOWN

    def _from_outside(self, name: str) -> Value:
        known = self._project.results.get(name)
        if known and known not in (CALLS_ITS_FIRST, NAMED_BY_FIRST):
            return Instance(External(known))
        # Nothing outside is read; that classes are written with a capital is the convention.
        return Instance(External(name)) if name.rpartition(".")[2][:1].isupper() else UNKNOWN

    def _result(self, function: ProjectFunction, call: Call) -> Value:
        if isinstance(call.function, Name) and call.function.id == "super":
            return self._super(function)
        maker = self.of(function, call.function)
        if call.arguments and self._calls_its_first(maker):
            return self.of(function, call.arguments[0])
        if call.arguments and self._is_named_by_first(maker):
            named = call.arguments[0]
            text = named.value if isinstance(named, Literal) else None
            return self._symbols.resolve(text, function.module) if isinstance(text, str) else UNKNOWN
        if len(call.arguments) == 1 and last_name(call.function) in _ENTERING:
            return self._entered(function, call.arguments[0])  # of an exit stack
        if maker == _GETATTR and len(call.arguments) > 1 and isinstance(asked := call.arguments[1], Literal):
            return self._attributes.of(self.of(function, call.arguments[0]), str(asked.value))
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

    def at_least(self, module: Module, scope: str, annotation: Expression | None) -> Value:
        """The same, for a type variable that of its bound."""
        found = self.promised(module, scope, annotation)
        return self._promises.bound(module, scope, annotation) if found is UNKNOWN else found


def _unknown(_: object) -> Value:
    return UNKNOWN


def _definition(owner: ProjectClass) -> Definition:
    return Definition(owner.module, Kind.CLASS, owner.fact.qualname, owner.index, owner.fact.line)
