"""Functions that are handed over, to be run by a thread, a pool, a loop: `asyncio.to_thread(load, 1)`."""

from __future__ import annotations

from archlint.project.answer import UNKNOWN, External
from archlint.project.flow.behaviour import Behaviour, SelfMade, Site
from archlint.project.flow.trace import Called
from archlint.project.flow.values import NONE, Arguments, Items, Many, Object, Value, any_of

_MAPPED = 2
"""A function, and what it is given one by one."""

_LOOP = "asyncio.AbstractEventLoop"


class Future(Behaviour, frozen=True):
    """What a function will have given when one waits for it."""

    is_noted = False

    value: Value

    def awaited(self, site: Site) -> Value:
        """What it gives."""
        return self.value

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """`future.result()`."""
        return self.value if name == "result" else UNKNOWN


class Runner(Behaviour, frozen=True):
    """What runs a function elsewhere, which is its first argument but `before`, with the others."""

    is_noted = False

    before: int = 0
    given: tuple[str, ...] = ()
    """Keywords that are for itself."""

    answers: bool = True
    """Whether what the function gives comes back; else it is run when the caller is over."""

    def call(self, arguments: Arguments, site: Site) -> Value:
        """What the function gives, once somebody waits for it."""
        function, *rest = arguments.positional[self.before :] or (UNKNOWN,)
        named = tuple([each for each in arguments.named if each[0] not in self.given])
        given = Arguments(tuple(rest), named, arguments.is_open)
        if self.answers:
            return Future(site.call_elsewhere(function, given))
        site.later(lambda: site.call_elsewhere(function, given))
        return NONE


class ThreadMaker(Behaviour, frozen=True):
    """`threading.Thread(target=…, args=…)`."""

    is_noted = False

    def call(self, arguments: Arguments, site: Site) -> Value:
        """The thread, which will run the function."""
        target, given = arguments.get("target", 1), arguments.get("args", 3)
        if target is not None and (given is None or isinstance(given, Items)):
            site.call_elsewhere(target, Arguments(given.items if isinstance(given, Items) else ()))
        return UNKNOWN


class Pool(SelfMade, frozen=True):
    """`ThreadPoolExecutor`, the class and what it makes."""

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """`pool.submit(function, 1)`, `pool.map(function, numbers)`."""
        if name == "map" and len(arguments.positional) == _MAPPED:
            function, source = arguments.positional
            found = site.call_elsewhere(function, Arguments((_one_of(source),)))
            return UNKNOWN if found is UNKNOWN else Many(found, source, is_lazy=True)
        return Runner().call(arguments, site) if name == "submit" else UNKNOWN


def _one_of(source: Value) -> Value:
    if isinstance(source, Items):
        return any_of(source.items)
    return source.of if isinstance(source, Many) else UNKNOWN


class LoopMaker(Behaviour, frozen=True):
    """`asyncio.get_running_loop`."""

    is_noted = False

    def call(self, arguments: Arguments, site: Site) -> Value:
        """The loop."""
        return Object(External(_LOOP))


def runs_elsewhere(event: Called) -> bool:
    """Whether what a call leads to is run by another thread, and not at once."""
    return isinstance(event.callee, (Runner, ThreadMaker)) or isinstance(event.receiver, Pool)


_THREAD = Runner(given=("abandon_on_cancel", "cancellable", "limiter"))

KNOWN: dict[str, Behaviour] = {
    "anyio.to_thread.run_sync": _THREAD,
    "asyncio.get_event_loop": LoopMaker(),
    "asyncio.get_running_loop": LoopMaker(),
    "asyncio.to_thread": Runner(),
    "asyncio.threads.to_thread": Runner(),
    "threading.Thread": ThreadMaker(),
    f"{_LOOP}.run_in_executor": Runner(before=1),
    "concurrent.futures.ThreadPoolExecutor": Pool(),
}
"""What Python itself has, and the library below most of what is async, by dotted names."""
