"""Calls: with what a function is run, and what comes back from it."""
