"""A static architecture linter for Python web backends."""

__version__ = "0.1.0"
