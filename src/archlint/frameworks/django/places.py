"""Where a finding about a declaration is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Expression, Literal
from archlint.finding import Location, Related
from archlint.frameworks.places.expressions import text_at

if TYPE_CHECKING:
    from archlint.frameworks.django.models.declared import Declaration
    from archlint.frameworks.django.models.registered import DjangoModel
    from archlint.frameworks.orm import Place
    from archlint.project.module import Module
    from archlint.project.project import Project


def declared_at(project: Project, declaration: Declaration) -> Location:
    """The name of a field where it is declared. It has to be one of the project's."""
    assert declaration.place is not None
    return named_at(project, declaration.place, declaration.name)


def named_at(project: Project, place: Place, name: str) -> Location:
    """A name at a place."""
    end = place.column + len(name.encode())
    return project.location(place.module, place.line, place.column, place.line, end)


def model_at(project: Project, model: DjangoModel) -> Location:
    """The class statement of a model of the project."""
    assert model.place is not None
    place = model.place
    end = place.column + len(f"class {model.name}".encode())
    return project.location(place.module, place.line, place.column, place.line, end)


def written_at(project: Project, module: Module, value: Expression, otherwise: Location) -> Location:
    """A text in the source; for other expressions, whose forms keep only an end, the place of the whole."""
    if not isinstance(value, Literal) or not isinstance(value.value, str) or not value.line:
        return otherwise
    return text_at(project, module, value)


def related(project: Project, declaration: Declaration, message: str) -> tuple[Related, ...]:
    """Another declaration that explains a finding; nothing where it is not the project's."""
    if declaration.place is None:
        return ()
    return (Related(declared_at(project, declaration), message),)
