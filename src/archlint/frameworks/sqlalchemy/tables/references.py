"""To which columns a column refers: its foreign keys, wherever these are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.facts.bindings import Kind
from archlint.facts.expressions import (
    Attribute,
    Call,
    Collection,
    Expression,
    Lambda,
    Literal,
    Name,
    Starred,
    Subscript,
    says,
)
from archlint.frameworks.sqlalchemy.places import place_of
from archlint.frameworks.sqlalchemy.tables.words import Reference
from archlint.project.answer import Definition, External

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.following import Following
    from archlint.frameworks.sqlalchemy.made import Names
    from archlint.frameworks.sqlalchemy.texts import Texts
    from archlint.project.module import Module


class References:
    """Reads foreign keys."""

    def __init__(self, names: Names, texts: Texts, following: Following) -> None:
        self._names = names
        self._texts = texts
        self._following = following

    def of_column(
        self, module: Module, scope: str, positional: Iterable[Expression], given: dict[str, Expression]
    ) -> Iterator[Reference]:
        """What the arguments of a column refer to; a reference without a target where nobody can tell."""
        for value in positional:
            yield from self._of_argument(module, scope, value)
        if "foreign_key" in given:
            yield self.to(module, scope, given["foreign_key"])
        arguments = given.get("sa_column_args")
        if isinstance(arguments, Collection):
            yield from self.of_column(module, scope, arguments.items, {})

    def to(self, module: Module, scope: str, target: Expression) -> Reference:
        """What one target stands for: a text, a column, what a lambda gives."""
        place = place_of(module, target)
        if isinstance(target, Lambda):
            target = target.body
        text = self._texts.of(module, scope, target)
        if text is not None:
            return Reference(place, text)
        if isinstance(target, (Name, Attribute)):
            return Reference(place, answer=self._names.resolve(module, scope, target))
        return Reference(place)

    def _of_argument(self, module: Module, scope: str, value: Expression) -> Iterator[Reference]:
        if isinstance(value, Starred):
            listed = self._following.items(module, scope, value.value)
            if listed is None:
                yield Reference(place_of(module, value.value))
            else:
                yield from self.of_column(listed.module, listed.scope, listed.items, {})
            return
        made = self._following.call(module, scope, value)
        if made is not None and made.made == "ForeignKey":
            found = self._of_key(made.module, made.scope, made.call)
            yield from (replace(each, place=place_of(module, value)) for each in found)
        elif (made is None or not made.made) and self._may_be_key(module, scope, value):
            yield Reference(place_of(module, value))

    def _of_key(self, module: Module, scope: str, call: Call) -> Iterator[Reference]:
        options = {keyword.name: keyword.value for keyword in call.keywords}
        target = next(iter(call.arguments), options.get("column"))
        if target is not None:
            written = options.get("link_to_name")
            is_by_name = says(written, True)
            yield replace(self.to(module, scope, target), is_by_name=is_by_name)

    def _may_be_key(self, module: Module, scope: str, value: Expression) -> bool:
        """Whether what nobody follows may be a foreign key: neither a text nor a type."""
        if (
            isinstance(value, (Literal, Lambda, Subscript))
            or self._texts.of(module, scope, value) is not None
        ):
            return False
        named = value.function if isinstance(value, Call) else value
        if not isinstance(named, (Name, Attribute)):
            return True
        answer = self._names.resolve(module, scope, named)
        is_class = isinstance(answer, Definition) and answer.kind is Kind.CLASS
        return not is_class and not isinstance(answer, External)
