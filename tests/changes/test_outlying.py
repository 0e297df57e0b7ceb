"""A configuration that relies on files outside of the project."""

from __future__ import annotations

import pytest

from archlint.cli.program import run

from .conftest import DRAWING, SHOP, Repo

ALL = (["--since", "main"], ["--staged"])
CODE = {path: text for path, text in SHOP.items() if path.endswith(".py")}
UPWARD = "import os\n\nfrom web.schemas import OrderIn\nfrom web import schemas\n"


@pytest.fixture
def service(repo, monkeypatch) -> Repo:
    """A project below the top of its repository, whose drawing lies above it."""
    repo.write({"shared/drawing.toml": '[layers]\nweb = ["web.**"]\ndomain = ["domain.**"]\n'})
    repo.write({f"shop/{path}": text for path, text in CODE.items()})
    repo.commit({"shop/archlint.toml": 'extends = ["../shared/drawing.toml"]\n'})
    monkeypatch.chdir(repo.root / "shop")
    return repo


@pytest.mark.parametrize("arguments", ALL)
def test_what_is_above_the_project_has_an_earlier_state(service, archlint, arguments):
    service.write({"shop/domain/more.py": UPWARD})
    service.git("add", "--all")
    result = archlint(*arguments)
    assert [line.split(":")[0] for line in result.out.splitlines()] == ["domain/more.py"] * 2
    assert "cannot be linted" not in result.err


@pytest.mark.parametrize("arguments", ALL)
def test_loosening_it_is_told(service, archlint, arguments):
    service.write({"shared/drawing.toml": '[layers]\nweb = ["web.**"]\n'})
    service.git("add", "--all")
    result = archlint(*arguments)
    assert "[archlint/loosened] takes the layer `domain` out of the drawing" in result.out


@pytest.mark.parametrize("arguments", ALL)
def test_what_is_shared_with_other_repositories_has_none(repo, archlint, tmp_path, arguments):
    Repo(tmp_path).write({"drawing.toml": '[layers]\nweb = ["web.**"]\ndomain = ["domain.**"]\n'})
    repo.commit({**CODE, "archlint.toml": 'extends = ["../drawing.toml"]\n'})
    assert archlint(*arguments).status == 0
    Repo(tmp_path).write({"drawing.toml": '[layers]\nweb = ["web.**"]\nbase = ["domain.**"]\n'})
    repo.write({"domain/more.py": UPWARD})
    repo.git("add", "--all")
    result = archlint(*arguments)
    assert [line.split(":")[0] for line in result.out.splitlines()] == ["domain/more.py"] * 2


@pytest.mark.parametrize("arguments", ALL)
def test_a_configuration_from_elsewhere_loosens_nothing(repo, archlint, tmp_path, arguments):
    folder = tmp_path / "rules"
    folder.mkdir()
    Repo(folder).write({"rules.toml": 'packs = ["layers"]\n' + DRAWING.replace("/", ".")})
    repo.commit(CODE)
    file = str(folder / "rules.toml")
    assert archlint("--config", file, ".").status == 1
    assert run(("baseline", "write", "--config", file)) == 0
    for _ in "12":  # the second time it is remembered
        result = archlint(*arguments, "--config", file, ".")
        assert (result.status, result.out) == (0, "")
