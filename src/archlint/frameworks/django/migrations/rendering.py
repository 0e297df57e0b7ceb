"""The text of a field as a migration holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Call, Collection, Expression, Literal, Mapping, Operation, says
from archlint.frameworks.django.models.arguments import given
from archlint.frameworks.django.models.field_kinds import FOREIGN_KEY, MANY_TO_MANY, ONE_TO_ONE
from archlint.frameworks.django.models.spelling import MODELS
from archlint.project.answer import External, Unresolved

if TYPE_CHECKING:
    from archlint.frameworks.django.models.declared import Declaration
    from archlint.frameworks.django.models.registered import DjangoModels
    from archlint.frameworks.orm import Relation
    from archlint.project.module import Module
    from archlint.project.scopes import Scopes

_RELATIONS = (FOREIGN_KEY, ONE_TO_ONE, MANY_TO_MANY)
_TRANSLATED = ("gettext_lazy", "gettext", "ugettext_lazy")
_EMPTY = frozenset(
    f"{MODELS}.{name}"
    for name in ("CharField", "TextField", "EmailField", "SlugField", "URLField", "FileField", "ImageField")
)
"""The kinds that are empty texts where nothing is given."""


class Unwritten(Exception):  # noqa: N818 -- an adjective: it is said of a field
    """A field of which nobody but Django can tell how a migration holds it."""


class Rendering(msgspec.Struct):
    """Writes fields down, and remembers what the file has to import and to depend on for that."""

    scopes: Scopes
    models: DjangoModels
    imports: set[str] = msgspec.field(default_factory=set)
    """Modules, and `settings` for Django's."""

    targets: set[str] = msgspec.field(default_factory=set)
    """Keys of the models that fields lead to."""

    def field(self, declaration: Declaration, relation: Relation | None, scope: str) -> str:
        """`models.CharField(max_length=80)`.

        Raises Unwritten: where the source does not tell all of it.
        """
        home, _, last = declaration.kind.rpartition(".")
        place = declaration.place
        if home != MODELS or declaration.cls is not None or not declaration.is_plain or place is None:
            raise Unwritten
        is_relation = declaration.kind in _RELATIONS
        if (relation is not None) is not is_relation:
            raise Unwritten
        arguments: dict[str, str] = {}
        if relation is not None:
            arguments["to"] = self._target(relation)
        elif len(declaration.arguments) > 1:
            raise Unwritten
        elif declaration.arguments:
            arguments["verbose_name"] = self.value(declaration.arguments[0], place.module, scope)
        for name, value in declaration.options.items():
            if name == "on_delete":
                arguments[name] = self._on_delete(value, place.module, scope)
            elif name not in ("to", "verbose_name") or name not in arguments:
                arguments[name] = self.value(value, place.module, scope)
        if "through" in arguments or "name" in arguments:
            raise Unwritten
        return f"models.{last}({', '.join(f'{name}={text}' for name, text in arguments.items())})"

    def _target(self, relation: Relation) -> str:
        target = self.models.model(relation.target)
        label = getattr(target, "label", "")
        if target is None or not label or "." not in label:
            raise Unwritten
        if label == (self.models.settings.user_model or ""):
            self.imports.add("settings")
            return "settings.AUTH_USER_MODEL"
        self.targets.add(target.key)
        return f'"{label.lower()}"'

    def _on_delete(self, value: Expression, module: Module, scope: str) -> str:
        found = self.scopes.resolve(module, scope, value)
        last = found.name.rpartition(".")[2] if isinstance(found, External) else ""
        if last not in ("CASCADE", "PROTECT", "RESTRICT", "SET_NULL", "SET_DEFAULT", "DO_NOTHING"):
            raise Unwritten
        return f"models.{last}"

    def value(self, value: Expression, module: Module, scope: str) -> str:
        """A value as Python writes it.

        Raises Unwritten: where it is more than literals and a few functions that everybody has.
        """
        if isinstance(value, Literal) and not value.truncated:
            return _text(value.value)
        if isinstance(value, Operation) and value.operator == "-" and len(value.operands) == 1:
            return f"-{self.value(value.operands[0], module, scope)}"
        if isinstance(value, Collection) and value.kind in ("list", "tuple"):
            items = [self.value(item, module, scope) for item in value.items]
            if value.kind == "list":
                return f"[{', '.join(items)}]"
            return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"
        if isinstance(value, Mapping) and not value.keys:
            return "{}"
        if isinstance(value, Call) and len(value.arguments) == 1 and not value.keywords:
            name = self._outside(value.function, module, scope)
            if name.startswith("django.utils.translation.") and name.rpartition(".")[2] in _TRANSLATED:
                return self.value(value.arguments[0], module, scope)
            raise Unwritten
        return self._named(self._outside(value, module, scope))

    def _outside(self, value: Expression, module: Module, scope: str) -> str:
        found = self.scopes.resolve(module, scope, value)
        if isinstance(found, External):
            return found.name
        return getattr(value, "id", "") if isinstance(found, Unresolved) else ""

    def _named(self, name: str) -> str:
        """A function or class from outside the project, under its full name."""
        name = name.removeprefix("builtins.")
        if name in ("list", "dict", "int", "str", "bool", "float", "set", "tuple"):
            return name
        home, _, last = name.rpartition(".")
        if not home:
            raise Unwritten
        if home in ("uuid", "datetime", "decimal") or (home == "django.utils.timezone" and last == "now"):
            self.imports.add(home)
            return name
        raise Unwritten


def needs_no_value(declaration: Declaration) -> bool:
    """Whether rows that are there already know what to hold in a new field."""
    if declaration.kind == MANY_TO_MANY:
        return True
    for name in ("default", "db_default"):
        if given(declaration, name) is not None:
            return True
    if says(given(declaration, "null"), True):
        return True
    return declaration.kind in _EMPTY and says(given(declaration, "blank"), True)


def _text(value: object) -> str:
    if not isinstance(value, str):
        return repr(value)
    text = repr(value)
    return f'"{text[1:-1]}"' if text[0] == "'" and '"' not in text else text
