"""The imports between modules: the graph, its chains and cycles, and what runs when a module is imported."""
