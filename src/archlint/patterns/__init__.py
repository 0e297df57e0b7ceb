"""Rules without Python: the patterns that a configuration writes down, as rules like any other."""
