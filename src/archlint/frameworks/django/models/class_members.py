"""What model classes have by which name: what `hasattr(Model, name)` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.objects.attributes import GENERATED, OF_EVERY_MODEL, names
from archlint.project.answer import External, Unresolved
from archlint.project.classes import ClassHierarchy

if TYPE_CHECKING:
    from archlint.project.project import Project

_USER = """
    EMAIL_FIELD REQUIRED_FIELDS USERNAME_FIELD aget_all_permissions aget_group_permissions
    aget_user_permissions ahas_module_perms ahas_perm ahas_perms acheck_password check_password clean
    email_user get_all_permissions get_email_field_name get_full_name get_group_permissions
    get_session_auth_fallback_hash get_session_auth_hash get_short_name get_user_permissions get_username
    groups has_module_perms has_perm has_perms has_usable_password is_active is_anonymous is_authenticated
    is_superuser last_login natural_key normalize_username objects password set_password
    set_unusable_password user_permissions username_validator
"""
OF_USERS = frozenset(_USER.split())
"""Attributes of `AbstractUser` and its bases, compared with the real class in the tests."""

_USERS = ("django.contrib.auth.models.", "django.contrib.auth.base_user.")
_BARE = ("django.db.models.", "typing.", "builtins.", "abc.")


class ClassMembers:
    """Answers for the classes of models."""

    def __init__(self, project: Project) -> None:
        self._models = project.view(DjangoModels)
        self._hierarchy = project.view(ClassHierarchy)

    @classmethod
    def build(cls, project: Project) -> ClassMembers:
        """The view of a project."""
        return cls(project)

    def has(self, model: DjangoModel, name: str) -> bool | None:
        """Whether the class of a model has an attribute; None where nobody can tell."""
        if name == "pk" or name in OF_EVERY_MODEL or GENERATED.fullmatch(name):
            return True
        above = [one for one in map(self._models.model, model.parents) if isinstance(one, DjangoModel)]
        for one in (model, *above):
            if name in names(one) or name in one.managers or name in one.attributes:
                return True
        if model.is_open or any(one.is_open for one in above) or self._models.may_have(model, name):
            return None
        return self._of_class(model, name)

    def _of_class(self, model: DjangoModel, name: str) -> bool | None:
        if model.cls is None:
            return name in OF_USERS if model.key.startswith(_USERS) else None
        for ancestor in self._hierarchy.order(model.cls):
            if isinstance(ancestor, Unresolved):
                return None
            if isinstance(ancestor, External):
                if ancestor.name.startswith(_USERS):
                    if name in OF_USERS:
                        return True
                elif not ancestor.name.startswith(_BARE):
                    return None
            elif name in ancestor.fact.attributes or any(m.name == name for m in ancestor.fact.members):
                return True
            elif ancestor.fact.keywords or any(m.name == "__init_subclass__" for m in ancestor.fact.members):
                return None
        return False
