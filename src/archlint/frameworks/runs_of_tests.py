"""Runs of code that only tests lead to, with the doubles that they pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.call_sites import CallSites
from archlint.project.files.test_code import is_test
from archlint.project.flow.trace import Called

if TYPE_CHECKING:
    from archlint.project.flow.trace import Trace
    from archlint.project.project import Project


class RunsOfTests:
    """Tests patch what they do not want to run, so what they pass does not get everywhere."""

    def __init__(self, call_sites: CallSites) -> None:
        self._call_sites = call_sites

    @classmethod
    def build(cls, project: Project) -> RunsOfTests:
        """The view of a project."""
        return cls(project.view(CallSites))

    def lead_to(self, trace: Trace) -> bool:
        """Whether code outside the tests runs so for tests alone: nothing else passes such arguments."""
        return not is_test(trace.module.path) and _begins_in_test(trace) and not self._is_run_besides(trace)

    def _is_run_besides(self, trace: Trace) -> bool:
        """Whether a way leads there, from call to call, that passes by no test."""
        met, pending = {id(trace)}, [trace]
        while pending:
            one = pending.pop()
            if one.arguments is None:
                return True
            called = (site for site in self._call_sites.of(one) if isinstance(site.event, Called))
            for caller in (site.caller for site in called):
                if id(caller) not in met and not is_test(caller.module.path):
                    met.add(id(caller))
                    pending.append(caller)
        return False


def _begins_in_test(trace: Trace) -> bool:
    """Whether the first call that led there stands in a test, or was itself led there by one."""
    while trace.caller is not None:
        trace = trace.caller[0]
        if is_test(trace.module.path):
            return True
    return False
