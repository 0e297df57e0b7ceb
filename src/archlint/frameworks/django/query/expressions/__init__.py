"""Expressions of queries: `F`, `Q`, aggregates, subqueries; of which type they are, what they range over."""
