"""How names are given, spelled, handed on and mistaken."""
