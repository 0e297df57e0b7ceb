"""What `save()` of a form or a serializer gives, and to whom.

https://www.django-rest-framework.org/api-guide/serializers/#saving-instances
"""

from __future__ import annotations

from archlint.frameworks.django.query.web.validated_fields import validated
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import NONE, Arguments, Closure, Constant, Entries, Object, Value, only


class Saving(Behaviour, frozen=True):
    """`serializer.save`, `form.save`."""

    of: Object
    model: str
    """Key of the model, empty where nobody can tell."""

    is_new: bool = False
    """It gives what it is called with to a new object of the model, and to nobody else."""

    def call(self, arguments: Arguments, site: Site) -> Value:
        """The object that is saved."""
        from archlint.frameworks.django.query.objects.model_object import ModelObject

        given = dict(self.of.fields).get("instance")
        if only(given, ModelObject) and given is not None:
            return given
        if given in (None, NONE):
            own = site.attribute(self.of, "create")
            if isinstance(own, Closure):
                return site.call(own, Arguments((_passed_on(self.of, arguments, site),)))
        is_kept = arguments.get("commit", 0) in (None, Constant(True)) and not arguments.is_open
        return ModelObject(self.model, how="one" if is_kept else "new") if self.model else UNKNOWN


class Writing(Behaviour, frozen=True):
    """`super().create`, `super().update` in a serializer of a model."""

    model: str
    """Key of the model, empty where nobody can tell."""

    name: str

    def call(self, arguments: Arguments, site: Site) -> Value:
        """The new object, or the very one that is changed."""
        from archlint.frameworks.django.query.objects.model_object import ModelObject

        if self.name == "update":
            return arguments.get("instance", 0) or UNKNOWN
        return ModelObject(self.model, how="one") if self.model else UNKNOWN


def _passed_on(of: Object, arguments: Arguments, site: Site) -> Value:
    """What `create` is given: what was validated, and what `save` was called with."""
    found = validated(of, site)
    if not isinstance(found, Entries):
        return UNKNOWN
    return Entries(tuple({**dict(found.values), **dict(arguments.named)}.items()))
