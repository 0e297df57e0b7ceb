"""Where the nodes of a libcst tree are, in bytes. Imports libcst: to be imported where it is used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from libcst import CSTNode, Module
from libcst.metadata import ByteSpanPositionProvider, CodeSpan
from libcst.metadata.span_provider import SpanProvidingCodegenState


class _Places(ByteSpanPositionProvider):
    """Asked without a `MetadataWrapper`, which would also walk the tree for providers that are not there."""

    def of(self, module: Module) -> Mapping[CSTNode, CodeSpan]:
        self._gen_impl(module)
        return cast("Mapping[CSTNode, CodeSpan]", self._computed)


def places_of(module: Module) -> Mapping[CSTNode, CodeSpan]:
    """The spans of all nodes, in UTF-8 bytes, in the order in which the nodes end."""
    return _Places().of(module)


class _CharacterPlaces(_Places):
    def _gen_impl(self, module: Module) -> None:
        state = SpanProvidingCodegenState(
            default_indent=module.default_indent,
            default_newline=module.default_newline,
            provider=self,
            get_length=len,
        )
        module._codegen(state)


def character_places_of(module: Module) -> Mapping[CSTNode, CodeSpan]:
    """The spans of all nodes, in characters, in the order in which the nodes end."""
    return _CharacterPlaces().of(module)
