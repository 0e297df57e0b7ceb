"""Django's templates: which of them shows what, and what they read of it."""
