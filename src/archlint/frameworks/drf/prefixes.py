"""What stands in front of the routes of a viewset: a regular expression, which may have groups."""

from __future__ import annotations

import re

from archlint.frameworks.django.urls.paths import path_parameters
from archlint.frameworks.web import Parameter

_GROUP = re.compile(r"\(\?P<(\w+)>(?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)")


def prefix_of(written: str | None) -> tuple[str, tuple[Parameter, ...] | None]:
    """A prefix as `path()` would have it, and its parameters; None where they cannot be seen."""
    if written is None:
        return "…", None
    prefix = _GROUP.sub(r"<regex:\1>", written)
    return prefix, None if "(" in prefix else path_parameters(prefix)
