"""Django's query sets, managers, model objects and query expressions as values that can be followed."""
