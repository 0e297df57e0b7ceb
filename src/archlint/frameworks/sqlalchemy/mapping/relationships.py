"""Relationships, read from the calls and annotations that declare them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from archlint.facts import expressions
from archlint.facts.expressions import (
    Attribute,
    Call,
    Expression,
    Lambda,
    Literal,
    Name,
    dotted,
    written_text,
)
from archlint.frameworks.sqlalchemy.mapping.annotations import Annotation, read_annotation
from archlint.project.answer import Answer, External, Unresolved

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place
    from archlint.frameworks.sqlalchemy.made import Names
    from archlint.frameworks.sqlalchemy.texts import Texts
    from archlint.project.module import Module

_POSITIONAL = ("secondary", "primaryjoin", "secondaryjoin", "foreign_keys", "uselist", "order_by", "backref")
"""What may follow the target without a name; from SQLAlchemy 2 on, only the first."""

_NOTHING: Mapping[str, Expression] = MappingProxyType({})


class Relationship(msgspec.Struct, frozen=True):
    """A `relationship(...)` as it is written, before anybody knows the other side."""

    name: str
    owner: str
    """Dotted name of the class that declares it."""

    place: Place
    module: Module
    scope: str
    """Where the names in its options are seen from."""

    maker: str
    """`relationship`, `Relationship`; empty for an annotation alone."""

    call: Call | None
    text: str = ""
    """The target as the registry is asked for it; empty where it is none."""

    written: str = ""
    """The target as a name in the module."""

    target: Answer | None = None
    """What the target stands for in the module, where it is no text."""

    annotation: Annotation | None = None
    options: Mapping[str, Expression] = msgspec.field(default_factory=lambda: _NOTHING)
    arguments: tuple[Expression, ...] = ()
    back_populates: str = ""
    backref: str = ""
    backref_options: Mapping[str, Expression] = msgspec.field(default_factory=lambda: _NOTHING)
    is_whole: bool = True
    """False where options are given that nobody can see."""

    @property
    def uselist(self) -> bool | None:
        """Whether the source says that the other side is many; None where it does not."""
        given = self.options.get("uselist")
        if isinstance(given, Literal) and isinstance(given.value, bool):
            return given.value
        said = self.annotation
        if said is None or not said.target or (self.maker == "relationship" and not said.wrapper):
            return None  # SQLAlchemy 1.4 reads no annotations, and later ones mean them to be `Mapped[…]`
        return said.is_collection

    def option_text(self, name: str) -> str | None:
        """The text of an option as it is written; None where it is not given, or no literal."""
        given = self.options.get(name)
        return written_text(given)

    @property
    def lazy(self) -> str:
        """How it is loaded when nobody asks; empty for the default and where nobody can tell."""
        given = self.options.get("lazy")
        if isinstance(given, Literal):
            return given.value if isinstance(given.value, str) else ""
        if self.maker == "dynamic_loader":
            return "dynamic"
        wrapper = self.annotation.wrapper if self.annotation is not None else ""
        return {"DynamicMapped": "dynamic", "WriteOnlyMapped": "write_only"}.get(wrapper, "")


class Relationships:
    """Reads relationships."""

    def __init__(self, names: Names, texts: Texts) -> None:
        self._names = names
        self._texts = texts

    def read(
        self,
        module: Module,
        scope: str,
        owner: str,
        name: str,
        place: Place,
        call: Call | None,
        annotation: Expression | None,
    ) -> Relationship:
        """A relationship of a class."""
        said = read_annotation(annotation) if annotation is not None else None
        maker = self._names.construct(module, scope, call.function) if call is not None else ""
        options, is_whole = _options(call) if call is not None else (_NOTHING, True)
        arguments = call.arguments if call is not None else ()
        inner = options.get("sa_relationship")
        if isinstance(inner, Call):
            arguments = inner.arguments
            options, is_whole = _options(inner)
        given = options.get("argument", arguments[0] if arguments else None)
        options = MappingProxyType({**dict(zip(_POSITIONAL, arguments[1:], strict=False)), **options})
        written = dotted(given.body if isinstance(given, Lambda) else given) if given is not None else ""
        text, target = self._target(module, scope, given, said)
        backref, backref_options = self._backref(module, scope, options.get("backref"))
        return Relationship(
            name,
            owner,
            place,
            module,
            scope,
            maker,
            call,
            text,
            written or (said.target if said is not None else ""),
            target,
            said,
            options,
            arguments,
            self._text(module, scope, options.get("back_populates")),
            backref,
            backref_options,
            is_whole and not any(isinstance(each, expressions.Starred) for each in arguments),
        )

    def _target(
        self,
        module: Module,
        scope: str,
        given: Expression | None,
        said: Annotation | None,
    ) -> tuple[str, Answer | None]:
        if isinstance(given, Lambda):
            given = given.body
        if isinstance(given, (Name, Attribute)):
            text = self._texts.of(module, scope, given)
            return (text, None) if text else ("", self._names.resolve(module, scope, given))
        if given is not None:
            text = self._texts.of(module, scope, given)
            return text or "", None
        if said is None or not said.target:
            return "", None
        found = self._names.resolve_dotted(module, scope, said.target)
        # Only for type checkers imported, or defined further down: then the registry is asked by name.
        is_known = not isinstance(found, (Unresolved, External)) and not _is_for_checkers(module, said.target)
        return ("", found) if is_known else (said.target, None)

    def _backref(
        self, module: Module, scope: str, given: Expression | None
    ) -> tuple[str, Mapping[str, Expression]]:
        if isinstance(given, Call):
            options, _ = _options(given)
            first = given.arguments[0] if given.arguments else options.get("name")
            return self._text(module, scope, first), options
        return self._text(module, scope, given), _NOTHING

    def _text(self, module: Module, scope: str, given: Expression | None) -> str:
        return (self._texts.of(module, scope, given) or "") if given is not None else ""


def _is_for_checkers(module: Module, name: str) -> bool:
    """Whether only type checkers know what a name stands for."""
    imports = [fact for fact in module.facts.imports if fact.alias == name]
    return bool(imports) and all(fact.typing for fact in imports)


def _options(call: Call) -> tuple[Mapping[str, Expression], bool]:
    """The options of a call, those that SQLModel passes on too, and whether all can be seen."""
    options: dict[str, Expression] = {}
    is_whole = True
    for keyword in call.keywords:
        if keyword.name == "":
            is_whole = False
        elif keyword.name == "sa_relationship_kwargs":
            is_whole &= _spread(keyword.value, options)
        else:
            options[keyword.name] = keyword.value
    return MappingProxyType(options), is_whole


def _spread(given: Expression, options: dict[str, Expression]) -> bool:
    """Put the items of a dict among the options; whether all of them can be seen."""
    if isinstance(given, Call) and isinstance(given.function, Name) and given.function.id == "dict":
        options.update((keyword.name, keyword.value) for keyword in given.keywords if keyword.name)
        return not given.arguments and all(keyword.name for keyword in given.keywords)
    if not isinstance(given, expressions.Mapping):
        return False
    is_whole = True
    for key, value in zip(given.keys, given.values, strict=True):
        if isinstance(key, Literal) and isinstance(key.value, str):
            options[key.value] = value
        else:
            is_whole = False
    return is_whole
