"""Where a project declares what it needs."""

import time

from archlint.project.files.manifests import Manifests


def test_extras_are_seen_wherever_they_are_asked_for(make_project):
    poetry = '[tool.poetry.dependencies]\nflask = {version = "3", extras = ["async"]}\n'
    files = {"requirements.txt": "-e ./x\nHttp.X[http2,\n  brotli]>=1\nplain\n", "pyproject.toml": poetry}
    manifests = make_project({"main.py": "", **files}).view(Manifests)
    assert manifests.has_extras("http-x")
    assert manifests.has_extras("flask")
    assert not manifests.has_extras("plain")


def test_a_hostile_line_costs_little(make_project):
    project = make_project({"main.py": "", "requirements.txt": "x" * 200_000})
    started = time.process_time()
    assert not project.view(Manifests).has_extras("x")
    assert time.process_time() - started < 5
