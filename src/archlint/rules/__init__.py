"""The built-in packs: a package each, a module for each rule."""
