"""What does not fit in a call, and what Python itself says of the same call."""

from itertools import product

import msgspec
import pytest

from archlint.facts.definitions import Definitions
from archlint.facts.expressions import Call
from archlint.facts.extract import extract
from archlint.facts.fragment import fragment
from archlint.project.objects.call_shapes import mismatch

SIGNATURES = [
    "",
    "a",
    "a, b=1",
    "a, /, b",
    "a, *, b",
    "a, *, b=1",
    "*a, b",
    "a, **b",
    "*a, **b",
    "a, /, **b",
    "a=1, /, *, b=2",
]
CALLS = [
    "f()",
    "f(1)",
    "f(1, 2)",
    "f(1, 2, 3)",
    "f(a=1)",
    "f(b=1)",
    "f(1, a=1)",
    "f(1, b=1)",
    "f(a=1, b=2)",
    "f(c=1)",
    "f(*[])",
    "f(*[1])",
    "f(**{'a': 1})",
    "f(1, **{})",
    "f(1, *[2], b=1)",
]


@pytest.mark.parametrize(("signature", "call"), list(product(SIGNATURES, CALLS)))
def test_it_says_what_python_says(signature, call):
    facts = extract("f.py", "f", f"def f({signature}): ...".encode())
    (function,) = msgspec.msgpack.decode(facts.definitions, type=Definitions).functions
    form = fragment(call)
    assert isinstance(form, Call)
    found = mismatch(function.parameters, form)
    space: dict[str, object] = {}
    exec(f"def f({signature}): ...", space)
    try:
        eval(call, space)
    except TypeError:
        assert found is not None or "*" in call  # nobody looks into what is spread
    else:
        assert found is None
