"""From remedies to exact edits. Imports libcst: to be imported where it is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from archlint.concrete.fixes import (
    calls,
    conditions,
    definitions,
    lists,
    loading,
    moving,
    names,
    parameters,
    relations,
    sessions,
    suggestions,
)
from archlint.concrete.fixes.change import Change, Unfit
from archlint.concrete.fixes.comments import without
from archlint.concrete.fixes.imports import Imports
from archlint.concrete.fixes.manifests import declared
from archlint.concrete.fixes.manuscript import Manuscript
from archlint.finding import Act, Edit, Finding, Fix, Location, Remedy, Step
from archlint.source import Text

_Taken: TypeAlias = Callable[[Manuscript, Step, Imports], list[Change]]

_STEPS: Mapping[Act, _Taken] = {
    Act.ARGUMENT: calls.argument,
    Act.ASYNC: calls.run_async,
    Act.AWAIT: calls.wait,
    Act.BRING_IN: lists.bring_in,
    Act.CHAIN: loading.chain,
    Act.COMMIT: sessions.commit,
    Act.CONDITION: conditions.condition,
    Act.DECORATE: definitions.decorate,
    Act.DEFER: definitions.defer,
    Act.ENLIST: lists.enlist,
    Act.ENTER: sessions.enter,
    Act.FOLLOW: relations.follow,
    Act.INSERT: calls.insert,
    Act.LOAD: loading.load,
    Act.MOVE: moving.move,
    Act.OMIT: calls.omit,
    Act.PARAMETRIZE: parameters.parametrize,
    Act.REPLACE: names.replace,
    Act.RESPELL: names.respell,
    Act.RETARGET: names.retarget,
    Act.REWRITE: names.rewrite,
    Act.SUGGEST: suggestions.suggest,
    Act.THROUGH: relations.through,
    Act.UNAWAIT: calls.unwait,
    Act.UNCALL: calls.uncall,
}


class Maker:
    """Makes fixes for the findings of one state of a project, parsing each file once."""

    def __init__(self, read: Callable[[str], Text]) -> None:
        self._read = read
        self._scripts: dict[str, Manuscript | None] = {}

    def fix(self, finding: Finding) -> Fix | None:
        """The exact edits; None where a finding has no remedy, or the source does not bear it."""
        if finding.fix is not None or finding.remedy is None:
            return finding.fix
        remedy: Remedy | None = finding.remedy
        while remedy is not None:
            try:
                edits = self._edits(remedy.steps)
            except Unfit:
                edits = ()
            if edits:
                return Fix(edits, remedy.safe)
            remedy = remedy.otherwise
        return None

    def _edits(self, steps: tuple[Step, ...]) -> tuple[Edit, ...]:
        edits: dict[Edit, None] = {}
        imports: dict[str, Imports] = {}
        for step in steps:
            path = step.at.path
            if step.act is Act.DELETE:
                edits[Edit(*without(self._read(path), step.at))] = None
                continue
            if step.act is Act.DECLARE:
                edits[declared(self._read(path), step.at, step.text)] = None
                continue
            script = self._script(path)
            known = imports.setdefault(path, Imports(script))
            changes = _STEPS[step.act](script, step, known)
            edits.update((_edit(script, change), None) for change in changes)
        for path, known in imports.items():
            script = self._script(path)
            edits.update((_edit(script, change), None) for change in known.changes)
        return tuple(sorted(edits, key=lambda edit: edit.location))

    def _script(self, path: str) -> Manuscript:
        if path not in self._scripts:
            try:
                self._scripts[path] = Manuscript(path, self._read(path).text)
            except Unfit:
                self._scripts[path] = None
        script = self._scripts[path]
        if script is None:
            raise Unfit("the file cannot be edited")
        return script


def _edit(script: Manuscript, change: Change) -> Edit:
    location: Location = script.location(change.start, change.end)
    return Edit(location, change.text)
