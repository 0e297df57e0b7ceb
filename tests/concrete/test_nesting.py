from __future__ import annotations

import pytest

from archlint.concrete.nesting import bearable


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x = [" + "1, " * 50_000 + "]",
        "x = 1\n" * 50_000,
        "x = 1; " * 50_000,
        "'" + "(" * 5_000 + "'",
        '"""' + "(" * 5_000 + '\n"""',
        "# " + "(" * 5_000,
        "f'" + "{{(" * 5_000 + "'",
        "f'" + "{x:(<9}" * 5_000 + "'",
        "f'" + "{x['}(']}" * 5_000 + "'",
        'f"' + '{x["("]!r:>{y["("]}}' * 5_000 + '"',
        "f'''" + "'(" * 5_000 + "'''",
        r"f'\N{LEFT PARENTHESIS}\'((({x}' " + "'" + "(" * 5_000 + "'",
        r"rb'\'' '" + "(" * 5_000 + "'",
        'f(\'{% if %}\', """\n{% if %}\n""")  # {%',
        "{x for x in y} % z; from_ {",
        "x = a " + "if b else c, a " * 5_000,
    ],
)
def test_what_programs_look_like_is_bearable(text: str) -> None:
    assert bearable(text)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 201,
        "([{" * 67,
        "f(')', " * 201,
        'f"{' * 101,
        "f'{x:{" * 67,
        'f\'{f"}"' + "(" * 201,
        "x" + "+x" * 2_000,
        "x" + ".y" * 2_000,
        "x" + "()" * 2_000,
        "'a' " * 2_001,
        "-" * 2_001,
        "x = (" + "a if b else (" * 199,
        ("x" + "+x" * 400 + "+(") * 6,
        "x" + "\\\n+x" * 2_000,
        "(x" + "\n+x" * 2_000,
        "if x: 0\n" + "elif x: 0\n" * 2_000,
    ],
)
def test_what_would_fill_the_stack_is_not(text: str) -> None:
    assert not bearable(text)


@pytest.mark.parametrize(
    "text",
    [
        "{% if a %}\nx = 1\n{% endif %}",
        "x = 1\n  {%- for b in c %}",
        "from {{ a }} import b",
        "class {{A}}: 0",
    ],
)
def test_templates_are_not_worth_parsing(text: str) -> None:
    assert not bearable(text)
