"""Calls are resolved through values: self, injection, annotations, constructors, helpers."""

from archlint.project import UNKNOWN
from archlint.project.functions import Functions
from archlint.project.objects.call_graph import CallGraph

FILES = {
    "app/__init__.py": "",
    "app/repo.py": """
        from sqlalchemy.orm import Session

        class Base:
            def __init__(self, session: Session):
                self.session = session

        class Orders(Base):
            def all(self):
                return self.session.execute("…")

            @property
            def first(self) -> "Orders":
                return self

        def make() -> Orders:
            return Orders(None)
    """,
    "app/service.py": """
        from app import repo as r
        from app.repo import Orders, make

        class Service:
            def __init__(self, orders: Orders | None = None):
                self.orders = orders or Orders(None)

            def run(self):
                return self.orders.all()

            def twice(self):
                self.run()
                super().missing()
                return [self.orders.first.all() for _ in range(2)]

        def made(flag):
            one = make()
            one.all()
            other = one if flag else r.Orders(None)
            other.all()
            unclear = make() if flag else object()
            unclear.all()
            with r.Session() as session:
                session.commit()

        async def awaited(service: "Service"):
            await service.run()

        def injected(f, orders: r.Orders = None):
            f()
            orders.all()
            local()

        def local(): ...
    """,
}


def calls(project, qualname):
    graph = project.view(CallGraph)
    function = next(f for f in project.view(Functions).all() if f.fact.qualname == qualname)
    found = []
    for call in graph.calls_of(function):
        own = call.function
        found.append(own.name if own else UNKNOWN if call.is_unknown else call.callee.name)
    return found


def test_attributes_of_self_through_bases_and_constructors(make_project):
    project = make_project(FILES)
    assert calls(project, "Orders.all") == ["sqlalchemy.orm.Session.execute"]
    assert calls(project, "Service.run") == ["app.repo.Orders.all"]


def test_own_methods_properties_and_super(make_project):
    project = make_project(FILES)
    assert calls(project, "Service.twice") == [
        "app.service.Service.run",
        "builtins.object.missing",
        "builtins.super",
        "builtins.range",
        "app.repo.Orders.all",
    ]


def test_results_branches_and_context_managers(make_project):
    project = make_project(FILES)
    found = calls(project, "made")
    assert found[:2] == ["app.repo.make", "app.repo.Orders.all"]
    assert found.count("app.repo.Orders.all") == 2
    assert UNKNOWN in found  # what two branches make different
    assert found[-1] == "sqlalchemy.orm.Session.commit"


def test_parameters_are_what_their_annotation_says_or_unknown(make_project):
    project = make_project(FILES)
    assert calls(project, "awaited") == ["app.service.Service.run"]
    assert calls(project, "injected") == [UNKNOWN, "app.repo.Orders.all", "app.service.local"]


def test_callers_are_found_backwards(make_project):
    project = make_project(FILES)
    graph = project.view(CallGraph)
    target = next(f for f in project.view(Functions).all() if f.name == "app.repo.Orders.all")
    callers = {call.caller.fact.qualname for call in graph.callers(target)}
    assert callers == {"Service.run", "Service.twice", "made", "injected"}


def test_a_recursive_definition_ends(make_project):
    project = make_project(
        {"m.py": "def f(x):\n    x = x.y\n    y = z\n    z = y\n    y.g()\n    return f(x)"}
    )
    assert calls(project, "f") == [UNKNOWN, "m.f"]


def test_context_is_kept(make_project):
    project = make_project(
        {
            "m.py": """
                async def f(items, lock):
                    async with lock:
                        for item in items:
                            await item.save()
                    later = lambda: items.clear()
            """
        }
    )
    summary = project.view(Functions).summary(project.view(Functions).all()[0])
    save, clear = summary.calls
    assert (len(save.context.loops), len(save.context.managers), save.context.awaited) == (1, 1, True)
    assert clear.context.deferred


def test_an_annotation_by_another_name(make_project):
    project = make_project(
        {
            "deps.py": """
                from typing import Annotated, Optional
                from fastapi import Depends
                from sqlalchemy.orm import Session
                SessionDep = Annotated[Session, Depends(object)]
                Loop = Optional["Loop"]
                Again = Loop
            """,
            "routes.py": """
                import deps
                from deps import Loop, SessionDep
                def read(session: SessionDep, other: "deps.SessionDep", loop: Loop):
                    session.execute(1)
                    other.scalars(1)
                    loop.go()
            """,
        }
    )
    assert calls(project, "read") == [
        "sqlalchemy.orm.Session.execute",
        "sqlalchemy.orm.Session.scalars",
        UNKNOWN,
    ]
