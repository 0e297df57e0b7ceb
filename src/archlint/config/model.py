"""The configuration, checked and frozen: all that the rest of archlint reads of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NewType

import msgspec

from archlint.errors import ConfigProblem
from archlint.finding import Severity, pack_of

OWN_PACK = "archlint"
"""The pack that is always in force: a file that cannot be read must never look like a pass."""

Pattern = NewType("Pattern", str)
"""The type of a rule's option that holds a path or module pattern, as layers do."""

PathPattern = NewType("PathPattern", str)
"""The type of an option that holds a path pattern, be it a bare name such as `README.md`."""

ImportPattern = NewType("ImportPattern", str)
"""The type of an option that names imports: `importer -> imported`, a `Pattern` on either side."""


def is_path(pattern: str) -> bool:
    """Whether a `Pattern` speaks of paths: it has a slash or ends like a Python file."""
    return "/" in pattern or pattern.endswith((".py", ".pyi"))


class Origin(msgspec.Struct, frozen=True):
    """Where a value comes from: a file and line, a preset, the command line, detection or a default."""

    source: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.source}:{self.line}" if self.line else self.source


class Layer(msgspec.Struct, frozen=True):
    """One layer of the drawing; layers stand in the configuration from top to bottom."""

    name: str
    patterns: tuple[str, ...]
    """Paths (with a slash) or dotted modules, with `*` and `**`."""

    optional: bool = False
    """Whether the patterns may match nothing."""

    independent: bool = False
    """Whether the parts that the patterns name stand beside each other, and may not use one another."""

    exceptions: tuple[str, ...] = ()
    """Patterns of modules that are left out."""


Drawing = NewType("Drawing", Mapping[str, Any])
"""The type of a rule's option that holds a drawing of its own, as the table `layers` does."""


def layers_of(table: Mapping[str, Any]) -> tuple[Layer, ...]:
    """The layers of a table that gives each its patterns, alone or as `modules` beside what else is said."""
    return tuple(
        Layer(
            name,
            said["modules"],
            said.get("optional", False),
            said.get("independent", False),
            said.get("except", ()),
        )
        if isinstance(said, Mapping)
        else Layer(name, said)
        for name, said in table.items()
    )


class RuleInstance(msgspec.Struct, frozen=True):
    """One configured use of a rule."""

    options: Mapping[str, Any] = msgspec.field(default_factory=dict)
    severity: Severity | None = None
    because: str = ""
    origin: Origin = Origin("default")


class CodePattern(msgspec.Struct, frozen=True):
    """A rule without Python: code that is to be found, and what to say of it."""

    id: str
    """`pack/name`, as any rule has it."""

    alternatives: tuple[str, ...]
    """The patterns, any of which is looked for."""

    message: str
    hint: str
    fix: str = ""
    """What to write instead; empty where nobody can say."""

    fix_is_safe: bool = True
    fix_imports: tuple[str, ...] = ()
    """Dotted names that the fix writes by their last part."""

    where: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Regular expressions for what metavariables stand for."""

    types: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """Classes, one of which the value of a metavariable is an object of."""

    resolve: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """What names and metavariables have to stand for; by the empty name, the first name of the pattern."""

    within: tuple[str, ...] = ()
    """Layers, paths and modules where it is looked for; empty for everywhere."""

    outside: tuple[str, ...] = ()
    """Layers, paths and modules where it is allowed."""

    dotted: bool = False
    """Whether dotted names in the patterns are what an import of that name gives."""

    inside: tuple[tuple[str, ...], ...] = ()
    """Patterns, one of each group of which has to be around the place."""

    not_inside: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    """Patterns that the place may match instead."""

    focus: str = ""
    """The metavariable that is the place of the finding; empty for all that is matched."""

    severity: Severity = Severity.ERROR
    because: str = ""
    bad: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    key: str = ""
    """Where it stands in the configuration: `patterns.0`."""

    @property
    def pack(self) -> str:
        """The first half of its id."""
        return pack_of(self.id)

    @property
    def texts(self) -> tuple[str, ...]:
        """All patterns in it, whatever they are for."""
        around = (text for group in self.inside for text in group)
        return (*self.alternatives, *around, *self.not_inside, *self.unless)


class Stack(msgspec.Struct, frozen=True):
    """What the project is told to be built with; empty where nothing is said."""

    orm: str = ""
    database: str = ""
    driver: str = ""


class Contract(msgspec.Struct, frozen=True):
    """The promised HTTP API: the path of an OpenAPI file, empty to look for one at the root."""

    openapi: str = ""


class Suppressing(msgspec.Struct, frozen=True):
    """What is asked of suppressions."""

    require_reason: bool = False


class Config(msgspec.Struct, frozen=True):
    """Everything a run depends on besides the project's files."""

    root: Path
    """The folder of the configuration file, or the folder that is linted where there is none."""

    file: Path | None = None
    """The configuration file as it was named or found; None where there is none."""

    source: str = ""
    """The configuration file, relative to the root; empty where there is none."""

    packs: tuple[str, ...] | None = None
    """None: detect."""

    pack_folders: tuple[str, ...] = ()
    """The names of the packs that are folders, which always run."""

    src: tuple[str, ...] | None = None
    """None: detect."""

    exclude: tuple[str, ...] = ()
    fixable: tuple[str, ...] = ("*",)
    """Rules, as `pack/rule`, `pack/*` or `*`, whose findings may be fixed …"""

    unfixable: tuple[str, ...] = ()
    """… but for these."""

    fail_on: Severity = Severity.ERROR
    layers: tuple[Layer, ...] = ()
    severities: Mapping[str, Severity | None] = msgspec.field(default_factory=dict)
    """Per `pack/rule` or `pack/*`; None is off."""

    rules: Mapping[str, tuple[RuleInstance, ...]] = msgspec.field(default_factory=dict)
    """Rules that are configured with a table, each with its instances."""

    patterns: tuple[CodePattern, ...] = ()
    """Rules that the configuration writes down itself."""

    stack: Stack = Stack()
    contract: Contract = Contract()
    inference: bool = False
    """Whether what facts leave unknown is inferred where a rule would use it."""

    baseline: str = ""
    """The path of the baseline; empty for its usual name beside the configuration."""

    suppressions: Suppressing = Suppressing()
    files: tuple[str, ...] = ()
    """The absolute paths of the configuration file and of all that it extends."""

    origins: Mapping[str, Origin] = msgspec.field(default_factory=dict)
    """Where each value comes from, by its dotted key."""

    def may_fix(self, rule: str) -> bool:
        """Whether the findings of a rule may be fixed."""
        names = {rule, f"{rule.partition('/')[0]}/*", "*"}
        return not names.isdisjoint(self.fixable) and names.isdisjoint(self.unfixable)

    def origin(self, key: str) -> Origin:
        """Where a value comes from, by its dotted key; for an unknown key, the table around it."""
        while key and key not in self.origins:
            key = key.rpartition(".")[0]
        return self.origins.get(key, Origin(self.source or "default"))

    def option_key(
        self, rule: str, option: str, is_meant: Callable[[Mapping[str, Any]], bool], element: object = None
    ) -> str:
        """The dotted key of an option, or of one of its elements, in the first table that is meant.

        `option` is the name of the field. Where no table is meant, the rule's own key.
        """
        for index, instance in enumerate(self.rules.get(rule, ())):
            if is_meant(instance.options):
                values = instance.options.get(option)
                at = f".{values.index(element)}" if isinstance(values, tuple) and element in values else ""
                return f"rules.{rule}.{index}.{option.replace('_', '-')}{at}"
        return f"rules.{rule}"

    def problem(self, key: str, message: str, hint: str = "") -> ConfigProblem:
        """A mistake that shows only in the run, at the place of the value: `layers.routes.0`."""
        origin = self.origin(key)
        return ConfigProblem(origin.source, origin.line, origin.column, message, hint)
