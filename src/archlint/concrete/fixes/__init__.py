"""The exact edits behind remedies, made with libcst so that all around them stays as it is."""
