"""Projects of a few inline files, read by the real engine."""

from tests.project.conftest import make_project

__all__ = ["make_project"]
