"""The HTTP API that is promised, and the routes that keep the promise."""
