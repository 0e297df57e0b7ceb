"""Patterns of code: their text, and what of a concrete tree they match."""
