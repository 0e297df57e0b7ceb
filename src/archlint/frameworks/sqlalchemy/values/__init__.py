"""What SQLAlchemy's statements, results, sessions and objects are as values that the flow follows."""
