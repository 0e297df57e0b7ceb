"""Which modules a build file speaks of."""

import time

from archlint.project.files.build_files import BuildFiles


def test_paths_and_dotted_names_are_seen(make_project):
    project = make_project({"main.py": "", "Makefile": "all:\n\tprotoc app/wire.proto\n\tmake app.made\n"})
    build_files = project.view(BuildFiles)
    assert build_files.speak_of("app/wire")
    assert build_files.speak_of("src/app/made")
    assert not build_files.speak_of("app/orders")


def test_a_hostile_line_costs_little(make_project):
    project = make_project({"main.py": "", "Makefile": "x" * 200_000})
    started = time.process_time()
    assert not project.view(BuildFiles).speak_of("app/x")
    assert time.process_time() - started < 5
