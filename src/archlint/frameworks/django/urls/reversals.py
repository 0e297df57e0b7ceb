"""Where a project asks for a URL by its name: `reverse()`, `redirect()`, `{% url %}`, settings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Call, Collection, Expression, Literal, Mapping, Starred, says
from archlint.finding import Location
from archlint.frameworks.django.urls.making import Making, argument
from archlint.frameworks.django.urls.named_by_classes import named
from archlint.frameworks.django.urls.setting_names import setting_names
from archlint.frameworks.places.expressions import spot
from archlint.project.call_arguments import spreads_sequence
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project
    from archlint.project.summaries import Summary

_REVERSE = frozenset(
    f"django.{where}{name}"
    for where in ("urls.", "urls.base.", "shortcuts.")
    for name in ("reverse", "reverse_lazy")
)
_REST = frozenset({"rest_framework.reverse.reverse", "rest_framework.reverse.reverse_lazy"})
_VERSIONING = b"NamespaceVersioning"
"""With it, REST framework looks a name up in the namespace of a version."""

_REDIRECT = frozenset({"django.shortcuts.redirect", "django.shortcuts.resolve_url"})
_NAMES = frozenset(name.rpartition(".")[2] for name in _REVERSE | _REDIRECT)
_OWN = frozenset({"permanent", "preserve_request"})
_TEMPLATES = (".html", ".htm", ".txt", ".xml", ".eml", ".djhtml", ".mjml")
_TAG = re.compile(r"""\{%-?\s*url\s+(?P<quote>["'])(?P<name>[^"']+)(?P=quote)(?P<rest>(?!\|)[^%]*)-?%\}""")
"""A name that a filter makes another one of is none: `{% url "list"|of_users %}`."""

_CONDITION = re.compile(r"\{%-?\s*(?P<tag>if|endif)\b(?P<test>[^%]*)-?%\}")
_INSTALLED = "app_is_installed"
"""By this filter packages of themes ask whether there is an app: `{% if "polls"|app_is_installed %}`."""

_HIDDEN = re.compile(r"\{%-?\s*(?P<tag>comment|verbatim)\b.*?\{%-?\s*end(?P=tag)|\{#.*?#\}", re.DOTALL)


class Passed(msgspec.Struct, frozen=True):
    """The arguments of a reversal."""

    count: int | None = 0
    """How many by position; None where nobody can tell."""

    names: frozenset[str] | None = frozenset()
    """Those by name; None where nobody can tell."""


_UNKNOWN = Passed(None, None)


class Reversal(msgspec.Struct, frozen=True):
    """One place that names a route."""

    name: str
    passed: Passed
    location: Location


def reversals(project: Project) -> Iterator[Reversal]:
    """All of them, tests left out: these set up URLconfs of their own."""
    for module in project.modules:
        if not is_test(module.path) and any(fact.name in _NAMES for fact in module.facts.imports):
            yield from _in_module(project, module)
    for path in project.files:
        if path.endswith(_TEMPLATES) and "template" in path and not is_test(path):
            yield from _in_template(project, path)
    for name, location in setting_names(project):
        yield Reversal(name, Passed(), location)


def _of_apps(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a template that are there only where some app is."""
    if _INSTALLED not in text:
        return
    opened: list[tuple[int, bool]] = []
    for tag in _CONDITION.finditer(text):
        if tag["tag"] == "if":
            opened.append((tag.start(), _INSTALLED in tag["test"]))
        elif opened and (begun := opened.pop())[1]:
            yield begun[0], tag.end()


def _in_module(project: Project, module: Module) -> Iterator[Reversal]:
    making = project.view(Making)
    asking = _REVERSE | _REDIRECT | (_REST if _is_rest_plain(project, module) else frozenset())
    for scope, function, summary in _bodies(project, module):
        for site in summary.calls:
            name = making.external(module, scope, site.call.function)
            if name not in asking:
                continue
            first = argument(site.call, 0, "to" if name in _REDIRECT else "viewname")
            for holder, text in named(project, module, function, first):
                found = _called(project, holder, text, site.call, name)
                if found is not None:
                    yield found


def _bodies(project: Project, module: Module) -> Iterator[tuple[str, ProjectFunction | None, Summary]]:
    functions = project.view(Functions)
    yield "", None, functions.module_summary(module)
    for fact in module.classes:
        yield fact.qualname, None, functions.class_summary(module, fact)
    for index in range(len(module.functions)):
        function = ProjectFunction(module, index)
        yield function.scope, function, functions.summary(function)


def _is_rest_plain(project: Project, module: Module) -> bool:
    """Whether REST framework looks names up as Django does."""
    if not any(fact.module == "rest_framework.reverse" for fact in module.facts.imports):
        return False
    return not any(each.speaks_of(_VERSIONING) for each in project.modules)


def _called(project: Project, holder: Module, first: Literal, call: Call, asked: str) -> Reversal | None:
    text, is_redirect = str(first.value), asked in _REDIRECT
    if not text or (is_redirect and ("/" in text or "." in text)):
        return None
    if asked in _REST:
        return Reversal(text, _of_rest(call), spot(project, holder, first))
    if not is_redirect and (argument(call, 1, "urlconf") is not None or "." in text):
        return None
    passed = _of_redirect(call) if is_redirect else _of_reverse(call)
    return Reversal(text, passed, spot(project, holder, first))


def _of_rest(call: Call) -> Passed:
    """A version and a format of the answer are passed too, where a request has them."""
    if any(not keyword.name for keyword in call.keywords) or spreads_sequence(call):
        return _UNKNOWN
    if argument(call, 3, "request") is not None or argument(call, 4, "format") is not None:
        return _UNKNOWN
    return Passed(_count(argument(call, 1, "args")), _keys(argument(call, 2, "kwargs")))


def _of_redirect(call: Call) -> Passed:
    names = {keyword.name for keyword in call.keywords} - _OWN
    if "" in names or spreads_sequence(call):
        return _UNKNOWN
    return Passed(len(call.arguments) - 1, frozenset(names))


def _of_reverse(call: Call) -> Passed:
    if any(not keyword.name for keyword in call.keywords):
        return _UNKNOWN
    args, kwargs = argument(call, 2, "args"), argument(call, 3, "kwargs")
    return Passed(_count(args), _keys(kwargs))


def _count(args: Expression | None) -> int | None:
    if args is None or says(args, None):
        return 0
    if not isinstance(args, Collection) or any(isinstance(item, Starred) for item in args.items):
        return None
    return len(args.items)


def _keys(kwargs: Expression | None) -> frozenset[str] | None:
    if kwargs is None or says(kwargs, None):
        return frozenset()
    if not isinstance(kwargs, Mapping):
        return None
    keys = [key.value for key in kwargs.keys if isinstance(key, Literal)]
    return frozenset(map(str, keys)) if len(keys) == len(kwargs.keys) else None


def _in_template(project: Project, path: str) -> Iterator[Reversal]:
    text = project.text(path).text
    if "{%" not in text:
        return
    hidden = [(m.start(), m.end()) for m in _HIDDEN.finditer(text)] + [*_of_apps(text)]
    for tag in _TAG.finditer(text):
        rest = tag["rest"].split()
        if "as" in rest or any(start <= tag.start() < end for start, end in hidden):
            continue  # `as` asks whether it is there
        names = frozenset(part.partition("=")[0] for part in rest if "=" in part)
        passed = (
            _UNKNOWN if "|" in tag["rest"] or '"' in tag["rest"] else Passed(len(rest) - len(names), names)
        )
        line = text.count("\n", 0, tag.start("name")) + 1
        column = tag.start("name") - text.rfind("\n", 0, tag.start("name"))
        yield Reversal(tag["name"], passed, Location(path, line, column, line, column + len(tag["name"])))
