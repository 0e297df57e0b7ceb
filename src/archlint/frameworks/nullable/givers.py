"""Functions of the project that give None where they find nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.facts.expressions import (
    Attribute,
    Call,
    Conditional,
    Expression,
    Form,
    Literal,
    Mapping,
    Name,
    last_name,
    says,
)
from archlint.facts.forms import names_in, walked
from archlint.facts.statements import For, If, Return, Statement, Try, With
from archlint.frameworks.nullable.lookups import (
    fetches_row,
    finds,
    is_of_request,
    runs_statement,
    unawaited,
)
from archlint.frameworks.nullable.providing import is_of_header
from archlint.frameworks.sql.empty_answers import writes
from archlint.project.answer import Definition
from archlint.project.call_arguments import call_arguments
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.memo import Memo
from archlint.project.objects.attribute_writes import in_body, in_methods
from archlint.project.objects.values import Values, called_function
from archlint.project.scopes import Scopes
from archlint.project.spans import root

if TYPE_CHECKING:
    from archlint.facts.definitions import Parameter
    from archlint.project.project import Project
    from archlint.project.summaries import Bound

_HANDING_ON: Final = frozenset({"classmethod", "staticmethod"})
_SENDING: Final = frozenset({"Cookie", "Header"})
_TABLES: Final = frozenset({"OrderedDict", "dict"})
_REQUESTED: Final = ("request", "req")
_SENT: Final = ("headers", "cookies", "COOKIES", "META", "session", "get_json", "args")


class Giver(msgspec.Struct, frozen=True):
    """What is known of a function that may give None."""

    function: ProjectFunction
    line: int
    """Where it does."""

    is_of_request: bool
    """It asks the request itself, whatever it is passed."""

    keys: frozenset[str]
    """The parameters that decide what is found."""

    def keyed_by(self, call: Call) -> tuple[Expression, ...]:
        """What a call passes for those."""
        given = call_arguments(self.function.left_to_callers, call)
        takes_more = any(
            each.kind == "star" and each.name in self.keys for each in self.function.fact.parameters
        )
        own = tuple(value for name, value in given.by_parameter.items() if name in self.keys)
        return (*own, *given.further) if takes_more else own


class Givers:
    """Answers for functions and calls."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._project = project
        self._functions, self._values = project.view(Functions), project.view(Values)
        self._scopes, self._hierarchy = project.view(Scopes), project.view(ClassHierarchy)
        self._givers = Memo(project.reads, self._found, circular=_nothing)

    @classmethod
    def build(cls, project: Project) -> Givers:
        """The view of a project."""
        return cls(project)

    def of(self, function: ProjectFunction) -> Giver | None:
        """What is known of a function; None for one that gives something, or of which nobody can tell."""
        return self._givers(function)

    def called(self, function: ProjectFunction, form: Expression) -> Giver | None:
        """The same for a call, or what is awaited of it, in the body of a function."""
        call = unawaited(form)
        if not isinstance(call, Call):
            return None
        callee = called_function(self._values.callee(function, call))
        if callee is None or callee.fact.is_async is not (call is not form):
            return None
        return self.of(callee)

    def may_miss(self, function: ProjectFunction, form: Expression) -> bool:
        """Whether an expression in the body of a function is a search that may find nothing."""
        return finds(form) or is_of_request(form) or self._is_of_table(function, unawaited(form))

    def _found(self, function: ProjectFunction) -> Giver | None:
        fact = function.fact
        if fact.is_generator or not _HANDING_ON.issuperset(function.decorators):
            return None
        if not any(isinstance(each, Return) for each in self._walked(function)):
            return None
        line = _Ways(self, function, self._functions.summary(function).bound).missing()
        return Giver(function, line, self._asks_request(function), self._keys(function)) if line else None

    def _keys(self, function: ProjectFunction) -> frozenset[str]:
        """The parameters behind what is tested and returned, with all the names on the way there."""
        summary, met = self._functions.summary(function), set[str]()
        told: dict[str, list[Expression]] = {}
        for site in summary.calls:
            told.setdefault(root(site.call.function), []).extend(site.call.arguments)
        pending = [each for form in self._walked(function) for each in _deciding(form)]
        while pending:
            names = names_in([pending.pop()]) - met
            met |= names
            pending += [one.value for name in names for one in summary.bound.get(name, ())]
            pending += [each for name in names for each in told.get(name, ())]
        return frozenset(each.name for each in function.left_to_callers if each.name in met)

    def _walked(self, function: ProjectFunction) -> Iterator[Form]:
        return walked(function.module.statements(function.fact))

    def _asks_request(self, function: ProjectFunction) -> bool:
        fact = function.fact
        if any(self.is_sent(function, each) for each in fact.parameters):
            return True
        return function.module.mentions(fact, *_REQUESTED) and function.module.mentions(fact, *_SENT)

    def is_sent(self, function: ProjectFunction, parameter: Parameter) -> bool:
        """Whether a parameter holds a header or a cookie, as FastAPI finds it."""
        written = [each for each in (parameter.default, parameter.annotation) if each is not None]
        makers = (last_name(each.function) for each in walked(written) if isinstance(each, Call))
        return not _SENDING.isdisjoint(makers) or is_of_header(self._project, function, parameter)

    def _is_of_table(self, function: ProjectFunction, form: Expression) -> bool:
        """`USERS.get(name)` of a dict that the module, or the object, keeps."""
        if not isinstance(form, Call) or not isinstance(form.function, Attribute) or form.keywords:
            return False
        if form.function.attr != "get" or len(form.arguments) != 1 or isinstance(form.arguments[0], Literal):
            return False
        return any(_is_table(value) for value in self._kept(function, form.function.value))

    def _kept(self, function: ProjectFunction, owner: Expression) -> Iterator[Expression]:
        is_own = isinstance(owner, Attribute) and isinstance(owner.value, Name)
        if is_own and owner.value.id == function.receiver != "":  # type: ignore[union-attr]
            cls = ProjectClass(function.module, function.fact.owner)
            for form in in_body(cls, owner.attr):  # type: ignore[union-attr]
                yield from () if form.value is None else (form.value,)
            name = owner.attr  # type: ignore[union-attr]
            yield from (b.value for _, b in in_methods(self._functions, self._hierarchy, cls, name))
            return
        found = self._scopes.resolve(function.module, function.scope, owner)
        if isinstance(found, Definition) and not found.member:
            bound = self._functions.module_summary(found.module).bound.get(found.qualname, ())
            yield from (one.value for one in bound if one.how == "assign")


class _Ways:
    """The ways out of one function."""

    def __init__(self, givers: Givers, function: ProjectFunction, bound: dict[str, list[Bound]]) -> None:
        self._givers = givers
        self._function = function
        self._bound = bound
        self._own = {each.name for each in function.fact.parameters}

    def missing(self) -> int:
        """The line of one that gives None because nothing was found; 0 where there is none."""
        body = self._function.module.statements(self._function.fact)
        if not any(isinstance(each, Return) and not _is_none(each.value) for each in self._forms()):
            return 0
        found = self._body(body, frozenset(), is_missing=False)
        if found:
            return found
        last = body[-1]
        return last.line if isinstance(last, For) and not last.orelse and _returns(last.body) else 0

    def _body(self, body: tuple[Statement, ...], tested: frozenset[str], *, is_missing: bool) -> int:
        """`tested`: names asked before. `is_missing`: a condition around it says that nothing was found."""
        for at, form in enumerate(body):
            if isinstance(form, Return):
                behind = at > 0 and isinstance(body[at - 1], For) and _returns(body[at - 1].body)  # type: ignore[union-attr]
                return self._returned(form, tested, is_missing=is_missing or behind)
            if isinstance(form, If):
                tested |= names_in([form.test])
            found = self._inside(form, tested, is_missing=is_missing)
            if found:
                return found
        return 0

    def _inside(self, form: Statement, tested: frozenset[str], *, is_missing: bool) -> int:
        if isinstance(form, If):
            asks = self._asks(form.test)
            return self._body(form.body, tested, is_missing=is_missing or asks) or self._body(
                form.orelse, tested, is_missing=is_missing or asks
            )
        if isinstance(form, With):
            return self._body(form.body, tested, is_missing=is_missing)
        if isinstance(form, For):
            return self._body(form.body, tested, is_missing=False)
        if not isinstance(form, Try):
            return 0
        within = self._body(form.body, tested, is_missing=is_missing)
        calls = any(isinstance(each, Call) for each in walked(form.body))
        ends = (self._body(each.body, tested, is_missing=calls) for each in form.handlers)
        return within or next(filter(None, ends), 0) or self._body(form.orelse, tested, is_missing=is_missing)

    def _returned(self, form: Return, tested: frozenset[str], *, is_missing: bool) -> int:
        value = form.value
        if _is_none(value):
            return form.line if is_missing else 0
        if isinstance(value, Conditional):
            has_none = _is_none(value.body) or _is_none(value.orelse)
            return form.line if has_none and self._asks(value.test) else 0
        if isinstance(value, Name):
            found = self._bound.get(value.id, [])
            is_open = len(found) == 1 and found[0].how == "assign" and value.id not in tested
            return form.line if is_open and self._may_miss(found[0].value) else 0
        return form.line if value is not None and self._may_miss(value) else 0

    def _may_miss(self, form: Expression) -> bool:
        if self._givers.may_miss(self._function, form):
            return True
        giver, call = self._givers.called(self._function, form), unawaited(form)
        return giver is not None and isinstance(call, Call) and not self._is_of_new_row(giver.keyed_by(call))

    def _is_of_new_row(self, keys: tuple[Expression, ...]) -> bool:
        """Whether what is looked for is what a statement has just given: `self.find(cursor.lastrowid)`."""
        return any(runs_statement(one.value) for name in names_in(keys) for one in self._bound.get(name, ()))

    def _is_fetched(self, form: Expression) -> bool:
        """Whether it is a row that was asked for, and not one that was written."""
        texts = (each.value for each in self._forms() if isinstance(each, Literal))
        return fetches_row(form) and not any(isinstance(text, str) and writes(text) for text in texts)

    def _forms(self) -> Iterator[Form]:
        return walked(self._function.module.statements(self._function.fact))

    def _asks(self, test: Expression) -> bool:
        """Whether a condition asks if something was found, or what a client has sent."""
        return any(self._is_looked_up(each) for each in walked([test]))

    def _is_looked_up(self, form: Form) -> bool:
        if isinstance(form, Call):
            return self._may_miss(form)
        if not isinstance(form, Name):
            return False
        if form.id in self._own:
            parameters = self._function.fact.parameters
            return any(
                each.name == form.id and self._givers.is_sent(self._function, each) for each in parameters
            )
        found = self._bound.get(form.id, ())
        return any(
            one.how == "assign" and (self._may_miss(one.value) or self._is_fetched(one.value))
            for one in found
        )


def _deciding(form: Form) -> tuple[Form, ...]:
    if isinstance(form, (If, Conditional)):
        return (form.test,)
    return (form.value,) if isinstance(form, Return) and form.value is not None else ()


def _returns(body: tuple[Statement, ...]) -> bool:
    return any(isinstance(each, Return) for each in walked(body))


def _is_table(form: Expression) -> bool:
    return isinstance(form, Mapping) or (isinstance(form, Call) and last_name(form.function) in _TABLES)


def _is_none(form: Expression | None) -> bool:
    return form is None or says(form, None)


def _nothing(_: object) -> None:
    return None
