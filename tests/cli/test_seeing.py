"""`graph`, and `explain A B`."""

from __future__ import annotations

import json

import pytest

FILES = {
    "archlint.toml": '[layers]\nweb = ["web/**"]\ndomain = ["domain/**"]\n',
    "web/schemas.py": "class OrderIn: ...\n",
    "web/views.py": "import tools\nimport domain.orders\n",
    "domain/__init__.py": "",
    "domain/orders.py": "from web.schemas import OrderIn\n\n\ndef f():\n    import sqlalchemy.orm\n",
    "tools.py": "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import domain.orders\n",
}


@pytest.fixture
def drawn(tree):
    return tree(FILES)


def test_layers_as_mermaid(archlint, drawn):
    result = archlint("graph")
    assert (result.status, result.err) == (0, "")
    assert result.out == (
        "flowchart TD\n"
        '    n0["web"]\n'
        '    n1["domain"]\n'
        '    n1 ==>|"1, 1 broken"| n0\n'
        '    n0 -->|"1"| n1\n'
        "    linkStyle 0 stroke:#c62828,color:#c62828\n"
    )


def test_modules_as_dot_stand_in_their_layers(archlint, drawn):
    lines = archlint("graph", "--level", "module", "--output-format", "dot").out.splitlines()
    assert lines[0] == "digraph archlint {"
    assert '    subgraph cluster_2 { label="web";' in lines
    assert '    "tools" -> "domain.orders" [label="1"];' in lines
    red = [line for line in lines if "color" in line]
    assert [line.partition(" [")[0].strip() for line in red] == ['"domain.orders" -> "web.schemas"']


def test_modules_as_mermaid_stand_in_their_layers(archlint, drawn):
    lines = archlint("graph", "--level", "module").out.splitlines()
    assert lines[lines.index('    subgraph layer_0["domain"]') + 1] == '        n0["domain"]'
    assert '    n2["tools"]' in lines


def test_packages_as_json(archlint, drawn):
    drawing = json.loads(archlint("graph", "--level", "package", "--format", "json").out)
    assert (drawing["version"], drawing["level"]) == (1, "package")
    assert drawing["nodes"][0] == {"name": "domain", "layer": "domain", "modules": 2}
    assert {
        "importer": "domain",
        "imported": "web",
        "imports": 1,
        "broken": 1,
        "path": "domain/orders.py",
        "line": 1,
    } in drawing["edges"]


def test_a_part_of_the_graph(archlint, drawn):
    drawing = json.loads(archlint("graph", "--level", "module", "--format", "json", "tools.py").out)
    assert [(each["importer"], each["imported"]) for each in drawing["edges"]] == [
        ("tools", "domain.orders"),
        ("web.views", "tools"),
    ]


def test_packages_where_no_layers_are_drawn(archlint, tree):
    tree({"shop/a.py": "import shop.tools.b\n", "shop/tools/b.py": ""})
    assert 'n0 -->|"1"| n1' in archlint("graph").out
    result = archlint("graph", "--level", "layer")
    assert (result.status, result.out) == (2, "")
    assert "no layers are configured" in result.err


def test_levels_in_the_plural(archlint, drawn):
    assert archlint("graph", "--level", "modules").out == archlint("graph", "--level", "module").out


def test_packages_to_a_depth(archlint, tree):
    tree({"shop/a.py": "import shop.tools.deep.b\n", "shop/tools/deep/b.py": "", "shop/tools/c.py": ""})
    drawing = json.loads(archlint("graph", "--depth", "2", "--format", "json").out)
    assert [(each["name"], each["modules"]) for each in drawing["nodes"]] == [("shop", 1), ("shop.tools", 2)]


def test_large_projects_are_drawn_as_far_as_they_can_be_read(archlint, tree):
    features = {f"shop/f{n % 30}/part{n}/a.py": f"import shop.f{(n + 1) % 30}\n" for n in range(60)}
    tree({**features, **{f"shop/f{n}/__init__.py": "" for n in range(30)}})
    result = archlint("graph", "--format", "dot")
    assert "shop.f3" in result.out
    assert "part" not in result.out
    assert "`--depth`" in result.err
    assert "part3" in archlint("graph", "--format", "json").out


@pytest.mark.parametrize(
    ("start", "goal", "expected"),
    [
        (
            "web/views.py",
            "web.schemas",
            "web/views.py reaches web.schemas by 2 imports\n"
            "  web/views.py:2      imports domain.orders\n"
            "  domain/orders.py:1  imports web.schemas\n",
        ),
        (
            "web",
            "sqlalchemy",
            "the layer web reaches sqlalchemy by 2 imports\n"
            "  web/views.py:2      imports domain.orders\n"
            "  domain/orders.py:5  imports sqlalchemy.orm (when a function runs)\n",
        ),
        (
            "tools",
            "domain",
            "tools reaches the layer domain by 1 import\n"
            "  tools.py:4  imports domain.orders (type checking only)\n",
        ),
        (
            "web.schemas",
            "domain.orders",
            "web.schemas does not reach domain.orders\n"
            "  the other way round it does, from domain/orders.py:1\n",
        ),
    ],
)
def test_why_one_reaches_another(archlint, drawn, start, goal, expected):
    result = archlint("explain", start, goal)
    assert (result.status, result.out, result.err) == (0, expected, "")


@pytest.mark.parametrize(
    ("start", "goal", "expected"),
    [
        ("domain", "sqlalchmy", "did you mean `sqlalchemy.orm`?"),
        ("web.shemas", "domain", "did you mean `web.schemas`?"),
        ("sqlalchemy", "domain", "`sqlalchemy` is not part of the project"),
    ],
)
def test_what_is_not_there(archlint, drawn, start, goal, expected):
    result = archlint("explain", start, goal)
    assert (result.status, result.out) == (2, "")
    assert expected in result.err
