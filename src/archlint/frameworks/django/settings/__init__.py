"""The settings of Django: what their modules say, which apps they install, what else they name."""
