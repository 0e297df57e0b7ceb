"""The word in front of a token: the one that a contract promises, and those that code looks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

import msgspec

from archlint.facts.expressions import Attribute, Call, Comparison, Expression, Literal, Name, last_name
from archlint.facts.forms import walked
from archlint.finding import Location
from archlint.frameworks.contract.document import Contract
from archlint.frameworks.inventory.texts import UNSEEN, text_of
from archlint.frameworks.places.expressions import spot
from archlint.project.answer import External
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_SHOWN: Final = re.compile(r"(?:Authorization:\s*|[`'\"])(Token|Bearer|JWT)\s+[<{]?[\w.-]")
_WORDS: Final = frozenset({"bearer", "jwt", "token"})
_TAKING: Final = frozenset(
    {"lstrip", "partition", "removeprefix", "replace", "rpartition", "rsplit", "split", "startswith"}
)
"""Methods of a header that are given the word."""

_BUILT: Final = {
    "fastapi.security.HTTPBearer": "Bearer",
    "fastapi.security.OAuth2AuthorizationCodeBearer": "Bearer",
    "fastapi.security.OAuth2PasswordBearer": "Bearer",
    "fastapi.security.http.HTTPBearer": "Bearer",
    "fastapi.security.oauth2.OAuth2PasswordBearer": "Bearer",
}
"""What takes a header apart itself, with the only word that it takes."""


class Accepted(msgspec.Struct, frozen=True):
    """A place that lets one word through."""

    word: str
    place: Location
    by: str
    """What does so, in words."""


def promised(contract: Contract) -> str:
    """The word that clients of a contract send; empty where it does not say, or says several."""
    words = {_of_scheme(contract, said) for _, said in contract.schemes()}
    return words.pop() if len(words) == 1 else ""


def _of_scheme(contract: Contract, said: Mapping[str, Any]) -> str:
    kind = str(said.get("type", ""))
    if kind == "http":
        return {"bearer": "Bearer", "basic": "Basic"}.get(str(said.get("scheme", "")).lower(), "")
    if kind == "apiKey" and str(said.get("name", "")).lower() == "authorization":
        described = str(said.get("description") or "")
        about = str(contract.resolved(contract.said.get("info")).get("description") or "")
        found = set(_SHOWN.findall(described)) or set(_SHOWN.findall(about))
        return found.pop() if len(found) == 1 else ""
    return ""


def accepted(project: Project) -> Iterator[Accepted]:
    """Every place that asks for one word or the other. Tests are left out."""
    functions = project.view(Functions)
    for module in project.modules:
        if is_test(module.path) or module.is_stub or not module.speaks_of(b"earer", b"oken", b"JWT", b"jwt"):
            continue
        bodies = [("", module.body)]
        bodies += [(each.scope, module.statements(each.fact)) for each in functions.all_of(module)]
        bodies += [(each.qualname, module.statements(each)) for each in module.classes]
        for scope, body in bodies:
            for form in walked(body):
                if isinstance(form, Call):
                    yield from _by_call(project, module, scope, form)
                elif isinstance(form, Comparison):
                    yield from _by_comparison(project, module, scope, form)


def mentions(project: Project, word: str) -> bool:
    """Whether code speaks of a word as one in front of a token: `"Token "`, `f"{word} "`, or by itself."""
    said = re.compile(rf"""(?i:["'(|\s]{word}[ ]["'%{{<]|["'(|]{word} )|["']{word}["']""")
    return any(
        module.speaks_of(word.encode(), word.lower().encode()) and said.search(project.code(module.path))
        for module in project.modules
        if not is_test(module.path)
    )


def _by_call(project: Project, module: Module, scope: str, call: Call) -> Iterator[Accepted]:
    if isinstance(call.function, Attribute) and call.function.attr in _TAKING and call.arguments:
        word = _word(project, module, scope, call.arguments[0])
        if word:
            yield Accepted(word, spot(project, module, call), f"`.{call.function.attr}(…)`")
        return
    if last_name(call.function).endswith("Bearer"):
        found = project.view(Scopes).resolve(module, scope, call.function)
        if isinstance(found, External) and found.name in _BUILT:
            yield Accepted(_BUILT[found.name], spot(project, module, call), f"`{last_name(call.function)}`")


def _by_comparison(project: Project, module: Module, scope: str, form: Comparison) -> Iterator[Accepted]:
    if form.operators not in (("==",), ("!=",)):
        return
    for side in (form.left, *form.others):
        word = _word(project, module, scope, side)
        if word:
            yield Accepted(word, spot(project, module, form), "the comparison")


def _word(project: Project, module: Module, scope: str, value: Expression) -> str:
    """One of the words, if a text is nothing else."""
    if not isinstance(value, (Literal, Name, Attribute)):
        return ""
    text = text_of(project, module, scope, value)
    found = text.strip() if text != UNSEEN else ""
    return found if found.lower() in _WORDS else ""
