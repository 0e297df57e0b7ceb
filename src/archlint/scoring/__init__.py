"""How well a project keeps the rules in force, in numbers."""
