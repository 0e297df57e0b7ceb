"""What Litestar makes of functions: handlers, and what is provided to them."""
