"""The one walk over a file's syntax tree: handlers by type of node."""
