"""What the options of a rule mean: the string literal right after each field."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from itertools import pairwise

from archlint.rule import Rule


def option_docs(rule: type[Rule]) -> dict[str, str]:
    """The docs by the name of the field; those of a base class where the rule says nothing itself."""
    docs: dict[str, str] = {}
    for each in reversed(rule.__mro__):
        if issubclass(each, Rule) and each is not Rule:
            docs.update(_documented(each))
    return docs


def summary(rule: type[Rule]) -> str:
    """The first line of the rule's page."""
    return inspect.cleandoc(rule.text()).partition("\n")[0]


def _documented(rule: type[Rule]) -> Iterator[tuple[str, str]]:
    try:
        source = textwrap.dedent(inspect.getsource(rule))
    except (OSError, TypeError):
        return
    tree = ast.parse(source).body[0]
    for field, doc in pairwise(tree.body if isinstance(tree, ast.ClassDef) else []):
        if not isinstance(field, ast.AnnAssign) or not isinstance(field.target, ast.Name):
            continue
        if (
            isinstance(doc, ast.Expr)
            and isinstance(doc.value, ast.Constant)
            and isinstance(doc.value.value, str)
        ):
            yield field.target.id, inspect.cleandoc(doc.value.value)
