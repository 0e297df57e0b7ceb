"""Relationships of SQLModel whose annotation is text.

## Why is this bad?

SQLModel takes the target of a `Relationship()` from its annotation, as an object. With `from __future__
import annotations`, or in quotes as a whole, the annotation is text: `list["Hero"]` is then looked up as the
name of a class, and the mappers cannot be configured: `InvalidRequestError … seems to be using a generic
class as the argument to relationship()`.

## What to do

Drop the import, and quote only the name of the class: `list["Hero"]`. Or say the target yourself:
`Relationship(sa_relationship=relationship("Hero"))`.

## Bad

```python
from __future__ import annotations

from sqlmodel import Field, Relationship, SQLModel


class Team(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    heroes: list[Hero] = Relationship()  # error: [sqlalchemy/textual-relationship-annotation] "`Team.heroes`"


class Hero(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    team_id: int | None = Field(default=None, foreign_key="team.id")
```

## Good

```python
from sqlmodel import Field, Relationship, SQLModel


class Team(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    heroes: list["Hero"] = Relationship()


class Hero(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    team_id: int | None = Field(default=None, foreign_key="team.id")
```

## Source

SQLModel reads annotations without evaluating them; shown with SQLModel 0.0.50.
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Severity
from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.places import location
from archlint.project import Module, Project
from archlint.rule import Outcome, Rule, Verdict


class TextualRelationshipAnnotation(Rule, frozen=True):
    """Every `Relationship()` of SQLModel is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at how the relationships of SQLModel are annotated."""
        for owner, relationship in project.view(Mappings).relationships():
            said = relationship.annotation
            if relationship.maker != "Relationship" or said is None or relationship.call is None:
                continue
            given = {keyword.name for keyword in relationship.call.keywords}
            is_text = said.is_text or _is_postponed(relationship.module)
            is_plain = not said.is_optional and not said.is_collection
            if not is_text or is_plain or "sa_relationship" in given:
                yield Outcome.KEPT
                continue
            yield self.finding(
                location(project, relationship.place),
                f"`{owner.cls.fact.name}.{relationship.name}` is annotated with text, not with a type",
                "quote only the name of the class"
                if said.is_text
                else "drop `from __future__ import annotations` here, and quote only the names of classes",
            )


def _is_postponed(module: Module) -> bool:
    return any(fact.module == "__future__" and fact.name == "annotations" for fact in module.facts.imports)
