"""From the bytes of a file to its facts: a pure function, run in any process."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from archlint import suppressions
from archlint.concrete.parsing import parse
from archlint.facts.definitions import ClassFact, Definitions, FunctionFact
from archlint.facts.digests import Digests
from archlint.facts.exports import exports
from archlint.facts.module import Fault, ModuleFacts
from archlint.facts.walk.digests import digests
from archlint.facts.walk.expressions import EXPRESSIONS
from archlint.facts.walk.reading import unbound
from archlint.facts.walk.state import Walk
from archlint.facts.walk.statements import STATEMENTS
from archlint.source import Tree, Unparsable, content_digest

_EMPTY = msgspec.msgpack.encode(())
_NO_DEFINITIONS = msgspec.msgpack.encode(Definitions((), ()))


def extract(path: str, module: str, data: bytes, look: Callable[[Tree], None] | None = None) -> ModuleFacts:
    """The facts of one file. Never raises: what cannot be parsed has a fault instead of facts.

    `look` is given the tree when archlint has seen all of it.
    """
    try:
        tree = parse(data)
    except Unparsable as problem:
        return faulty(Fault(problem.message, problem.line, problem.column), data)
    is_package = path.rpartition("/")[2].partition(".")[0] == "__init__"
    # A folder's name may hold bytes that are no text, which no message can.
    walk = Walk(module.encode("utf-8", "replace").decode(), is_package, EXPRESSIONS, STATEMENTS)
    body = walk.body(tree.body)
    names, is_open = exports(body, walk.exports_read)
    facts = ModuleFacts(
        lines=data.count(b"\n") + 1,
        ascii=data.isascii(),
        fault=None,
        imports=tuple(walk.imports),
        bindings=tuple(walk.scope.bindings),
        exports=names,
        exports_open=is_open,
        dynamic_names=walk.dynamic_names,
        dynamic_path=walk.dynamic_path or any(b.name == "__path__" for b in walk.scope.bindings),
        suppressions=suppressions.parse(data),
        sql=tuple(walk.sql),
        definitions=msgspec.Raw(_definitions(walk)),
        body=msgspec.Raw(walk.encode(body)),
        unbound=unbound(walk),
    )
    facts = msgspec.structs.replace(facts, digests=digests(tree, data, walk, facts))
    if look is not None:
        look(tree)
    return facts


def faulty(fault: Fault, data: bytes = b"") -> ModuleFacts:
    """The facts of a file that cannot be read or parsed: that it cannot."""
    whole = content_digest(data + fault.message.encode("utf-8", "replace"))
    return ModuleFacts(
        lines=data.count(b"\n") + 1,
        ascii=data.isascii(),
        fault=fault,
        imports=(),
        bindings=(),
        exports=None,
        exports_open=False,
        dynamic_names=True,
        dynamic_path=True,
        suppressions=suppressions.parse(data),
        sql=(),
        definitions=msgspec.Raw(_NO_DEFINITIONS),
        body=msgspec.Raw(_EMPTY),
        digests=Digests(whole, whole, whole),
    )


def _definitions(walk: Walk) -> bytes:
    classes = tuple([fact or _HIDDEN_CLASS for fact in walk.classes])
    functions = tuple([fact or _HIDDEN_FUNCTION for fact in walk.functions])
    return walk.encode(Definitions(classes, functions))


# A definition that is nested too deeply to be walked keeps its index and says nothing.
_HIDDEN_CLASS = ClassFact("", "", (), (), (), (), (), 0, 0, 0, msgspec.Raw(_EMPTY))
_HIDDEN_FUNCTION = FunctionFact("", "", -1, False, False, (), (), None, (), 0, 0, 0, msgspec.Raw(_EMPTY))
