"""Texts that settings put together from others: `f"{PROJECT}.urls"`, `"{}.urls".format(PROJECT)`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Expression, Operation, Template
from archlint.frameworks.django.settings.values import Scalar, SettingValue
from archlint.frameworks.orm import Place

if TYPE_CHECKING:
    from archlint.project.module import Module

_GAP = re.compile(r"\{\}")


def written_out(module: Module, value: Expression, of: Callable[[Expression], SettingValue]) -> Scalar | None:
    """The text that an expression is, where all parts of it are seen; None for anything else."""
    text: str | None = None
    if isinstance(value, Template):
        text = _joined(map(of, value.parts))
        line, column = value.line, value.column
    elif isinstance(value, Operation) and value.operator == "+":
        first = of(value.operands[0])
        if isinstance(first, Scalar) and isinstance(first.value, str):
            text = _joined(map(of, value.operands))
            line, column = first.place.line, first.place.column
    elif isinstance(value, Call) and isinstance(value.function, Attribute):
        text = _formatted(value, value.function, of)
        line, column = value.line, value.column
    return None if text is None else Scalar(text, Place(module, line, column))


def _formatted(call: Call, function: Attribute, of: Callable[[Expression], SettingValue]) -> str | None:
    """`"{}.urls".format(PROJECT)`, with nothing but plain gaps."""
    if function.attr != "format" or call.keywords:
        return None
    pattern = _text(of(function.value))
    between = [] if pattern is None else _GAP.split(pattern)
    if len(between) != len(call.arguments) + 1 or any("{" in text or "}" in text for text in between):
        return None
    given = [_text(of(argument)) for argument in call.arguments]
    if None in given:
        return None
    return between[0] + "".join(f"{text}{after}" for text, after in zip(given, between[1:], strict=True))


def _joined(values: Iterable[SettingValue]) -> str | None:
    texts = [_text(value) for value in values]
    return None if None in texts else "".join(map(str, texts))


def _text(value: SettingValue) -> str | None:
    return value.value if isinstance(value, Scalar) and isinstance(value.value, str) else None
