"""The configuration in force as TOML, each value with where it comes from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, Final

from archlint.config.code_patterns import written
from archlint.config.model import CodePattern, Config, Layer, RuleInstance
from archlint.config.options import spelled
from archlint.config.severities import OFF

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")


def show(config: Config) -> str:
    """An `archlint.toml` that means the same without extending anything, with origins as comments."""
    return "\n".join(_lines(config)) + "\n"


def _lines(config: Config) -> Iterator[str]:
    for key, value in (("packs", config.packs), ("src", config.src)):
        yield f"# {key}: detected" if value is None else _line(config, key, value, key)
    yield _line(config, "exclude", config.exclude, "exclude")
    if config.fixable != ("*",):
        yield _line(config, "fixable", config.fixable, "fixable")
    if config.unfixable:
        yield _line(config, "unfixable", config.unfixable, "unfixable")
    yield _line(config, "fail-on", config.fail_on, "fail-on")
    if config.inference:
        yield _line(config, "inference", config.inference, "inference")
    if config.baseline:
        yield _line(config, "baseline", config.baseline, "baseline")
    layers = {layer.name: _layer(layer) for layer in config.layers}
    yield from _table(config, "layers", layers)
    severities = {name: OFF if value is None else value for name, value in config.severities.items()}
    yield from _table(config, "rules", severities)
    own = {pattern.id for pattern in config.patterns}
    for rule, instances in ((rule, each) for rule, each in config.rules.items() if rule not in own):
        for at, instance in enumerate(instances):
            yield from _instance(config, rule, at, instance)
    for at, pattern in enumerate(config.patterns):
        yield from _pattern(config, at, pattern)
    stack = {"orm": config.stack.orm, "database": config.stack.database, "driver": config.stack.driver}
    yield from _table(config, "stack", stack)
    yield from _table(config, "contract", {"openapi": config.contract.openapi})
    reason = {"require-reason": config.suppressions.require_reason}
    yield from _table(config, "suppressions", reason)


def _layer(layer: Layer) -> object:
    said = {"except": layer.exceptions, "optional": layer.optional, "independent": layer.independent}
    more = {name: value for name, value in said.items() if value}
    return {"modules": layer.patterns, **more} if more else layer.patterns


def _table(config: Config, name: str, values: Mapping[str, Any]) -> Iterator[str]:
    if not values:
        return
    yield f"\n[{name}]"
    for key, value in values.items():
        yield _line(config, key, value, f"{name}.{key}")


def _instance(config: Config, rule: str, at: int, instance: RuleInstance) -> Iterator[str]:
    values = {spelled(option): value for option, value in instance.options.items()}
    if instance.severity is not None:
        values["severity"] = instance.severity
    if instance.because:
        values["because"] = instance.because
    key = f"rules.{rule}.{at}"
    yield f"\n[[rules.{_key(rule)}]]{_comment(config, key)}"
    for option, value in values.items():
        yield _line(config, option, value, f"{key}.{option}")


def _pattern(config: Config, at: int, pattern: CodePattern) -> Iterator[str]:
    yield f"\n[[patterns]]{_comment(config, f'patterns.{at}')}"
    for name, value in written(pattern).items():
        yield _line(config, name, value, f"patterns.{at}.{name}")


def _line(config: Config, name: str, value: object, key: str) -> str:
    return f"{_key(name)} = {_value(value)}{_comment(config, key)}"


def _comment(config: Config, key: str) -> str:
    # A comment ends with its line: a file name with a line break in it may not write TOML of its own.
    text = "".join(each if each.isprintable() else "?" for each in str(config.origin(key)))
    return f"  # {text}"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _value(name)


def _value(value: object) -> str:
    if isinstance(value, Enum):
        return _value(value.value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (tuple, list)):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(name)} = {_value(each)}" for name, each in value.items()) + "}"
    return repr(value)
