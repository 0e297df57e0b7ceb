"""The migrations of a project, and the state that they lead to."""
