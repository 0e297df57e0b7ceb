"""Every example of a page that has a fix: the finding goes, the file parses, and the next pass is quiet."""

from __future__ import annotations

from pathlib import Path

import pytest

from archlint.pages import Example
from archlint.source import parse
from archlint.testing import examples

from .projects import apply, lint, registry, write

RULES = Path(__file__).parent.parent / "rules"
PASSES = 6


def _named(example: Example) -> str:
    return str(example)


def bad_examples() -> list[Example]:
    found = examples(registry(), edge_cases=RULES)
    return [example for example in found if example.is_bad and not getattr(example, "before", None)]


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "all"])
@pytest.mark.parametrize("example", bad_examples(), ids=_named)
def test_what_is_fixed_is_gone(example: Example, unsafe: bool, tmp_path: Path) -> None:
    write(tmp_path, dict(example.files))
    pack = example.rule.partition("/")[0]
    for _ in range(PASSES):
        before = lint(tmp_path, pack, "archlint")
        mended = apply(tmp_path, pack, "archlint", unsafe=unsafe)
        assert mended.refused == {}
        for path in (path for path in mended.files if path.endswith(".py")):
            parse((tmp_path / path).read_bytes())
        if not mended.files:
            break
        left = lint(tmp_path, pack, "archlint")
        fixed = {finding.fingerprint for finding in mended.fixed}
        assert not fixed & {finding.fingerprint for finding in left.findings if finding.rule == example.rule}
        assert len(left.findings) < len(before.findings) or unsafe
    else:
        pytest.fail("it goes on and on")


def test_many_of_them_have_one(tmp_path: Path) -> None:
    mended = set()
    for number, example in enumerate(bad_examples()):
        if example.rule in mended:
            continue
        root = tmp_path / str(number)
        write(root, dict(example.files))
        report = lint(root, example.rule.partition("/")[0], "archlint")
        mended |= {finding.rule for finding in report.findings if finding.remedy}
    assert len(mended) >= 30
