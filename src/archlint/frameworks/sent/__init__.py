"""What clients send, which is text until somebody makes something else of it."""
