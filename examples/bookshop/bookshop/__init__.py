"""A small shop for books."""
