"""SQLAlchemy, SQLModel and Flask-SQLAlchemy: mapped classes, tables and what joins them."""
