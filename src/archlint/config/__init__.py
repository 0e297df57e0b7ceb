"""The configuration: finding it, loading it, showing it, describing it."""

from archlint.config.json_schema import schema
from archlint.config.loading import load
from archlint.config.lookup import find
from archlint.config.model import Config, Contract, Layer, Origin, RuleInstance, Stack
from archlint.config.patterns import Pattern
from archlint.config.showing import show

__all__ = [
    "Config",
    "Contract",
    "Layer",
    "Origin",
    "Pattern",
    "RuleInstance",
    "Stack",
    "find",
    "load",
    "schema",
    "show",
]
