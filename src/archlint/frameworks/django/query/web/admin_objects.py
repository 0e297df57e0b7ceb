"""The objects that Django's admin hands to the methods of its classes.

https://docs.djangoproject.com/en/5.2/ref/contrib/admin/#django.contrib.admin.ModelAdmin.list_display
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Name
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django.admin.registered import Admin, Admins
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.frameworks.listed import Listed
from archlint.project.classes import ProjectClass
from archlint.project.flow.values import Object

if TYPE_CHECKING:
    from archlint.facts.definitions import Parameter
    from archlint.project.flow.behaviour import Site
    from archlint.project.functions import ProjectFunction


def shown_object(function: ProjectFunction, parameter: Parameter, site: Site) -> ModelObject | None:
    """What a column of a list is computed of, and the object `obj` that a hook is asked about.

    Of an inline, hooks get the object of the form that it stands in. What is only shown in a form may go
    wrong: the form is blank there.
    """
    names = [one.name for one in function.fact.parameters]
    may_be_shown = len(names) == 2 and parameter.name == names[1]
    if not function.receiver or not (may_be_shown or parameter.name == "obj"):
        return None
    own = site.of(Name(function.receiver, function.fact.line, 0))
    cls = own.of if isinstance(own, Object) else None
    admins = site.project.view(Admins).showing(cls) if isinstance(cls, ProjectClass) else ()
    if len({one.model.key for one in admins}) != 1:
        return None
    admin = admins[0]
    is_column = may_be_shown and _is_listed(function, admin, "list_display", site)
    is_blank = may_be_shown and _is_listed(function, admin, "readonly_fields", site)
    is_hook = parameter.name == "obj" and not admin.is_inline and not is_blank
    return ModelObject(admin.model.key, how="handed") if is_column or is_hook else None


def _is_listed(function: ProjectFunction, admin: Admin, option: str, site: Site) -> bool:
    found = site.project.view(ClassValues).of(admin.cls, option)
    return found is not None and function.fact.name in site.project.view(Listed).of(found)
