"""Results, rows and lists, and what takes them for something else."""
