import pytest

from archlint.project.files.captures import captured, filled, is_sound, names


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("app/{name}.py", "app/orders.py", {"name": "orders"}),
        ("app/{name}.py", "app/api/orders.py", None),
        ("app/{name}.py", "app/orders.pyi", None),
        ("app/{app}/{app}_views.py", "app/shop/shop_views.py", {"app": "shop"}),
        ("app/{app}/{app}_views.py", "app/shop/stock_views.py", None),
        ("app/{**}/{name}.py", "app/orders.py", {"**": "", "name": "orders"}),
        ("app/{**}/{name}.py", "app/api/v1/orders.py", {"**": "api/v1/", "name": "orders"}),
        ("**/{name}.?y", "a/b/orders.py", {"name": "orders"}),
        ("{name}/**", "a/b/orders.py", {"name": "a"}),
        ("./app/*_{kind}.py", "app/order_view.py", {"kind": "view"}),
        ("{**}/x/{**}/y.py", "a/x/a/y.py", {"**": "a/"}),
        ("{**}/x/{**}/y.py", "a/x/b/y.py", None),
    ],
)
def test_what_the_names_stand_for(pattern: str, path: str, expected: dict[str, str] | None) -> None:
    assert captured(pattern, path) == expected


def test_a_pattern_with_its_names_replaced() -> None:
    values = {"name": "orders", "**": "api/v1/"}
    assert filled("tests/{**}/test_{name}.py", values) == "tests/api/v1/test_orders.py"
    assert filled("tests/{**}/test_{name}.py", {"name": "orders", "**": ""}) == "tests/test_orders.py"
    assert filled("tests/{**}/{kind}/test_{name}.py", {"name": "orders"}) == "tests/**/*/test_orders.py"


def test_the_names_of_a_pattern() -> None:
    assert names("{**}/{app}/{name}.py") == {"**", "app", "name"}
    assert names("app/*.py") == frozenset()


@pytest.mark.parametrize(
    ("pattern", "expected"), [("{**}/{a}_{b}.py", True), ("a/{", False), ("a/{**}", False)]
)
def test_braces(pattern: str, expected: bool) -> None:
    assert is_sound(pattern) is expected
    assert is_sound(f"x{{**}}/{pattern}") is False
