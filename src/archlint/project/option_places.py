"""Where the configuration gives an option of a rule its value."""

from __future__ import annotations

from archlint.config.model import Config
from archlint.errors import ConfigProblem


def option_problem(
    config: Config, rule: str, option: str, value: str, message: str, hint: str = ""
) -> ConfigProblem:
    """A mistake in one value of an option that shows only in the run, at its place in the file.

    `option` is the name of the field. A rule does not know which of its tables made it; the first one
    that holds the value is as wrong as any other.
    """
    key = config.option_key(rule, option, lambda options: value in options.get(option, ()), value)
    return config.problem(key, message, hint)
