"""What is known beforehand: the apps of Django and the usual packages around it."""
