"""What a project has, whatever it is built with: its routes, its tables, its migrations.

Each is told in words that stay the same while the thing does, so that two states can be compared.
"""
