"""Ways to spell a module otherwise that change nothing of what it does."""

from __future__ import annotations

import ast
from typing import Any, Final

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Spelling(ast.NodeTransformer):
    """One of them. Only the bodies of functions are rewritten: class bodies and modules declare things."""

    needs = ""
    """What the rewritten code rests on: statements for the top of the module."""

    def __init__(self) -> None:
        self._names = 0
        self._depth = 0

    def respelled(self, source: str) -> str:
        """The source, spelled so."""
        tree = ast.parse(source)
        tree.body = self.statements(tree.body)
        at = sum(1 for node in tree.body if _is_head(node))  # they stand in front of all others
        tree.body[at:at] = ast.parse(self.needs).body
        return ast.unparse(ast.fix_missing_locations(tree)) + "\n"

    def fresh(self, beginning: str) -> str:
        """A name that nobody has."""
        self._names += 1
        return f"_{beginning}_{self._names}"

    @property
    def is_in_function(self) -> bool:
        """Whether the code at hand runs when a function is called."""
        return self._depth > 0

    def statements(self, body: list[ast.stmt]) -> list[ast.stmt]:
        """Some statements, each by itself; one may become several."""
        found: list[ast.stmt] = []
        for statement in body:
            spelled = self.visit(statement)
            found += spelled if isinstance(spelled, list) else [spelled]
        return found

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        depth, self._depth = self._depth, 0
        node.body = self.statements(node.body)
        self._depth = depth
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._function(node)

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        return node

    def _function(self, node: Any) -> ast.AST:
        self._depth += 1
        node.body = self.statements(node.body)
        self._depth -= 1
        return node


def _is_head(node: ast.stmt) -> bool:
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_text or (isinstance(node, ast.ImportFrom) and node.module == "__future__")


def load(name: str) -> ast.Name:
    """A name that is read."""
    return ast.Name(name, ast.Load())


def store(name: str) -> ast.Name:
    """A name that is set."""
    return ast.Name(name, ast.Store())


class WithMethodsNamedFirst(Spelling):
    """`session.add(order)`: `add = session.add`, `add(order)`."""

    def visit_Expr(self, node: ast.Expr) -> Any:
        return self._named_first(node)

    def visit_Assign(self, node: ast.Assign) -> Any:
        return self._named_first(node)

    def visit_Return(self, node: ast.Return) -> Any:
        return self._named_first(node)

    def _named_first(self, node: Any) -> Any:
        call = node.value.value if isinstance(node.value, ast.Await) else node.value
        if not self.is_in_function or not isinstance(call, ast.Call):
            return node
        if not isinstance(call.func, ast.Attribute) or call.func.attr == "close":
            return node
        name = self.fresh("method")
        method, call.func = call.func, load(name)
        return [ast.Assign([store(name)], method), node]


class WithKeywordsInADict(Spelling):
    """`f(a=1)`: `f(**{"a": 1})`."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if self.is_in_function and node.keywords and all(each.arg for each in node.keywords):
            keys: list[ast.expr | None] = [ast.Constant(each.arg) for each in node.keywords]
            node.keywords = [ast.keyword(None, ast.Dict(keys, [each.value for each in node.keywords]))]
        return node


class WithTextsInHalves(Spelling):
    """`"name"`: `"na" + "me"`."""

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        text = node.value
        if not self.is_in_function or not isinstance(text, str) or len(text) < 2:
            return node
        half = len(text) // 2
        return ast.BinOp(ast.Constant(text[:half]), ast.Add(), ast.Constant(text[half:]))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        return node if isinstance(node.value, ast.Constant) else self.generic_visit(node)


class Boxed(Spelling):
    """What is given to a name or returned is put into something first, and taken out of it."""

    def boxed(self, value: ast.expr) -> ast.expr:
        """The value, there and back."""
        raise NotImplementedError

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        if all(isinstance(target, ast.Name) for target in node.targets):
            self._box(node)
        return node

    def visit_Return(self, node: ast.Return) -> ast.AST:
        self._box(node)
        return node

    def _box(self, node: Any) -> None:
        if self.is_in_function and node.value is not None and not isinstance(node.value, ast.Constant):
            node.value = self.boxed(node.value)


class InADict(Boxed):
    """`{"value": value}["value"]`."""

    def boxed(self, value: ast.expr) -> ast.expr:
        held = ast.Dict([ast.Constant("value")], [value])
        return ast.Subscript(held, ast.Constant("value"), ast.Load())


class InAList(Boxed):
    """`[value][0]`."""

    def boxed(self, value: ast.expr) -> ast.expr:
        return ast.Subscript(ast.List([value], ast.Load()), ast.Constant(0), ast.Load())


class InANamedTuple(Boxed):
    """`_Pair(value, None).first`."""

    needs = "from collections import namedtuple as _named\n_Pair = _named('_Pair', 'first second')\n"

    def boxed(self, value: ast.expr) -> ast.expr:
        pair = ast.Call(load("_Pair"), [value, ast.Constant(None)], [])
        return ast.Attribute(pair, "first", ast.Load())


class ThroughAHelper(Boxed):
    """`_same(value)`."""

    needs = "def _same(value):\n    return value\n"

    def boxed(self, value: ast.expr) -> ast.expr:
        return ast.Call(load("_same"), [value], [])


class Looped(Spelling):
    """Loops and comprehensions go over something else that has the same items."""

    def over(self, rows: ast.expr) -> ast.expr:
        """What they go over."""
        raise NotImplementedError

    def visit_For(self, node: ast.For) -> ast.AST:
        node.body = self.statements(node.body)
        if self.is_in_function:
            node.iter = self.over(node.iter)
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        self.generic_visit(node)
        if self.is_in_function and not node.is_async:
            node.iter = self.over(node.iter)
        return node


class OverAChain(Looped):
    """`chain(rows)`."""

    needs = "from itertools import chain as _chain\n"

    def over(self, rows: ast.expr) -> ast.expr:
        return ast.Call(load("_chain"), [rows], [])


class OverAGenerator(Looped):
    """`(row for row in rows)`."""

    def over(self, rows: ast.expr) -> ast.expr:
        each = ast.comprehension(store("_row"), rows, [], 0)
        return ast.GeneratorExp(load("_row"), [each])


class OverASpread(Looped):
    """`(*rows,)`."""

    def over(self, rows: ast.expr) -> ast.expr:
        return ast.Tuple([ast.Starred(rows, ast.Load())], ast.Load())


class InAnObject(Boxed):
    """`_Holder(value).value`."""

    needs = "class _Holder:\n    def __init__(self, value):\n        self.value = value\n"

    def boxed(self, value: ast.expr) -> ast.expr:
        return ast.Attribute(ast.Call(load("_Holder"), [value], []), "value", ast.Load())


class WithWalruses(Spelling):
    """`row = find()`, `if row is None:`: `if (row := find()) is None:`."""

    def statements(self, body: list[ast.stmt]) -> list[ast.stmt]:
        found: list[ast.stmt] = []
        for statement in super().statements(body):
            before = found[-1] if found and self.is_in_function else None
            if isinstance(statement, ast.If) and isinstance(before, ast.Assign) and _joins(before, statement):
                found[-1] = statement
            else:
                found.append(statement)
        return found


def _joins(before: ast.Assign, condition: ast.If) -> bool:
    """Whether a condition begins with a name that was just bound; then it binds that from here on."""
    target, test = before.targets[0], condition.test
    asked = test.left if isinstance(test, ast.Compare) else test
    if not isinstance(target, ast.Name) or not isinstance(asked, ast.Name) or asked.id != target.id:
        return False
    bound = ast.NamedExpr(store(target.id), before.value)
    if isinstance(test, ast.Compare):
        test.left = bound
    else:
        condition.test = bound
    return True


class ByFunction(Spelling):
    """The functions of modules and the methods of classes; initialisers are left as they are."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> Any:
        return self._spelled(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> Any:
        return self._spelled(node)

    def _spelled(self, node: Function) -> Any:
        return node if node.name.startswith("__") else self.function(node)

    def function(self, node: Function) -> Any:
        """What is written instead of a function."""
        raise NotImplementedError


class RaisedAgain(ByFunction):
    """All of a body in `try: … except Exception: print("failed"); raise`."""

    def function(self, node: Function) -> Any:
        handled = ast.parse("try:\n    pass\nexcept Exception:\n    print('failed')\n    raise").body[0]
        assert isinstance(handled, ast.Try)
        handled.body, node.body = node.body, [handled]
        return node


class Decorated(ByFunction):
    """Functions without a decorator get one that calls them."""

    needs = """
import functools as _functools

def _passed(function):
    @_functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)
    return wrapper
"""

    def function(self, node: Function) -> Any:
        is_plain = isinstance(node, ast.FunctionDef) and not node.decorator_list and not _yields(node)
        node.decorator_list += [load("_passed")] if is_plain else []
        return node


def _yields(node: Function) -> bool:
    return any(isinstance(each, (ast.Yield, ast.YieldFrom)) for each in ast.walk(node))


SPELLINGS: Final = (
    WithMethodsNamedFirst,
    WithKeywordsInADict,
    WithTextsInHalves,
    InADict,
    InAList,
    InANamedTuple,
    InAnObject,
    ThroughAHelper,
    OverAChain,
    OverAGenerator,
    OverASpread,
    WithWalruses,
    RaisedAgain,
    Decorated,
)
