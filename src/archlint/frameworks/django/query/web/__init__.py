"""What the web side of Django does with query sets: views, forms, pages, feeds, the admin."""
