"""In which files a name stands.

Found out for all names at once: to look for one after the other costs with the square of a project.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_SHORT = re.compile(rb"[\xa1-\xbf][A-Za-z_][A-Za-z0-9_]*")
"""A name as MessagePack writes it down, its length in front; what comes after it may look like more of it."""

_LONGEST = 31
"""Bytes of a name that has its length in one byte in front."""


class Words:
    """The modules that say a name, be it as a text: `order.total`, `getattr(order, "total")`."""

    def __init__(self, modules: Sequence[Module]) -> None:
        self._modules = modules
        self._saying: dict[bytes, list[Module]] = {}
        for module in modules:
            for name in _names(module.encoded_facts):
                self._saying.setdefault(name, []).append(module)

    @classmethod
    def build(cls, project: Project) -> Words:
        """The view of a project."""
        return cls(project.modules)

    def modules(self, name: str) -> Sequence[Module]:
        """Those that may say it, in the order of the project; all that do are among them."""
        word = name.encode()
        if len(word) > _LONGEST or not name.isascii():
            return [module for module in self._modules if module.speaks_of(word)]
        return self._saying.get(word, ())


def _names(encoded: bytes) -> set[bytes]:
    return {found[1 : 1 + (found[0] & _LONGEST)] for found in set(_SHORT.findall(encoded))}
