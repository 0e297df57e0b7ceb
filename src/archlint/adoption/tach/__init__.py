"""Moving in from tach: its modules, layers and interfaces, and the rules that say the same."""
