"""Blocks that run several times, only at times, or with something around them: loops, `with`, `try`."""
