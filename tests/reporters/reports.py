"""A small report, and the code it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from archlint.finding import Accepted, Confidence, Edit, Finding, Fix, Location, Related, Severity
from archlint.report import Report, Tally

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
    rule="contract/missing-file",
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


def lines(path: str) -> Sequence[str]:
    return FILES.get(path, ())
