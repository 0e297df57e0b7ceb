"""Names that others set on a module: `settings.DEBUG = True` elsewhere, or a decorator that adds to it."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Call, Expression, Form, last_name
from archlint.facts.forms import parts
from archlint.facts.statements import Assign, DefineClass, DefineFunction, Evaluate
from archlint.project.answer import Answer, Definition, External, Unresolved
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.imports.import_graph import ImportGraph
from archlint.project.memo import Memo
from archlint.project.module import Module
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.project import Project

_ASSIGNED = re.compile(r"\.(\w+)[ \t]*(?::[^=\n]+)?=(?!=)")
_SET = re.compile(r"""setattr\(\s*(\w+)[^)\n"',]*,\s*(?:["'](\w+)["']|\w)""")
_LOOK_UPS = ("import_module(", "sys.modules", "__import__(")
_LOOKED_UP = re.compile(r"(\w+)[ \t]*=[ \t]*(?:sys\.modules\[|(?:importlib\.)?import_module\(|__import__\()")
_CALLERS_NAMES = re.compile(r"\.f_(?:globals|locals)\b")

_HARMLESS = frozenset(
    {
        *("attr", "attrs", "celery", "django", "drf_spectacular", "drf_yasg", "fastapi", "fastapi_utils"),
        *(
            "flask",
            "marshmallow_dataclass",
            "pydantic",
            "pytest",
            "rest_framework",
            "sqlalchemy",
            "strawberry",
        ),
        *("strawberry_django", "typing_extensions", "wagtail"),
    }
)
"""Packages whose decorators of classes put nothing beside these."""

_ANY = ""
_Setting: TypeAlias = tuple[str, str]
"""The first name of what is set on, and the name that is set; `_ANY` where nobody can tell."""


class NamesFromOutside:
    """Answers whether a module may have a name that its own text does not bind."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._graph = project.view(ImportGraph)
        self._scopes = project.view(Scopes)
        self._hierarchy = project.view(ClassHierarchy)
        self._settings = Memo(project.reads, self._find_settings)
        self._given_to_strangers = Memo(project.reads, self._find_given_to_strangers)
        self._names_set_on = Memo(project.reads, self._find_names_set_on)
        self._adds_to_its_caller = Memo(project.reads, self._find_adds_to_its_caller)

    @classmethod
    def build(cls, project: Project) -> NamesFromOutside:
        """The view of a project."""
        return cls(project)

    def may_have(self, module: Module, name: str) -> bool:
        """Whether a module that imports this one may set the name, or a function that this one calls."""
        names = self._names_set_on(module)
        return (
            name in names
            or _ANY in names
            or name in self._set_by_lookers
            or name in self._given_to_strangers(module)
            or self._is_made_for_a_class(module, name)
        )

    def may_be_hidden(self, module: Module) -> bool:
        """Whether its package may have something else under a module's name: `public(config=Config())`."""
        package, _, last = module.name.rpartition(".")
        around = self._project.by_name.get(package, ())
        return any(last in self._given_to_strangers(each) for each in around)

    def _is_made_for_a_class(self, module: Module, name: str) -> bool:
        """Whether a decorator from elsewhere may put `Event_SettingsStore` beside the class `Event`.

        Or `OrderEvent` beside `Order`, if it is from where nobody knows what its decorators do.
        """
        for cls in module.classes:
            rest = name[len(cls.name) :] if name.startswith(cls.name) else ""
            for decorator in cls.decorators if rest else ():
                found = self._decorates(module, decorator)
                if rest[0] == "_" and not (isinstance(found, Definition) and not found.member):
                    return True
                if rest[0].isupper() and isinstance(found, External) and not _is_harmless(found):
                    return True
        return any(
            self._has_maker(ProjectClass(module, index), name[: -len(cls.name)])
            for index, cls in enumerate(module.classes)
            if name.endswith(cls.name) and name != cls.name
        )

    def _has_maker(self, cls: ProjectClass, prefix: str) -> bool:
        """Whether a stranger of that name stands in the body of a class: `history = HistoricalRecords()`.

        Such ones make a class of their own for each, here `HistoricalOrder` for `Order`, beside it. So may
        a base that a call makes.
        """
        order = self._hierarchy.order(cls)
        classes = (each for each in order if isinstance(each, ProjectClass))
        return any(isinstance(each, Unresolved) for each in order) or any(
            last_name(form.value.function).startswith(prefix)
            for each in classes
            for form in each.module.statements(each.fact)
            if isinstance(form, Assign) and isinstance(form.value, Call)
        )

    def _decorates(self, module: Module, decorator: Expression) -> Answer:
        function = decorator.function if isinstance(decorator, Call) else decorator
        return self._scopes.resolve(module, "", function)

    def _find_names_set_on(self, module: Module) -> frozenset[str]:
        called = {self._scopes.resolve(module, "", function) for function in _called(module)}
        if any(map(self._adds_to_its_caller, called)):
            return frozenset({_ANY})
        aliases: defaultdict[Module, set[str]] = defaultdict(set)
        aliases[module] = {fact.alias for fact in module.facts.imports}  # it may import itself
        for inner in self._project.modules:
            if inner.name.startswith(f"{module.name}."):
                for edge in self._graph.importers_of(inner):
                    if edge.fact.binds_top:  # `import shop.orders` brings `shop`
                        aliases[edge.importer].add(edge.fact.alias)
        for edge in self._graph.importers_of(module):
            # What is taken out of the module is not the module.
            itself = edge.fact.name in ("", module.name.rpartition(".")[2])
            aliases[edge.importer].update({edge.fact.alias.partition(".")[0]} if itself else ())
        return frozenset(
            name
            for importer, known in aliases.items()
            if known or _looks_modules_up(self._project.text(importer.path).text)
            for receiver, name in self._settings(importer)
            if receiver in known or (receiver == _ANY and name != _ANY)
        )

    @cached_property
    def _set_by_lookers(self) -> frozenset[str]:
        """What is set anywhere on modules that are looked up by text: `this = sys.modules["shop"]`."""
        return frozenset(
            name
            for module in self._project.modules
            if module.speaks_of(b"modules", b"import_module", b"__import__")
            for name in _set_on_found(self._project.text(module.path).text)
        )

    def _find_given_to_strangers(self, module: Module) -> frozenset[str]:
        """The keywords of calls into other distributions, which may bind them: `public(now=factory.now)`."""
        return frozenset(
            keyword.name
            for call in _evaluated(module.body)
            if not isinstance(self._scopes.resolve(module, "", call.function), Definition)
            for keyword in call.keywords
        )

    def _find_settings(self, importer: Module) -> frozenset[_Setting]:
        return frozenset(_settings(self._project.text(importer.path).text))

    def _find_adds_to_its_caller(self, found: Answer) -> bool:
        """Whether a function looks into the namespace of whoever calls it: `sys._getframe(1).f_globals`."""
        if not isinstance(found, Definition) or found.kind is not Kind.FUNCTION or found.member:
            return False
        fact = found.module.functions[found.index]
        lines = self._project.text(found.module.path).text.split("\n")[fact.line - 1 : fact.end_line]
        return _CALLERS_NAMES.search("\n".join(lines)) is not None


def _is_harmless(decorator: External) -> bool:
    """Whether a decorator is from where none puts anything beside its class."""
    top = decorator.name.partition(".")[0]
    return top in sys.stdlib_module_names or top in _HARMLESS


def _settings(text: str) -> Iterator[_Setting]:
    """What a text sets, and the first name of what it sets that on.

    Any name may be a module's where modules are looked up by text.
    """
    has_any = _looks_modules_up(text)
    for assigned in _ASSIGNED.finditer(text):
        on = _receiver(text, assigned.start())
        if on not in ("self", "cls") and (on or has_any):
            yield _ANY if has_any else on, assigned[1]
    for called in _SET.finditer(text):
        yield called[1], called[2] or _ANY
        if has_any:
            yield _ANY, called[2] or _ANY


def _set_on_found(text: str) -> Iterator[str]:
    found = set(_LOOKED_UP.findall(text))
    for assigned in _ASSIGNED.finditer(text) if found else ():
        if _receiver(text, assigned.start()) in found:
            yield assigned[1]


def _receiver(text: str, end: int) -> str:
    """The first name of a chain of attributes that ends here; `_ANY` for that of a call or a subscript."""
    start = end
    while start and (text[start - 1].isalnum() or text[start - 1] in "_."):
        start -= 1
    return text[start:end].partition(".")[0]


def _looks_modules_up(text: str) -> bool:
    return any(look_up in text for look_up in _LOOK_UPS)


def _evaluated(forms: Iterable[Form]) -> Iterator[Call]:
    """The calls that are statements of their own, within `with` and `if`, too."""
    for form in forms:
        if isinstance(form, Evaluate) and isinstance(form.value, Call):
            yield form.value
        elif not isinstance(form, (DefineClass, DefineFunction)):
            yield from _evaluated(parts(form))


def _called(module: Module) -> Iterator[Expression]:
    """What a module calls while it is imported, decorators of its definitions too."""
    of_classes = (decorator for found in module.classes for decorator in found.decorators)
    of_functions = (decorator for found in module.functions for decorator in found.decorators)
    for decorator in (*of_classes, *of_functions):
        yield decorator.function if isinstance(decorator, Call) else decorator
    rest: list[Form] = list(module.body)
    while rest:
        form = rest.pop()
        if isinstance(form, Call):
            yield form.function
        rest.extend(parts(form))
