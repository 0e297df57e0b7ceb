"""The URLs of a Django project."""
