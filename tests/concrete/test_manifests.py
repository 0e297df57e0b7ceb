"""A further distribution in a manifest, in the style of those that are there."""

import pytest
import tomli

from archlint.concrete.fixes.change import Unfit
from archlint.concrete.fixes.manifests import declared
from archlint.finding import Location
from archlint.source import Text


def written(path: str, text: str) -> str:
    edit = declared(Text.decode(text.encode()), Location(path, 1, 1, 1, 1), "pyjwt")
    lines = [*text.splitlines(keepends=True), ""]
    at = sum(len(line) for line in lines[: edit.location.line - 1]) + edit.location.column - 1
    return text[:at] + edit.text + text[at:]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("flask\n", "flask\npyjwt\n"),
        ("flask", "flask\npyjwt\n"),
        ("flask\r\nredis\r\n", "flask\r\nredis\r\npyjwt\r\n"),
        ("# nothing\n\n", "# nothing\npyjwt\n\n"),
        ("", "pyjwt\n"),
    ],
)
def test_lines(before: str, after: str) -> None:
    assert written("requirements.txt", before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[]", '["pyjwt"]'),
        ('["flask"]', '["flask", "pyjwt"]'),
        ("['flask',]", "['flask', 'pyjwt',]"),
        ('[\n    "flask[async]>=3",  # the web\n]', '[\n    "flask[async]>=3",\n    "pyjwt",  # the web\n]'),
        ('[\n\t"flask"\n]', '[\n\t"flask",\n\t"pyjwt",\n]'),
        (
            '[\n    "a; extra == \'x\'",\n    # "b",\n]',
            '[\n    "a; extra == \'x\'",\n    "pyjwt",\n    # "b",\n]',
        ),
        ('[\r\n  "flask",\r\n]', '[\r\n  "flask",\r\n  "pyjwt",\r\n]'),
    ],
)
def test_lists(before: str, after: str) -> None:
    text = f'[build-system]\nrequires = ["x"]\n\n[project]\nname = "a"\ndependencies = {before}\n\n[tool.b]\n'
    result = written("pyproject.toml", text)
    assert result == text.replace(before, after)
    names = tomli.loads(text)["project"]["dependencies"]
    assert tomli.loads(result)["project"]["dependencies"] == [*names, "pyjwt"]


def test_tables_of_poetry() -> None:
    text = '[tool.poetry.dependencies]\npython = "^3.11"\nflask = "*"\n\n[tool.poetry.group.dev]\n'
    table = tomli.loads(written("pyproject.toml", text))["tool"]["poetry"]["dependencies"]
    assert table == {"python": "^3.11", "flask": "*", "pyjwt": "*"}


@pytest.mark.parametrize("text", ["", '[project]\nname = "a"\n\n[x]\ndependencies = []\n'])
def test_no_place(text: str) -> None:
    with pytest.raises(Unfit):
        written("pyproject.toml", text)
