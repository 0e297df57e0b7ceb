"""What a URLconf lists, followed statement by statement without running it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from archlint.facts.bindings import Kind
from archlint.facts.expressions import (
    Attribute,
    Call,
    Comprehension,
    Conditional,
    Expression,
    Literal,
    Name,
    Operation,
    Starred,
    written_text,
)
from archlint.facts.statements import (
    Annotate,
    Assign,
    Evaluate,
    For,
    If,
    Statement,
    Try,
    While,
    With,
)
from archlint.frameworks.django.urls.making import Making, Written, argument, items
from archlint.frameworks.django.urls.names import (
    APP_NAMES,
    BRINGERS,
    FORMAT_SUFFIXES,
    I18N_PATTERNS,
    NAMELESS,
    SAME,
    URLCONFS,
)
from archlint.frameworks.django.urls.patterns import ANY, NOTHING, OPEN, Listing, Pattern
from archlint.frameworks.web import Parameter
from archlint.project.answer import Answer, Definition, External
from archlint.project.functions import Functions
from archlint.project.memo import Memo
from archlint.project.module import Module
from archlint.project.names.added_elsewhere import AddedElsewhere
from archlint.project.scopes import Scopes
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.project.project import Project


class UrlConf(msgspec.Struct, eq=False):
    """The lists of patterns that a module makes, by their names."""

    listings: dict[str, Listing] = msgspec.field(default_factory=dict)
    app_name: str = ""

    @property
    def patterns(self) -> Listing:
        """What Django reads; open where the module has none that is seen."""
        return self.listings.get("urlpatterns", OPEN)


class Included(msgspec.Struct, frozen=True):
    """What `include()` is given."""

    listing: Listing
    app_name: str = ""
    is_known: bool = True
    """Whether the name of the app is seen."""


class UrlConfs:
    """Reads modules as URLconfs, each once."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._scopes = project.view(Scopes)
        self._symbols = project.view(Symbols)
        self._making = project.view(Making)
        self._project = project
        self._functions = project.view(Functions)
        self._confs = Memo(project.reads, self._read, circular=_circular)

    @classmethod
    def build(cls, project: Project) -> UrlConfs:
        """The view of a project."""
        return cls(project)

    def of(self, module: Module) -> UrlConf:
        """What a module lists."""
        return self._confs(module)

    def included(self, module: Module, value: Expression, conf: UrlConf | None = None) -> Included:
        """What `include()` makes of its first argument, or `path()` of a view that is a tuple."""
        pair = items(value)
        if pair is not None and (_is_pair(value) or self._names_app(module, value)):
            inner = self.included(module, pair[0], conf)
            name = self._text(module, pair[1])
            return replace(inner, app_name=name or "", is_known=name is not None)
        if isinstance(value, Literal) and isinstance(value.value, str):
            return self._of_module(self._symbols.resolve(value.value, module))
        if isinstance(value, (Name, Attribute)):
            found = self._scopes.resolve(module, "", value)
            if isinstance(found, (Module, External)):
                return self._of_module(found)
            if isinstance(found, Definition) and found.kind is Kind.VALUE and found.member == "":
                return self._of_value(module, value, found, conf)
        return Included(self.listing(module, value, conf))

    def listing(self, module: Module, value: Expression, conf: UrlConf | None = None) -> Listing:
        """The patterns that an expression in a module's body stands for."""
        found = items(value)
        if found is not None:
            return _all(self._item(module, item, conf) for item in found)
        if isinstance(value, Operation) and value.operator == "+":
            return _all(self.listing(module, operand, conf) for operand in value.operands)
        if isinstance(value, Conditional):
            both = self.listing(module, value.body, conf).joined(self.listing(module, value.orelse, conf))
            return both.uncertain()
        if isinstance(value, Comprehension):
            return self._item(module, value.element, conf).uncertain().repeated()
        if isinstance(value, Name) and conf is not None and value.id in conf.listings:
            return conf.listings[value.id]
        if isinstance(value, (Name, Attribute)):
            return self._named(module, value)
        return self._called(module, value, conf) if isinstance(value, Call) else OPEN

    def _names_app(self, module: Module, value: Expression) -> bool:
        """Whether a value is a tuple of patterns and a variable that holds the name of their app."""
        found = items(value)
        if found is None or getattr(value, "kind", "") != "tuple" or len(found) not in (2, 3):
            return False
        return isinstance(found[1], Name) and self._text(module, found[1]) is not None

    def _text(self, module: Module, value: Expression) -> str | None:
        """A text, or the one that a variable of the module holds."""
        if isinstance(value, Name):
            bound = self._functions.module_summary(module).bound.get(value.id, ())
            if len(bound) != 1 or bound[0].how != "assign":
                return None
            value = bound[0].value
        return written_text(value)

    def _read(self, module: Module) -> UrlConf:
        conf = UrlConf()
        _Reading(self, module, conf).statements(module.body, certain=True)
        known = conf.listings.get("urlpatterns")
        if known is not None and module in self._project.view(AddedElsewhere).to("urlpatterns"):
            conf.listings["urlpatterns"] = replace(known, unseen=ANY)
        return conf

    def _named(self, module: Module, value: Name | Attribute) -> Listing:
        found = self._scopes.resolve(module, "", value)
        if not isinstance(found, Definition) or found.kind is not Kind.VALUE:
            return OPEN
        if found.member == "urls":
            from archlint.frameworks.drf.routers import Routers  # only where there may be one

            return self._project.view(Routers).patterns(found.module, found.qualname) or OPEN
        if found.member or found.module is module:
            return OPEN
        return self.of(found.module).listings.get(found.qualname, OPEN)

    def _of_value(
        self, module: Module, value: Expression, found: Definition, conf: UrlConf | None
    ) -> Included:
        """A name for a list, or for a pair of a list and the name of an app."""
        holder = self.of(found.module) if conf is None or found.module is not module else conf
        if found.qualname in holder.listings:
            return Included(holder.listings[found.qualname])
        bound = self._functions.module_summary(found.module).bound.get(found.qualname, ())
        if len(bound) == 1 and bound[0].how == "assign" and _is_pair(bound[0].value):
            return self.included(found.module, bound[0].value, holder)
        return Included(self.listing(module, value, conf), is_known=False)

    def _of_module(self, found: Answer) -> Included:
        if isinstance(found, Module):
            conf = self.of(found)
            return Included(
                conf.patterns, conf.app_name, "app_name" not in found.bindings or conf.app_name != ""
            )
        if isinstance(found, External) and found.name in URLCONFS:
            return Included(_known(found.name), APP_NAMES.get(found.name, ""))
        name = found.name if isinstance(found, External) else ""
        return Included(OPEN, APP_NAMES.get(name, ""), name in APP_NAMES)

    def _item(self, module: Module, item: Expression, conf: UrlConf | None) -> Listing:
        if isinstance(item, Starred):
            return self.listing(module, item.value, conf)
        if isinstance(item, Call):
            written = self._making.written(module, "", item)
            return Listing((self.pattern(module, written, conf),)) if written is not None else OPEN
        if isinstance(item, Name) and conf is not None and item.id in conf.listings:
            return conf.listings[item.id]
        return OPEN

    def pattern(self, module: Module, written: Written, conf: UrlConf | None = None) -> Pattern:
        """The pattern that a call makes."""
        view = written.view
        pattern = Pattern(
            module,
            "",
            written.form,
            written.route,
            written.is_regex,
            written.parameters,
            view,
            given=written.given,
            name=written.name,
            has_known_name=written.has_known_name,
        )
        if view is None:
            return replace(pattern, inside=OPEN, has_known_namespace=False)
        if isinstance(view, Call) and self._making.is_include(module, "", view):
            first = argument(view, 0, "arg")
            inner = (
                self.included(module, first, conf) if first is not None else Included(OPEN, is_known=False)
            )
            return _behind(pattern, inner, argument(view, 1, "namespace"))
        if items(view) is not None or self._is_site(module, view):
            name = "admin" if _is_admin(view) else ""
            inner = Included(OPEN, name, name != "")
            return _behind(pattern, inner, None)
        return pattern

    def _is_site(self, module: Module, view: Expression) -> bool:
        """Whether something brings URLs of its own: `admin.site.urls`, or a name for it."""
        if isinstance(view, Name):
            found = self._scopes.resolve(module, "", view)
            if not isinstance(found, Definition) or found.kind is not Kind.VALUE or found.member:
                return False
            bound = self._functions.module_summary(found.module).bound.get(found.qualname, ())
            return len(bound) == 1 and _is_urls(bound[0].value)
        return _is_urls(view)

    def _called(self, module: Module, call: Call, conf: UrlConf | None) -> Listing:
        name = self._making.external(module, "", call.function)
        if name in SAME and len(call.arguments) == 1:
            return self.listing(module, call.arguments[0], conf)
        if name in FORMAT_SUFFIXES and call.arguments:
            inner = self.listing(module, call.arguments[0], conf)
            return Listing(tuple(map(_with_format, inner.patterns)), inner.unseen)
        if name in I18N_PATTERNS:
            return _all(self._item(module, item, conf) for item in call.arguments)
        if name in NAMELESS:
            return NOTHING
        if name in BRINGERS:
            around = Pattern(module, "", call, None, False, (), is_certain=False)
            return Listing((_behind(around, self._of_module(External(BRINGERS[name])), None),))
        written = self._making.written(module, "", call)
        return Listing((self.pattern(module, written, conf),)) if written is not None else OPEN


class _Reading:
    def __init__(self, confs: UrlConfs, module: Module, conf: UrlConf) -> None:
        self._confs = confs
        self._module = module
        self._conf = conf

    def statements(self, statements: Iterable[Statement], *, certain: bool) -> None:
        for statement in statements:
            self._statement(statement, certain)

    def _statement(self, statement: Statement, certain: bool) -> None:
        if isinstance(statement, Assign):
            self._assign(statement, certain)
        elif isinstance(statement, Annotate) and statement.value is not None:
            self._assign(Assign((statement.target,), statement.value, statement.line), certain)
        elif isinstance(statement, Evaluate):
            self._evaluate(statement.value, certain)
        elif isinstance(statement, (If, While)):
            self.statements((*statement.body, *statement.orelse), certain=False)
        elif isinstance(statement, For):
            before = dict(self._conf.listings)
            self.statements((*statement.body, *statement.orelse), certain=False)
            for name, listing in self._conf.listings.items():
                known = len(before.get(name, NOTHING).patterns)
                self._conf.listings[name] = listing.repeated(known)
        elif isinstance(statement, With):
            self.statements(statement.body, certain=certain)
        elif isinstance(statement, Try):
            handled = tuple(inner for handler in statement.handlers for inner in handler.body)
            self.statements((*statement.body, *statement.orelse, *handled), certain=False)
            self.statements(statement.final, certain=certain)

    def _assign(self, statement: Assign, certain: bool) -> None:
        for target in statement.targets:
            if not isinstance(target, Name):
                continue
            if target.id == "app_name" and isinstance(statement.value, Literal):
                self._conf.app_name = str(statement.value.value or "")
                continue
            if isinstance(statement.value, Literal) or _is_pair(statement.value):
                continue
            found = self._confs.listing(self._module, statement.value, self._conf)
            known = self._conf.listings.get(target.id, NOTHING)
            if statement.operator or not certain:
                found = known.joined(found if certain else found.uncertain())
            self._conf.listings[target.id] = found

    def _evaluate(self, value: Expression, certain: bool) -> None:
        """`urlpatterns.append(…)`, `.extend(…)`, `.insert(0, …)`."""
        if not isinstance(value, Call) or not isinstance(value.function, Attribute) or not value.arguments:
            return
        of, method = value.function.value, value.function.attr
        if not isinstance(of, Name) or of.id not in self._conf.listings:
            return
        last = value.arguments[-1]
        if method in ("append", "insert"):
            found = self._confs._item(self._module, last, self._conf)
        elif method == "extend":
            found = self._confs.listing(self._module, last, self._conf)
        else:
            found = OPEN
        self._conf.listings[of.id] = self._conf.listings[of.id].joined(
            found if certain else found.uncertain()
        )


def _behind(pattern: Pattern, inner: Included, namespace: Expression | None) -> Pattern:
    """A prefix with what stands behind it, in its namespace."""
    text = namespace.value if isinstance(namespace, Literal) else None
    is_given = namespace is not None and not (isinstance(namespace, Literal) and text is None)
    return replace(
        pattern,
        view=None,
        inside=inner.listing,
        app_name=inner.app_name,
        namespace=str(text) if is_given and text else inner.app_name,
        has_known_namespace=isinstance(text, str) if is_given else inner.is_known,
    )


def _all(listings: Iterable[Listing]) -> Listing:
    found = list(listings)
    patterns = tuple(pattern for listing in found for pattern in listing.patterns)
    return Listing(patterns, frozenset(name for listing in found for name in listing.unseen))


def _with_format(pattern: Pattern) -> Pattern:
    if pattern.parameters is None or pattern.inside is not None:
        return pattern
    return replace(pattern, parameters=(*pattern.parameters, Parameter("format", "regex", True)))


def _known(name: str) -> Listing:
    """A URLconf from outside, of which is known what its patterns are called."""
    form = Call(Literal(name, 0, 0), (), (), 0, 0)
    module: Module = None  # type: ignore[assignment]
    plain = Pattern(module, "", form, None, False, None)
    names = URLCONFS[name].split()
    inside = (replace(plain, inside=OPEN, namespace=each[:-2]) for each in names if each.endswith(":*"))
    seen = (replace(plain, name=each) for each in names if "*" not in each)
    return Listing((*inside, *seen), frozenset(e for e in names if "*" in e and not e.endswith(":*")))


def _is_urls(view: Expression | None) -> bool:
    return isinstance(view, Attribute) and view.attr == "urls"


def _is_admin(view: Expression) -> bool:
    return (
        isinstance(view, Attribute) and getattr(view.value, "attr", getattr(view.value, "id", "")) == "site"
    )


def _is_pair(value: Expression) -> bool:
    """Whether a value is a tuple of patterns and the name of their app."""
    found = items(value)
    if found is None or getattr(value, "kind", "") != "tuple":
        return False
    return len(found) in (2, 3) and isinstance(found[1], Literal)


def _circular(module: Module) -> UrlConf:
    return UrlConf({"urlpatterns": OPEN})
