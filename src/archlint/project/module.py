"""One file of the project as views and rules see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from archlint.facts.bindings import UNBOUND, Kind
from archlint.project.reads import Look, Reads

if TYPE_CHECKING:
    from archlint.facts.bindings import Binding
    from archlint.facts.definitions import ClassFact, Definitions, FunctionFact
    from archlint.facts.digests import Digests
    from archlint.facts.entry import Entry
    from archlint.facts.module import ModuleFacts
    from archlint.facts.sql import SqlText
    from archlint.facts.statements import Statement
    from archlint.facts.unbound import UnboundRead
    from archlint.source import Tree
    from archlint.suppressions.model import Suppression

F = TypeVar("F")


class Module:
    """A file: its path, its dotted name, its facts. Two modules are equal if they are the same file.

    Facts are decoded when they are asked for. Of the insides of functions it is noted that somebody looked.
    """

    def __init__(
        self,
        path: str,
        name: str,
        is_package: bool,
        root: str,
        entry: Entry,
        reads: Reads,
    ) -> None:
        self.path = path
        self.name = name
        self.is_package = is_package
        self.root = root
        self.is_stub = path.endswith(".pyi")
        self.folder = path.rpartition("/")[0]
        """The folder the file lies in, empty for the project's root."""

        self._entry = entry
        self._reads = reads
        self._inside = reads.one((Look.INSIDE, path))
        self._words: dict[bytes, bool] = {}
        self.interned: dict[tuple[type, int], Any] = {}
        """Its classes and functions as the project knows them, one object each."""

    def __repr__(self) -> str:
        return f"Module({self.path!r})"

    @property
    def package(self) -> str:
        """The dotted name that its relative imports start from."""
        return self.name if self.is_package else self.name.rpartition(".")[0]

    @property
    def entry(self) -> Entry:
        """Its facts as they lie in the cache, for another state of the project that has the same file."""
        return self._entry

    @property
    def digests(self) -> Digests:
        """What changes with the file, by how closely somebody looks."""
        return self._entry.digests

    @property
    def suppressions(self) -> tuple[Suppression, ...]:
        """The suppressions in its comments."""
        return self._entry.suppressions

    def collected(self, collector: Callable[[Tree], Iterable[F]]) -> tuple[F, ...]:
        """What a collector of a pack said of the file.

        Raises NotCollectedError where the collector failed, or its pack does not run.
        """
        from archlint.facts.collecting import decoded  # only packs of others have such facts

        self._reads.add((Look.PLACES, self.path))
        return decoded(collector, self.path, self._entry.collected)

    @cached_property
    def facts(self) -> ModuleFacts:
        """What the file says, but for what is decoded apart: definitions and statements."""
        return self._entry.unpacked()

    @cached_property
    def bindings(self) -> dict[str, tuple[Binding, ...]]:
        """The names its body binds, each with its bindings in the order of the source."""
        table: dict[str, list[Binding]] = {}
        for binding in self.facts.bindings:
            table.setdefault(binding.name, []).append(binding)
        return {name: tuple(found) for name, found in table.items()}

    @cached_property
    def imported(self) -> frozenset[str]:
        """The topmost packages that it imports from, its own among them."""
        return frozenset(fact.module.partition(".")[0] for fact in self.facts.imports)

    @cached_property
    def stars(self) -> tuple[int, ...]:
        """The indices of its star imports at module level."""
        return tuple(i for i, fact in enumerate(self.facts.imports) if fact.name == "*" and not fact.scope)

    @cached_property
    def definitions(self) -> Definitions:
        """Its classes and functions."""
        return self.facts.defined()

    @property
    def classes(self) -> tuple[ClassFact, ...]:
        """Its classes, nested ones too."""
        return self.definitions.classes

    @property
    def functions(self) -> tuple[FunctionFact, ...]:
        """Its functions and methods, nested ones too."""
        return self.definitions.functions

    def functions_around(self, line: int) -> list[FunctionFact]:
        """The functions that a line is in, the outer ones first."""
        return [fact for fact in self.functions if fact.line <= line <= fact.end_line]

    @cached_property
    def body(self) -> tuple[Statement, ...]:
        """The statements of the module level."""
        return self.facts.statements()

    def statements(self, definition: ClassFact | FunctionFact) -> tuple[Statement, ...]:
        """The statements of one of its classes or functions. Decoded anew at each call."""
        self._look_into(definition)
        return definition.statements()

    def locals(self, function: FunctionFact) -> tuple[str, ...]:
        """The names that one of its functions binds itself, parameters included."""
        self._reads.use(self._inside)
        return function.locals

    @property
    def sql(self) -> tuple[SqlText, ...]:
        """The texts in it that look like SQL, those inside of functions too."""
        self._reads.use(self._inside)
        return self.facts.sql

    @property
    def unbound(self) -> tuple[UnboundRead, ...]:
        """The names that it reads, and its functions do, where nothing has bound them."""
        self._reads.use(self._inside)
        return self.facts.unbound

    @property
    def encoded_facts(self) -> bytes:
        """All that it says, to look for words without decoding anything."""
        self._reads.use(self._inside)
        return self._entry.facts

    @property
    def encoded_definitions(self) -> bytes:
        """Its classes and functions as they are encoded, to look for words without decoding anything."""
        self._reads.use(self._inside)
        return bytes(self.facts.definitions)

    def speaks_of(self, *words: bytes) -> bool:
        """Whether one of some words, or a longer one, stands anywhere in its code; nothing is decoded."""
        self._reads.use(self._inside)
        said = [word for word in words if self._may_say(word)]
        if not said:
            return False
        body, definitions = bytes(self.facts.body), bytes(self.facts.definitions)
        return any(word in body or word in definitions for word in said)

    def encoded(self, definition: ClassFact | FunctionFact) -> bytes:
        """The body of one of its classes or functions, likewise."""
        self._look_into(definition)
        return bytes(definition.body)

    def mentions(self, function: FunctionFact, *names: str) -> bool:
        """Whether one of some names, or a text that says the same, stands in the body of a function.

        Nothing is decoded for that. Of a name of more than 31 bytes, it may be only the beginning.
        """
        self._look_into(function)
        said = [word for word in map(_packed, names) if self._may_say(word)]
        if not said:
            return False
        body = bytes(function.body)
        return any(word in body for word in said)

    def mentioning(self, *names: str) -> list[int]:
        """The numbers of its functions whose bodies mention one of some names."""
        self._reads.use(self._inside)
        said = [word for word in map(_packed, names) if self._may_say(word)]
        if not said:
            return []
        bodies = [bytes(function.body) for function in self.functions]
        return [n for n, body in enumerate(bodies) if any(word in body for word in said)]

    def _look_into(self, definition: ClassFact | FunctionFact) -> None:
        """Note that somebody looks at a body; that of a class belongs to the interface of the file."""
        if not definition.is_run_at_import:
            self._reads.use(self._inside)

    def _may_say(self, word: bytes) -> bool:
        """Whether a word stands anywhere in the facts; most are asked of many functions, in few files."""
        known = self._words.get(word)
        if known is None:
            known = self._words[word] = word in self._entry.facts
        return known

    def binds(self, name: str) -> Binding | None:
        """The binding that is left when the module has run; None where the last thing is `del name`."""
        for binding in reversed(self.bindings.get(name, ())):
            if binding.kind is Kind.DELETED:
                return None
            if binding.kind not in UNBOUND:
                return binding
        return None


@cache
def _packed(name: str) -> bytes:
    """A name as MessagePack writes it down: a short one with its length in front."""
    text = name.encode()
    return bytes((0xA0 | len(text),)) + text if len(text) < 32 else text
