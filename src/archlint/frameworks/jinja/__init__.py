"""What Jinja shows: which templates, and with which values."""
