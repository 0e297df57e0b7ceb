"""The source of a rule, and packs that answer as a test wants."""

from msgspec.structs import asdict

from archlint.project import Project
from archlint.registry import Pack, Registry

RULE = '''\
"""A bad thing.

## Bad

```python
x = 1  # {severity}: [{rule}] "bad"
```

## Good

```python
x = 2
```
"""

from collections.abc import Iterator
import msgspec

from archlint.finding import Severity
from archlint.rule import Outcome, Rule


class TheRule(Rule, frozen=True):
    severity = Severity.{upper}
    since = "0.1"
    recommended = {recommended}
    {options}

    def check(self, project) -> Iterator:
        for module in project.modules:
            if "x = 1" in project.text(module.path).line(1):
                yield self.finding(project.location(module, 1, 0), "bad " + module.path, "make it good")
            else:
                yield Outcome.KEPT
'''


def rule(name: str, *, severity: str = "error", recommended: bool = True, options: str = "") -> str:
    """The source of a rule that dislikes files whose first line is `x = 1`."""
    return RULE.format(
        rule=name, severity=severity, upper=severity.upper(), recommended=recommended, options=options
    )


class Settled(Pack, frozen=True):
    """A pack whose detection answers as it is told to."""

    answer: bool = True

    def detect(self, project: Project) -> bool:
        return self.answer


def with_detection(registry: Registry, answers: dict[str, bool]) -> dict[str, Pack]:
    """The packs of a registry, with the answers of `detect` given."""
    return {name: Settled(**asdict(pack), answer=answers[name]) for name, pack in registry.packs.items()}
