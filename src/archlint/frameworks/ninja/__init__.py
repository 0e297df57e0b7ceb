"""What Django Ninja makes of functions and schemas."""
