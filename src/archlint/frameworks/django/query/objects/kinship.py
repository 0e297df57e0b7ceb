"""Whether an object of one model can stand where one of another is asked for."""

from __future__ import annotations

from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.values import Value, something

_FEW = 3
"""How many classes a base has at most whose kinds are told apart."""


def strangers(models: DjangoModels, value: Value, wanted: DjangoModel) -> tuple[DjangoModel, ...] | None:
    """The models of a value that is surely an object, but none of the wanted model.

    Empty where it fits or may fit; None where it is no object of a model that is known.
    """
    options = tuple(something(value))
    objects = [option for option in options if isinstance(option, ModelObject)]
    if not objects or len(objects) != len(options):
        return None
    found: list[DjangoModel] = []
    for one in objects:
        model = stranger(models, one.model, wanted)
        if model is None:
            return ()
        found.append(model)
    return tuple(found)


def stranger(models: DjangoModels, key: str, wanted: DjangoModel) -> DjangoModel | None:
    """The model of a key, if its objects surely are none of the wanted model."""
    model = models.model(key)
    if not isinstance(model, DjangoModel) or _fits(model, wanted) or models.hides_bases(model):
        return None
    return model


def _fits(model: DjangoModel, wanted: DjangoModel) -> bool:
    """Whether an object of one model is one of another, or nobody can tell.

    Proxies stand for the model whose table they share, and a base that is not known may be anything.
    """
    kin = {model.key, model.concrete, *model.parents}
    if wanted.key in kin or wanted.concrete in kin:
        return True
    namesakes = (key.rpartition(".")[2] == wanted.name for key in (model.key, *model.parents))
    if (_is_user(model) and _is_user(wanted)) or any(namesakes):
        return True  # which of several users is meant is for the settings to say
    # An annotation may name a base: what comes in may be of the model that is wanted.
    return model.key in wanted.parents or model.is_abstract or wanted.is_abstract


def are_siblings(models: DjangoModels, hierarchy: ClassHierarchy, first: str, second: str) -> bool:
    """Whether two models are kinds of one thing: they share a base that few others have.

    Code for both tells them apart by other means, such as a table of functions by kind.
    """
    one, other = models.model(first), models.model(second)
    if not isinstance(one, DjangoModel) or not isinstance(other, DjangoModel):
        return False
    if one.cls is None or other.cls is None or one is other:
        return False
    shared = set(hierarchy.order(one.cls)) & set(hierarchy.order(other.cls))
    bases = (base for base in shared if isinstance(base, ProjectClass))
    return any(len(hierarchy.below(base)) <= _FEW for base in bases)


def _is_user(model: DjangoModel) -> bool:
    return any(key.startswith("django.contrib.auth.models.") for key in (model.key, *model.parents))
