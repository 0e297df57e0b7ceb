"""Moving in from import-linter: its settings, its contracts, and the rules that say the same."""
