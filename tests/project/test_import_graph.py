"""Edges, and what kind of import each is."""

from archlint.project.imports.import_graph import ImportGraph

FILES = {
    "app/__init__.py": "VERSION = 1",
    "app/models.py": "class Order: ...",
    "app/forms.py": "",
    "app/views.py": """
        import os.path
        from typing import TYPE_CHECKING

        from app import VERSION, models
        from .forms import *
        import app.models as m

        if TYPE_CHECKING:
            from . import forms

        def late():
            from importlib import import_module
            import_module("app.forms")
            return __import__("json")
    """,
}


def edges(project, path="app/views.py"):
    graph = project.view(ImportGraph)
    return [(edge.imported.name, edge.fact) for edge in graph.imports_of(project.module_at(path))]


def test_a_name_is_an_edge_to_its_submodule_or_else_to_the_package(make_project):
    project = make_project(FILES)
    assert [name for name, _ in edges(project)] == [
        "app",
        "app.models",
        "app.forms",
        "app.models",
        "app.forms",
        "app.forms",
    ]


def test_kinds_of_imports_are_told_apart(make_project):
    project = make_project(FILES)
    kinds = [(f.line, f.typing, f.deferred, f.dynamic) for _, f in edges(project)]
    assert kinds[-2:] == [(10, True, False, False), (14, False, True, True)]
    assert not any(typing or deferred for _, typing, deferred, _ in kinds[:-2])


def test_external_imports_have_their_dotted_name(make_project):
    project = make_project(FILES)
    outside = project.view(ImportGraph).external_of(project.module_at("app/views.py"))
    assert [edge.name for edge in outside] == [
        "os.path",
        "typing.TYPE_CHECKING",
        "importlib.import_module",
        "json",
    ]


def test_importers_are_the_edges_backwards(make_project):
    project = make_project(FILES)
    importers = project.view(ImportGraph).importers_of(project.module_at("app/models.py"))
    assert [edge.importer.path for edge in importers] == ["app/views.py", "app/views.py"]


def test_relative_imports_climb_folders(make_project):
    project = make_project(
        {"a/b/__init__.py": "", "a/b/c.py": "from ..d import x\nfrom ...e import y", "a/d.py": "x = 1"}
    )
    assert [name for name, _ in edges(project, "a/b/c.py")] == [project.module_at("a/d.py").name]
