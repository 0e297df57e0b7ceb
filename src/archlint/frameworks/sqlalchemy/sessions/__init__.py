"""How sessions and engines of SQLAlchemy live: who makes, shares, ends and loses them."""
