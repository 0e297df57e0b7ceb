"""Files of templates, of whatever framework: where they are, and what they read."""
