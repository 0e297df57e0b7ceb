"""What expressions stand for as far as facts tell: objects of which class, used how, and by whom."""
