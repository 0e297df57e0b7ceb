"""The comment on a pull request."""

from __future__ import annotations

from msgspec.structs import replace

from archlint.finding import Location
from archlint.report import Report
from archlint.reporters import Surroundings, reporter
from archlint.reporters.markdown import LONGEST, MARK

from .reports import ADOPTED, HOSTED, LOOKUP, REPORT, WIDE


def rendered(report: Report, around: Surroundings = HOSTED) -> str:
    return reporter("markdown")(report, around)


def test_it_can_be_found_again():
    assert rendered(REPORT).startswith(f"{MARK}\n")


def test_a_pass_is_short():
    text = rendered(Report(REPORT.root, 3, (), tallies=REPORT.tallies))
    assert (
        text == f"{MARK}\n\n### archlint\n\nAll checks passed: 3 files, 1,204 places examined, 2 unknown.\n"
    )


def test_counts_and_what_failed():
    text = rendered(ADOPTED)
    assert "Found 2 errors in 3 files (1 suppressed, 2 in the baseline)." in text
    assert "Rule `web/slow-handler` failed: ValueError: 3 &#60; 4 &#38; more" in text


def test_lines_are_linked_where_the_host_is_known():
    assert "[line 4](https://example.org/backend/shop/views.py#L4)" in rendered(REPORT)
    assert " line 4: " in rendered(REPORT, Surroundings())


def test_many_findings_are_folded():
    assert rendered(REPORT).count("<details open>") == 2
    many = rendered(replace(REPORT, findings=(WIDE,) * 11))
    assert (many.count("<details>"), many.count("<details open>")) == (1, 0)


def test_a_comment_has_its_limit():
    findings = tuple(
        replace(WIDE, location=Location(f"shop/m{number // 7}.py", number + 1, 1, number + 1, 2))
        for number in range(5000)
    )
    text = rendered(replace(REPORT, findings=findings))
    assert LONGEST * 0.95 < len(text) <= LONGEST
    shown = text.count("\n- ")
    assert text.endswith(f"… and {5000 - shown:,} more findings.\n")
    assert text.count("<details>") == text.count("</details>")
    huge = rendered(replace(REPORT, findings=(replace(WIDE, message="x" * LONGEST),)))
    assert huge.endswith("… and 1 finding.\n")


def test_the_worst_files_come_first():
    in_a = replace(WIDE, location=Location("a.py", 1, 1, 1, 2))
    in_b = replace(LOOKUP, location=Location("b.py", 1, 1, 1, 2))
    also_in_b = replace(WIDE, location=Location("b.py", 2, 1, 2, 2))
    text = rendered(replace(REPORT, findings=(in_a, in_b, also_in_b)))
    assert [line for line in text.splitlines() if line.startswith("<summary>")] == [
        "<summary><code>b.py</code>: 1 ❌ 1 ⚠️</summary>",
        "<summary><code>a.py</code>: 1 ⚠️</summary>",
    ]


def test_signs_are_shown_as_they_are():
    odd = replace(
        LOOKUP,
        location=Location("a<b>`c`.py", 1, 1, 1, 2),
        message="@dev use `a[b]` not <b> *x* [y](z)\nnext",
        related=(),
    )
    text = rendered(Report(REPORT.root, 1, (odd,)))
    assert r"@<!-- -->dev use `a[b]` not &#60;b&#62; \*x\* \[y\](z)\\nnext" in text
    assert "<code>a&lt;b&gt;`c`.py</code>" in text
