"""A small report, and the code it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from archlint.finding import Accepted, Confidence, Course, Edit, Finding, Fix, Location, Related, Severity
from archlint.report import Report, RuleFailure, Tally
from archlint.reporters.surroundings import RuleText, Surroundings

FILES = {
    "shop/models.py": ["from django.db import models", "", "class Order(models.Model):", "    pass"],
    "shop/views.py": [
        "from shop.models import Order",
        "",
        "def orders(request):",
        "\treturn Order.objects.filter(custmer='日本').exclude(",
        "\t\tpaid=True,",
        "\t)",
        "",
        "名前 = Order  # 日本",
    ],
}

LOOKUP = Finding(
    rule="django/unknown-lookup",
    severity=Severity.ERROR,
    location=Location("shop/views.py", 4, 30, 4, 37),
    message="`Order` has no field `custmer`",
    hint="did you mean `customer`?",
    related=(Related(Location("shop/models.py", 3, 1, 4, 9), "`Order` is defined here"),),
    fix=Fix((Edit(Location("shop/views.py", 4, 30, 4, 37), "customer"),), safe=True),
    because="the shop says customer",
    symbol="orders",
    fingerprint="f1",
)
WIDE = Finding(
    rule="layers/restricted-use",
    severity=Severity.WARNING,
    location=Location("shop/views.py", 8, 6, 8, 11),
    message="`Order` is used here",
    hint="use the repository",
    confidence=Confidence.MEDIUM,
    fingerprint="f2",
)
LONG = Finding(
    rule="django/long-query",
    severity=Severity.NOTE,
    location=Location("shop/views.py", 4, 9, 6, 3),
    message="a long query",
    hint="make it short",
    fingerprint="f3",
)
MISSING = Finding(
    rule="codebase/missing-file",
    severity=Severity.ERROR,
    location=Location("openapi.yaml", 1, 1, 1, 1),
    message="there is no `openapi.yaml`",
    hint="write it",
    fingerprint="f4",
)

REPORT = Report(
    root=Path("/project"),
    files=2,
    findings=(MISSING, LONG, LOOKUP, WIDE),
    suppressed=(Accepted(WIDE, "moves in May"), Accepted(LONG)),
    tallies={
        "django/unknown-lookup": Tally(kept=1200, broken=1, unknown=2),
        "layers/restricted-use": Tally(broken=1),
        "web/slow-handler": Tally(),
    },
)

WAY = Finding(
    rule="layers/upward-import",
    severity=Severity.ERROR,
    location=Location("shop/a b#1.py", 2, 6, 2, 12),
    message="`domain` may not reach `web`, though `{0}` does",
    hint="pass it in",
    related=(
        Related(Location("shop/views.py", 1, 6, 1, 17), "`shop.views` imports `shop.models`"),
        Related(Location("shop/models.py", 1, 1, 1, 31), "`shop.models` imports `django`"),
    ),
    course=Course.FROM_HERE,
    symbol="Order.total",
    fingerprint="f5",
)
TEXT = """\
Imports from a lower layer into a higher one.

## Why is this bad?

A layer may rely only on
the layers below it.

## Bad

```python
import web
```
"""

ADOPTED = Report(
    root=Path("/work/shop"),
    files=3,
    findings=(WAY, LOOKUP),
    suppressed=(Accepted(WIDE, "moves in May"),),
    baselined=(Accepted(LONG, "older than the rule"), Accepted(LONG)),
    baseline="archlint-baseline.json",
    failures=(RuleFailure("web/slow-handler", "ValueError: 3 < 4 & more", "Traceback:\n  \x1b[1mno\x00\n"),),
    tallies={
        "django/unknown-lookup": Tally(broken=1),
        "layers/upward-import": Tally(1, 1),
        "web/quiet": Tally(2),
    },
    notices=("the cache is not used",),
)
"""What a project with a baseline comes to: new findings, accepted ones, a rule that failed."""


def rule_text(rule: str) -> RuleText | None:
    return (
        RuleText(rule, Severity.WARNING, TEXT.partition("\n")[0], TEXT)
        if rule.startswith("layers/")
        else None
    )


def line_link(path: str, line: int) -> str:
    return f"https://example.org/{path}#L{line}"


def lines(path: str) -> Sequence[str]:
    return FILES.get(path, ())


HOSTED = Surroundings(lines, rule_text=rule_text, prefix="backend/", line_link=line_link)
"""Around a project that is a folder of a repository on some host."""
