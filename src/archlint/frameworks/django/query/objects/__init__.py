"""Model classes and their objects: what they have by which name, and what they take."""
