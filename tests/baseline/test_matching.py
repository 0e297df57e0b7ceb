"""Which findings are new."""

from __future__ import annotations

from msgspec.structs import replace

from archlint.baseline import Entry, entries_of, match
from archlint.finding import Accepted, Finding, Location, Severity


def finding(path="a.py", print_="f1", line=1, rule="p/r", identity=(), symbol="") -> Finding:
    location = Location(path, line, 1, line, 2)
    return Finding(
        rule,
        Severity.ERROR,
        location,
        "it is wrong",
        "mend it",
        symbol=symbol,
        fingerprint=print_,
        identity=identity,
    )


def there(*paths: str):
    return lambda path: path in paths or any(each.startswith(f"{path}/") for each in paths)


def paths(findings) -> list[str]:
    return [f"{each.location.path}:{each.location.line}" for each in findings]


def test_entries_count_equal_findings_and_are_sorted():
    found = [finding("b.py"), finding(line=9), finding(), finding(print_="f0", symbol="A.b")]
    assert entries_of(found, "why", "2027-01-31") == (
        Entry("p/r", "a.py", "", "f1", 2, "why", "2027-01-31"),
        Entry("p/r", "a.py", "A.b", "f0", 1, "why", "2027-01-31"),
        Entry("p/r", "b.py", "", "f1", 1, "why", "2027-01-31"),
    )


def test_what_was_there_is_accepted_wherever_its_line_is():
    result = match([finding(line=70)], entries_of([finding(line=2)], "known"), there("a.py"))
    assert (result.new, result.stale) == ((), ())
    assert result.accepted == (Accepted(finding(line=70), "known"),)
    assert result.used == entries_of([finding()], "known")


def test_of_more_than_are_accepted_the_last_are_new():
    found = [finding(line=3), finding(line=1), finding(line=2)]
    result = match(found, entries_of(found[:2]), there("a.py"))
    assert paths(result.new) == ["a.py:3"]
    assert [entry.count for entry in result.used] == [2]


def test_what_is_left_of_an_entry_is_stale():
    (entry,) = entries_of([finding(), finding(), finding()], "why")
    result = match([finding()], [entry], there("a.py"))
    assert [(each.count, each.reason) for each in result.stale] == [(2, "why")]


def test_another_rule_symbol_or_code_is_new():
    accepted = entries_of([finding()])
    for other in (finding(rule="p/other"), finding(print_="f2")):
        result = match([other], accepted, there("a.py"))
        assert (result.new, result.stale) == ((other,), accepted)


def test_a_renamed_file_keeps_its_entries():
    result = match([finding("new/b.py")], entries_of([finding("a.py")], "why"), there("new/b.py"))
    assert result.new == ()
    assert result.used == entries_of([finding("new/b.py")], "why")


def test_a_copy_beside_the_original_is_new():
    result = match([finding("b.py")], entries_of([finding("a.py")]), there("a.py", "b.py"))
    assert paths(result.new) == ["b.py:1"]
    assert [entry.path for entry in result.stale] == ["a.py"]


def test_of_several_gone_files_the_one_of_the_same_name():
    accepted = (*entries_of([finding("old/a.py")], "a"), *entries_of([finding("old/b.py")], "b"))
    result = match([finding("new/b.py"), finding("new/c.py")], accepted, there("new/b.py", "new/c.py"))
    assert [(each.finding.location.path, each.reason) for each in result.accepted] == [
        ("new/b.py", "b"),
        ("new/c.py", "a"),
    ]


def test_a_rename_hides_no_growth():
    found = [finding("b.py", line=1), finding("b.py", line=2)]
    assert paths(match(found, entries_of([finding("a.py")]), there("b.py")).new) == ["b.py:2"]


def test_a_cycle_is_the_same_wherever_it_is_reported():
    before = finding("a.py", identity=("a.py", "b.py"))
    now = finding("b.py", identity=("a.py", "b.py"))
    assert match([now], entries_of([before]), there("a.py", "b.py")).new == ()


def test_a_cycle_of_which_a_file_was_renamed_is_the_same():
    before = finding("a.py", "f1", identity=("a.py", "b.py"))
    now = finding("a.py", "f2", identity=("a.py", "c.py"))
    result = match([now], entries_of([before]), there("a.py", "c.py"))
    assert (result.new, result.stale) == ((), ())
    assert result.used == entries_of([now])


def test_a_cycle_of_a_renamed_package_is_the_same():
    before = finding("old/a.py", "f1", identity=("old/a.py", "old/b.py"))
    now = finding("new/a.py", "f2", identity=("new/a.py", "new/b.py"))
    assert match([now], entries_of([before]), there("new/a.py", "new/b.py")).new == ()


def whole(path: str, print_: str) -> Finding:
    return replace(finding(path, print_), location=Location(path, 1, 1, 1, 1))


def test_a_finding_about_a_file_goes_with_the_file():
    before = entries_of([whole("a.py", "f1"), whole("old/b.py", "f2")])
    now = [whole("new/b.py", "f3"), whole("c.py", "f4")]
    result = match(now, before, there("new/b.py", "c.py"))
    assert (result.new, result.used) == ((), entries_of(now))
    assert paths(match(now, before, there("a.py", "new/b.py", "c.py")).new) == ["c.py:1"]


def test_another_cycle_is_new():
    before = entries_of([finding("a.py", "f1", identity=("a.py", "b.py"))])
    other = finding("a.py", "f2", identity=("a.py", "c.py"))
    assert match([other], before, there("a.py", "b.py", "c.py")).new == (other,)
    stranger = finding("x.py", "f3", identity=("x.py", "y.py"))
    assert match([stranger], before, there("x.py", "y.py")).new == (stranger,)
    larger = finding("a.py", "f4", identity=("a.py", "c.py", "d.py"))
    assert match([larger], before, there("a.py", "c.py", "d.py")).new == (larger,)
