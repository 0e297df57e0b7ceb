"""What the walk finds in a file."""

from textwrap import dedent
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.facts import Definitions, Kind
from archlint.facts.expressions import Attribute, Call, Keyword, Literal, Name, Operation, Template
from archlint.facts.extract import extract
from archlint.facts.module import ModuleFacts
from archlint.facts.statements import Assign, Evaluate, For, Hidden, Statement, Try


def facts_of(text, path="shop/views.py", module="shop.views"):
    return extract(path, module, dedent(text).encode())


def body_of(facts):
    return msgspec.msgpack.decode(facts.body, type=tuple[Statement, ...])


def definitions_of(facts):
    return msgspec.msgpack.decode(facts.definitions, type=Definitions)


def test_a_call_keeps_its_arguments_and_its_end():
    (statement,) = body_of(facts_of("x = Order.objects.filter(\n    paid=True)"))
    assert statement == Assign(
        (Name("x", 1, 0),),
        Call(
            Attribute(Attribute(Name("Order", 1, 4), "objects", 1, 17), "filter", 1, 24),
            (),
            (Keyword("paid", Literal(True, 2, 9), 2, 4),),
            2,
            14,
        ),
        1,
    )


def test_imports_know_where_they_stand():
    facts = facts_of(
        """
        import os.path, json as j
        from . import models
        from ..core.money import Money as M
        from ...toofar import x
        if TYPE_CHECKING:
            from a import b
        else:
            from a import c
        try:
            import fast
        except (ImportError, ValueError):
            import slow
        with suppress(ModuleNotFoundError):
            import maybe
        if sys.version_info < (3, 11):
            import tomli
        class C:
            import inner
            def method(self):
                import late
                importlib.import_module(".sub", __package__)
        """
    )
    found = {fact.target: fact for fact in facts.imports}
    assert list(found) == [
        "os.path", "json", "shop.models", "core.money.Money", ".x", "a.b", "a.c", "fast", "slow",
        "maybe", "tomli", "inner", "late", "shop.sub",
    ]  # fmt: skip
    assert found["json"].alias == "j"
    assert (found["core.money.Money"].level, found["core.money.Money"].written) == (2, "core.money")
    assert found[".x"].module == ""  # climbs out of the topmost package
    assert [name for name, fact in found.items() if fact.typing] == ["a.b"]
    assert [name for name, fact in found.items() if fact.guarded] == ["fast", "slow", "maybe"]
    assert [name for name, fact in found.items() if fact.platform] == ["tomli"]
    assert [name for name, fact in found.items() if fact.deferred] == ["late", "shop.sub"]
    assert found["inner"].scope == "C"
    assert found["late"].scope == "C.method()"


@pytest.mark.parametrize(
    ("test", "only_for_type_checkers"),
    [
        ("TYPE_CHECKING", "body"),
        ("typing.TYPE_CHECKING is True", "body"),
        ("TYPE_CHECKING == True", "body"),
        ("TYPE_CHECKING is not False", "body"),
        ("TYPE_CHECKING and x", "body"),
        ("MYPY or TYPE_CHECKING", "body"),
        ("not (not TYPE_CHECKING or x)", "body"),
        ("0", "body"),
        ("not TYPE_CHECKING", "else"),
        ("TYPE_CHECKING is False", "else"),
        ("TYPE_CHECKING != True", "else"),
        ("not TYPE_CHECKING or x", "else"),
        ("True", "else"),
        ("TYPE_CHECKING or x", ""),
        ("not TYPE_CHECKING and x", ""),
        ("TYPE_CHECKING is x", ""),
        ("TYPE_CHECKING > False", ""),
        ("x is True", ""),
        ("x", ""),
    ],
)
def test_what_only_type_checkers_see(test, only_for_type_checkers):
    body, orelse = facts_of(f"if {test}:\n    import a\nelse:\n    import b").imports
    found = "body" * body.typing + "else" * orelse.typing
    assert found == only_for_type_checkers


def test_everything_a_module_binds():
    facts = facts_of(
        """
        a, (b, *c) = 1, (2, 3)
        d: int
        e: int = 1
        for f in (): pass
        with open(x) as g: pass
        (h := 1)
        def i():
            global j
            j = k = 1
        class L: m = 1
        match a:
            case {"n": [o, *p], **q} | r: pass
        try: pass
        except E as s: pass
        import t.u
        from v import *
        del a
        if TYPE_CHECKING:
            w = 1
        """
    )
    assert {binding.name for binding in facts.bindings} == set("abcdefghijLopqrstw")
    kinds = {binding.name: binding.kind for binding in facts.bindings}
    assert (kinds["d"], kinds["a"], kinds["L"]) == (Kind.DECLARED, Kind.DELETED, Kind.CLASS)
    assert [binding.name for binding in facts.bindings if binding.typing] == ["w"]


def test_functions_and_classes():
    facts = facts_of(
        """
        @registry.add("x")
        class Cart(Base[int], metaclass=Meta):
            total = 0
            def __init__(self, repo: Repo, /, *rest, flag=False, **options):
                self.repo = repo
                (self.a, other), self.b[0] = x
                def inner():
                    self.c = 1
            @staticmethod
            def plain(self):
                self.d = 1
        async def stream():
            yield 1
        """
    )
    definitions = definitions_of(facts)
    (cart,) = definitions.classes
    assert (cart.qualname, cart.line, cart.end_line) == ("Cart", 3, 12)
    assert [member.name for member in cart.members] == ["total", "__init__", "plain"]
    assert cart.attributes == ("repo", "a", "c")
    init, inner, plain, stream = definitions.functions
    assert [(p.name, p.kind) for p in init.parameters] == [
        ("self", "positional"), ("repo", "positional"), ("rest", "star"), ("flag", "keyword"),
        ("options", "double-star"),
    ]  # fmt: skip
    assert init.locals == ("self", "repo", "rest", "flag", "options", "other", "inner")
    assert (init.owner, inner.qualname, plain.owner) == (0, "Cart.__init__().inner", 0)
    assert (stream.is_async, stream.is_generator, stream.owner) == (True, True, -1)


@pytest.mark.parametrize(
    ("text", "exports", "is_open"),
    [
        ("x = 1", None, False),
        ("__all__ = ['a', 'b']", ("a", "b"), False),
        ("__all__: list[str] = ['a']\n__all__ += ('b',)\n__all__.append('c')", ("a", "b", "c"), False),
        ("__all__ = ['a']\n__all__.extend(inner.__all__)", ("a",), True),
        ("__all__ = [n for n in dir()]", (), True),
        ("__all__ = ['a']\ndef extend(m):\n    __all__.append(m)\nextend(b)", ("a",), True),
        ("if x:\n    __all__ = ['a']\nelse:\n    __all__ = ['b']", ("a", "b"), False),
    ],
)
def test_exports(text, exports, is_open):
    facts = facts_of(text)
    assert (facts.exports, facts.exports_open) == (exports, is_open)


@pytest.mark.parametrize(
    ("text", "names", "path"),
    [
        ("def f(): return vars(x), locals()", False, False),
        ("globals()['x'] = 1", True, False),
        ("def f(): globals().update(a)", True, False),
        ("sys.modules[__name__] = Lazy()", True, False),
        ("exec(text)", True, False),
        ("builtins.exec(text)", True, False),
        ("session.exec(statement)", False, False),
        ("scope.locals()", False, False),
        ("exec(text, namespace)", False, False),
        ("exec(text, globals())", True, False),
        ("exec(text, globals=names)", False, False),
        ("sys.modules['other'] = Lazy()", False, False),
        ("sys.modules['shop.views'] = Lazy()", True, False),
        ("sys.modules[__spec__.name]", True, False),
        ("name = __name__\nsys.modules[name] = Lazy()", True, False),
        ("def load(name): sys.modules[name] = make(name)", False, False),
        ("__path__ = extend_path(__path__, __name__)", False, True),
        ("__path__.append('x')", False, True),
        ("__path__ += ['x']", False, True),
    ],
)
def test_what_is_done_behind_the_readers_back(text, names, path):
    facts = facts_of(text)
    assert facts.dynamic_names is names
    assert facts.dynamic_path is path


def test_sql_is_kept_whole_and_prose_is_cut():
    facts = facts_of(
        '''
        """Select the best of all possible worlds, which this docstring does not."""
        def load(cursor):
            cursor.execute("SELECT id FROM orders WHERE note = 'é' AND %s")
            cursor.execute(f"DELETE FROM {table}")
            return "x" * 3, "'''
        + "y" * 500
        + """"
        """
    )
    assert [(sql.text[:9], sql.scope) for sql in facts.sql] == [
        ("SELECT id", "load()"),
        ("DELETE FR", "load()"),
    ]
    definitions = definitions_of(facts)
    load = msgspec.msgpack.decode(definitions.functions[0].body, type=tuple[Statement, ...])
    long: Any = load[-1].value.items[1]  # type: ignore[union-attr]
    assert (len(long.value), long.truncated) == (200, True)


def test_a_chain_of_one_operator_is_wide_not_deep():
    (statement,) = body_of(facts_of("x = " + " + ".join(["a"] * 1200)))
    assert isinstance(statement.value, Operation)
    assert len(statement.value.operands) == 1200


def test_what_is_nested_too_deeply_is_hidden_and_the_rest_is_there():
    deep = "x" + ".a(b)" * 700
    facts = facts_of(f"import os\ndef f():\n    {deep}\ndef g(): pass\n{deep}\ny = 1\n")
    assert facts.fault is None
    assert [binding.name for binding in facts.bindings] == ["os", "f", "g", "y"]
    assert any(isinstance(statement, Hidden) for statement in body_of(facts))
    assert [f.name for f in definitions_of(facts).functions] == ["f", "g"]


def test_numbers_and_text_that_no_message_can_hold():
    facts = facts_of(
        f"a = {2**70}; b = -{2**63}; c = 1e999; d = '\\ud800'; e = 1j; f = ...; g = b'x'; h = -5"
    )
    values = [getattr(s.value, "value", None) for s in body_of(facts)]
    assert values[2] == float("inf")
    assert values[3] == "?"
    assert values[7] == -5


def test_templates_keep_their_expressions():
    (statement,) = body_of(facts_of("f'{order.total!r:>{width}} {call()}'"))
    assert isinstance(statement, Evaluate)
    assert isinstance(statement.value, Template)
    assert [type(part).__name__ for part in statement.value.parts] == ["Attribute", "Literal", "Call"]


def test_statements_are_all_there():
    facts = facts_of(
        """
        for x in y:
            try:
                continue
            except* ValueError:
                raise
            finally:
                assert x
        """
        if hasattr(__import__("ast"), "TryStar")
        else "for x in y:\n    try:\n        continue\n    except ValueError:\n        raise\n"
    )
    (loop,) = body_of(facts)
    assert isinstance(loop, For)
    assert isinstance(loop.body[0], Try)


@given(st.binary(max_size=200))
def test_no_bytes_raise_and_every_fact_survives_the_cache(data):
    facts = extract("a/b.py", "a.b", data)
    encoded = msgspec.msgpack.encode(facts)
    assert msgspec.msgpack.encode(msgspec.msgpack.decode(encoded, type=ModuleFacts)) == encoded
