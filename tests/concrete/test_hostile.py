"""Source that Python parses and that a recursive parser must not be handed."""

from __future__ import annotations

import pytest

from archlint.concrete.fixes.change import Unfit
from archlint.concrete.fixes.manuscript import Manuscript
from archlint.concrete.tree import tree_of
from archlint.source import Text

DEEP = {
    "calls": "q = q" + ".filter(a=1)" * 3_000,
    "attributes": "q = q" + ".a" * 20_000,
    "signs": "q = " + "-" * 50_000 + "1",
    "sums": "q = " + "+".join(["1"] * 50_000),
    "branches": "if a:\n    pass\n" + "elif a:\n    pass\n" * 10_000,
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_it_is_not_edited(text):
    with pytest.raises(Unfit, match="too deeply"):
        Manuscript("a.py", text)


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_it_has_no_tree(text):
    assert tree_of("a.py", Text.decode(text.encode())) is None


def test_what_programs_look_like_is_edited():
    assert Manuscript("a.py", "q = q" + ".filter(a=1)" * 100 + "\n").tree.body
