"""How a project uses Django: its models, queries, transactions, URLs and REST framework.

Models, fields and relations are read from the source, and query sets are followed through variables,
functions, managers and modules. Rules of severity error speak of what fails when the code runs.
"""

from __future__ import annotations

from archlint.project import Project


def detect(project: Project) -> bool:
    """Whether anything imports Django."""
    return any(fact.module.partition(".")[0] == "django" for m in project.modules for fact in m.facts.imports)
