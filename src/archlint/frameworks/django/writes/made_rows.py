"""Which models' rows the project itself makes anywhere, tests left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Expression, Name, last_name
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.field_kinds import ONE_TO_ONE
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.project.classes import ProjectClass
from archlint.project.files.test_code import is_test
from archlint.project.flow.values import only
from archlint.project.functions import Functions

if TYPE_CHECKING:
    from archlint.project.flow.values import Value
    from archlint.project.module import Module
    from archlint.project.project import Project

_MAKERS = frozenset(
    f"{prefix}{name}"
    for prefix in ("", "a")
    for name in (
        "create",
        "create_superuser",
        "create_user",
        "get_or_create",
        "update_or_create",
        "bulk_create",
        "copy",
        "loaddata",
    )
)
_MAKING_VIEWS = ("CreateView", "CreateAPIView", "ListCreateAPIView", "CreateModelMixin", "ModelViewSet")
_INLINES = ("TabularInline", "StackedInline", "InlineModelAdmin")


class MadeRows:
    """Answers for models. Whatever may make a row does: a class that is named like the model is enough."""

    def __init__(self, project: Project) -> None:
        from archlint.frameworks.django.query.objects.model_object import ModelClass
        from archlint.frameworks.django.query.sets.query_set import QuerySet
        from archlint.project.flow.trace import Called, Written

        self._project = project
        self._values = project.view(ClassValues)
        self._made: set[str] = set()
        """Keys of models."""

        self._is_read = False
        self._named: set[str] = set()
        """Names of models, and of the forms and serializers that make rows."""

        self._makes_of_classes = False
        """Whether rows are made of classes that are handed over: `cls.objects.create()`."""

        self._children: dict[str, set[str]] = {}
        """The keys of the models that inherit from another one: who makes one of them, makes its parent."""

        self._forms: dict[str, set[str]] = {}
        """The names of the forms and serializers of each model, by its name."""

        for trace, call in project.view(DataFlow).events(Called):
            if is_test(trace.module.path):
                continue
            if isinstance(call.callee, ModelClass):
                self._made.add(call.callee.model)
            if isinstance(call.receiver, QuerySet) and call.name in _MAKERS:
                self._made.add(call.receiver.model)

        for trace, written in project.view(DataFlow).events(Written):
            if not is_test(trace.module.path):
                self._made.update(self._linked(written.receiver, written.name))

    def _linked(self, of: Value, name: str) -> Iterator[str]:
        """The models whose rows are tied to another one later: `term.entity = entity`; so there are some."""
        from archlint.frameworks.django.query.objects.model_object import ModelObject

        models = self._project.view(DjangoModels)
        for one in only(of, ModelObject):
            model = models.model(one.model)
            relation = model.relations.get(name) if isinstance(model, DjangoModel) else None
            if relation is not None and relation.kind == ONE_TO_ONE and not relation.is_reverse:
                yield one.model

    @classmethod
    def build(cls, project: Project) -> MadeRows:
        """The view of a project."""
        return cls(project)

    def of(self, model: DjangoModel) -> bool:
        """Whether anything may make a row of a model."""
        if model.key in self._made or "managed" in model.meta:
            return True  # what is behind a view of the database is for the database to say
        if not self._is_read:
            self._read()
        if model.name in self._named:
            return True
        children = self._children.get(model.key, set())
        if children and (self._makes_of_classes or not children.isdisjoint(self._made)):
            return True
        return not self._forms.get(model.name, set()).isdisjoint(self._named)

    def _read(self) -> None:
        """Read all code that is not followed: only where it matters for a model."""
        project, self._is_read = self._project, True
        models = list(project.view(DjangoModels).declared())
        for model in models:
            for parent in model.parents:
                self._children.setdefault(parent, set()).add(model.key)
        names = {model.name for model in models}
        functions = project.view(Functions)
        for module in project.modules:
            if is_test(module.path):
                continue
            for index in range(len(module.classes)):
                self._look_at(ProjectClass(module, index))
            bodies = (
                [functions.summary(one) for one in functions.all_of(module)]
                if self._uses(module, names)
                else []
            )
            for summary in (functions.module_summary(module), *bodies):
                for site in summary.calls:
                    self._called(site.call)

    def _uses(self, module: Module, names: set[str]) -> bool:
        return any(
            fact.name in names or fact.name.endswith(("Form", "Serializer")) for fact in module.facts.imports
        ) or any(fact.name.endswith(("Form", "Serializer")) or fact.name in names for fact in module.classes)

    def _look_at(self, cls: ProjectClass) -> None:
        """Classes that make rows of the model they name, and forms that may."""
        values = self._values.values(cls)
        bases = {last_name(base) for base in cls.fact.bases} | {
            name.rpartition(".")[2] for name in self._values.outside(cls) or ()
        }
        if bases & {*_MAKING_VIEWS, *_INLINES}:
            for name in ("model", "form_class", "serializer_class"):
                if name in values:
                    self._named.add(last_name(values[name]))
        if cls.fact.name == "Meta" and "model" in values:
            owner = cls.fact.qualname.split(".")[-2:][0]
            self._forms.setdefault(last_name(values["model"]), set()).add(owner)

    def _called(self, call: Call) -> None:
        """`ProfileForm(request.POST)`, `ProfileSerializer(data=…)`: with an instance it changes that."""
        name = last_name(call.function)
        if not name.endswith(("Form", "Serializer")):
            if name[:1].isupper():
                self._named.add(name)
            if name in _MAKERS and isinstance(call.function, Attribute):
                manager = call.function.value
                of = manager.value if isinstance(manager, Attribute) else None
                self._makes_of_classes |= isinstance(of, Name) and of.id[:1].islower()
            self._by_factory(name, call.arguments)
            return
        keywords = {keyword.name for keyword in call.keywords}
        has_data = "data" in keywords or (name.endswith("Form") and bool(call.arguments))
        if has_data and "instance" not in keywords and (name.endswith("Form") or not call.arguments):
            self._named.add(name)

    def _by_factory(self, name: str, arguments: tuple[Expression, ...]) -> None:
        """`inlineformset_factory(User, Profile)`, `modelform_factory(Profile)`."""
        if name.endswith("_factory"):
            self._named.update(last_name(argument) for argument in arguments)
