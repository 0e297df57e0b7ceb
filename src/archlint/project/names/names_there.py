"""Names that a module has although nothing in it binds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Final

from archlint.facts.expressions import (
    Attribute,
    Call,
    Expression,
    Subscript,
    dotted,
    last_name,
    written_text,
)
from archlint.facts.forms import walked
from archlint.facts.statements import Assign
from archlint.project.answer import MISSING
from archlint.project.finder import Finder
from archlint.project.functions import Functions
from archlint.project.imports.import_graph import ImportGraph
from archlint.project.scopes import Scopes
from archlint.project.symbols import Symbols
from archlint.project.words import Words

if TYPE_CHECKING:
    from archlint.facts.expressions import Form
    from archlint.project.module import Module
    from archlint.project.project import Project

_FROM_HOSTS: Final = frozenset({"_", "dbutils", "display", "get_config", "get_ipython", "spark"})
"""What those bring who run files themselves: IPython, Jupyter, Databricks; and `gettext.install`."""

_FROM_TRAITLETS: Final = frozenset({"c", "load_subconfig"})
_CONFIGURATION: Final = "_config.py"
"""How the files are called that Jupyter and others who use traitlets run, with these names."""

_BUILTINS: Final = ("__builtin__", "__builtins__", "builtins")
_STUB: Final = "__builtins__.pyi"
"""By which type checkers are told of names that are there for everybody."""

_RUNNING: Final = ("exec", "execfile", "run_path")
_OLD: Final = frozenset(
    {"apply", "basestring", "buffer", "cmp", "coerce", "execfile", "file", "intern", "long", "raw_input"}
    | {"reduce", "reload", "unichr", "unicode", "xrange"}
)
"""What Python 2 had."""

_TYPE_PARAMETERS: Final = re.compile(r"\b(?:class|def|type)\s+\w+\s*(\[.*?\])\s*[(:=]", re.DOTALL)
_ALIAS: Final = re.compile(r"^[ \t]*type\s+\w+\s*(?:\[.*?\]\s*)?=", re.DOTALL | re.MULTILINE)
"""`type Rows = list[Row]`: older Pythons are shown an assignment, and nothing of type parameters."""

_TELLING_PYTHONS_APART: Final = (b"PY2", b"PY3", b"version_info", b"python_version")


class NamesThere:
    """Answers for names that are read and not bound: who else may have put them there."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._symbols = project.view(Symbols)
        self._finder = project.view(Finder)
        self._functions = project.view(Functions)
        self._scopes = project.view(Scopes)

    @classmethod
    def build(cls, project: Project) -> NamesThere:
        """The view of a project."""
        return cls(project)

    def may_have(self, module: Module, name: str) -> bool:
        """Whether a name may be there when the code of a module runs."""
        if module.is_stub or module.facts.dynamic_names or module.facts.fault or _is_fragment(module):
            return True
        if name in _OLD and module.speaks_of(*_TELLING_PYTHONS_APART):
            return True
        return (
            self._is_brought(module, name)
            or self._is_included(module)
            or (module.is_package and self._finder.child(module, name) is not MISSING)
            or self._is_builtin(name)
            or self._is_declared(module, name)
            or self._is_type_parameter(module, name)
            or self._is_set(module, name)
            or (name in _FROM_TRAITLETS and self._is_configuration(module))
        )

    def may_be_given(self, module: Module, line: int) -> bool:
        """Whether the body of a module is run with names that others give it: `exec(code, {"caller": me})`.

        One that nothing imports, in a project that runs files so.
        """
        if module.functions_around(line) or not self._runs_files:
            return False
        return not self._project.view(ImportGraph).importers_of(module)

    def _is_configuration(self, module: Module) -> bool:
        """Whether a file is there to be run by an application: `jupyterhub_config.py`."""
        is_named_so = module.path.endswith(_CONFIGURATION)
        return is_named_so and not self._project.view(ImportGraph).importers_of(module)

    def may_be_late(self, module: Module) -> bool:
        """Whether a module has type aliases, of which the values are evaluated when somebody asks."""
        return _ALIAS.search(self._project.code(module.path)) is not None

    def _is_type_parameter(self, module: Module, name: str) -> bool:
        found = _TYPE_PARAMETERS.findall(self._project.code(module.path))
        return any(name in re.findall(r"\w+", each) for each in found)

    def _is_included(self, module: Module) -> bool:
        """Whether `include("base.py")` of split_settings may run a file among the names of another."""
        return any(f"{module.folder}/".startswith(f"{other.folder}/") for other in self._including)

    @cached_property
    def _including(self) -> tuple[Module, ...]:
        return tuple(module for module in self._project.modules if "split_settings" in module.imported)

    def _is_brought(self, module: Module, name: str) -> bool:
        """Whether a star import may bring it."""
        stars = (module.facts.imports[index] for index in module.stars)
        return any(
            self._symbols.attribute(self._symbols.imported_module(module, star), name) is not MISSING
            for star in stars
        )

    def _is_declared(self, module: Module, name: str) -> bool:
        """Whether a `__builtins__.pyi` beside a module, or in a folder above, says that everybody has it."""
        parts = module.folder.split("/") if module.folder else []
        folders = ("/".join(parts[:end]) for end in range(len(parts) + 1))
        stubs = (self._project.module_at(f"{each}/{_STUB}".lstrip("/")) for each in folders)
        return any(stub is not None and name in stub.bindings for stub in stubs)

    @cached_property
    def _runs_files(self) -> bool:
        """Whether somebody runs code that was read from elsewhere."""
        return any(
            isinstance(form, Call) and last_name(form.function) in _RUNNING
            for module in self._project.modules
            if module.speaks_of(*(name.encode() for name in _RUNNING))
            for form in self._forms(module, *_RUNNING)
        )

    def _is_builtin(self, name: str) -> bool:
        """Whether somebody puts it among the names that are there for everybody."""
        added = self._added
        return None in added or name in added or (name in _FROM_HOSTS and (name != "_" or self._installs))

    @cached_property
    def _installs(self) -> bool:
        """Whether somebody lets `gettext` put its functions among the builtins."""
        return any(
            isinstance(form, Call)
            and last_name(form.function) == "install"
            and dotted(form.function) != "install"
            for module in self._project.modules
            if module.speaks_of(b"install") and module.speaks_of(b"gettext")
            for form in self._forms(module, "install")
        )

    @cached_property
    def _added(self) -> frozenset[str | None]:
        """The names that the project adds to the builtins; None for those that nobody can read."""
        return frozenset(
            name
            for module in self._project.modules
            if module.speaks_of(b"__builtin__", b"__builtins__", b"builtins")
            for form in self._forms(module, *_BUILTINS)
            for name in _added_by(form, _names_of_builtins(module))
        )

    def _is_set(self, module: Module, name: str) -> bool:
        """Whether another module sets it: `settings.DEBUG = True`."""
        for other in self._project.view(Words).modules(name):
            if other is module:
                continue
            for scope, summary in self._functions.bodies(other, name):
                for target, _ in summary.stored:
                    if target.attr == name and self._scopes.resolve(other, scope, target.value) is module:
                        return True
        return False

    def _forms(self, module: Module, *names: str) -> Iterator[Form]:
        yield from walked(module.body)
        for fact in module.functions:
            if module.mentions(fact, *names):
                yield from walked(module.statements(fact))


def _names_of_builtins(module: Module) -> frozenset[str]:
    """What a module calls the module of builtins; a variable of that name may be anything."""
    imported = {fact.alias for fact in module.facts.imports if fact.target in _BUILTINS}
    return frozenset(imported | {"__builtins__"})


def _is_fragment(module: Module) -> bool:
    """Whether a file is nothing that Python would import: others read it, as a part of theirs."""
    return module.path.rpartition("/")[2].startswith(".")


def _added_by(form: Form, builtins: frozenset[str]) -> Iterator[str | None]:
    """What a form adds to the builtins: `builtins._ = gettext`, `setattr(builtins, name, value)`."""

    def is_builtins(each: Expression) -> bool:
        return dotted(each).removesuffix(".__dict__") in builtins

    if isinstance(form, Assign):
        for target in form.targets:
            if isinstance(target, Attribute) and is_builtins(target.value):
                yield target.attr
            elif isinstance(target, Subscript) and is_builtins(target.value):
                yield written_text(target.index)
    elif isinstance(form, Call) and form.arguments:
        if last_name(form.function) == "setattr" and is_builtins(form.arguments[0]):
            yield written_text(form.arguments[1]) if len(form.arguments) > 1 else None
        elif isinstance(form.function, Attribute) and is_builtins(form.function.value):
            yield None if form.function.attr in ("update", "setdefault") else ""
