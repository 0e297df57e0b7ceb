"""Query sets: what they range over, what their methods make of them, and what they give."""
