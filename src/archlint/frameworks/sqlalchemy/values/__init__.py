"""What SQLAlchemy's statements, results, rows and objects are as values that the flow follows."""
