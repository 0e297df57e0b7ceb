"""What a name stands for: through aliases, re-exports, `__init__` and star imports to its definition."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.facts.bindings import UNBOUND, Kind
from archlint.facts.imports import Import
from archlint.project.answer import (
    MISSING,
    UNKNOWN,
    Answer,
    Definition,
    External,
    Folder,
    Unresolved,
)
from archlint.project.finder import Finder
from archlint.project.memo import Memo
from archlint.project.module import Module
from archlint.project.reads import Reads

if TYPE_CHECKING:
    from archlint.project.project import Project

BUILTINS = frozenset(dir(builtins))
"""The names that are there without an import."""

_ALWAYS = frozenset(
    {
        "__annotations__",
        "__builtins__",
        "__cached__",
        "__dict__",
        "__doc__",
        "__file__",
        "__loader__",
        "__name__",
        "__package__",
        "__path__",
        "__spec__",
    }
)


class Symbols:
    """Answers for names. UNKNOWN where only running the code could tell, MISSING where it is not there."""

    transparent = True

    def __init__(self, finder: Finder, reads: Reads) -> None:
        self._finder = finder
        # A cycle of re-exports is nobody's definition.
        self._members: Memo[tuple[Module, str], Answer] = Memo(reads, self._member, circular=_unknown)
        self._targets: dict[int, Module | Folder | External | Unresolved] = {}

    @classmethod
    def build(cls, project: Project) -> Symbols:
        """The symbols of a project."""
        return cls(project.view(Finder), project.reads)

    def imported_module(self, module: Module, fact: Import) -> Module | Folder | External | Unresolved:
        """The module that an import statement loads before it takes a name from it."""
        found = self._targets.get(id(fact))  # facts live as long as their module, and are asked for often
        if found is None:
            found = self._targets[id(fact)] = self._target(module, fact)
        return found

    def _target(self, module: Module, fact: Import) -> Module | Folder | External | Unresolved:
        if fact.level:
            # The fact has the absolute name; the folders are surer, whatever the roots are.
            return self._finder.relative(module, fact.level, fact.written)
        return self._finder.module(fact.module, module)

    def imported(self, module: Module, fact: Import) -> Answer:
        """What an import fact binds, or for a star or a dynamic import loads."""
        target = self.imported_module(module, fact)
        if not fact.name or fact.name == "*":
            return self._bound_by_plain(module, fact, target)
        return self.attribute(target, fact.name)

    def attribute(self, of: Answer, name: str) -> Answer:
        """What `of.name` is, as far as modules and their definitions tell."""
        if isinstance(of, Module):
            return self.member(of, name)
        if isinstance(of, Folder):
            return self._finder.child(of, name)
        if isinstance(of, External):
            return External(f"{of.name}.{name}")
        if isinstance(of, Definition):
            return replace(of, member=f"{of.member}.{name}" if of.member else name)
        return UNKNOWN

    def member(self, module: Module, name: str) -> Answer:
        """What a name is in the namespace of a module, submodules included."""
        return self._members((module, name))

    def resolve(self, dotted: str, seen_from: Module) -> Answer:
        """What an absolute dotted name stands for: the longest module, then attributes of it."""
        segments = dotted.split(".")
        found: Answer = self._finder.module(segments[0], seen_from)
        for segment in segments[1:]:
            found = self.attribute(found, segment)
        return found

    def local(self, module: Module, dotted: str) -> Answer:
        """What a dotted name written at the top level of a module stands for: `models.Order`."""
        first, *rest = dotted.split(".")
        found = self.member(module, first) if module.bindings.get(first) or module.stars else UNKNOWN
        if found is MISSING:
            return UNKNOWN  # a builtin, or a mistake that is not ours to report
        for segment in rest:
            found = self.attribute(found, segment)
        return found

    def only_for_type_checkers(self, module: Module, name: str) -> bool:
        """Whether a module binds a name, and nowhere so that it is there at run time."""
        is_bound = False
        for binding in module.bindings.get(name, ()):
            if binding.kind not in UNBOUND:
                if not binding.typing:
                    return False
                is_bound = True
        if not is_bound:
            return False
        elsewhere = (self._through_stars(module, name), self._finder.child(module, name))
        return elsewhere == (MISSING, MISSING) and not _is_dynamic(module)

    def _member(self, key: tuple[Module, str]) -> Answer:
        module, name = key
        binding = module.binds(name)
        if binding is not None and binding.kind is Kind.IMPORT:
            fact = module.facts.imports[binding.index]
            if not self._is_own(module, name, fact):
                return self._reexported(module, name, fact)
            # `from .x import x` in `x` itself takes what is there already.
            others = [b for b in module.bindings[name] if b.kind in (Kind.CLASS, Kind.FUNCTION, Kind.VALUE)]
            binding = others[-1] if others else None
            if binding is None:
                return self._finder.child(module, name)
        if binding is not None:
            return Definition(module, binding.kind, name, binding.index, binding.line)
        through_star = self._through_stars(module, name)
        if not isinstance(through_star, Unresolved):
            return through_star
        child = self._finder.child(module, name)
        if child is not MISSING:
            return child
        lazy = self._lazy(module, name) if "__getattr__" in module.bindings else UNKNOWN
        if isinstance(lazy, (Definition, Module)) or (lazy is MISSING and _is_listed_only(module)):
            return lazy
        if through_star is UNKNOWN:
            return self._of_only_star(module, name)
        return UNKNOWN if _is_open(module, name) else MISSING

    def _lazy(self, module: Module, name: str) -> Answer:
        """What a name stands for that `__getattr__` of the module brings, where that can be read."""
        from archlint.project.names.lazy_names import lazy_import, listed_module  # few modules have one

        fact = lazy_import(module, name)
        if fact is not None:
            return self.imported(module, fact)
        listed = listed_module(module, name)
        if listed is None:
            return UNKNOWN
        home, taken = listed
        dotted = home.lstrip(".")
        level = len(home) - len(dotted)
        found = self._finder.relative(module, level, dotted) if level else self._finder.module(home, module)
        return self.attribute(found, taken) if isinstance(found, Module) else UNKNOWN

    def _is_own(self, module: Module, name: str, fact: Import) -> bool:
        return fact.name == name and self.imported_module(module, fact) is module

    def _reexported(self, module: Module, name: str, fact: Import) -> Answer:
        found = self.imported(module, fact)
        if found is not MISSING:
            return found
        # The mistake is in this import, and reported there; here the name is at most a submodule.
        child = self._finder.child(module, name)
        return UNKNOWN if child is MISSING else child

    def _through_stars(self, module: Module, name: str) -> Answer:
        """What star imports bring; the last one that has the name counts."""
        found: Answer = MISSING
        for index in reversed(module.stars):
            source = self.imported_module(module, module.facts.imports[index])
            answer = self._exported(source, name)
            if answer is UNKNOWN or (len(module.stars) > 1 and self._is_assumed(source, name)):
                found = UNKNOWN
            elif answer is not MISSING:
                return answer
        return found

    def _of_only_star(self, module: Module, name: str) -> Answer:
        """A name that nothing else can bring than the one star import from outside the project."""
        if len(module.stars) != 1 or name.startswith("_") or name in BUILTINS or _is_open(module, name):
            return UNKNOWN
        source = self.imported_module(module, module.facts.imports[module.stars[0]])
        return External(f"{source.name}.{name}") if isinstance(source, External) else UNKNOWN

    def _is_assumed(self, source: Answer, name: str) -> bool:
        """Whether a module has a name from outside only because there is a star from there."""
        while isinstance(source, Module) and source.binds(name) is None and len(source.stars) == 1:
            source = self.imported_module(source, source.facts.imports[source.stars[0]])
            if isinstance(source, External):
                return True
        return False

    def _exported(self, source: Answer, name: str) -> Answer:
        """What a star import from a module brings under this name."""
        if not isinstance(source, Module):
            return UNKNOWN
        exports = source.facts.exports
        listed = name in exports if exports is not None else not name.startswith("_")
        if not listed:
            return UNKNOWN if source.facts.exports_open or source.facts.fault else MISSING
        return self.member(source, name)

    def _bound_by_plain(
        self, module: Module, fact: Import, target: Module | Folder | External | Unresolved
    ) -> Answer:
        return self._finder.module(fact.alias, module) if fact.binds_top else target


def _unknown(_: object) -> Answer:
    return UNKNOWN


def _is_open(module: Module, name: str) -> bool:
    """Whether a name that is bound nowhere in sight may be there all the same."""
    if name in _ALWAYS or module.facts.dynamic_names:
        return True
    return _is_dynamic(module) and not _is_refused(module, name)


def _is_refused(module: Module, name: str) -> bool:
    """Whether `__getattr__` of the module surely raises for a name."""
    from archlint.project.names.answered_names import refuses  # few modules have one

    return module.facts.fault is None and not module.is_stub and refuses(module, name)


def _is_listed_only(module: Module) -> bool:
    """Whether what `__getattr__` of the module lists is there just as it is listed, or not at all."""
    from archlint.project.names.lazy_names import is_listed_only

    facts = module.facts
    is_sure = facts.fault is None and not facts.dynamic_names and not module.is_stub
    return is_sure and is_listed_only(module)


def _is_dynamic(module: Module) -> bool:
    facts = module.facts
    if facts.fault is not None or facts.dynamic_names or module.is_stub:
        return True
    return "__getattr__" in module.bindings
