"""What scripts of the shell start, and from where."""
