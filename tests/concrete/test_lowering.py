from __future__ import annotations

import ast
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archlint.concrete.lowering import lower
from archlint.concrete.sheet import accepts

# What is new, and the older words for it. A Python that knows the new ones must be left with them.
SPELLINGS = [
    # Type parameters and aliases (PEP 695, 696).
    ("def f[T: int](x: T): 0", "def f(        x: T): 0"),
    ("async def f[**P](): 0", "async def f(     ): 0"),
    ("def f[\n    T = int,  # why\n\n    *Ts\n](x): 0", "def f(\n                   \n\n       \n  x): 0"),
    ("class A[T](B): 0", "class A(   B): 0"),
    ("class A[T, S]: 0", "class A(    ): 0"),
    ("class A[T]:\n    '''About (it).'''", "class A( ):\n    '''About (it).'''"),
    ("class A[\n    T\n]: 0", "class A(\n     \n): 0"),
    ("class A[T] \\\n (B): 0", "class A(    \n  B): 0"),
    ("@a\nclass A[T](B, metaclass=m): 0", "@a\nclass A(   B, metaclass=m): 0"),
    ("type A = X | Y", "A      = X | Y"),
    ("type Alias[T] = list[T]", "Alias         = list[T]"),
    ("if x:\n  type Long_name = (\n   int)", "if x:\n  Long_name      = (\n   int)"),
    ("type A[\n\n  T\n] = T", "A    :(\n\n0  \n) = T"),
    ("type \\\n A = 1", "A    \\\n   = 1"),
    ("type \\\n Alias[\nT] = 1", "0  ; \\\n Alias:(\n0) = 1"),
    # F-strings (PEP 701).
    ('f"{x["a"]}" + y', "f\"{x['a']}\" + y"),
    ("f'{x['a']!r:>{w['b']}}'", 'f\'{x["a"]!r:>{w["b"]}}\''),
    ('f"{f"{x}"}"', "f\"{f'{x}'}\""),
    ('f"{x["it\'s"]}"', "f\"{x['''it's''']}\""),
    ('f"{f"{f"{x}"}"}"', "f\"{f'''{f'{x}'}'''}\""),
    ('f"""{x["""a"""]}"""', "f\"\"\"{x['''a''']}\"\"\""),
    (r'f"\n{"\n".join(x)}"', r"""f"\n{'  '.join(x)}" """.rstrip()),
    (r'f"{re.sub(r"\d", "#", x)}"', r"""f"{re.sub(r' d', '#', x)}" """.rstrip()),
    (r'f"{f"\N{EM DASH}{x}"}"', "f\"{f'           {x}'}\""),
    ('f"{"\\é"}"', "f\"{' é'}\""),
    ('f"{\n x  # it\'s "x"\n}" + y', 'f"""{\n x            \n}""" + y'),
    ('f"""{\n x  # why\n}"""', 'f"""{\n x       \n}"""'),
    ('f"""{a + \\\n b}"""', 'f"""{a +  \n b}"""'),
    ('f"é {x["é"]}" "b" f"{y}"', 'f"é {x[\'é\']}" "b" f"{y}"'),
    ('f"{x["a"] = }"', "f\"{x['a'] = }\""),
    ('f"{ {"a": 1}["a"] }"', "f\"{ {'a': 1}['a'] }\""),
    # No quotes are left, or formats nest too deeply.
    ('f"{f"{f"{f"{f"{x}"}"}"}"}"', "(  f\"\"\"{f\"{f'''{f'{x}'}'''}\"}\"\"\",)"),
    ('f"{x:{y:{z}}}" + w', "(  x, y, z,  ) + w"),
    ('"a" f"{x:{y["b"]:{z}}}" f"{q,}"', '(      x, y["b"], z,       q, )'),
    # Templates (PEP 750).
    ('t"a {b!r:>{w}} c" + y', "(    b,    w,   ) + y"),
    ('t"{(a)}{b,}{c=}{*d}"', "(  (a), b,  c,  *d,)"),
    ('rt"""\n {x["a"]}\n"""', '(    \n  x["a"],\n  )'),
    ('t""', "( )"),
    ('f"{t"{x}"}"', 'f"{(  x,)}"'),
    ('t"{f"{x[1]}"}"', '(  f"{x[1]}",)'),
    # Clauses (PEP 654, 758).
    ("try: 0\nexcept A, B:\n  0", "try: 0\nexcept(A, B):\n  0"),
    ("try: 0\nexcept A, B: f()", "try: 0\nexcept(A, B):f()"),
    ("try: 0\nexcept(A), B: 0", "try: 0\nexcept((A), B):0"),
    ("try: 0\nexcept* A: 0", "try: 0\nexcept  A: 0"),
    ("try: 0\nexcept \\\n * A as e: 0", "try: 0\nexcept \\\n   A as e: 0"),
    # Stars (PEP 646, 798).
    ("def f(*a: *Ts): 0", "def f(*a:  Ts): 0"),
    ("x[*a, 1]", "x[ a, 1]"),
    ("[*x for x in y]", "[ x for x in y]"),
    ("f(*x for x in y)", "f( x for x in y)"),
    ("{**x for x in y}", "{  x for x in y}"),
    # Lazy imports (PEP 810).
    ("lazy import a.b as c, d", "import      a.b as c, d"),
    ("lazy from a import b", "from      a import b"),
    ("lazy \\\nfrom a import b", "from \\\n     a import b"),
    ("lazy \\\nimport a", "0  ; \\\nimport a"),
]


def lowered(source: str) -> str:
    result = lower(source.encode())
    assert result is not None
    return result.decode()


@pytest.mark.parametrize(("new", "old"), SPELLINGS)
def test_new_words_become_old_ones_where_they_are_not_known(new: str, old: str) -> None:
    assert lowered(new) == (new if accepts(new.encode()) else old)
    assert accepts(lower(new.encode()) or b"?")


def test_several_types_of_a_group_are_wrapped() -> None:
    source = lowered("try: 0\nexcept* A, B:\n  0")

    (handler,) = next(node for node in ast.walk(ast.parse(source)) if hasattr(node, "handlers")).handlers
    assert ast.unparse(handler.type) == "(A, B)"


def test_names_keep_their_places() -> None:
    source = '''\
import models

type Key = models.Key | None


class Store[K: Key, V = int](models.Base[K], abc.ABC):
    async def get[T](
        self, key: T
    ) -> T:
        try:
            return await self.load(f"{key["id"]}-{", ".join(names(key))}"), self.done(f"""
                {key["x"]} {self.more(
                    1, f"{last()}",  # "one"
                )}
            """)
        except KeyError, models.Missing:
            self.log(t"{key} {show("it")}")
'''
    places = {
        (ast.unparse(node.func), node.lineno)
        for node in ast.walk(ast.parse(lowered(source)))
        if isinstance(node, ast.Call)
    }
    definitions = {
        (node.name, node.lineno, node.col_offset)
        for node in ast.walk(ast.parse(lowered(source)))
        if isinstance(node, (ast.ClassDef, ast.AsyncFunctionDef))
    }

    assert definitions == {("Store", 6, 0), ("get", 7, 4)}
    assert {(name, line) for name, line in places if "join" not in name} == {
        ("self.load", 11),
        ("names", 11),
        ("self.done", 11),
        ("self.more", 12),
        ("last", 13),
        ("self.log", 17),
        ("show", 17),
    }
    assert any(name.endswith(".join") and line == 11 for name, line in places)
    columns = [line.find("show(") for line in lowered(source).splitlines()]
    assert columns == [line.find("show(") for line in source.splitlines()]


@pytest.mark.parametrize(
    "source",
    [
        "def f(:\n",
        "def f[](): 0\n",
        "type A.b = 1\n",
        "print 'x'\n",
        "try: 0\nexcept A, B as e: 0\n",
        'f"{x["a"]"\n',
        'f"{}" + f"{x["a"]}"\n',
        'f"{x!z}"\n',
        't"{x"\n',
        "1syntax_error\n",
        "<<<<<<< HEAD\nx = 1\n",
        "{% if a %}\nx = f'{a['b']}'\n{% endif %}\n",
    ],
)
def test_what_is_no_python_is_not_lowered(source: str) -> None:
    assert lower(source.encode()) is None


@pytest.mark.parametrize(
    "source",
    ['t"" ""\n', 'f"\\N{no such name}{x["a"]}"\n', 'f"\\xz{x:{y["a"]:{z}}}"\n', 'f"{t""}" t"" "a"\n'],
)
def test_what_no_python_accepts_is_not_made_acceptable(source: str) -> None:
    assert not accepts(lower(source.encode()) or b"?")


def test_what_is_known_stays_as_it_is() -> None:
    source = """\
match x:
    case [A(b=1), *_]: f"{a!r:>{w}}" 'x' rf"\\d{x}"
lambda *a, **k: (yield)
with (open(a) as b, open(c) as d): x[a:=1]
"""
    assert lowered(source) == source


@pytest.mark.parametrize(
    ("data", "old"),
    [
        (b"# coding: latin-1\nx = f'{a['\xe9']}'\n", b"# coding: latin-1\nx = f'{a[\"\xe9\"]}'\n"),
        (b"\xef\xbb\xbfx = f'{a['b']}'\r\ny\r\n", b"\xef\xbb\xbfx = f'{a[\"b\"]}'\r\ny\r\n"),
        (b"x\ry = f'{a['b']}'\r", b"x\ny = f'{a[\"b\"]}'\n"),
        (b"x = f'{a['b']}'", b"x = f'{a[\"b\"]}'"),
        (b"  \x0cx = f'{a['b']}'\n\x0c\ny\n", b"x = f'{a[\"b\"]}'\n\ny\n"),
    ],
)
def test_encodings_and_line_ends_are_kept(data: bytes, old: bytes) -> None:
    result = lower(data)

    assert result is not None
    if accepts(data):
        assert ast.dump(ast.parse(result)) == ast.dump(ast.parse(data))
    else:
        assert result == old


@pytest.mark.parametrize(
    "data",
    [b"# coding: no-such\nx", b"# coding: zip\nx", b"\xff", b"x\0", b"def f[T](): 0\n" + b"#" * 2_000_000],
)
def test_what_cannot_be_read_or_is_too_large_is_not_lowered(data: bytes) -> None:
    assert lower(data) is None


@pytest.mark.parametrize(
    "source",
    [
        "(" * 100_000,
        "-" * 100_000 + "1",
        "a" + ".b" * 100_000,
        "x = " + "f'{" * 1_000 + "1" + "}'" * 1_000,
        "if a: 0\n" + "elif b: 0\n" * 50_000,
        "'" * 100_001,
        "f'" * 50_001,
    ],
)
def test_what_nests_too_deeply_ends_nothing(source: str) -> None:
    assert lower(source.encode()) is None


def test_what_nests_as_deep_as_programs_do_is_lowered() -> None:
    source = "\n".join(
        [
            "def f[T](): 0",
            "x = " + " + ".join(f"a{number}" for number in range(500)),
            "if a: 0",
            *["elif b: 0"] * 500,
            "y = " + "(" * 80 + "1" + ")" * 80,
        ]
    )
    assert lowered(source).splitlines()[1:] == source.splitlines()[1:]


CALLS = st.sampled_from(["a()", "b.c(1)", "d[e()]", "x"])


def _strings(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    quote = st.sampled_from(['"', "'", '"""'])
    text = st.sampled_from(["", "t ", "{{", r"\n", "é"])
    return st.one_of(
        st.builds(lambda q, t, e: f"f{q}{t}{{ {e} }}{q}", quote, text, inner),
        st.builds(lambda q, t, e, w: f"f{q}{t}{{{e}:>{{{w}}}}} {q}", quote, text, inner, inner),
        st.builds(lambda q, e, w: f"g({e}, {q}k\\t{q})[{w}]", quote, inner, inner),
        st.builds(lambda e: f"(\n{e}  # c\n)", inner),
        st.builds(lambda q, e: f"t{q}{{ {e} }}{q}", quote, inner),
    )


@settings(max_examples=150, deadline=None)
@given(st.recursive(CALLS, _strings, max_leaves=8))
def test_strings_within_strings_keep_their_calls(expression: str) -> None:
    tree = ast.parse(lowered(f"({expression})"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = sorted(ast.unparse(node.func) for node in calls)
    assert names == sorted(
        ["a"] * expression.count("a()")
        + ["b.c"] * expression.count("b.c(")
        + ["e"] * expression.count("e()")
        + ["g"] * expression.count("g(")
    )
    lines = expression.split("\n")
    assert sorted(node.lineno for node in calls) == sorted(
        number
        for number, line in enumerate(lines, 1)
        for _ in range(sum(line.count(call) for call in ("a()", "b.c(", "e()", "g(")))
    )


FRAGMENTS = [
    "def f[T](", "class A[T]", "type X = ", "lazy import ", "try:", "except A, B:", 'f"{', "t'",
    '"', "'", '"""', "{", "}", "(", ")", "[", "]", "*", ":", "=", ",", ".", "\\", "#", "a", "é", "0",
    "\n", "\r\n", " ", "\t", "\f",
]  # fmt: skip


LINE_END = re.compile(rb"\r\n?|\n")


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join).map(str.encode), st.binary()))
def test_lowering_never_raises_and_keeps_lines(data: bytes) -> None:
    result = lower(data)

    if result is not None:
        assert len(LINE_END.split(result)) == len(LINE_END.split(data))


def test_blanks_behind_a_conversion_hinder_nothing() -> None:
    source = b"x = f'{a!r  }' f'{b(\"\\n\")!s :>4}'\ntype X[T] = int\n'!r }'\n"
    lowered = lower(source)
    assert lowered is not None
    names = {node.id for node in ast.walk(ast.parse(lowered)) if isinstance(node, ast.Name)}
    assert {"a", "b", "x"} <= names
    assert lowered.endswith(b"'!r }'\n")
