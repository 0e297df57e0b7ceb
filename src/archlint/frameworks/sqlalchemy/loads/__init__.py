"""What is loaded of mapped objects, and what happens when the rest is read."""
