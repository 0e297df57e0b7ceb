"""What forms of Django hold, and what is taken out of them."""
