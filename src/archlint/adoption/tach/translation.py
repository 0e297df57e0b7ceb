"""The settings of tach as a draft."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Final

from archlint.adoption.draft import Draft, Entry, Value
from archlint.adoption.tach.interfaces import Interfaces
from archlint.adoption.tach.settings import ROOT, Settings, TachModule
from archlint.project.imports.parts import REST
from archlint.project.patterns import matches_name

_RULES: Final = {
    "unused_ignore_directives": "here `archlint/unused-suppression` does",
    "require_ignore_directive_reasons": "here `archlint/unexplained-suppression` does",
    "unused_external_dependencies": "what is declared and never imported",
}
"""The severities of tach that are no contract, by what there is here."""


def config_of(settings: Settings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The source roots and what is excluded, as archlint spells them."""
    roots = tuple(root.removeprefix("./").rstrip("/") or "." for root in settings.source_roots)
    return roots, tuple(_excluded(each) for each in settings.table.get("exclude", ()))


def draft(
    settings: Settings,
    names: Sequence[str],
    ignored: Sequence[str],
    distributions: Mapping[str, str],
    *,
    loads_by_name: bool = False,
) -> Draft:
    """The rules that say the same.

    Given the modules that are there, the imports that comments excuse, the distribution of each module
    where there are several, and whether any module is loaded by its name.
    """
    src, exclude = config_of(settings)
    interfaces = Interfaces(settings, names)
    more = _common(settings, ignored)
    if loads_by_name and not settings.flag("include_string_imports"):
        more["dynamic"] = False
    return Draft(
        comments=(f"Moved in from {settings.file}: what tach checks, as rules.",),
        src=src,
        exclude=exclude,
        layers=_layers(settings),
        entries=tuple(
            entry
            for entries in (
                _drawn(settings, names, more),
                _undeclared(settings, more, distributions),
                interfaces.entries(more),
            )
            for entry in entries
        ),
        without_equal=(*_without_equal(settings), *interfaces.without_equal()),
    )


def _excluded(glob: str) -> str:
    """tach's globs start at the root; without an inner slash archlint's match at any depth."""
    return glob if "/" in glob.rstrip("/") else f"/{glob}"


def _common(settings: Settings, ignored: Sequence[str]) -> dict[str, Value]:
    more: dict[str, Value] = {}
    if settings.flag("ignore_type_checking_imports", True):
        more["type-checking"] = False
    if ignored:
        more["ignore"] = tuple(ignored)
    return more


def _checked(settings: Settings) -> Iterator[TachModule]:
    """The modules that are there, the last word for each path; the root only where it counts."""
    by_path = {module.path: module for module in settings.modules}
    if settings.root_module == "ignore":
        by_path.pop(ROOT, None)
    elif ROOT not in by_path:
        by_path[ROOT] = TachModule(ROOT, ())
    yield from by_path.values()


def _layers(settings: Settings) -> dict[str, Value]:
    table: dict[str, list[str]] = {layer: [] for layer in settings.layers}
    free: list[str] = []
    for module in _checked(settings):
        if module.path != ROOT:
            table.get(module.layer, free).append(module.path)
    return {layer: _layer(paths, free) for layer, paths in table.items() if paths}


def _layer(paths: Sequence[str], free: Sequence[str]) -> Value:
    """A layer of some modules, but for what lies in them and is a module of no layer."""
    patterns = tuple(map(_whole, paths))
    spared = tuple(_whole(each) for each in free if any(each.startswith(f"{path}.") for path in paths))
    return {"modules": patterns, "except": spared} if spared else patterns


def _whole(path: str) -> str:
    return path if path.endswith(".**") else f"{path}.**"


def _drawn(settings: Settings, names: Sequence[str], more: Mapping[str, Value]) -> Iterator[Entry]:
    layers = _layers(settings)
    if len(layers) < 2:
        return
    yield Entry("layers/upward-import", {"reexports": False, **more})
    closed = tuple(layer for layer, is_closed in settings.layers.items() if is_closed and layer in layers)
    if closed:
        options: dict[str, Value] = {"closed": closed, "reexports": False, "uses": False}
        yield Entry("layers/skipped-layer", {**options, **more})
    for above, below in dict.fromkeys(_closed_off(settings, _inhabited(settings, names))):
        forbidden: dict[str, Value] = {"from-modules": above, "to": below, "reexports": False}
        comment = "A closed layer lies between, of which there is no module: tach lets nothing pass it."
        yield Entry("imports/forbidden", {**forbidden, **more}, comments=(comment,))


def _inhabited(settings: Settings, names: Sequence[str]) -> frozenset[str]:
    """The layers of which a module is there."""
    return frozenset(
        module.layer
        for module in _checked(settings)
        if any(matches_name(name, _whole(module.path)) for name in names)
    )


def _closed_off(
    settings: Settings, present: Container[str]
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What a closed layer without modules keeps apart that no other closed layer does."""
    names = tuple(settings.layers)
    for at, name in enumerate(names):
        if settings.layers[name] and name not in present:
            above = tuple(_to_closed(settings, present, reversed(names[:at])))[::-1]
            below = tuple(_to_closed(settings, present, names[at + 1 :]))
            if above and below:
                yield above, below


def _to_closed(settings: Settings, present: Container[str], names: Iterable[str]) -> Iterator[str]:
    """The layers that are there, as far as the first that is closed."""
    for name in names:
        if name in present:
            yield name
            if settings.layers[name]:
                return


def _undeclared(
    settings: Settings, more: Mapping[str, Value], distributions: Mapping[str, str]
) -> Iterator[Entry]:
    modules = tuple(_checked(settings))
    if not modules:
        return
    visible = {
        _part(module.path): tuple(map(_part, module.visibility))
        for module in modules
        if module.visibility is not None
    }
    shared = tuple(_part(module.path) for module in modules if module.is_utility)
    options: dict[str, Value] = {"shared": shared} if shared else {}
    options.update({"exact": True} if settings.flag("exact") and not distributions else {})
    options.update({"acyclic": True} if settings.flag("forbid_circular_dependencies") else {})
    if settings.table.get("rules", {}).get("local_imports") == "off":
        options["deferred"] = False
    tables: dict[str, Value] = {
        "may-import": {
            _part(module.path): _declared(settings, module, modules, distributions) for module in modules
        }
    }
    free = {_part(module.path): tuple(_abroad(module, modules, distributions)) for module in modules}
    if any(free.values()):
        tables["free"] = {part: others for part, others in free.items() if others}
    if visible:
        tables["visible-to"] = visible
    yield Entry("imports/undeclared", {**options, **more, **tables}, comments=_told_of(distributions))


def _declared(
    settings: Settings, module: TachModule, modules: Sequence[TachModule], distributions: Mapping[str, str]
) -> tuple[str, ...]:
    if module.is_unchecked:
        return ("**",)
    below = _below(settings, module.layer)
    abroad = _abroad(module, modules, distributions)
    # What a lower layer or another distribution holds is free to use, whatever is said against it.
    free = {*abroad, *(other.path for other in modules if other.layer in below)}
    forbidden = tuple(f"!{_part(each)}" for each in module.cannot_depend_on if each not in free)
    if module.depends_on is None:
        return ("**", *forbidden)
    named = (_part(each) for each in module.depends_on if each != ROOT or settings.root_module != "ignore")
    return tuple(dict.fromkeys((*below, *named, *forbidden)))


def _abroad(
    module: TachModule, modules: Sequence[TachModule], distributions: Mapping[str, str]
) -> Iterator[str]:
    """The modules of other distributions: tach leaves imports of these to `tach check-external`."""
    own = _distribution(module, distributions)
    for other in modules if distributions else ():
        if not other.is_utility and _distribution(other, distributions) != own:
            yield _part(other.path)


def _distribution(module: TachModule, distributions: Mapping[str, str]) -> str:
    inside = (name for name in distributions if f"{name}.".startswith(f"{module.path}."))
    return distributions.get(next(inside, ""), "")


def _told_of(distributions: Mapping[str, str]) -> tuple[str, ...]:
    if not distributions:
        return ()
    return (
        "There are several distributions, and tach leaves imports between them to `tach check-external`: "
        "each part may import those of the others, and none is asked to use what it declares.",
    )


def _below(settings: Settings, layer: str) -> tuple[str, ...]:
    """The layers that a module may use without declaring so."""
    names = list(_layers(settings))
    if layer not in names or settings.flag("layers_explicit_depends_on"):
        return ()
    return tuple(names[names.index(layer) + 1 :])


def _part(path: str) -> str:
    return REST if path in (ROOT, ".") else path


def _without_equal(settings: Settings) -> Iterator[str]:
    for module in settings.modules:
        if module.deprecated:
            names = ", ".join(f"`{each}`" for each in module.deprecated)
            yield f"`{module.path}` depends on {names}, which is deprecated: here it is allowed"
        for option in module.external:
            yield f"`{option}` of `{module.path}`: what `tach check-external` looks at"
    local = settings.table.get("rules", {}).get("local_imports", "error")
    if local == "off" and settings.layers:
        yield '`local_imports = "off"` for layers: here an import inside a function counts like any other'
    if local == "warn":
        yield '`local_imports = "warn"`: here an import inside a function counts like any other'
    if settings.flag("include_string_imports"):
        yield "`include_string_imports`: names of modules in strings"
    if settings.table.get("plugins", {}).get("django"):
        yield '`plugins.django`: foreign keys as imports; here `references = ["relations"]` counts them'
    yield from _besides(settings)


def _besides(settings: Settings) -> Iterator[str]:
    """What tach is told besides its modules, and what there is here for it."""
    for name in settings.table.get("rules", {}):
        if name in _RULES:
            yield f"`{name}`: {_RULES[name]}"
    for name in settings.table.get("external", {}):
        yield f"`external.{name}`: of `tach check-external`; here `imports/undeclared-dependency`"
    if not settings.flag("respect_gitignore", True):
        yield "`respect_gitignore = false`: here what Git ignores is left out"
