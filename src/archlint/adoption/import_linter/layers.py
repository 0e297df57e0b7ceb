"""The layers of a contract, as a drawing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from archlint.adoption.draft import Value
from archlint.adoption.import_linter.expressions import module, package
from archlint.adoption.import_linter.settings import Options

_BETWEEN = re.compile(r"\s*[|:]\s*")


class _Layer(msgspec.Struct, frozen=True):
    tails: tuple[str, ...]
    is_optional: bool
    is_independent: bool

    @classmethod
    def read(cls, line: str) -> _Layer:
        """One line of a contract: `a`, `(a)`, `a | b` for siblings that are independent, `a : b` if not."""
        tails = tuple(part for part in _BETWEEN.split(line.strip()) if part)
        is_optional = any(tail.startswith("(") for tail in tails)
        return cls(tuple(tail.strip("()") for tail in tails), is_optional, "|" in line and len(tails) > 1)

    def name(self, of_tail: Mapping[str, str]) -> str:
        return "-".join(of_tail[tail] for tail in self.tails)

    def said(self, prefix: str) -> Value:
        patterns = tuple(package(f"{prefix}{tail}") for tail in self.tails)
        more = {"optional": self.is_optional, "independent": self.is_independent}
        flags = {name: value for name, value in more.items() if value}
        return {"modules": patterns, **flags} if flags else patterns


def drawing(told: Options) -> dict[str, Value]:
    """The options that draw the layers of a contract: `layers`, and `containers` where it has some."""
    containers = tuple(map(module, told.values("containers")))
    more: dict[str, Value] = {"containers": containers} if containers else {}
    return {**more, "layers": _table(told, "")}


def whole(told: Options) -> dict[str, Value] | None:
    """The layers as the drawing of the whole configuration; None where there are several containers."""
    containers = told.values("containers")
    if len(containers) > 1 or any("*" in each for each in containers):
        return None
    return _table(told, f"{containers[0]}." if containers else "")


def unassigned(told: Options, containers: Sequence[str]) -> dict[str, Value]:
    """The options that ask every module of the containers, given by name, to be in a layer."""
    ignored = told.values("exhaustive_ignores")
    spared = tuple(package(f"{container}.{each}") for container in containers for each in ignored)
    within = tuple(f"{container}.**" for container in containers)
    return {"within": within, "allow": (*containers, *spared), "empty": True}


def _table(told: Options, prefix: str) -> dict[str, Value]:
    layers = [_Layer.read(line) for line in told.values("layers")]
    tails = [tail for layer in layers for tail in layer.tails]
    lasts = {tail: tail.rpartition(".")[2] for tail in tails}
    are_clear = len(set(lasts.values())) == len(tails)
    names = lasts if are_clear else {tail: tail.replace(".", "-") for tail in tails}
    return {layer.name(names): layer.said(prefix) for layer in layers}
