"""What Python itself and its library make of values: their functions, containers, texts and records."""
