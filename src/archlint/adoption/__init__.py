"""Moving in: a first configuration, translated from another tool's or proposed from what the code has."""
