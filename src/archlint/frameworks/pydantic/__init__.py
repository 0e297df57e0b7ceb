"""What Pydantic makes of classes: models with fields."""
