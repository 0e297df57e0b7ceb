"""Options of the layout rules that could never find anything are refused, at their place in the file."""

from pathlib import Path

import pytest

from archlint import engine
from archlint.config.loading import load as load_config
from archlint.errors import ConfigError
from archlint.registry import load

REGISTRY = load()
FILES = ("app/__init__.py", "app/orders.py", "app/services/orders.py", "tests/test_orders.py")


def problem(root: Path, config: str, files: tuple[str, ...] = FILES) -> str:
    """What a small application's configuration is refused for, the first of all."""
    for name in files:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("", encoding="utf-8")
    file = root / "archlint.toml"
    file.write_text(config, encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        engine.run(load_config(file, root, REGISTRY.rules, REGISTRY.packs), REGISTRY)
    return str(refused.value.problems[0])


def test_a_missing_path_that_is_ignored(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text(".env\n", encoding="utf-8")
    (tmp_path / ".env").write_text("", encoding="utf-8")
    told = problem(tmp_path, '[rules."layout/missing-path"]\npaths = ["app/", ".env"]\n')
    assert told.startswith("archlint.toml:2:18: `.env` is ignored, so nobody can tell whether it is there")


def test_a_missing_path_below_an_excluded_folder(tmp_path: Path) -> None:
    told = problem(
        tmp_path, 'exclude = ["tests/**"]\n[rules]\n"layout/missing-path".paths = ["tests/test_*.py"]\n'
    )
    assert told.startswith("archlint.toml:3:32: `tests/test_*.py` is ignored")


def test_more_paths_asked_for_than_named(tmp_path: Path) -> None:
    told = problem(
        tmp_path,
        '[[rules."layout/missing-path"]]\npaths = ["app/"]\n'
        '[[rules."layout/missing-path"]]\npaths = ["app/"]\nat-least = 2\n',
    )
    assert told.startswith("archlint.toml:5:1: `at-least` asks for 2 of 1 paths")


def test_no_such_folder_to_look_into(tmp_path: Path) -> None:
    told = problem(
        tmp_path, '[rules."layout/unexpected-path"]\nfolders = ["app/", "ap/service"]\nallow = ["*"]\n'
    )
    assert told == "archlint.toml:2:20: `ap/service` matches no folder (did you mean `app/services/`?)"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("snake", "snake_case"),
        ("pascalcase", "PascalCase"),
        ("camel_case", "camelCase"),
        ("UPPER", "UPPER_CASE"),
    ],
)
def test_a_style_that_is_none(tmp_path: Path, written: str, meant: str) -> None:
    told = problem(tmp_path, f'[rules."layout/misnamed"]\npaths = ["app/"]\nfunctions = "{written}"\n')
    assert told == (
        f"archlint.toml:3:1: `{written}` is not a style, and as a regular expression it matches only that "
        f"word (did you mean `{meant}`?)"
    )


def test_names_in_no_file(tmp_path: Path) -> None:
    told = problem(tmp_path, '[rules."layout/misnamed"]\npaths = ["app/services"]\nclasses = "PascalCase"\n')
    assert (
        told == "archlint.toml:2:10: `app/services` matches no file (write `app/services/` for all below it)"
    )


def test_a_name_that_is_no_regular_expression(tmp_path: Path) -> None:
    told = problem(tmp_path, '[rules."layout/misnamed"]\npaths = ["app/"]\nclasses = "*Service"\n')
    assert told.startswith("archlint.toml:3:1: `*Service` is not a valid regular expression: nothing")


def test_a_name_that_may_take_for_ever(tmp_path: Path) -> None:
    config = '[rules."layout/misnamed"]\npaths = ["app/"]\nclasses = "(a+)+\\\\1"\n'
    assert problem(tmp_path, config).startswith("archlint.toml:3:1: `(a+)+\\1` may take for ever")


def test_no_names_asked_about(tmp_path: Path) -> None:
    told = problem(tmp_path, '[rules."layout/misnamed"]\npaths = ["app/"]\n')
    assert told.startswith("archlint.toml:2:1: no names are asked about")


def test_no_place_for_definitions(tmp_path: Path) -> None:
    told = problem(
        tmp_path,
        '[rules."layout/misplaced-definition"]\nsubclasses-of = ["django.db.models.Model"]\n'
        'allowed-in = ["app.orders", "models"]\n',
    )
    assert told.startswith("archlint.toml:3:29: `models` is not a layer and matches no module")


def test_definitions_of_a_class_that_is_not_there(tmp_path: Path) -> None:
    told = problem(
        tmp_path,
        '[rules."layout/misplaced-definition"]\nsubclasses-of = ["app.orders.Base"]\n'
        'allowed-in = ["app.orders"]\n',
    )
    assert told == "archlint.toml:2:18: the project has no `app.orders.Base`"


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("app.orders.Base", 'tests = ["tests/**"]\nmay-not-use = ["{}"]'),
        ("app.order.**", 'tests = ["tests/**"]\nmay-not-use = ["{}"]'),
    ],
)
def test_uses_of_what_is_not_there(tmp_path: Path, name: str, options: str) -> None:
    told = problem(tmp_path, f'[rules."layout/test-layer"]\n{options.format(name)}\n')
    assert told == f"archlint.toml:3:16: the project has no `{name}`"


@pytest.mark.parametrize(
    ("rule", "symbols", "where"),
    [("restricted-use", "symbols", "allowed-in"), ("leaked-type", "types", "into")],
)
def test_a_border_for_what_is_not_there(tmp_path: Path, rule: str, symbols: str, where: str) -> None:
    told = problem(
        tmp_path,
        f'[rules."layers/{rule}"]\n{where} = ["app.**"]\n{symbols} = ["celery.Celery", "app.ordres.*"]\n',
        files=(*FILES, "docker/build.py", "docker/celery.py"),
    )
    assert told.endswith("the project has no `app.ordres.*`")


def test_no_definitions_asked_about(tmp_path: Path) -> None:
    told = problem(tmp_path, '[rules."layout/misplaced-definition"]\nallowed-in = ["app.orders"]\n')
    assert told.startswith("archlint.toml:2:1: no definitions are asked about")


@pytest.mark.parametrize(
    ("each", "needs", "expected"),
    [
        ("app/{name}.py", "tests/test_{nam}.py", "3:1: `{nam}` does not stand in `each`"),
        (
            "ap/{name}.py",
            "tests/test_{name}.py",
            "2:1: `ap/{name}.py` matches no file that needs a companion",
        ),
        ("app/{name.py", "tests/test_{name}.py", "2:1: the braces of `app/{name.py` say nothing"),
        ("app/{**}", "tests/{**}", "2:1: the braces of `app/{**}` say nothing"),
    ],
)
def test_companions_that_cannot_be(tmp_path: Path, each: str, needs: str, expected: str) -> None:
    file = f'[rules."layout/missing-companion"]\neach = "{each}"\nneeds = "{needs}"\n'
    assert problem(tmp_path, file).startswith(f"archlint.toml:{expected}")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ('tests = ["test/**"]\nmay-not-import = ["sqlalchemy"]', "2:10: `test/**` matches no module"),
        ('tests = ["tests/**"]\nmay-import = ["app.views"]', "3:15: `app.views` matches no module"),
        ('tests = ["tests/**"]\nmay-not-import = ["app.views.**"]', "3:19: `app.views.**` matches nothing"),
        ('tests = ["tests/**"]\nmay-not-import = ["db/**"]', "3:19: `db/**` matches nothing"),
        ('tests = ["tests/**"]', "2:1: nothing is said of what the tests may import"),
    ],
)
def test_tests_of_which_nothing_can_be_said(tmp_path: Path, options: str, expected: str) -> None:
    told = problem(tmp_path, f'[rules."layout/test-layer"]\n{options}\n')
    assert told.startswith(f"archlint.toml:{expected}")


@pytest.mark.parametrize(
    "options",
    [
        '[rules."layout/test-layer"]\ntests = ["tests/**"]\nmay-not-import = ["sqlalchemy"]',
        '[rules."layout/misplaced-definition"]\nallowed-in = ["app/**"]\nsubclasses-of = ["app.Base"]',
        '[rules."layout/misnamed"]\npaths = ["**/*.py"]\nfiles = "snake_case"',
        '[rules."layout/unexpected-path"]\nfolders = ["app"]\nallow = ["*.py"]',
        '[rules."layout/missing-companion"]\neach = "app/{name}.py"\nneeds = "tests/test_{name}.py"',
    ],
)
def test_a_project_without_any_python(tmp_path: Path, options: str) -> None:
    assert problem(tmp_path, f"{options}\n", files=("README.md",)).startswith("archlint.toml:2:")


def test_a_use_allowed_nowhere(tmp_path: Path) -> None:
    told = problem(
        tmp_path,
        '[[rules."layers/restricted-use"]]\nsymbols = ["x.y"]\nallowed-in = ["app.**"]\n'
        '[[rules."layers/restricted-use"]]\nsymbols = ["x.z"]\nallowed-in = ["app.**", "nowhere"]\n',
    )
    assert told.startswith("archlint.toml:6:25: ")
    assert "`nowhere`" in told
