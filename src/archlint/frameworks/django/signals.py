"""Who listens to the signals of models: what `bulk_create` and `update` leave out.

https://docs.djangoproject.com/en/5.2/ref/signals/#module-django.db.models.signals
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Expression, Keyword, last_name
from archlint.frameworks.django.models import DjangoModel, DjangoModels
from archlint.project.functions import Functions

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_OF_SAVING = frozenset({"pre_init", "post_init", "pre_save", "post_save"})
_SIGNALS = _OF_SAVING | {"m2m_changed", "pre_delete", "post_delete"}


class Signals:
    """The receivers of a project."""

    def __init__(self, project: Project) -> None:
        self._models = project.view(DjangoModels)
        self._functions = project.view(Functions)
        self._saved: set[str] = set()
        self.listens_to_all = False
        """Whether some receiver listens to the saving of nobody knows which models."""

        for module in project.modules:
            for name, sender, scope in self._receivers(module):
                if name in _OF_SAVING:
                    self._add(module, sender, scope)

    @classmethod
    def build(cls, project: Project) -> Signals:
        """The view of a project."""
        return cls(project)

    def hear_saves(self, model: DjangoModel) -> bool:
        """Whether anybody may listen to the saving of a model's objects."""
        names = {model.key, model.concrete, *model.parents}
        return self.listens_to_all or not names.isdisjoint(self._saved) or f".{model.name}" in self._saved

    def _receivers(self, module: Module) -> Iterator[tuple[str, Expression | None, str]]:
        """The signal, the sender and the scope of each."""
        if not any(
            fact.name in _SIGNALS or "signals" in (fact.name, fact.module.rpartition(".")[2])
            for fact in module.facts.imports
        ):
            return
        for function in self._functions.all_of(module):
            for decorator in function.fact.decorators:
                if isinstance(decorator, Call) and last_name(decorator.function) == "receiver":
                    sender = _sender(decorator.keywords)
                    for signal in _signals(decorator.arguments):
                        yield signal, sender, function.outer
            for site in self._functions.summary(function).calls:
                yield from _connected(site.call, function.scope)
        for site in self._functions.module_summary(module).calls:
            yield from _connected(site.call, "")

    def _add(self, module: Module, sender: Expression | None, scope: str) -> None:
        target = (
            self._models.references.expression(None, sender, module, scope) if sender is not None else None
        )
        if target is not None and target.key:
            self._saved.add(target.key)
        elif sender is not None and last_name(sender)[:1].isupper():
            self._saved.add(f".{last_name(sender)}")
        else:
            self.listens_to_all = True


def _connected(call: Call, scope: str) -> Iterator[tuple[str, Expression | None, str]]:
    function = call.function
    if (
        isinstance(function, Attribute)
        and function.attr == "connect"
        and last_name(function.value) in _SIGNALS
    ):
        sender = call.arguments[1] if len(call.arguments) > 1 else _sender(call.keywords)
        yield last_name(function.value), sender, scope


def _signals(arguments: tuple[Expression, ...]) -> Iterator[str]:
    """`receiver(post_save)`, `receiver([pre_save, post_save])`."""
    for argument in arguments:
        for one in getattr(argument, "items", (argument,)):
            yield last_name(one)


def _sender(keywords: tuple[Keyword, ...]) -> Expression | None:
    return next((keyword.value for keyword in keywords if keyword.name == "sender"), None)
