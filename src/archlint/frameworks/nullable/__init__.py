"""Values that may be None: what gives them, and what is asked of them without a test."""
