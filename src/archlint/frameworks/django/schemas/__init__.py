"""Schemas of Pydantic and Django Ninja that are made of objects of models."""
