"""Rules tried out on a project with the layers that are proposed for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archlint.adoption.draft import Draft, Entry, Value
from archlint.adoption.proving import configured
from archlint.adoption.trial import Trial
from archlint.finding import Finding
from archlint.project.drawing.layers import Layers
from archlint.project.project import Project
from archlint.registry import Registry
from archlint.rule import Verdict


class Trials:
    """What rules say of the code as it is."""

    def __init__(self, project: Project, layers: Mapping[str, Value], registry: Registry) -> None:
        self._project = project
        self._layers = layers
        self._registry = registry

    def holds(self, entry: Entry) -> bool:
        """Whether a rule has nothing to find."""
        return not self.findings(entry)

    def findings(self, entry: Entry) -> int:
        """How much a rule finds."""
        found = self._verdicts(self._trial(entry), entry.rule)
        return sum(isinstance(each, Finding) for each in found)

    def found_in(self, entry: Entry) -> set[str]:
        """The layers in which a rule finds something."""
        trial = self._trial(entry)
        layers, found = trial.view(Layers), set()
        for each in self._verdicts(trial, entry.rule):
            module = trial.module_at(each.location.path) if isinstance(each, Finding) else None
            layer = layers.of(module) if module is not None else None
            if layer is not None:
                found.add(layer.name)
        return found

    def _trial(self, entry: Entry) -> Trial:
        draft = Draft(layers=self._layers, entries=(entry,))
        return Trial(self._project, configured(draft, self._project.config))

    def _verdicts(self, trial: Trial, rule: str) -> Iterator[Verdict]:
        for active in self._registry.select(trial.config, trial):
            if active.rule.id == rule:
                yield from active.rule.check(trial)
