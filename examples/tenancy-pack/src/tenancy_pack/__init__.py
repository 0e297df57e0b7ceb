"""Rules for archlint about tenants."""
