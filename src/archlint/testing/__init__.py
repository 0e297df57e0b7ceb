"""Runs the examples of rule pages, for archlint's own tests and for those of any other pack.

```python
REGISTRY = load()


@pytest.mark.parametrize("example", examples(REGISTRY, "acme"), ids=str)
def test_example(example):
    assert check_example(example, REGISTRY) == []
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from archlint import engine
from archlint.changes.found import Base, Earlier
from archlint.config.loading import load
from archlint.config.lookup import find
from archlint.config.model import OWN_PACK, Config, RuleInstance
from archlint.errors import ArchlintError
from archlint.pages import Example
from archlint.registry import Registry
from archlint.report import Report
from archlint.testing.collect import examples
from archlint.testing.compare import mismatches

__all__ = ["check_example", "examples", "mismatches"]


def check_example(example: Example, registry: Registry) -> list[str]:
    """How a run differs from what the example promises; empty where it keeps its word.

    Only the rule's pack and archlint's own run, with the example's configuration. A rule that is not
    recommended runs with its defaults if the example does not configure it. A Bad section without an
    expectation and a Good section with one are refused, and so is a Good section in which the rule
    found nothing to examine: it would pass whatever the rule did.
    """
    refused = list(_refusals(example))
    if refused:
        return refused
    with TemporaryDirectory() as folder:
        root = Path(folder).resolve() / "now"
        _write(example.files, root)
        try:
            report = _report(example, root, registry)
        except ArchlintError as problem:
            return [f"archlint could not run: {problem}"]
    return [*_troubles(example, report), *mismatches(example, report.findings)]


def _refusals(example: Example) -> Iterator[str]:
    if not example.files:
        yield "the section has no files"
    if example.is_bad and not example.expectations:
        yield "a Bad section needs an expectation"
    if not example.is_bad and example.expectations:
        yield "a Good section may have no expectation"


def _report(example: Example, root: Path, registry: Registry) -> Report:
    written = _written(root, registry)
    config = _config(example, written, registry)
    if not example.before:
        return engine.run(config, registry)
    from archlint.changes.comparison import lint_against  # few examples show a change

    earlier = Earlier(root.with_name("before"), "the state before")
    _write({**example.files, **example.before}, earlier.root)
    base = Base(earlier.label, "", lambda: nullcontext(earlier))
    return lint_against(config, registry, engine.Request(), base, written)


def _write(files: Mapping[str, str], root: Path) -> None:
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")


def _written(root: Path, registry: Registry) -> Config:
    file = find(root)
    own = file if file is not None and file.parent == root else None  # not one that lies above the folder
    return load(own, root, registry.rules, registry.packs)


def _config(example: Example, config: Config, registry: Registry) -> Config:
    pack = example.rule.partition("/")[0]
    return _with_rule(replace(config, packs=(pack, OWN_PACK)), example.rule, registry)


def _with_rule(config: Config, rule: str, registry: Registry) -> Config:
    if registry.rules[rule].recommended or rule in config.rules or rule in config.severities:
        return config
    return replace(config, rules={**config.rules, rule: (RuleInstance(),)})


def _troubles(example: Example, report: Report) -> Iterator[str]:
    for failure in report.failures:
        yield f"rule `{failure.rule}` raised {failure.error}\n{failure.traceback}"
    if example.is_bad or example.rule.startswith(f"{OWN_PACK}/"):
        return  # archlint's own rules look at files and suppressions, which are always there
    tally = report.tallies.get(example.rule)
    if tally is None or not tally.examined:
        yield f"rule `{example.rule}` examined nothing in this Good section"
