"""How classes are mapped: what their bodies, bases, decorators and imperative calls declare."""
