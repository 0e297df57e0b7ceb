"""What Tornado makes of an application: its settings, and what its handlers are made with."""
