"""What the pages about CI and daily use tell to copy is right."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from archlint.cli.group import archlint

from .composite import action
from .places import ROOT

PAGES = ("docs/ci.md", "docs/score.md", "docs/daily-use.md")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_COMMAND = re.compile(r"archlint (?:[a-z]+ )?(?:[\w./-]+ )*--[^`\n#|>)]*|(?<=[`(])archlint [a-z][^`\n]*(?=`)")


def blocks(page: str, language: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return [block for found, block in _BLOCK.findall(text) if found == language]


def yaml_with(words: str) -> str:
    (found,) = (block for block in blocks("docs/ci.md", "yaml") if words in block)
    return found


@pytest.mark.parametrize(
    ("words", "schema"),
    [
        ("runs-on", ["vendor.github-workflows"]),
        ("script:", ["vendor.gitlab-ci", "--data-transform", "gitlab-ci"]),
    ],
)
def test_what_is_copied_fits_the_published_schema(tmp_path: Path, words: str, schema: list[str]) -> None:
    file = tmp_path / "copied.yml"
    file.write_text(yaml_with(words))
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", *schema, str(file)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_hook_is_configured_as_pre_commit_wants_it(tmp_path: Path) -> None:
    file = tmp_path / ".pre-commit-config.yaml"
    file.write_text(yaml_with("repos:"))
    command = [sys.executable, "-m", "pre_commit", "validate-config", str(file)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert yaml.safe_load(yaml_with("repos:"))["repos"][0]["hooks"] == [{"id": hook["id"]}]


def test_the_workflow_uses_inputs_that_the_action_has() -> None:
    (*_, last) = yaml.safe_load(yaml_with("runs-on"))["jobs"]["archlint"]["steps"]
    assert set(last["with"]) <= set(action()["inputs"])


def test_the_job_is_that_of_the_template() -> None:
    copied: dict[str, Any] = yaml.safe_load(yaml_with("script:"))["archlint"]
    template = yaml.safe_load((ROOT / "templates/gitlab-ci.yml").read_text())["archlint"]
    assert [each.replace("$ARCHLINT_ARGS ", "") for each in template["script"]] == copied["script"]
    assert (template["image"], template["artifacts"]) == (copied["image"], copied["artifacts"])


def test_each_is_about_ten_lines() -> None:
    assert [len(block.splitlines()) for block in blocks("docs/ci.md", "yaml")] == [11, 10, 5]


def commands() -> list[tuple[str, str]]:
    texts = ((page, (ROOT / page).read_text(encoding="utf-8")) for page in PAGES)
    return [(page, found[0].strip()) for page, text in texts for found in _COMMAND.finditer(text)]


def test_commands_are_found() -> None:
    assert len(commands()) > 15


@pytest.mark.parametrize(("page", "line"), commands())
def test_every_command_has_the_options_that_are_told(page: str, line: str) -> None:
    words = line.split()[1:]
    context = click.Context(archlint, info_name="archlint", resilient_parsing=True)
    command: click.Command = archlint
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(context, words[0])
        assert found is not None, words[0]
        command, words = found, words[1:]
    known = {option for param in command.get_params(context) for option in param.opts}
    asked = {word.partition("=")[0].strip("\"'") for word in words if word.startswith("--")}
    assert asked - known == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / page).read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []
