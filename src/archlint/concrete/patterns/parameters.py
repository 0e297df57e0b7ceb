"""The parameters of functions and lambdas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from libcst import CSTNode, Param, Parameters

from archlint.concrete.patterns.matching import Captures, Matcher, gap_of


def match_parameters(
    matcher: Matcher, pattern: Parameters, node: Parameters, known: Captures
) -> Iterator[Captures]:
    """These parameters in this order. Annotations and defaults count where the pattern has some."""
    yield from matcher.row(_all(pattern), _all(node), known)


def match_parameter(matcher: Matcher, pattern: CSTNode, node: CSTNode, known: Captures) -> Iterator[Captures]:
    """One parameter with its stars."""
    if not isinstance(pattern, Param) or not isinstance(node, Param) or _stars(pattern) != _stars(node):
        return
    has_default = pattern.default is not None and gap_of(pattern) is None
    names = ["name", *(["annotation"] if pattern.annotation else []), *(["default"] if has_default else [])]
    yield from matcher.fields(pattern, node, names, known)


def _all(parameters: Parameters) -> Sequence[Param]:
    return [
        *parameters.posonly_params,
        *parameters.params,
        *_starred(parameters.star_arg),
        *parameters.kwonly_params,
        *_starred(parameters.star_kwarg),
    ]


def _starred(parameter: object) -> Sequence[Param]:
    return [parameter] if isinstance(parameter, Param) else []


def _stars(parameter: Param) -> str:
    return parameter.star if isinstance(parameter.star, str) else ""
