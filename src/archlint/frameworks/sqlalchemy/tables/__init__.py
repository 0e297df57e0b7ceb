"""Tables of Core, of every metadata: their columns, their keys, and what joins them."""
