"""Runs the examples that a configuration gives for its own patterns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from archlint import engine
from archlint.config.model import OWN_PACK, CodePattern, Config, RuleInstance
from archlint.errors import ArchlintError
from archlint.registry import Registry
from archlint.report import Report

_FILE = "example.py"


def check_pattern(pattern: CodePattern, registry: Registry) -> Iterator[tuple[str, list[str]]]:
    """Each example of a pattern by its title, with how the result differs from what it promises.

    An example is one file somewhere in the project: what `in` and `not-in` say is left aside.
    """
    for at, code in enumerate(pattern.bad, 1):
        yield f"{pattern.id} bad {at}", _differences(pattern, code, registry, is_bad=True)
    for at, code in enumerate(pattern.good, 1):
        yield f"{pattern.id} good {at}", _differences(pattern, code, registry, is_bad=False)


def _differences(pattern: CodePattern, code: str, registry: Registry, *, is_bad: bool) -> list[str]:
    try:
        report = _run(replace(pattern, within=(), outside=()), code, registry)
    except ArchlintError as problem:
        return [f"archlint could not run: {problem}"]
    if report.failures:
        return [f"it raised {report.failures[0].error}"]
    broken = [each for each in report.findings if each.rule != pattern.id]
    if broken:
        return [f"line {each.location.line} of the example: {each.message}" for each in broken]
    found = [each for each in report.findings if each.rule == pattern.id]
    if is_bad and not found:
        return [f"expected a finding of {pattern.id} in:", *_quoted(code)]
    if is_bad:
        return []
    return [f"unexpected line {each.location.line}: [{pattern.id}] {each.message}" for each in found]


def _run(pattern: CodePattern, code: str, registry: Registry) -> Report:
    with TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        (root / _FILE).write_text(f"{code.rstrip()}\n", encoding="utf-8", newline="\n")
        config = Config(
            root=root,
            packs=(OWN_PACK,),
            patterns=(pattern,),
            rules={pattern.id: (RuleInstance(because=pattern.because),)},
        )
        return engine.run(config, registry)


def _quoted(code: str) -> list[str]:
    return [f"    {line}" for line in code.strip("\n").splitlines()]
