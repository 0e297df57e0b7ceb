"""What methods are asked of where facts alone do not tell: for the uses that somebody wants, and no others.

First those are asked who pass an object to a function, then inference.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute
from archlint.project.answer import UNKNOWN, Definition
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.memo import Memo
from archlint.project.objects.inferred import Asked
from archlint.project.objects.passed_objects import PassedObjects
from archlint.project.objects.promises import Instance, Value
from archlint.project.objects.uses import Use
from archlint.project.reads import Look

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction
    from archlint.project.module import Module
    from archlint.project.objects.inference import Inference
    from archlint.project.project import Project


class Receivers:
    """The receivers of methods that facts leave unknown."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._project = project
        self._hierarchy = project.view(ClassHierarchy)
        self._objects = project.view(PassedObjects)
        self._answers = Memo(project.reads, self._answer)
        self._inference: Inference | None = None

    @classmethod
    def build(cls, project: Project) -> Receivers:
        """The view of a project."""
        return cls(project)

    def calls(
        self, uses: Iterable[Use], is_wanted: Callable[[str], bool]
    ) -> Iterator[tuple[Use, ProjectClass]]:
        """Of some uses the calls in functions whose receiver is told here, and its class; if it is wanted."""
        for use in uses:
            if use.name or use.how != "call" or use.function is None or not is_wanted(use.last):
                continue
            receiver = self._passed(use.function, use)
            if receiver is UNKNOWN and self._project.config.inference:
                receiver = self._answers((use.module, use.span[2], use.span[3]))
            if isinstance(receiver, Instance) and isinstance(receiver.of, ProjectClass):
                yield from self._named(use, receiver.of)

    def told(self, uses: tuple[Use, ...], methods: Collection[str]) -> tuple[Use, ...]:
        """Some uses, with those named whose receiver is told here; by the last names of methods alone."""
        told = {use.span: use for use, _ in self.calls(uses, methods.__contains__)}
        return tuple(told.get(use.span, use) if not use.name else use for use in uses)

    def methods(self, is_wanted: Callable[[str], bool]) -> frozenset[str]:
        """The last names of the project's methods that are wanted by their qualified names."""
        return frozenset(name.rpartition(".")[2] for name in self._methods if is_wanted(name))

    @cached_property
    def _methods(self) -> tuple[str, ...]:
        """The methods of all classes of the project."""
        return tuple(
            f"{owner.name}.{member.name}"
            for owner in self._hierarchy.classes()
            for member in owner.fact.members
            if member.kind is Kind.FUNCTION
        )

    def _passed(self, function: ProjectFunction, use: Use) -> Value:
        form = use.form
        return self._objects.of(function, form.value) if isinstance(form, Attribute) else UNKNOWN

    def _named(self, use: Use, owner: ProjectClass) -> Iterator[tuple[Use, ProjectClass]]:
        found = self._hierarchy.member(owner, use.last)
        if isinstance(found, tuple) and found[1].kind is Kind.FUNCTION:
            holder, binding = found
            qualname = f"{holder.fact.qualname}.{binding.name}"
            answer = Definition(holder.module, binding.kind, qualname, binding.index, binding.line)
            yield replace(use, name=answer.name, answer=answer), owner

    def _answer(self, question: tuple[Module, int, int]) -> Value:
        module, line, column = question
        project, asked = self._project, Asked(module.path, line, column)
        found = project.inferred.known(project, asked)
        if found is None:
            found = project.inferred.keep(project, asked, *self._asked().receiver(module, line, column))
        for path in found.rests:
            project.reads.add((Look.INSIDE, path))
        project.reads.add((Look.PLACES, module.path))
        home = project.module_at(found.path)
        return Instance(ProjectClass(home, found.index)) if home else UNKNOWN

    def _asked(self) -> Inference:
        if self._inference is None:
            from archlint.project.objects.inference import Inference

            self._inference = Inference(self._project)
        return self._inference
