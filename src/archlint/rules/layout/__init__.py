"""Where things live: which files and folders there are, what they are called, what stands in them."""
