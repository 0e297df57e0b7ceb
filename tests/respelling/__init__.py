"""The same code spelled otherwise."""
