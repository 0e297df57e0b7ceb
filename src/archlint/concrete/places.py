"""Where the nodes of a libcst tree are, in bytes. Imports libcst: to be imported where it is used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from libcst import CSTNode, Module
from libcst.metadata import ByteSpanPositionProvider, CodeSpan


class _Places(ByteSpanPositionProvider):
    """Asked without a `MetadataWrapper`, which would also walk the tree for providers that are not there."""

    def of(self, module: Module) -> Mapping[CSTNode, CodeSpan]:
        self._gen_impl(module)
        return cast("Mapping[CSTNode, CodeSpan]", self._computed)


def places_of(module: Module) -> Mapping[CSTNode, CodeSpan]:
    """The spans of all nodes, in UTF-8 bytes, in the order in which the nodes end."""
    return _Places().of(module)
