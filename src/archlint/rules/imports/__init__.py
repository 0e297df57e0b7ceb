"""Imports that cannot work, whatever the framework."""
