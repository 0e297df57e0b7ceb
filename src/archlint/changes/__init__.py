"""A project against an earlier state of it: what is new, and what became of its structure."""
