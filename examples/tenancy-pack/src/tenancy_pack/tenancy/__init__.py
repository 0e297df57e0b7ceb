"""Tenants: who may see whose data."""

from archlint.project import Project

from tenancy_pack.tenancy._scopes import Scopes, scopes

COLLECTORS = (scopes,)


def detect(project: Project) -> bool:
    """Run on projects that scope anything."""
    return bool(project.view(Scopes).by_name)
