"""What Python's own functions, containers and typing constructs make of values."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from archlint.facts.expressions import Call
from archlint.project.answer import UNKNOWN, Definition, External, Unresolved
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.builtins.dumping import DUMPING, as_dict, fields_of
from archlint.project.flow.builtins.getters import read
from archlint.project.flow.builtins.iterating import ITERATING, first
from archlint.project.flow.builtins.records import named_tuple, namespace
from archlint.project.flow.builtins.writing import as_text, printed, represented
from archlint.project.flow.classes.generics import arguments_of_alias, bases_of
from archlint.project.flow.telling import is_telling
from archlint.project.flow.values import (
    NONE,
    Arguments,
    Closure,
    Constant,
    Either,
    Entries,
    Items,
    Many,
    Object,
    Pending,
    Value,
    alternatives,
    any_of,
    joined,
    texts,
)
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.project.flow.flow import Flow
    from archlint.project.flow.place import Place


class Alias(Behaviour, frozen=True):
    """A type that a name was given to: `SessionDep = Annotated[Session, Depends(get_session)]`."""

    is_noted = False

    of: Value
    by: Value | None = None
    """What says who makes it, where a framework does: it does so anew for each who asks."""

    def instance(self, site: Site) -> Value:
        """What the type promises."""
        given = self.by.injected(site) if isinstance(self.by, Behaviour) else None
        return self.of if given is None else given


class Super(Behaviour, frozen=True):
    """`super()` inside a method: attributes of the classes behind the method's own."""

    is_noted = False

    receiver: Value
    of: ProjectClass
    """The class of the receiver."""

    after: ProjectClass | External
    """The class whose method asks, or that is named: `super(ModelAdmin, self)`."""

    def attribute(self, name: str, site: Site) -> Value:
        """The next class that has the name."""
        order = site.project.view(ClassHierarchy).order(self.of)
        behind = order[order.index(self.after) + 1 :] if self.after in order else ()
        for ancestor in behind:
            if isinstance(ancestor, Unresolved) and not _has_known_bases(self.receiver):
                return UNKNOWN
            if isinstance(ancestor, ProjectClass):
                for member in ancestor.fact.members:
                    if member.name == name and member.index >= 0:
                        return Closure(ProjectFunction(ancestor.module, member.index), self.receiver)
        return _Inherited(self.receiver, self.of, name)


def _has_known_bases(receiver: Value) -> bool:
    return isinstance(receiver, Behaviour) and receiver.has_known_bases


class _Inherited(Behaviour, frozen=True):
    """A method that a class outside the project gives."""

    is_noted = False

    receiver: Value
    of: ProjectClass
    name: str

    def call(self, arguments: Arguments, site: Site) -> Value:
        """What the framework's own method gives."""
        if isinstance(self.receiver, Behaviour):
            return self.receiver.inherited(self.name, arguments, site)
        return site.inherited(self.receiver, self.of, self.name, arguments)


class Partial(Behaviour, frozen=True):
    """`functools.partial(function, …)`."""

    is_noted = False

    function: Value
    arguments: Arguments

    def call(self, arguments: Arguments, site: Site) -> Value:
        """What the function gives."""
        return site.call(self.function, self.with_more(arguments))

    def with_more(self, arguments: Arguments) -> Arguments:
        """What the function is called with: what it was given before, and now."""
        given = self.arguments
        named = tuple({**dict(given.named), **dict(arguments.named)}.items())
        is_open = given.is_open or arguments.is_open
        return Arguments((*given.positional, *arguments.positional), named, is_open)


def unwrapped(callee: Value, arguments: Arguments) -> tuple[Value, Arguments]:
    """What is really called, and with what: `partial(function, 1)(2)` calls `function(1, 2)`."""
    if not isinstance(callee, Partial):
        return callee, arguments
    return unwrapped(callee.function, callee.with_more(arguments))


def called(flow: Flow, site: Place, callee: External, arguments: Arguments) -> Value:
    """What a function or class from outside the project gives."""
    known = _FUNCTIONS.get(callee.name)
    if known is not None:
        return known(flow, site, arguments)
    module, _, name = callee.name.rpartition(".")
    if module == "builtins":
        return UNKNOWN
    if name in ("get", "pop") and isinstance(site.form, Call) and site.form.arguments:
        taken = flow.shelves.taken(site.form.function, site.form.arguments[0])
        return UNKNOWN if taken is None else taken
    # Nothing outside is read; that classes are written with a capital is the convention.
    return flow.instance_of(callee, site) if name[:1].isupper() else UNKNOWN


def subscribed(flow: Flow, site: Place, of: External, index: Value) -> Value:
    """`Annotated[…]`, `Optional[…]`, `list[…]` as a value; any other class stands for itself."""
    name = of.name.rpartition(".")[2]
    parts = index.items if isinstance(index, Items) else (index,)
    if name == "Annotated":
        for part in parts[1:]:
            found = flow.injected(part, site)
            if found is not None:
                return Alias(found, part)
        return Alias(flow.instance_of(parts[0], site))
    if name == "Optional":
        return Alias(joined(NONE, flow.instance_of(parts[0], site)))
    if name in ("list", "List", "Sequence", "Iterable"):
        return Alias(Many(flow.instance_of(parts[0], site)))
    return of


def _set(flow: Flow, site: Place, arguments: Arguments) -> Value:
    """`setattr(model, "log", log)`: whatever it is, it may have that from there on."""
    options = alternatives(arguments.get("name", 1) or UNKNOWN)
    names = [each.value for each in options if isinstance(each, Constant) and isinstance(each.value, str)]
    flow.written.update(names)
    changed = [
        each for each in alternatives(arguments.get("obj", 0) or UNKNOWN) if isinstance(each, Behaviour)
    ]
    for name in names or ("",):
        for option in changed:
            option.written(name, arguments.get("value", 2) or UNKNOWN, site)
    return NONE


def _getattr(flow: Flow, site: Place, arguments: Arguments) -> Value:
    names = texts(arguments.positional[1]) if len(arguments.positional) > 1 else ()
    is_one = len(names) == 1
    return any_of([_got(flow, site, arguments.positional[0], name, is_one=is_one) for name in names])


def _got(flow: Flow, site: Place, of: Value, name: str, *, is_one: bool) -> Value:
    """What `getattr(value, "name")` gives."""
    form, found = site.form, site.attribute(of, name)
    is_read = any(
        isinstance(option, Behaviour) and option.is_read_by(name, is_one=is_one)
        for option in alternatives(of)
    )
    if isinstance(form, Call) and (is_read or is_telling(found)):
        return read(of, name, form, site)
    if found is not UNKNOWN and not isinstance(found, External):
        return found
    owner = form.arguments[0] if isinstance(form, Call) and form.arguments else None
    held = flow.shelves.get(owner, name) if owner is not None else UNKNOWN
    return found if held is UNKNOWN else held


def _super(flow: Flow, site: Place, arguments: Arguments) -> Value:
    function = site.function
    if function is None or function.fact.owner < 0 or not function.receiver:
        return UNKNOWN
    is_named = len(arguments.positional) == 2  # `super(Class, other)`
    receiver = arguments.positional[1] if is_named else site.path.names.get(function.receiver, UNKNOWN)
    own = ProjectClass(function.module, function.fact.owner)
    of = receiver.of if isinstance(receiver, Object) else getattr(receiver, "cls", None)
    after = _named_class(site, arguments.positional[0]) if is_named else None
    return Super(receiver, of if isinstance(of, ProjectClass) else own, after or own)


def _named_class(site: Place, value: Value) -> ProjectClass | External | None:
    if isinstance(value, External):
        return value
    return site.project.view(ClassHierarchy).of(value) if isinstance(value, Definition) else None


def _dict(flow: Flow, site: Place, arguments: Arguments) -> Value:
    if arguments.positional:
        first = arguments.positional[0]
        if not isinstance(first, Entries):
            site.iterated(site.form, first)
            return UNKNOWN
        return Entries((*first.values, *arguments.named), first.is_open or arguments.is_open)
    return Entries(arguments.named, arguments.is_open)


def _text(flow: Flow, site: Place, arguments: Arguments) -> Value:
    return as_text(site, first(arguments))


def _type(flow: Flow, site: Place, arguments: Arguments) -> Value:
    value = first(arguments)
    if isinstance(value, Either):
        return any_of([_type(flow, site, Arguments((option,))) for option in value.options])
    if isinstance(value, Object):
        return flow.names.of_class(value.of) if isinstance(value.of, ProjectClass) else value.of
    return site.attribute(value, "__class__")


def _cast(flow: Flow, site: Place, arguments: Arguments) -> Value:
    if len(arguments.positional) != 2:
        return UNKNOWN
    wanted, value = arguments.positional
    return flow.instance_of(wanted, site) if value is UNKNOWN else value


def _new_type(flow: Flow, site: Place, arguments: Arguments) -> Value:
    """`ReadSession = NewType("ReadSession", Session)`: a name that promises the same."""
    return Alias(flow.instance_of(arguments.get("tp", 1) or UNKNOWN, site))


def _gathered(flow: Flow, site: Place, arguments: Arguments) -> Value:
    return Pending(Items("list", tuple([flow.awaited(value, site) for value in arguments.positional])))


def _partial(flow: Flow, site: Place, arguments: Arguments) -> Value:
    function, *rest = arguments.positional or (UNKNOWN,)
    given = Arguments(tuple(rest), arguments.named, arguments.is_open)
    return UNKNOWN if function is UNKNOWN else Partial(function, given)


def _reduced(flow: Flow, site: Place, arguments: Arguments) -> Value:
    """`reduce(or_, [Q(a=1), Q(b=2)])`: an operator between all of them."""
    function, source, *begin = (*arguments.positional, UNKNOWN, UNKNOWN)[:4]
    values = source.items if isinstance(source, Items) else (site.iterated(site.form, source),)
    given = (*values, *begin[:1]) if len(arguments.positional) > 2 else values
    operator = _OPERATORS.get(function.name) if isinstance(function, External) else None
    known = next((value for value in given if isinstance(value, Behaviour)), None)
    if operator is not None and known is not None:
        return known.operated(operator, tuple(given), site)
    return site.call(function, Arguments((any_of(given), any_of(given)))) if given else UNKNOWN


_OPERATORS = {
    f"{module}.{name}": sign
    for module in ("operator", "_operator")
    for name, sign in (("or_", "|"), ("and_", "&"), ("xor", "^"), ("add", "+"), ("ior", "|"), ("iand", "&"))
}


def _same(flow: Flow, site: Place, arguments: Arguments) -> Value:
    return first(arguments)


_FUNCTIONS: dict[str, Callable[[Flow, Place, Arguments], Value]] = {
    **ITERATING,
    **dict.fromkeys(DUMPING, as_dict),
    "asyncio.gather": _gathered,
    "asyncio.wait_for": _same,
    "builtins.dict": _dict,
    "builtins.format": printed,
    "builtins.getattr": _getattr,
    "builtins.print": printed,
    "builtins.repr": represented,
    "builtins.setattr": _set,
    "builtins.str": _text,
    "builtins.super": _super,
    "builtins.type": _type,
    "builtins.vars": as_dict,
    "collections.OrderedDict": _dict,
    "collections.defaultdict": lambda *_: Entries(()),
    "collections.namedtuple": named_tuple,
    "copy.copy": _same,
    "copy.deepcopy": _same,
    "dataclasses.fields": fields_of,
    "functools.partial": _partial,
    "functools.reduce": _reduced,
    "types.SimpleNamespace": namespace,
    "types.get_original_bases": bases_of,
    "typing.NewType": _new_type,
    "typing.cast": _cast,
    "typing.get_args": arguments_of_alias,
    "typing_extensions.NewType": _new_type,
    "typing_extensions.get_args": arguments_of_alias,
    "weakref.WeakValueDictionary": lambda *_: Entries(()),
}
