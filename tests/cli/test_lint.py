"""Several projects in one run."""

from __future__ import annotations

from pathlib import Path

import pytest

from archlint.cli.assignment import Assignment, assign
from archlint.cli.combination import combine
from archlint.cli.lint import Order, lint
from archlint.finding import Accepted, Edit, Finding, Fix, Location, Related, Severity
from archlint.report import Report, RuleFailure, Tally


@pytest.fixture
def requests(tree, monkeypatch):
    """Three projects, one inside the other; the runs that are asked for, by folder."""
    root = tree({f"{folder}archlint.toml": "" for folder in ("", "a/", "a/b/")})
    inside = {root: ("a",), root / "a": ("b",), root / "a/b": ()}
    seen = []

    def run(config, registry, request):
        seen.append((config.root.relative_to(root).as_posix(), request))
        return Report(config.root, 1, (), projects=inside[config.root])

    monkeypatch.setattr("archlint.engine.run", run)
    return seen


def test_nested_projects_are_linted_too(requests):
    results = lint(assign([]), Order())
    assert [folder for folder, _ in requests] == [".", "a", "a/b"]
    assert len(results) == 3


def test_a_nested_project_that_is_also_named_is_linted_once(requests):
    assert len(lint(assign([Path("a"), Path(".")]), Order())) == 3
    assert sorted(folder for folder, _ in requests) == [".", "a", "a/b"]


def test_a_part_of_a_nested_project_does_not_hide_the_rest(requests):
    (Path("a") / "x.py").write_text("")
    assert len(lint(assign([Path("a/x.py"), Path(".")]), Order())) == 3
    assert [request.targets for folder, request in requests if folder == "a"] == [("x.py",), ()]


def test_a_shared_cache_folder(requests):
    lint(assign([]), Order(cache=Path("cache")))
    here = Path.cwd() / "cache"
    assert [request.store.folder for _, request in requests] == [here, here / "a", here / "a/b"]


def test_a_cache_in_each_project(requests):
    lint(assign([Path("a")]), Order())
    root = Path.cwd()
    assert [request.store.folder for _, request in requests] == [
        root / "a/.archlint_cache",
        root / "a/b/.archlint_cache",
    ]


def test_each_project_fails_by_its_own_configuration(tree, monkeypatch):
    root = tree({"a/archlint.toml": 'fail-on = "note"\n', "b/archlint.toml": 'fail-on = "error"\n'})

    def run(config, registry, request):
        return Report(config.root, 1, (finding("x.py"),), fail_on=config.fail_on)

    monkeypatch.setattr("archlint.engine.run", run)
    both = (
        Assignment(root / "a", root / "a/archlint.toml"),
        Assignment(root / "b", root / "b/archlint.toml"),
    )
    assert [each.fails for each in lint(both, Order())] == [True, False]
    assert [each.fails for each in lint(both, Order(fail_on=Severity.WARNING))] == [True, True]


def finding(path: str) -> Finding:
    place = Location(path, 1, 1, 1, 2)
    return Finding(
        "a/b",
        Severity.WARNING,
        place,
        "wrong",
        "mend it",
        related=(Related(place, "here"),),
        fix=Fix((Edit(place, "x"),), safe=True),
    )


def test_paths_are_told_from_the_folder_around_all():
    one = Report(
        Path("/w/p/one"),
        2,
        (finding("z.py"),),
        suppressed=(Accepted(finding("s.py"), "known"),),
        tallies={"a/b": Tally(1, 2, 3), "c/d": Tally(1)},
        notices=("same",),
    )
    two = Report(
        Path("/w/p/n/two"),
        3,
        (finding("a.py"),),
        failures=(RuleFailure("a/b", "e", "t"),),
        tallies={"a/b": Tally(10, 20, 30)},
        notices=("same", "other"),
    )
    both = combine([one, two])
    assert both.root == Path("/w/p")
    assert both.findings == (finding("n/two/a.py"), finding("one/z.py"))
    assert both.suppressed == (Accepted(finding("one/s.py"), "known"),)
    assert both.files == 5
    assert both.tallies == {"a/b": Tally(11, 22, 33), "c/d": Tally(1)}
    assert both.failures == two.failures
    assert both.notices == ("same", "other")


def test_a_project_that_only_holds_others_is_not_told_of():
    inner = Report(Path("/w/examples/shop"), 3, (finding("a.py"),))
    assert combine([Report(Path("/w"), 0, (), tallies={"a/b": Tally(7)}), inner]) == inner


def test_nothing_at_all():
    empty = Report(Path("/w"), 0, ())
    assert combine([empty, Report(Path("/w/a"), 0, ())]) == empty
