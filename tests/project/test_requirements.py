"""What a project says that it needs, in every file that may say so."""

import pytest

from archlint.project.files.requirements import Requirements

FILES = {
    "requirements.txt": "-r base.txt\n# flask\nFlask[async]>=3 # web\ngit+https://example.org/x.git#egg=flask\n",
    "requirements/base.in": "-e flask @ file:///flask\n",
    "pyproject.toml": '[project]\nname = "app"\ndependencies = ["app", "flask ; python_version > \'3\'"]\n',
    "Pipfile": '[packages]\nflask = "*"\n',
    "setup.cfg": "[metadata]\nname = app\n[options]\ninstall_requires =\n app\n flask\npackages = other\n",
    "setup.py": 'setup(name="app", packages=["other"], install_requires=["flask>=3", "app"])\n',
    "x.dist-info/METADATA": "Name: app\nRequires-Dist: flask>=3\n\nother\n",
}
MORE = {
    "poetry": '[tool.poetry]\nname = "app"\n[tool.poetry.dependencies]\nflask = {version = "3"}\n',
    "group": '[dependency-groups]\nother = ["flask", {include-group = "x"}]\n',
    "extra": '[project.optional-dependencies]\nother = ["flask"]\n',
    "build": '[build-system]\nrequires = ["flask"]\n',
    "broken": '[project\ndependencies = ["flask"]\n',
}


@pytest.mark.parametrize(
    ("path", "text"), [*FILES.items(), *(("pyproject.toml", text) for text in MORE.values())]
)
def test_what_is_required(make_project, path, text):
    requirements = make_project({"main.py": "", path: text}).view(Requirements)
    assert requirements.name("flask")
    assert requirements.name("FLASK")
    assert not requirements.name("other")
    assert not requirements.name("app")
    assert not requirements.share("flas")


def test_a_namespace_is_shared_by_what_begins_with_its_name(make_project):
    requirements = make_project({"main.py": "", "requirements.txt": "acme-core\nzope.event\n"}).view(
        Requirements
    )
    assert requirements.share("acme")
    assert requirements.share("zope")
    assert not requirements.name("acme")
    assert not requirements.share("ac")


def test_what_is_written_beside_a_root_or_above_it_covers_it(make_project):
    files = {
        "main.py": "",
        "one/requirements/base.txt": "flask",
        "one/src/app/main.py": "",
        "two/app/main.py": "",
    }
    requirements = make_project(files).view(Requirements)
    assert requirements.cover("one")
    assert requirements.cover("one/src")
    assert not requirements.cover("two")


def test_an_unpacked_wheel_says_what_the_folder_around_its_metadata_needs(make_project):
    files = {"poem/lines.py": "", "poem-1.dist-info/METADATA": "Name: poem\nRequires-Dist: poem-core (>=2)\n"}
    requirements = make_project(files).view(Requirements)
    assert requirements.cover("")
    assert requirements.share("poem")


@pytest.mark.parametrize(
    ("path", "text", "flask", "python"),
    [
        ("requirements.txt", "Flask[async]>=3,<4 ; python_version > '3' # web\n", (">=3,<4",), ()),
        ("requirements.txt", "flask==3.0.1 --hash=sha256:00 \\\n", ("==3.0.1",), ()),
        ("requirements.txt", "flask\nflask @ file:///flask\n", (), ()),
        ("requirements/base.in", "flask>=2\nflask>=2\nFLASK>=3\n", (">=2", ">=3"), ()),
        (
            "pyproject.toml",
            '[project]\nrequires-python = ">=3.11"\ndependencies = ["flask (>=3)"]\n',
            (">=3",),
            (">=3.11",),
        ),
        (
            "pyproject.toml",
            '[tool.poetry.dependencies]\npython = "^3.10"\nflask = {version = "^3.0"}\n',
            ("^3.0",),
            ("^3.10",),
        ),
        ("Pipfile", '[packages]\nflask = "*"\n', ("*",), ()),
        (
            "setup.cfg",
            "[options]\npython_requires = >=3.9\ninstall_requires =\n flask~=3.0\n",
            ("~=3.0",),
            (">=3.9",),
        ),
        (
            "setup.py",
            'setup(python_requires=">=3.8", install_requires=["flask >= 3"])\n',
            (">= 3",),
            (">=3.8",),
        ),
    ],
)
def test_which_versions_are_asked_for(make_project, path, text, flask, python):
    requirements = make_project({"main.py": "", path: text}).view(Requirements)
    assert requirements.versions("flask") == flask
    assert requirements.versions() == python
    assert requirements.versions("django") == ()
