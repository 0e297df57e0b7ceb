"""Regular expressions that never take for ever, and say what Python's own engine says."""

from __future__ import annotations

import random
import re
import time

import pytest

from archlint.concrete.patterns.regular import Endless, spells

HOSTILE = ["(a+)+b", "(a|a)*b", "(a|aa)+$b", "(.*,){8}.*x", "(\\w+\\s?)*!", "a*a*a*a*a*a*a*b", "((a*)*)*b"]


@pytest.mark.parametrize("regex", HOSTILE)
def test_none_takes_for_ever(regex: str) -> None:
    start = time.process_time()
    assert not spells(regex, "a" * 2000 + "c")
    assert not spells(regex, "a," * 1000 + "c")
    assert time.process_time() - start < 10


PIECES = ["a", "b", "\\w", "[^a]", "[a-c]", ".", "(?:a|b|)", "(?i:A)", "\\b", "^", "$", "(b)", "\\s"]
SUFFIXES = ["", "", "*", "+", "?", "{2}", "{1,3}", "{0,2}?", "*?", "{2,}"]


def test_it_says_what_python_says() -> None:
    chance = random.Random(7)
    asked = 0
    while asked < 600:
        pieces = [chance.choice(PIECES) + chance.choice(SUFFIXES) for _ in range(chance.randint(1, 4))]
        regex = f"(?:{''.join(pieces)}){chance.choice(['*', '+', '{1,2}'])}{chance.choice(PIECES)}*"
        try:
            pattern = re.compile(regex, re.DOTALL)
        except re.error:
            continue
        for _ in range(5):
            text = "".join(chance.choice("abcA \n") for _ in range(chance.randint(0, 6)))
            assert spells(regex, text) == (pattern.fullmatch(text) is not None), (regex, text)
        asked += 1


def test_what_cannot_be_followed_is_told() -> None:
    with pytest.raises(Endless):
        spells(r"(a+)+\1", "aaa")
    assert spells(r"(a|b)\1", "aa")  # Python's own engine has nothing to try twice
