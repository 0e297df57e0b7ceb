import re

import pytest

from archlint.project.names.naming import STYLES, renamed


@pytest.mark.parametrize(
    ("name", "style", "expected"),
    [
        ("OrderLine", "snake_case", "order_line"),
        ("HTTPClient2", "snake_case", "http_client2"),
        ("order_line", "PascalCase", "OrderLine"),
        ("order-line", "camelCase", "orderLine"),
        ("orderLine", "UPPER_CASE", "ORDER_LINE"),
        ("order_line", "kebab-case", "order-line"),
        ("2nd_order", "PascalCase", ""),
        ("__", "snake_case", ""),
    ],
)
def test_a_name_in_another_style(name: str, style: str, expected: str) -> None:
    assert renamed(name, style) == expected


@pytest.mark.parametrize(
    ("style", "good", "bad"),
    [
        ("snake_case", ["order", "order_2", "0001_initial", "class_"], ["Order", "order-line", "orderLine"]),
        ("PascalCase", ["Order", "HTTPClient"], ["order", "Order_Line"]),
        ("camelCase", ["order", "orderLine"], ["Order", "order_line"]),
        ("UPPER_CASE", ["ORDER", "ORDER_2"], ["Order", "_ORDER"]),
        ("kebab-case", ["order", "order-2"], ["order_line", "Order"]),
    ],
)
def test_styles(style: str, good: list[str], bad: list[str]) -> None:
    assert [name for name in (*good, *bad) if re.fullmatch(STYLES[style], name)] == good
