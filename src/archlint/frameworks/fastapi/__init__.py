"""What FastAPI, and Starlette below it, makes of handlers and what they depend on."""
