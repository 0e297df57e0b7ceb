"""The layers that somebody has drawn, and all the ways in which code crosses them."""
