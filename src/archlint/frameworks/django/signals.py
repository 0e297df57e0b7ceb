"""Who listens to the signals of models.

https://docs.djangoproject.com/en/5.2/ref/signals/#module-django.db.models.signals
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Attribute, Call, Expression, Keyword, last_name
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.objects.called import called_function
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_OF_SAVING = frozenset({"pre_init", "post_init", "pre_save", "post_save"})
_FILLING = _OF_SAVING - {"post_save"}
"""Signals whose receivers may fill in a row before it is saved."""

_SIGNALS = _OF_SAVING | {"m2m_changed", "pre_delete", "post_delete"}


class Receiver(msgspec.Struct, frozen=True):
    """A function that is called when a signal is sent."""

    signal: str
    sender: Expression | None
    """The model it listens to, as written; None for all of them."""

    module: Module
    scope: str
    """Where it is said that it listens."""

    function: ProjectFunction | None
    """None where it is not known which one that is."""


class Signals:
    """The receivers of a project."""

    def __init__(self, project: Project) -> None:
        self._models = project.view(DjangoModels)
        self._functions = project.view(Functions)
        self._scopes = project.view(Scopes)
        self._by_function: dict[ProjectFunction, list[Receiver]] = {}
        self._saved: set[str] = set()
        self._filled: set[str] = set()
        """Who is listened to; empty for all of them, where nobody can tell."""

        self._all: list[Receiver] = []
        for module in project.modules:
            for receiver in self._receivers(module):
                self._all.append(receiver)
                if receiver.signal in _OF_SAVING:
                    sender = self._sender_of(receiver)
                    self._saved.add(sender)
                    self._filled.update({sender} if receiver.signal in _FILLING else ())
                if receiver.function is not None:
                    self._by_function.setdefault(receiver.function, []).append(receiver)

    @classmethod
    def build(cls, project: Project) -> Signals:
        """The view of a project."""
        return cls(project)

    def __iter__(self) -> Iterator[Receiver]:
        return iter(self._all)

    def of(self, function: ProjectFunction) -> tuple[Receiver, ...]:
        """What a function listens to, one by one."""
        return tuple(self._by_function.get(function, ()))

    def hear_saves(self, model: DjangoModel) -> bool:
        """Whether anybody may listen to the saving of a model's objects."""
        return _is_among(model, self._saved)

    def may_fill(self, model: DjangoModel) -> bool:
        """Whether anybody may listen to a model's objects before they are saved."""
        return _is_among(model, self._filled)

    def _receivers(self, module: Module) -> Iterator[Receiver]:
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
                        yield Receiver(signal, sender, module, function.outer, function)
            for site in self._functions.summary(function).calls:
                yield from self._connected(site.call, module, function.scope)
        for site in self._functions.module_summary(module).calls:
            yield from self._connected(site.call, module, "")

    def _connected(self, call: Call, module: Module, scope: str) -> Iterator[Receiver]:
        """`post_save.connect(count_lines, sender=Order)`."""
        function = call.function
        if not isinstance(function, Attribute) or function.attr != "connect":
            return
        signal = last_name(function.value)
        if signal in _SIGNALS:
            sender = call.arguments[1] if len(call.arguments) > 1 else _sender(call.keywords)
            given = call.arguments[0] if call.arguments else _named("receiver", call.keywords)
            called = called_function(self._scopes.resolve(module, scope, given)) if given else None
            yield Receiver(signal, sender, module, scope, called)

    def _sender_of(self, receiver: Receiver) -> str:
        """The model that a receiver listens to, by its key or by its name; empty where it may be any."""
        sender = receiver.sender
        if sender is None:
            return ""
        target = self._models.references.expression(None, sender, receiver.module, receiver.scope)
        if target.key:
            return target.key
        return f".{last_name(sender)}" if last_name(sender)[:1].isupper() else ""


def _signals(arguments: tuple[Expression, ...]) -> Iterator[str]:
    """`receiver(post_save)`, `receiver([pre_save, post_save])`."""
    for argument in arguments:
        for one in getattr(argument, "items", (argument,)):
            yield last_name(one)


def _sender(keywords: tuple[Keyword, ...]) -> Expression | None:
    return _named("sender", keywords)


def _named(name: str, keywords: tuple[Keyword, ...]) -> Expression | None:
    return next((keyword.value for keyword in keywords if keyword.name == name), None)


def _is_among(model: DjangoModel, senders: set[str]) -> bool:
    """Whether a model is one of those that somebody listens to."""
    names = {model.key, model.concrete, *model.parents, f".{model.name}", ""}
    return not names.isdisjoint(senders)
