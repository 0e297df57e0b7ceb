"""Bases and method resolution orders, as Python itself would have them."""

import time
from textwrap import dedent

import pytest

from archlint.project import UNKNOWN, External
from archlint.project.classes import ClassHierarchy

DIAMOND = """
    class A: ...
    class B(A): ...
    class C(A): ...
    class D(B, C): ...
    class E(C, D.__mro__[0] if False else B): ...
    class F(dict, A): ...
"""


def find(project, name):
    return next(c for c in project.view(ClassHierarchy).classes() if c.fact.qualname == name)


@pytest.mark.parametrize("name", ["A", "B", "C", "D"])
def test_the_order_is_the_one_python_makes(make_project, name):
    project = make_project({"m.py": DIAMOND})
    namespace: dict[str, type] = {}
    exec(dedent(DIAMOND.replace("class E(C, D.__mro__[0] if False else B): ...", "")), namespace)
    order = project.view(ClassHierarchy).order(find(project, name))
    assert [c.fact.qualname for c in order] == [c.__name__ for c in namespace[name].__mro__[:-1]]


def test_bases_from_other_modules_and_outside(make_project):
    project = make_project(
        {
            "app/base.py": "from django.db import models\nclass Timed(models.Model): ...",
            "app/shop.py": """
                from app import base as b
                from typing import Generic, TypeVar
                class Order(b.Timed, Generic[TypeVar("T")]):
                    class Meta: ...
                class Strange(b.make()): ...
            """,
        }
    )
    hierarchy = project.view(ClassHierarchy)
    order = find(project, "Order")
    assert [getattr(a, "name", a) for a in hierarchy.order(order)] == [
        "app.shop.Order",
        "app.base.Timed",
        "django.db.models.Model",
        "typing.Generic",
    ]
    assert hierarchy.is_subclass(order, "django.db.models.Model") is True
    assert hierarchy.is_subclass(order, "enum.Enum") is False
    assert hierarchy.is_subclass(find(project, "Strange"), "enum.Enum") is None
    assert hierarchy.bases(find(project, "Strange")) == (UNKNOWN,)
    assert [c.fact.qualname for c in hierarchy.subclasses("django.db.models.Model")] == ["Timed", "Order"]


def test_members_are_looked_up_along_the_order(make_project):
    project = make_project(
        {"m.py": "from enum import Enum\nclass A:\n    x = 1\nclass B(A): ...\nclass C(B, Enum):\n    y = 2"}
    )
    hierarchy = project.view(ClassHierarchy)
    holder, binding = hierarchy.member(find(project, "C"), "x")
    assert (holder.fact.qualname, binding.line) == ("A", 3)
    assert hierarchy.member(find(project, "B"), "z") is None
    assert hierarchy.member(find(project, "C"), "z") == External("enum.Enum.z")


def test_cycles_and_contradictions_end(make_project):
    project = make_project(
        {"m.py": "class A(B): ...\nclass B(A): ...\nclass X: ...\nclass Y(X): ...\nclass Z(X, Y): ..."}
    )
    hierarchy = project.view(ClassHierarchy)
    assert UNKNOWN in hierarchy.order(find(project, "A"))
    assert [c.fact.qualname for c in hierarchy.order(find(project, "Z"))] == ["Z", "X", "Y"]


def test_a_long_line_of_heirs_costs_little(make_project):
    heirs = "".join(f"class C{n}(C{n - 1}): ...\n" for n in range(1, 1000))
    project = make_project({"m.py": f"class C0: ...\n{heirs}"})
    started = time.process_time()
    hierarchy = project.view(ClassHierarchy)
    assert max(len(hierarchy.order(each)) for each in hierarchy.classes()) == 1000
    assert time.process_time() - started < 10
