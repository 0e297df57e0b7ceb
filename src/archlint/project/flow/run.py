"""One abstract run of one body: its statements, in order, on every way through them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from archlint.facts.expressions import (
    Attribute,
    Call,
    Expression,
    Literal,
    Name,
    Operation,
    Subscript,
)
from archlint.facts.statements import (
    Annotate,
    Assert,
    Assign,
    Declare,
    DefineClass,
    DefineFunction,
    Delete,
    Evaluate,
    For,
    If,
    ImportNames,
    Jump,
    Match,
    Raise,
    Return,
    Statement,
    Try,
    While,
    With,
)
from archlint.project.answer import UNKNOWN, External
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.blocks.catching import caught_by, within
from archlint.project.flow.blocks.entering import entered as entered_by
from archlint.project.flow.blocks.last_turns import in_last_turn, is_closed
from archlint.project.flow.blocks.turns import Jumps, turns
from archlint.project.flow.calls.passing import arguments_of
from archlint.project.flow.calls.stopping import stops
from archlint.project.flow.conditions.narrowing import is_script_guard, narrowed
from archlint.project.flow.evaluation import Evaluation
from archlint.project.flow.kept.own_fields import leave
from archlint.project.flow.path import Path, meeting
from archlint.project.flow.targets import Targets
from archlint.project.flow.telling import is_telling
from archlint.project.flow.trace import Dropped, Exit, Loop, TurnEnd
from archlint.project.flow.values import (
    NONE,
    Cells,
    Closure,
    Entries,
    Items,
    Many,
    Object,
    Value,
)
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.project.flow.flow import Flow
    from archlint.project.flow.trace import Trace


class Run(Evaluation, Targets):
    """Runs the statements of a body, and writes what happens into a trace."""

    def __init__(self, flow: Flow, trace: Trace, path: Path, cells: Cells | None = None) -> None:
        super().__init__(flow, trace, path, cells)
        self.inner: list[Closure] = []
        """Functions that the body defines."""

        self._ends: list[Callable[[], object]] = []
        """What happens on the way out: `finally` bodies and the ends of `with`, the outermost first."""

        self._loops: list[Jumps] = []
        """Where the turns of the loops around are left, the outermost first."""

    def body(self, statements: tuple[Statement, ...]) -> bool:
        """Run statements; False where no way goes on behind them."""
        context, goes_on = self.context, True
        self.context = in_last_turn(context, statements)
        for statement in statements:
            step = _STATEMENTS.get(statement.__class__)
            goes_on = step is None or step(self, statement) is not False
            if not goes_on:
                break
        self.back_in(context)
        return goes_on

    def whole(self, statements: tuple[Statement, ...]) -> None:
        """Run the statements of a body, and write down how it ends."""
        if self.body(statements):
            self._exit("end", 0, NONE)
        if self.function is None:
            self.trace.names = self.path.names

    def _unwind(self, depth: int = 0) -> None:
        """What is on the way out happens; only what is within as many others as `depth` says."""
        ends = self._ends
        for index in range(len(ends) - 1, depth - 1, -1):
            self._ends = ends[:index]  # a `return` in a `finally` has only what is around it before it
            ends[index]()
        self._ends = ends

    def _exit(self, how: str, line: int, value: Value) -> None:
        self._unwind()
        if self.trace.fields and how != "raise":
            value = leave(self, value)
        self.trace.exits.append(Exit(how, line, value, self.path.state))

    # -- simple statements

    def _assign(self, form: Assign) -> bool:
        if form.operator:
            value = self.of(Operation(form.operator, (form.targets[0], form.value), form.line, 0))
        else:
            value = self.of(form.value)
        for target in form.targets:
            self.bind(target, value, form.line)
        return not self._is_over(form.value, value)

    def _annotate(self, form: Annotate) -> None:
        if form.value is None:
            return
        value = self.of(form.value)
        if value is UNKNOWN or value == NONE or isinstance(value, External):
            promised = self.flow.promises.of(self, form.annotation)
            value = value if promised is UNKNOWN and isinstance(value, External) else promised
        self.bind(form.target, value, form.line)

    def _evaluate(self, form: Evaluate) -> bool:
        value = self.of(form.value)
        if is_telling(value):
            self.trace.events.append(Dropped(form.value, value, self.context))
        return not self._is_over(form.value, value)

    def _is_over(self, form: Expression, value: Value) -> bool:
        """Whether no way leads on behind an expression; that is written down."""
        is_promised = isinstance(value, Object) and isinstance(value.of, External)  # an object of `NoReturn`
        if not isinstance(form, Call) or (value is not UNKNOWN and not is_promised):
            return False
        if not stops(self, form) and not self._fails(form):
            return False
        self._exit("raise", form.line, UNKNOWN)
        return True

    def _fails(self, form: Call) -> bool:
        """Whether a call surely raises: `Order._meta.get_field("gone")`."""
        asked = form.function
        if not isinstance(asked, Attribute) or asked.attr not in self.flow.failing:
            return False
        receiver = self.of(asked.value)
        return isinstance(receiver, Behaviour) and receiver.fails(asked.attr, arguments_of(self, form), self)

    def _return(self, form: Return) -> bool:
        value = self.of(form.value) if form.value is not None else NONE
        self._exit("return", form.line, value)
        return False

    def _raise(self, form: Raise) -> bool:
        context = self.context
        self.context = replace(context, raising=not context.caught)
        for value in (form.value, form.cause):
            if value is not None:
                self.of(value)
        self.context = context
        self._exit("raise", form.line, UNKNOWN)
        return False

    def _delete(self, form: Delete) -> None:
        for target in form.targets:
            if isinstance(target, Name):
                self.path.names[target.id] = UNKNOWN
            elif isinstance(target, (Attribute, Subscript)):
                container = self.of(target.value)
                if isinstance(container, (Entries, Items, Many)) and isinstance(target.value, Name):
                    self.path.names[target.value.id] = UNKNOWN

    def _assert(self, form: Assert) -> None:
        self.tested(form.test)
        narrowed(self, form.test, holds=True)

    def _jump(self, form: Jump) -> bool:
        if form.kind == "pass" or not self._loops:
            return form.kind == "pass"
        around = self._loops[-1]
        self._unwind(around.depth)
        (around.breaks if form.kind == "break" else around.continues).append(self.path)
        self.trace.turns.append(TurnEnd(form.kind, form.line, around.form, self.path.state))
        return False

    # -- definitions

    def _function(self, form: DefineFunction) -> None:
        function = ProjectFunction(self.trace.module, form.index)
        self._signature(function)
        around = self.path.names if self.cells is None else {**self.cells.names, **self.path.names}
        cells = Cells(around) if self.function is not None else None
        closure = Closure(function, None, cells)
        self.inner.append(closure)
        self.path.names[function.fact.name] = self.flow.decorated(closure, self)

    def _signature(self, function: ProjectFunction) -> None:
        """Defaults and the arguments of decorators are evaluated where the function is defined."""
        for parameter in function.fact.parameters:
            if parameter.default is not None and parameter.default.__class__ is not Literal:
                self.of(parameter.default)
        for decorator in function.fact.decorators:
            if isinstance(decorator, Call):
                arguments_of(self, decorator)

    def _class(self, form: DefineClass) -> None:
        self.path.names[self.trace.module.classes[form.index].name] = self.flow.class_value(
            self.trace.module, form.index
        )

    def _imports(self, form: ImportNames) -> None:
        for fact in self.trace.module.facts.imports[form.first : form.first + form.count]:
            if fact.alias:
                self.path.names[fact.alias] = self.flow.imported(self.trace.module, fact)

    def _declare(self, form: Declare) -> None:
        for name in form.names:
            self.path.names[name] = UNKNOWN
            if form.kind == "global":
                self._globals.add(name)
                self.path.names[name] = self.flow.standing.set_in((self.trace.module, name))

    # -- branches

    def _if(self, form: If) -> bool:
        self.tested(form.test)
        if self.function is None and is_script_guard(form.test):
            return self.body(form.orelse)  # nobody who imports the module gets there
        before = self.path
        ways: list[Path | None] = []
        for body, holds in ((form.body, True), (form.orelse, False)):
            self.path = before.copy()
            if is_closed(self, form.test, holds=holds, depth=len(self._loops)):
                continue
            narrowed(self, form.test, holds=holds)
            ways.append(self.path if self.body(body) else None)
        return self._go_on(*ways)

    def _match(self, form: Match) -> bool:
        self.of(form.subject)
        before = self.path
        ends: list[Path | None] = [before]
        subject = form.subject.id if isinstance(form.subject, Name) else ""
        for case in form.cases:
            self.path = before.copy()
            self.path.names.update(dict.fromkeys((*case.names, subject), UNKNOWN))
            if case.guard is not None:
                self.tested(case.guard)
            goes_on = self.body(case.body)
            if self.path.names[subject] is UNKNOWN:
                self.path.names[subject] = before.names.get(subject, UNKNOWN)  # a pattern tells more of it
            ends.append(self.path if goes_on else None)
        return self._go_on(*ends)

    def _go_on(self, *ways: Path | None) -> bool:
        """Go on where some ways meet; False where there is none."""
        found = meeting(*ways)
        if found is not None:
            self.path = found
        return found is not None

    # -- loops

    def _for(self, form: For) -> bool:
        over = self.flow.gone_through(self.of(form.iterable))
        item = self.iterated(form.iterable, over, form.is_async)
        given = turns(over) if not self._loops else ()
        if given:
            return self._turn_by_turn(form, over, given)
        before = self.path.copy()
        self.bind(form.target, item, form.line)
        return self._loop(form, over, before)

    def _turn_by_turn(self, form: For, over: Value, given: tuple[Value, ...]) -> bool:
        """Every turn there is, each from where the one before it ended."""
        broken: list[Path] = []
        for each in given:
            self.bind(form.target, each, form.line)
            ended, left = self._turn(form, over)
            broken += left
            if ended is None:
                return self._go_on(*broken)
            self.path = ended
        otherwise = self.path if self.body(form.orelse) else None
        return self._go_on(otherwise, *broken)

    def _while(self, form: While) -> bool:
        before = self.path.copy()
        context = self.context
        self.context = replace(context, loops=(*context.loops, Loop(UNKNOWN, form)))
        self.tested(form.test)
        self.context = context
        return self._loop(form, UNKNOWN, before)

    def _loop(self, form: For | While, over: Value, before: Path) -> bool:
        """One turn, which stands for all: what holds for the first is enough to speak of."""
        ended, broken = self._turn(form, over)
        self.path = meeting(before, ended) or before
        otherwise = self.path if self.body(form.orelse) else None
        return self._go_on(otherwise, *broken)

    def _turn(self, form: For | While, over: Value) -> tuple[Path | None, list[Path]]:
        """Where a turn ends, and the ways out of it by `break`."""
        context = self.context
        self.context = replace(context, loops=(*context.loops, Loop(over, form)))
        self._loops.append(Jumps(form, len(self._ends)))
        ended = self.path if self.body(form.body) else None
        self.back_in(context)
        jumps = self._loops.pop()
        if ended is not None:
            self.trace.turns.append(TurnEnd("end", 0, form, ended.state))
        return meeting(ended, *jumps.continues), jumps.breaks

    # -- with and try

    def _with(self, form: With) -> bool:
        context = self.context
        depth = len(self._ends)
        for item in form.items:
            value = self.of(item.context)
            entered = entered_by(self.flow, value, self, item.context)
            if item.target is not None:
                self.bind(item.target, entered.value, form.line)
            self.context = within(self, value, item.context, is_async=form.is_async)
            self._ends.append(entered.leave)
        goes_on = self.body(form.body)
        ends, self._ends = self._ends[depth:], self._ends[:depth]
        if goes_on:
            for end in reversed(ends):
                end()
        self.context = context
        return goes_on

    def _try(self, form: Try) -> bool:
        context, before = self.context, self.path.copy()
        caught = tuple(name for handler in form.handlers for name in caught_by(self, handler))
        self.context = replace(context, caught=(*context.caught, *caught))
        if form.final:
            self._ends.append(lambda: self.body(form.final))
        inside = self.path if self.body(form.body) else None
        self.back_in(context)
        failed = meeting(before, self.path.copy()) or before
        ways: list[Path | None] = [inside]
        if inside is not None and form.orelse:
            ways = [self.path if self.body(form.orelse) else None]
        for handler in form.handlers:
            self.path = failed.copy()
            if handler.name:
                self.path.names[handler.name] = UNKNOWN
            ways.append(self.path if self.body(handler.body) else None)
        if form.final:
            self._ends.pop()
        return self._go_on(*ways) and self.body(form.final)


_STATEMENTS: dict[type, Callable[[Run, Any], bool | None]] = {
    Assign: Run._assign,
    Annotate: Run._annotate,
    Evaluate: Run._evaluate,
    Return: Run._return,
    Raise: Run._raise,
    Delete: Run._delete,
    Assert: Run._assert,
    Jump: Run._jump,
    DefineFunction: Run._function,
    DefineClass: Run._class,
    ImportNames: Run._imports,
    Declare: Run._declare,
    If: Run._if,
    Match: Run._match,
    For: Run._for,
    While: Run._while,
    With: Run._with,
    Try: Run._try,
}
