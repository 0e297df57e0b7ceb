"""Code that is only there for tests."""

from __future__ import annotations

import re

_TEST = re.compile(
    r"(?:^|/)(?:tests?|testing|tests?_[^/]*|[^/]*_tests?|conftest\.py|[^/]*_tests?\.py|tests?\.py"
    r"|[^/]*_test_settings\.py)(?:/|$)"
)


def is_test(path: str) -> bool:
    """Whether a path leads to tests, or to what only tests use: `tests/settings.py`, `test_sqlite.py`."""
    return _TEST.search(path) is not None
