"""Django's admin: its classes, and what its system checks ask of them."""
