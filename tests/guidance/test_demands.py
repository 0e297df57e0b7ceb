"""What rules say in words of their options."""

from __future__ import annotations

import pytest

from archlint.config.loading import load
from archlint.demand import Demand, below, named
from archlint.engine import open_project
from archlint.registry import installed

DRAWING = '[layers]\nroutes = ["app/routes/**"]\nservices = ["app/services/**"]\nmodels = ["app/models/**"]\n'
FILES = {f"app/{layer}/a.py": "" for layer in ("routes", "services", "models")}


@pytest.fixture
def demands(tmp_path):
    """The demands of one rule under a configuration."""

    def ask(rule: str, toml: str) -> list[Demand]:
        (tmp_path / "archlint.toml").write_text(DRAWING + toml)
        for path, text in FILES.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        registry = installed()
        config = load(tmp_path / "archlint.toml", tmp_path, registry.rules, registry.packs)
        project = open_project(config)
        active = [each for each in registry.select(config, project) if each.card.id == rule]
        assert active
        return [demand for each in active for demand in each.rule.demands(project)]

    return ask


def table(rule: str, options: str) -> tuple[str, str]:
    return rule, f'[[rules."{rule}"]]\n{options}\n'


@pytest.mark.parametrize(
    ("rule", "toml", "texts"),
    [
        ("layers/upward-import", "", ["Let no layer import one above it"]),
        (
            *table(
                "layers/upward-import", 'layers = {a = ["x"], b = ["y"], c = ["z"]}\ncontainers = ["app.*"]'
            ),
            [
                "In each of `app.*`, keep `a` over `b` over `c`: "
                "a layer may use those below it, and none above",
            ],
        ),
        (
            *table("layers/upward-import", 'allow = ["app.kernel"]'),
            ["Let no layer import one above it", "From any layer, `app.kernel` may be imported"],
        ),
        (
            *table("layers/skipped-layer", 'open = ["models"]'),
            ["From `routes`, reach `models` only through `services`"],
        ),
        (*table("layers/skipped-layer", 'from-above = ["models"]'), []),
        (
            *table("layers/restricted-use", 'symbols = ["a.b", "a.c", "d"]\nallowed-in = ["services"]'),
            ["Use `a.{b, c}` and `d` only in `services`"],
        ),
        (
            *table(
                "layers/restricted-use", 'symbols = ["a.b"]\nallowed-in = ["models"]\nwithin = ["routes"]'
            ),
            ["In `routes`, do not use `a.b`: that is for `models`"],
        ),
        (*table("layers/restricted-use", 'symbols = ["a.b"]\nallowed-in = []'), ["Do not use `a.b`"]),
        (
            *table(
                "layers/leaked-type", 'types = ["fastapi.Request"]\ninto = ["models"]\nout-of = ["services"]'
            ),
            [
                "Keep `fastapi.Request` out of `models`",
                "Return no `fastapi.Request` from public functions of `services`",
            ],
        ),
        (
            *table("layers/unassigned-module", 'within = ["app/**"]\nallow = ["app.main"]'),
            ["Put every module in `app/**` into one of the layers, but for `app.main`"],
        ),
        (*table("layers/missing-layer", "at-least = 3"), ["Spread the code over at least 3 of the layers"]),
        (
            *table(
                "imports/forbidden",
                'from-modules = ["services"]\nto = ["flask", "fastapi"]\ntransitive = true',
            ),
            ["In `services`, do not import `flask` or `fastapi`, nor what imports them"],
        ),
        (
            *table("imports/independent", 'modules = ["app.*"]'),
            ["Let no part of `app.*` import another of them"],
        ),
        (
            *table("imports/protected", 'modules = ["models"]\nimporters = ["services"]'),
            ["Import `models` only in `services`"],
        ),
        (*table("imports/protected", 'modules = ["models"]'), ["Import `models` nowhere else"]),
        (
            *table("imports/private", 'packages = ["app.models"]\npublic = ["app.models.api"]'),
            [
                "From outside `app.models`, import only `app.models.api` of it",
                "Import no name that begins with an underscore from another package",
            ],
        ),
        (
            *table("imports/undeclared", 'may-import = {"app.routes" = ["app.services"], "app.models" = []}'),
            [
                "In `app.routes`, import only `app.services` of the other parts",
                "In `app.models`, import nothing of the other parts",
            ],
        ),
        (
            *table("imports/cyclic", 'level = "package"'),
            ["Let no packages import each other in a cycle"],
        ),
        (
            *table("imports/cyclic-siblings", 'within = ["app"]'),
            ["Let what lies in `app` side by side not depend on each other in a cycle"],
        ),
        (
            *table("layout/forbidden-path", 'paths = ["app/utils.py", "app/misc/"]\nallow = ["app/misc/x/"]'),
            ["Create no `app/utils.py` or `app/misc/`, but for `app/misc/x/`"],
        ),
        (
            *table("layout/missing-path", 'paths = ["README.md", "docs/"]\nat-least = 1'),
            ["Have at least 1 of `README.md` and `docs/`"],
        ),
        (
            *table("layout/unexpected-path", 'folders = ["app/"]\nallow = ["routes/", "models/"]'),
            ["Put nothing into `app/` but `routes/` and `models/`"],
        ),
        (
            *table(
                "layout/misplaced-definition",
                'allowed-in = ["models"]\nsubclasses-of = ["a.B"]\nmade-by = ["a.C"]',
            ),
            ["Define subclasses of `a.B`, and what `a.C` makes only in `models`"],
        ),
        (
            *table(
                "layout/misnamed",
                'paths = ["app/services/"]\nfiles = "snake_case"\nclasses = "\\\\w+Service"',
            ),
            [r"In `app/services/`, name files like `snake_case`, classes like `\w+Service`"],
        ),
        (
            *table(
                "layout/missing-companion",
                'each = "app/{name}.py"\nneeds = "tests/test_{name}.py"\nmutual = true',
            ),
            ["Give each `app/{name}.py` its `tests/test_{name}.py`, and the other way round"],
        ),
        (
            *table(
                "layout/test-layer",
                'tests = ["tests/**"]\nmay-import = ["app.services"]\nmay-not-import = ["flask"]',
            ),
            [
                "In `tests/**`, import nothing of the project but `app.services`",
                "In `tests/**`, do not import `flask`",
            ],
        ),
    ],
)
def test_what_a_rule_demands(demands, rule, toml, texts):
    assert [each.text for each in demands(rule, toml)] == texts


def test_every_rule_with_options_that_it_needs_says_what_it_demands():
    """Its page alone could not tell what this very project asks for."""
    from archlint.rule import Rule

    cards = [card for card in installed().rules.values() if card.required]
    silent = [card.id for card in cards if card.load().demands is Rule.demands]
    assert cards
    assert silent == []


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ((), ""),
        (("a",), "`a`"),
        (("a", "b.c", "b.d", "b"), "`a`, `b` and `b.{c, d}`"),
        (("a/b.py", "a/c.py"), "`a/b.py` and `a/c.py`"),
        (("a.*", "a.b"), "`a.*` and `a.b`"),
    ],
)
def test_names_in_a_list(names, text):
    assert named(names) == text


def test_what_lies_below():
    assert below(("app.a", "app.*", "app/a", "app.**")) == ("app.a.**", "app.*.**", "app/a/**", "app.**")
