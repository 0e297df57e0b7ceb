"""Models with everything that they inherit, as Django's metaclass would make them, before relations meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from archlint.facts.bindings import Binding, Kind
from archlint.facts.expressions import Literal, says
from archlint.frameworks.django.known.models import KnownModel, known_model, known_models
from archlint.frameworks.django.models.declared import (
    Blueprint,
    Body,
    Declaration,
    Held,
    MadeManager,
    ManagerDeclaration,
    Option,
)
from archlint.frameworks.django.models.field_kinds import ONE_TO_ONE, RELATIONS
from archlint.frameworks.django.models.spelling import MODELS, canonical
from archlint.project.answer import External, Unresolved
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.frameworks.django.apps import Apps
    from archlint.frameworks.django.models.class_bodies import ClassBodies
    from archlint.frameworks.django.models.openness import Openness
    from archlint.project.classes import Ancestor, ClassHierarchy, ProjectClass

ROOT = f"{MODELS}.Model"


class Blueprints:
    """The blueprints of every model, by key."""

    def __init__(
        self,
        candidates: Iterable[ProjectClass],
        hierarchy: ClassHierarchy,
        bodies: ClassBodies,
        openness: Openness,
        apps: Apps,
    ) -> None:
        self._bodies = bodies
        self._hierarchy = hierarchy
        self._openness = openness
        self._apps = apps
        self.by_key: dict[str, Blueprint] = {}
        self.by_class: dict[ProjectClass, Blueprint] = {}
        self._others: set[ProjectClass] = set()
        for cls in candidates:
            self._of_class(cls)
        own = {blueprint.label.lower() for blueprint in self.by_class.values()}
        for known in known_models().values():
            if known.label.lower() not in own or known.is_abstract:
                self._of_known(known)

    def of(self, ancestor: Ancestor) -> Blueprint | None:
        """The blueprint of a base; None where it is no model."""
        if isinstance(ancestor, Unresolved):
            return None
        if not isinstance(ancestor, External):
            return self._of_class(ancestor)
        known = known_model(ancestor.name)
        return self._of_known(known) if known is not None else None

    def _of_class(self, cls: ProjectClass) -> Blueprint | None:
        if cls in self.by_class:
            return self.by_class[cls]
        if cls in self._others:
            return None
        order = self._hierarchy.order(cls)
        if canonical(cls.name) == ROOT or not self._is_model(cls, order):
            self._others.add(cls)
            return None
        body = self._bodies.of(cls)
        key = cls.name
        if key in self.by_key:
            key = f"{cls.name}@{cls.module.path}:{cls.fact.line}"
        blueprint = Blueprint(key, cls, cls.fact.name, "")
        self.by_key[key] = self.by_class[cls] = blueprint  # before the bases, which may lead back here
        self._fill(blueprint, cls, body, order)
        return blueprint

    def _is_model(self, cls: ProjectClass, order: tuple[Ancestor, ...]) -> bool:
        for ancestor in order[1:]:
            name = "" if isinstance(ancestor, Unresolved) else ancestor.name
            if canonical(name) == ROOT or known_model(name) is not None:
                return True
        # A base that nobody can see, and fields that only a model is of use for.
        if not self._openness.hides_bases(order):
            return False
        return any(d.kind and d.place is not None for d in self._bodies.of(cls).fields.values())

    def _fill(self, blueprint: Blueprint, cls: ProjectClass, body: Body, order: tuple[Ancestor, ...]) -> None:
        bases = [found for base in self._hierarchy.bases(cls) if (found := self.of(base)) is not None]
        blueprint.parents = tuple(base.key for base in bases)
        models = [found for ancestor in order[1:] if (found := self.of(ancestor)) is not None]
        inherited = [key for base in models for key in (base.key, *base.ancestors)]
        blueprint.ancestors = tuple(dict.fromkeys(inherited))
        blueprint.meta = self._meta(body, order, bases)
        blueprint.is_abstract = self._is_abstract(body)
        blueprint.is_proxy = says(blueprint.option("proxy"), True) and body.meta is not None
        blueprint.is_open = (
            body.is_open or self._openness.of(cls) or any(self.by_key[key].is_open for key in inherited)
        )
        label = blueprint.option("app_label")
        text = label.value if isinstance(label, Literal) else None
        blueprint.app_label = text if isinstance(text, str) else self._apps.of(cls.module).label
        blueprint.names = self._names(order)
        self._inherit(blueprint, body, order, bases)
        self._inherit_managers(blueprint, body, order)

    def _inherit(
        self, blueprint: Blueprint, body: Body, order: tuple[Ancestor, ...], bases: list[Blueprint]
    ) -> None:
        """The fields of abstract bases, and links to concrete ones, as `ModelBase.__new__` adds them."""
        local = {d.name: Held(d, blueprint.key) for d in body.fields.values()}
        hidden = set(body.names)
        concrete: list[Blueprint] = []
        for ancestor in order[1:]:
            base = self.of(ancestor)
            if base is None or base not in bases:
                if not isinstance(ancestor, (External, Unresolved)):
                    hidden |= self._bodies.of(ancestor).names
                continue
            if not base.is_abstract:
                concrete.append(base)
                hidden.update(base.local)
                continue
            for name, held in base.local.items():
                if name not in local and name not in hidden:
                    local[name] = held
            concrete += [self.by_key[key] for key in base.links]
        blueprint.local = local
        for parent in concrete:
            self._link(blueprint, parent)

    def _names(self, order: tuple[Ancestor, ...]) -> frozenset[str]:
        """What the classes bind and what their methods assign to the instance."""
        found: set[str] = set()
        for ancestor in order:
            if not isinstance(ancestor, (External, Unresolved)):
                found |= self._bodies.of(ancestor).names
                found.update(ancestor.fact.attributes)
        return frozenset(found)

    def _link(self, blueprint: Blueprint, parent: Blueprint) -> None:
        if blueprint.is_proxy:
            blueprint.links[parent.key] = ""
            return
        root = self.concrete(parent)
        if root.key in blueprint.links:
            return
        declared = next(
            (h.declaration for h in blueprint.local.values() if self._is_link(h.declaration, root)), None
        )
        if declared is not None:
            blueprint.links[root.key] = declared.name
            return
        name = f"{root.name.lower()}_ptr"
        blueprint.links[root.key] = name
        inherited = any(name in self.by_key[key].local for key in blueprint.ancestors)
        if name not in blueprint.local and not inherited:
            options = {"parent_link": Literal(True, 0, 0), "auto_created": Literal(True, 0, 0)}
            target = Literal(f"@{root.key}", 0, 0)
            link = Declaration(name, ONE_TO_ONE, (target,), options, None)
            blueprint.local[name] = Held(link, blueprint.key)

    def _is_link(self, declaration: Declaration, parent: Blueprint) -> bool:
        if declaration.kind != ONE_TO_ONE or not says(declaration.options.get("parent_link"), True):
            return False
        to = declaration.options.get("to", declaration.arguments[0] if declaration.arguments else None)
        last = getattr(to, "attr", None) or getattr(to, "id", None) or getattr(to, "value", None)
        return isinstance(last, str) and last.rpartition(".")[2].lower() == parent.name.lower()

    def concrete(self, blueprint: Blueprint) -> Blueprint:
        """The model whose table a model is in: itself, or for a proxy the one it stands for."""
        while blueprint.is_proxy and blueprint.parents:
            parents = [self.by_key[key] for key in blueprint.parents]
            below = next((parent for parent in parents if not parent.is_abstract), None)
            if below is None:
                return blueprint
            blueprint = below
        return blueprint

    def _meta(self, body: Body, order: tuple[Ancestor, ...], bases: list[Blueprint]) -> dict[str, Option]:
        options = dict(self._bodies.options(body.meta)) if body.meta else dict(self._inherited_meta(order))
        for base in bases:
            if not base.is_abstract:
                for name in ("ordering", "get_latest_by"):
                    if name in base.meta:
                        options.setdefault(name, base.meta[name])
        return options

    def _inherited_meta(self, order: tuple[Ancestor, ...]) -> dict[str, Option]:
        for ancestor in order[1:]:
            if isinstance(ancestor, (External, Unresolved)):
                continue
            model = self._of_class(ancestor)
            if model is not None and not model.is_abstract:
                continue
            meta = self._bodies.of(ancestor).meta
            if meta is not None:
                options = self._bodies.options(meta)
                return {name: value for name, value in options.items() if name != "abstract"}
        return {}

    def _is_abstract(self, body: Body) -> bool:
        """Whether its own Meta says so: Django takes the word out of those that others inherit."""
        if body.meta is None:
            return False
        for ancestor in self._hierarchy.order(body.meta):
            if isinstance(ancestor, (External, Unresolved)):
                continue
            if any(m.name == "abstract" and m.kind is Kind.VALUE for m in ancestor.fact.members):
                if ancestor is not body.meta and ancestor.fact.qualname.endswith(".Meta"):
                    return False
                found = self._bodies.options(ancestor).get("abstract")
                return found is not None and says(found.value, True)
        return False

    def _inherit_managers(self, blueprint: Blueprint, body: Body, order: tuple[Ancestor, ...]) -> None:
        managers = dict(body.managers)
        seen = set(body.names)
        for ancestor in order[1:]:
            base = self.of(ancestor)
            if base is None:
                continue
            for name, manager in base.managers.items():
                if name not in seen:
                    managers.setdefault(name, manager)
            if not isinstance(ancestor, (External, Unresolved)):
                seen |= self._bodies.of(ancestor).names
        if not managers and not blueprint.is_abstract and "objects" not in seen:
            plain = MadeManager(None, None, not blueprint.is_open)
            managers["objects"] = ManagerDeclaration("objects", plain, None)
        blueprint.managers = managers

    def _of_known(self, known: KnownModel) -> Blueprint:
        if known.name in self.by_key:
            return self.by_key[known.name]
        label, _, name = known.label.rpartition(".")
        blueprint = Blueprint(
            known.name, None, name or known.name.rpartition(".")[2], label, known.is_abstract
        )
        self.by_key[known.name] = blueprint
        bases = [found for base in known.bases if (found := self.of(External(base))) is not None]
        blueprint.parents = tuple(base.key for base in bases)
        blueprint.ancestors = tuple(dict.fromkeys(k for base in bases for k in (base.key, *base.ancestors)))
        blueprint.is_open = known.is_open or any(base.is_open for base in bases)
        blueprint.table = known.table
        for one in known.fields:
            declaration = Declaration(one.name, one.kind, one.arguments, one.options, None)
            blueprint.local[one.name] = Held(declaration, known.name)
        unseen = MadeManager(None, None, known.name.startswith("django."))
        blueprint.managers = {name: ManagerDeclaration(name, unseen, None) for name in known.managers}
        for base in bases:
            for name, held in base.local.items():
                blueprint.local.setdefault(name, held)
            for name, manager in base.managers.items():
                blueprint.managers.setdefault(name, manager)
        if not blueprint.managers and not known.is_abstract:
            plain = MadeManager(None, None, not blueprint.is_open)
            blueprint.managers["objects"] = ManagerDeclaration("objects", plain, None)
        return blueprint

    def names_itself(self, field: ProjectClass) -> bool:
        """Whether a class of relations may work out by itself what they are called on the other side."""
        return any(
            member.name in _NAMING or (member.name == "__init__" and _gives_name(one, member))
            for one in self._hierarchy.order(field)
            if not isinstance(one, (External, Unresolved)) and canonical(one.name) not in RELATIONS
            for member in one.fact.members
        )

    def __iter__(self) -> Iterator[Blueprint]:
        return iter(self.by_key.values())


def _gives_name(field: ProjectClass, made: Binding) -> bool:
    """Whether a constructor has a say in what the other side is called: `kwargs["related_name"] = "+"`."""
    if made.kind is not Kind.FUNCTION:
        return True
    function = ProjectFunction(field.module, made.index)
    return field.module.mentions(function.fact, "related_name", "default_related_name")


_NAMING = frozenset({"contribute_to_class", "contribute_to_related_class", "set_attributes_from_rel"})
"""Methods in which relations take their names."""
