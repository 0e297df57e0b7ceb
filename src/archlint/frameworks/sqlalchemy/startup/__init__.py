"""What an application does as it starts: which modules it loads, and who creates its tables."""
