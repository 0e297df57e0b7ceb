"""SQL as text, whatever runs it."""
