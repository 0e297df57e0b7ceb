"""astroid, which sees the texts of the project and nothing else. Imports it: to be imported where it is used.

Left to itself, astroid looks for modules where Python does, asks import hooks and loads some of what it
finds. Here no disk is searched, no hook is asked and nothing is loaded: a module is one of the project, or
it is not there. What astroid knows of libraries by heart is left out too, for it goes by names alone.

Each question is asked by itself, and its bounds count steps, not seconds: the answer is the same on every
machine, whatever was asked before. Trees are made without inference, so that they do not depend on that
either; therefore attributes are those that a class sets on `self`, and stars hand on nothing.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from astroid import nodes
from astroid.bases import Instance
from astroid.builder import AstroidBuilder
from astroid.context import InferenceContext
from astroid.exceptions import AstroidBuildingError, AstroidImportError, AstroidSyntaxError
from astroid.inference_tip import clear_inference_tip_cache
from astroid.manager import AstroidManager
from astroid.transforms import TransformVisitor

from archlint.concrete.lowering import lower
from archlint.depth import deeply
from archlint.project.classes import ProjectClass

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_MOST_STEPS = 2_000
"""Expressions that one question may lead to."""

_MOST_LINES = 40_000
"""Lines of all files together that one question may lead to."""

_MOST_VALUES = 20

_KEEPING = frozenset(
    {
        "abstractmethod",
        "cache",
        "cached_property",
        "classmethod",
        "final",
        "lru_cache",
        "override",
        "property",
        "staticmethod",
    }
)
"""Decorators, by their last names, with which a function gives what it returns."""

_CHANGEABLE = (nodes.List, nodes.Dict, nodes.Set, nodes.ListComp, nodes.DictComp, nodes.SetComp)
"""What others may put something into, which astroid does not see."""


class Answer(NamedTuple):
    """What an object is."""

    owner: ProjectClass | None
    """The class that it is an instance of; None where that is not certain."""

    paths: tuple[str, ...]
    """The files that were looked into."""


class _EnoughError(BaseException):
    """A question leads too far. No `Exception`: astroid catches those on its way."""


class Inference:
    """The trees of the project's files, made when a question leads to them."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._visited: dict[str, Module] = {}
        self._lines = 0
        self._places: dict[Module, dict[tuple[int | None, int | None], nodes.Attribute]] = {}
        AstroidBuilder(AstroidManager())  # sees to it that the builtins are there
        self._trees = _Trees(AstroidManager().builtins_module, self._visit)
        settings = {
            "astroid_cache": self._trees,
            "_mod_file_cache": _Nowhere(),
            "_failed_import_hooks": [self._tree],
            "_transform": TransformVisitor(),
            "always_load_extensions": False,
            "max_inferable_values": _MOST_VALUES,
        }
        self._brain = _Brain({**AstroidManager.brain, **settings})

    def receiver(self, module: Module, line: int, column: int) -> Answer:
        """What an attribute is asked of, by the place where its name ends; columns count bytes."""
        self._visited.clear()
        self._lines = self._brain.steps = 0
        InferenceContext().inferred.clear()
        clear_inference_tip_cache()
        owner: ProjectClass | None = None
        with self._in_charge(), suppress(Exception, _EnoughError):  # what a guest trips over ends nothing
            # On a stack of its own: how deep it may go must not depend on who asks.
            owner = deeply(partial(self._owner, module, line, column))
        return Answer(owner, tuple(sorted(each.path for each in self._visited.values())))

    def _owner(self, module: Module, line: int, column: int) -> ProjectClass | None:
        place = self._attributes(module).get((line, column))
        if place is None:
            return None
        values = [value for value in place.expr.infer() if not _is_none(value)]
        classes = {value._proxied if type(value) is Instance else None for value in values}
        if len(classes) != 1 or not all(map(_is_certain, _trail())):
            return None
        (found,) = classes
        return self._class(found) if isinstance(found, nodes.ClassDef) else None

    def _class(self, found: nodes.ClassDef) -> ProjectClass | None:
        module = self._module(found.root().name)
        for index, fact in enumerate(module.classes if module else ()):
            if module is not None and (fact.name, fact.line) == (found.name, found.lineno):
                return ProjectClass(module, index)
        return None

    def _attributes(self, module: Module) -> dict[tuple[int | None, int | None], nodes.Attribute]:
        known = self._places.get(module)
        if known is None:
            tree = AstroidManager().ast_from_module_name(module.name)
            known = self._places[module] = {
                (each.end_lineno, each.end_col_offset): each for each in tree.nodes_of_class(nodes.Attribute)
            }
        return known

    def _module(self, name: str) -> Module | None:
        found = [each for each in self._project.by_name.get(name, ()) if not each.is_stub]
        return found[0] if len(found) == 1 else None

    def _visit(self, name: str) -> None:
        """Note that a file is looked into."""
        module = self._module(name)
        if module is not None and name not in self._visited:
            self._visited[name] = module
            self._lines += module.facts.lines
            if self._lines > _MOST_LINES:
                raise _EnoughError

    def _tree(self, name: str) -> nodes.Module:
        """The tree of a module. Raises AstroidImportError if it is not the project's."""
        module = self._module(name)
        if module is None or module.facts.fault is not None or name == "builtins":
            raise AstroidImportError(f"`{name}` is no module of the project")
        self._visit(name)
        if name not in self._trees:
            text = self._project.code(module.path)
            try:
                self._build(module, text)
            except AstroidSyntaxError:
                older = lower(text.encode())
                if older is None:
                    raise
                self._build(module, older.decode())
        return self._trees[name]

    def _build(self, module: Module, text: str) -> None:
        name = f"{module.name}.__init__" if module.is_package else module.name
        with warnings.catch_warnings():  # of the linted code, which are not archlint's to print
            warnings.simplefilter("ignore")
            tree = _Builder(AstroidManager(), apply_transforms=False).string_build(text, name)
        tree.path = []  # or astroid would look there what else lies beside it

    @contextmanager
    def _in_charge(self) -> Iterator[None]:
        """astroid has one manager for all who use it in a process. Meanwhile it is ours."""
        before = AstroidManager.brain
        AstroidManager.brain = cast("Any", self._brain)
        try:
            yield
        finally:
            AstroidManager.brain = before


class _Brain(dict[str, Any]):
    """What the manager is made of. No expression is inferred without a look at its bound: that is a step."""

    steps = 0

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 -- as astroid has it
        if key == "max_inferable_values":
            self.steps += 1
            if self.steps > _MOST_STEPS:
                raise _EnoughError
        return super().__getitem__(key)


class _Nowhere(dict[object, AstroidBuildingError]):
    """What astroid remembers of where modules are: that none is anywhere."""

    def __missing__(self, key: object) -> AstroidBuildingError:
        return AstroidImportError("nothing is looked for on the disk")


class _Trees(dict[str, nodes.Module]):
    """The trees by their names; each look at one is noted."""

    def __init__(self, builtins: nodes.Module, note: Any) -> None:  # noqa: ANN401
        super().__init__(builtins=builtins)
        self._note = note

    def __getitem__(self, name: str) -> nodes.Module:
        self._note(name)
        return super().__getitem__(name)


class _Builder(AstroidBuilder):  # type: ignore[misc]  # it has no types
    """Makes a tree out of nothing but its own text."""

    def add_from_names_to_locals(self, node: nodes.ImportFrom, global_name: Any) -> None:  # noqa: ANN401
        """Bind what an import takes; of a star nobody knows without a look at the other file."""
        if node.names[0][0] != "*":
            super().add_from_names_to_locals(node, global_name)

    def delayed_assattr(self, node: nodes.AssignAttr) -> None:
        """An attribute is set: that of an object is known of its own methods only."""
        method = node.scope()
        if not isinstance(method, nodes.FunctionDef) or not isinstance(node.expr, nodes.Name):
            return
        owner, arguments = method.parent.scope(), method.args.arguments
        is_own = isinstance(owner, nodes.ClassDef) and arguments and arguments[0].name == node.expr.name
        if is_own and not _decorators(method) & {"classmethod", "staticmethod"}:
            owner.instance_attrs.setdefault(node.attrname, []).append(node)


def _trail() -> Iterator[nodes.NodeNG]:
    """The expressions that the last question has led to."""
    return (key[0] for key in InferenceContext().inferred)


def _is_certain(node: nodes.NodeNG) -> bool:
    """Whether what astroid makes of an expression is all that it may be."""
    if isinstance(node, nodes.FunctionDef):
        return _decorators(node) <= _KEEPING
    if isinstance(node, nodes.AssignName):
        scope = node.scope()
        if isinstance(scope, nodes.ClassDef):
            return False  # a value alone does not tell: a field is made by one class and read as another
        is_parameter = isinstance(node.parent, nodes.Arguments)
        return not is_parameter or _decorators(scope) <= _KEEPING  # others may pass what they like
    return not isinstance(node, _CHANGEABLE)


def _decorators(function: nodes.NodeNG) -> set[str]:
    decorators = getattr(function, "decorators", None)  # a lambda has none
    found = decorators.nodes if decorators else ()
    forms = (each.func if isinstance(each, nodes.Call) else each for each in found)
    return {str(getattr(form, "attrname", "") or getattr(form, "name", "")) for form in forms}


def _is_none(value: object) -> bool:
    return isinstance(value, nodes.Const) and value.value is None
