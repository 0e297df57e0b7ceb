"""How the options of one admin class go together, and with those of other ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import says
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django.admin.fields import Wrong
from archlint.frameworks.django.admin.registered import Admin, Admins
from archlint.frameworks.django.admin.registrations import Registrations
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.listed import Listed, ListedNames
from archlint.frameworks.orm import Relation
from archlint.project.files.requirements import Requirements
from archlint.project.files.versions import are_below

if TYPE_CHECKING:
    from archlint.project.project import Project


class AdminColumns:
    """Compares the options of admin classes."""

    def __init__(self, project: Project) -> None:
        self._values = project.view(ClassValues)
        self._listed = project.view(Listed)
        self._admins = project.view(Admins)
        self._registrations = project.view(Registrations)
        self._models = project.view(DjangoModels)
        # Before Django 5, checks did not look at ways back, nor at what joins the choices of a filter.
        self._is_old = are_below(project.view(Requirements).versions("django"), "5")

    def is_own(self, admin: Admin, option: str, name: str) -> bool:
        """Whether the class itself says what stands under a name, or how it is shown."""
        if option == "list_display":
            member = admin.model.relations.get(name)
            is_backward = member is not None and member.is_reverse
            return self._values.of(admin.cls, name) is not None or (is_backward and self._is_old)
        if option in ("filter_horizontal", "filter_vertical"):
            member = admin.model.relations.get(name)
            return self._is_old and member is not None and "through" in member.options
        if option in ("fields", "fieldsets"):
            shown = self._values.of(admin.cls, "readonly_fields")
            if shown is None:
                return not admin.is_closed
            listed = self._listed.of(shown)
            return listed.is_open or name in listed
        return False

    def wrong(self, admin: Admin, option: str, name: str) -> Wrong | None:
        """What the other options say against a name."""
        if option == "autocomplete_fields":
            return self._unsearchable(admin, name)
        return self._uneditable(admin, name) if option == "list_editable" else None

    def _uneditable(self, admin: Admin, name: str) -> Wrong | None:
        if not admin.is_closed:
            return None
        columns = self._of(admin, "list_display")
        if columns is None:
            return f"`{name}` is no column of the list", f'show it: `list_display = ["__str__", "{name}"]`'
        if columns.is_open or columns.text:
            return None
        if name not in columns:
            return f"`{name}` is no column of the list", "add it to `list_display`"
        links = self._of(admin, "list_display_links")
        if links is not None:
            wrong = f"`{name}` is a link and cannot be edited in the list"
            return (wrong, "leave it out of `list_display_links`") if name in links else None
        if columns.names[0].name != name or self._values.of(admin.cls, "list_display_links") is not None:
            return None
        return f"`{name}` is the first column, which is a link", "set `list_display_links` to another column"

    def _unsearchable(self, admin: Admin, name: str) -> Wrong | None:
        """A relation whose target has no admin class, or one without `search_fields`."""
        member = admin.model.member(name)
        if not isinstance(member, Relation) or not member.target:
            return None
        if self._is_own(member.target) and self._registrations.lack(member.target):
            target = member.target.rpartition(".")[2]
            return (
                f"`{name}` is searched for in the admin of `{target}`, and nothing registers that",
                f"register `{target}` with an admin class that has `search_fields`",
            )
        shown = [one for one in self._admins if one.model.key == member.target and not one.is_inline]
        if len(shown) != 1 or not shown[0].is_closed:
            return None
        found = self._values.of(shown[0].cls, "search_fields")
        if found is not None and (self._listed.of(found).names or self._listed.of(found).is_open):
            return None
        cls = shown[0].cls.fact.name
        return (
            f"`{name}` is searched for, and `{cls}` has no `search_fields`",
            f"give `{cls}` `search_fields`",
        )

    def _is_own(self, key: str) -> bool:
        """Whether a model is the project's, and so only the project registers it."""
        model = self._models.model(key)
        return isinstance(model, DjangoModel) and model.cls is not None and not model.is_swapped

    def _of(self, admin: Admin, option: str) -> ListedNames | None:
        """The names in an option; None where it is not set, or set to None."""
        found = self._values.of(admin.cls, option)
        if found is None or says(found.value, None):
            return None
        return self._listed.of(found)
