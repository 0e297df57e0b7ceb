"""What code asks of mapped classes, of their objects and of tables, and what it gives them."""
