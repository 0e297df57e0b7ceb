"""The drawing of the layers, and what crosses it."""
