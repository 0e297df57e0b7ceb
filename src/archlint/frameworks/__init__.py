"""What archlint knows of each framework; only here and in the frameworks' packs are they named."""
