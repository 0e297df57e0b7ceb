"""What each file says, extracted once: small frozen records without a tree."""

from archlint.facts.bindings import Binding, Kind
from archlint.facts.definitions import ClassFact, Definitions, FunctionFact, Parameter
from archlint.facts.imports import Import
from archlint.facts.module import Fault, ModuleFacts
from archlint.facts.sql import SqlText

__all__ = [
    "Binding",
    "ClassFact",
    "Definitions",
    "Fault",
    "FunctionFact",
    "Import",
    "Kind",
    "ModuleFacts",
    "Parameter",
    "SqlText",
]
