"""Classes of the project and their objects: what they have, inherit, are filled in with and promise."""
