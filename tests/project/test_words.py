"""Every module that says a name is found, whatever stands before and after the name in its facts."""

import pytest

from archlint.project.words import Words
from tests.project.conftest import MakeProject

LONG = "a_name_of_more_than_thirty_one_characters"


def speaking(make_project: MakeProject, code: str, name: str) -> list[str]:
    files = {"said.py": code, "silent.py": "import os\n\nos.getcwd()\n"}
    return [module.path for module in make_project(files).view(Words).modules(name)]


@pytest.mark.parametrize(
    "code",
    [
        "total = 1\n",
        "def total():\n    return 1\n",
        "def run(total=None):\n    pass\n",
        "def run(order):\n    return order.total\n",
        "def run(order):\n    return getattr(order, 'total')\n",
        "def run(order):\n    total(order, total=order)\n",
        "class Order:\n    def run(self):\n        self.total = 1\n",
    ],
)
def test_a_name_is_found_wherever_it_stands(make_project: MakeProject, code: str) -> None:
    assert speaking(make_project, code, "total") == ["said.py"]


@pytest.mark.parametrize("line", [0, 47, 64, 94, 96, 120])
def test_what_comes_after_a_name_does_not_hide_it(make_project: MakeProject, line: int) -> None:
    """Small numbers, as those of lines, are encoded as the letters of these numbers."""
    assert speaking(make_project, "\n" * line + "def run(order):\n    order.total\n", "total") == ["said.py"]


@pytest.mark.parametrize("name", [LONG, "größe", "t" * 31, "t" * 32])
def test_long_names_and_those_beyond_ascii_are_found_too(make_project: MakeProject, name: str) -> None:
    assert speaking(make_project, f"def run(order):\n    order.{name}\n", name) == ["said.py"]


def test_a_part_of_a_name_is_not_the_name(make_project: MakeProject) -> None:
    assert speaking(make_project, "def run(order):\n    order.subtotals\n", "total") == []
