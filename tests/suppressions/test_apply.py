"""What suppressions do to findings, and what is said of those that do nothing."""

from __future__ import annotations

from archlint.finding import Accepted, Finding, Location, Severity
from archlint.suppressions import Applied, apply, parse
from archlint.suppressions.application import UNUSED

KNOWN = ("archlint/syntax-error", UNUSED, "imports/unresolved", "layers/upward-import", "web/slow")


def finding(rule: str, line: int, path: str = "a.py") -> Finding:
    return Finding(rule, Severity.ERROR, Location(path, line, 1, line, 4), "it is wrong", "mend it")


def applied(source: str, *findings: Finding, ran=KNOWN) -> Applied:
    return apply(findings, {"a.py": parse(source.encode())}, KNOWN, ran)


def said(result: Applied) -> list[str]:
    return [
        f"{each.location.line}:{each.location.column} {each.message} ({each.hint})" for each in result.reports
    ]


def test_a_named_rule_on_its_line():
    hit, other_rule, other_line = (
        finding("imports/unresolved", 1),
        finding("layers/upward-import", 1),
        finding("imports/unresolved", 2),
    )
    result = applied("a  # archlint: ignore[imports/unresolved]\nb\n", hit, other_rule, other_line)
    assert result == Applied((other_rule, other_line), (Accepted(hit),), ())


def test_another_path_is_left_alone():
    other = finding("imports/unresolved", 1, "b.py")
    assert applied("a  # archlint: ignore\n", other).active == (other,)


def test_a_pack_and_a_file():
    findings = [finding("imports/unresolved", 1), finding("layers/upward-import", 2)]
    result = applied("a\nb\n# archlint: ignore-file[imports/*]\n", *findings)
    assert result == Applied((findings[1],), (Accepted(findings[0]),), ())


def test_unused():
    result = applied("a  # archlint: ignore[imports/unresolved, web/slow]\n", finding("web/slow", 1))
    assert said(result) == ["1:23 `imports/unresolved` has nothing to suppress here (remove the name)"]
    (unused,) = result.reports
    assert (unused.rule, unused.severity, unused.location.end_column) == (UNUSED, Severity.WARNING, 41)


def test_unused_blanket():
    assert said(applied("a\nb  # archlint: ignore\n")) == [
        "2:4 there is nothing to suppress here (remove the comment)"
    ]


def test_a_rule_that_did_not_run_may_need_its_suppression():
    ran = [rule for rule in KNOWN if rule != "web/slow"]
    assert applied("a  # archlint: ignore[web/slow]\nb  # archlint: ignore[web/*]\n", ran=ran).reports == ()


def test_unknown():
    source = (
        "a  # archlint: ignore[layer/upward-import]\n"
        "b  # archlint: ignore[zzz]\n"
        "# archlint: ignore[web/*]\nc\n"
    )
    assert said(applied(source, finding("web/slow", 4))) == [
        "1:23 no such rule: `layer/upward-import` (did you mean `layers/upward-import`?)",
        "2:23 no such rule: `zzz` (`archlint rules` lists all rules)",
    ]


def test_malformed():
    hit = finding("web/slow", 1)
    result = applied("a  # archlint: ignroe[web/slow]\n", hit)
    assert result.active == (hit,)
    assert said(result) == [
        "1:4 this suppression does nothing: `ignroe` is not known, did you mean `ignore`?"
        " (write `# archlint: ignore[pack/rule] -- reason`)"
    ]


def test_the_reports_can_be_suppressed():
    result = applied(f"a  # archlint: ignore[web/slow, {UNUSED}]\n")
    assert result.reports == ()
    assert [each.finding.rule for each in result.suppressed] == [UNUSED]


def test_a_blanket_does_not_hide_that_it_is_unused():
    result = applied("# archlint: ignore-file\na  # archlint: ignore\n")
    assert len(result.reports) == 2


def test_an_unused_suppression_of_the_reports_is_reported_and_ends_there():
    assert said(applied(f"a  # archlint: ignore[{UNUSED}]\n")) == [
        f"1:23 `{UNUSED}` has nothing to suppress here (remove the comment)"
    ]


def test_nothing_is_said_when_the_reports_are_off():
    result = applied("a  # archlint: ignore[nothing/here]\n", ran=("web/slow",))
    assert result == Applied((), (), ())


def test_nothing_is_said_of_a_file_that_does_not_parse():
    result = applied("a  # archlint: ignore[web/slow]\n(\n", finding("archlint/syntax-error", 2))
    assert result.reports == ()
