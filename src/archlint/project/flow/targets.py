"""Giving values to targets: names, attributes, items, and several of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Collection, Expression, Name, Starred, Subscript
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.builtins.containers import with_entry
from archlint.project.flow.builtins.records import is_record
from archlint.project.flow.builtins.taking import parts
from archlint.project.flow.conditions.asked_attributes import forget_attribute, hold
from archlint.project.flow.kept.growth import bounded
from archlint.project.flow.place import Place
from archlint.project.flow.telling import is_seen, is_telling
from archlint.project.flow.trace import Extended, Placed, Unpacked, Written
from archlint.project.flow.values import (
    Closure,
    Entries,
    Many,
    Object,
    Value,
    alternatives,
    is_own_object,
    something,
)

if TYPE_CHECKING:
    from archlint.project.flow.flow import Flow
    from archlint.project.flow.path import Path
    from archlint.project.flow.trace import Trace
    from archlint.project.flow.values import Cells


class Targets(Place):
    """Binds what is evaluated."""

    def __init__(self, flow: Flow, trace: Trace, path: Path, cells: Cells | None) -> None:
        super().__init__(flow, trace, path, cells)
        self._globals: set[str] = set()
        """Names that the body has declared to be those of its module."""

    def bind(self, target: Expression, value: Value, line: int = 0) -> None:
        """Give a value to a target."""
        value = bounded(value)
        if isinstance(target, Name):
            self.path.names[target.id] = value
            if target.id in self._globals:
                self._put(target.id, value)
        elif isinstance(target, Attribute):
            self._set(target, value, line)
        elif isinstance(target, Collection):
            self._unpack(target, value, line)
        elif isinstance(target, Starred):
            self.bind(target.value, Many(UNKNOWN), line)
        elif isinstance(target, Subscript):
            container = self.of(target.value)
            index = self.of(target.index)
            if isinstance(container, Entries):
                self.filled(target.value, with_entry(container, index, value))
            if is_telling(container) or is_telling(value):
                event = Placed(target, container, index, value, self.context, self.path.state)
                self.trace.events.append(event)
            self.flow.shelves.put(self.trace, target.value, target.index, value)

    def filled(self, target: Expression, value: Value) -> None:
        """What a target stands for holds more from here on, and keeps it where it outlasts the run."""
        value = bounded(value)
        if isinstance(target, Name):
            is_local = target.id in self.path.names or (self.cells and target.id in self.cells.names)
            if not is_local and self.function is not None:
                self._globals.add(target.id)
            self.path.names[target.id] = value
            if target.id in self._globals:
                self._put(target.id, value)
        elif isinstance(target, Attribute) and isinstance(target.value, Name):
            receiver = self.of(target.value)
            if isinstance(receiver, Object) and receiver == self.trace.receiver:
                self._fill(receiver, target.attr, value)
            else:
                self._put_on(receiver, target.attr, value)

    def _fill(self, receiver: Object, name: str, value: Value) -> None:
        """A method fills what its own object keeps."""
        self.flow.stored(self, receiver, name, value)
        method = self.function
        if self.trace.arguments is not None and method is not None:
            self.flow.objects.own.fill(self.trace, method, name, value)

    def _put(self, name: str, value: Value) -> None:
        """A name of the module, perhaps one that it imports, stands for something else from here on."""
        standing = self.flow.standing
        standing.put(self.trace, standing.home_of_name(self.trace.module, name), value)

    def _put_on(self, receiver: Value, name: str, value: Value) -> None:
        """An attribute of a module or class does."""
        home = self.flow.standing.home(receiver, name)
        if home is not None and self.function is not None:
            self.flow.standing.put(self.trace, home, value)

    def _set(self, target: Attribute, value: Value, line: int) -> None:
        receiver = self.of(target.value)
        forget_attribute(self, target)
        self._form = target
        for option in alternatives(receiver):
            if isinstance(option, Behaviour):
                option.written(target.attr, value, self)
        self.flow.stored(self, receiver, target.attr, value)
        self._hold(target, receiver, value)
        if not all(map(is_seen, alternatives(receiver))):
            self.flow.written.add(target.attr)
        if receiver != self.trace.receiver:
            self._put_on(receiver, target.attr, value)
        if not isinstance(receiver, Object):
            self.flow.shelves.put(self.trace, target.value, target.attr, value)
        if is_telling(receiver) or is_telling(value):
            self.trace.events.append(
                Written(target, receiver, target.attr, value, self.context, self.path.state, line)
            )
        elif receiver != self.trace.receiver and is_own_object(receiver):
            self.trace.events.append(Extended(target, receiver, target.attr, self.context))

    def _hold(self, target: Attribute, receiver: Value, value: Value) -> None:
        """A name stands for an object with another field from here on: `state.rows = rows`."""
        name = target.value
        after = receiver.rewritten(target.attr) if isinstance(receiver, Behaviour) else receiver
        if isinstance(name, Name) and after is not receiver:
            self.path.names[name.id] = after
        if not isinstance(receiver, Object) or receiver == self.trace.receiver:
            return
        is_kept = target.attr in dict(receiver.fields) or isinstance(value, (Object, Closure))
        if not is_kept and not is_record(receiver):
            return
        fields = {**dict(receiver.fields), target.attr: value}
        held = bounded(Object(receiver.of, tuple(fields.items())))
        if isinstance(name, Name):
            self.path.names[name.id] = held
        elif isinstance(name, Attribute):
            hold(self, name, held)

    def _unpack(self, target: Collection, value: Value, line: int) -> None:
        known = parts(value, self.flow.project)
        if known is not None and len(known) == len(target.items):
            for item, part in zip(target.items, known, strict=True):
                self.bind(item, part, line)
            return
        options = something(value)
        only = options[0] if len(options) == 1 else None
        if isinstance(only, Behaviour) and only.is_noted:
            self.trace.events.append(Unpacked(target, value, self.context, self.path.state))
        each = self.flow.each(value, self) if value is not UNKNOWN else UNKNOWN
        for item in target.items:
            self.bind(item, each, line)
