"""What code writes to the database of Django: what belongs together, and in which transaction."""
