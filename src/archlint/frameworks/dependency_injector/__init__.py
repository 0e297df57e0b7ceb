"""What dependency-injector means: containers, providers, and where they are wired in."""
