"""When Django queries the database: lazily, in loops, for nothing, or from asynchronous code."""
