"""Concrete source: what the tree of the running Python does not show or cannot hold."""
