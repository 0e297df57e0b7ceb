"""The kinds of nodes that are matched in a way of their own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import libcst as cst

from archlint.concrete.patterns import arguments, blocks, clauses, expressions, literals, parameters
from archlint.concrete.patterns.matching import Special

SPECIALS: Final[Mapping[type[cst.CSTNode], Special]] = MappingProxyType(
    {
        cst.AnnAssign: clauses.match_annotated,
        cst.Arg: arguments.match_argument,
        cst.Assign: clauses.match_assignment,
        cst.Attribute: expressions.match_attribute,
        cst.Call: arguments.match_call,
        cst.ClassDef: clauses.match_class,
        cst.ConcatenatedString: literals.match_string,
        cst.Dict: expressions.match_dict,
        cst.Element: expressions.match_element,
        cst.ExceptHandler: clauses.match_handler,
        cst.ExceptStarHandler: clauses.match_handler,
        cst.Float: literals.match_number,
        cst.For: clauses.match_compound,
        cst.FormattedString: literals.match_formatted,
        cst.FunctionDef: clauses.match_function,
        cst.If: clauses.match_compound,
        cst.Imaginary: literals.match_number,
        cst.Import: clauses.match_import,
        cst.ImportAlias: clauses.match_alias,
        cst.ImportFrom: clauses.match_import,
        cst.IndentedBlock: blocks.match_suite,
        cst.Integer: literals.match_number,
        cst.Lambda: expressions.match_lambda,
        cst.List: expressions.match_row,
        cst.Param: parameters.match_parameter,
        cst.Return: clauses.match_return,
        cst.Set: expressions.match_row,
        cst.SimpleStatementSuite: blocks.match_suite,
        cst.SimpleString: literals.match_string,
        cst.Subscript: expressions.match_subscript,
        cst.Try: clauses.match_try,
        cst.Tuple: expressions.match_row,
        cst.While: clauses.match_compound,
        cst.With: clauses.match_with,
        cst.WithItem: clauses.match_item,
    }
)
