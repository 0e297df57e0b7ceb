"""Django's templates: what they say, which of them shows what, and what they read of it."""
