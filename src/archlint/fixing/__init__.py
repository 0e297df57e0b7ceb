"""Fixes of whole reports: which edits go together, and what the files hold then."""
