"""What SQLAlchemy took before version 2, and refuses since."""
