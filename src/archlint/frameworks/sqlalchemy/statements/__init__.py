"""What rules ask about statements: whether they run, with which values, and what their parts mean."""
