"""`archlint constraints`."""

from __future__ import annotations

import pytest

CONFIGURATION = """\
[layers]
web = ["shop/web/**"]
domain = ["shop/domain/**"]
data = {modules = ["shop/data/**"], independent = true, except = ["shop/data/x.py"]}

[rules."layers/upward-import"]
because = "the domain outlives the web."

[[rules."layers/restricted-use"]]
symbols = ["sqlite3.connect"]
allowed-in = ["data"]
because = "queries live in data"

[[rules."layout/unexpected-path"]]
folders = ["shop/"]
allow = ["web/", "domain/", "data/"]
severity = "warning"

[rules]
"imports/partial-import" = "off"

[stack]
orm = "sqlalchemy"
database = "sqlite"

[contract]
openapi = "api.yaml"
"""
FILES = {
    "archlint.toml": CONFIGURATION,
    "shop/__init__.py": "",
    "shop/web/views.py": "",
    "shop/domain/orders.py": "",
    "shop/data/rows.py": "",
    "shop/data/x.py": "",
    "tools.py": "",
}


@pytest.fixture
def drawn(tree):
    return tree(FILES)


def lines(text: str, title: str) -> list[str]:
    """The lines of a section."""
    after = text.split(f"## {title}\n\n", 1)[1]
    return after.split("\n## ", 1)[0].strip().splitlines()


def test_the_whole(drawn, archlint):
    result = archlint("constraints")
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith("# Rules of this project\n\n")
    assert lines(result.out, "Layers") == [
        "From top to bottom; a layer may use those below it.",
        "",
        "1. `web`: `shop/web/**`",
        "2. `domain`: `shop/domain/**`",
        "3. `data`: `shop/data/**`, but not `shop/data/x.py`; its parts may not use one another",
    ]
    assert lines(result.out, "Architecture")[-3:] == [
        "- Use `sqlite3.connect` only in `data`, because queries live in data. (layers/restricted-use)",
        "- Let no layer import one above it, because the domain outlives the web. (layers/upward-import)",
        "- Put nothing into `shop/` but `web/`, `domain/` and `data/`. (layout/unexpected-path, warning)",
    ]
    assert lines(result.out, "Built with") == [
        "- ORM: sqlalchemy",
        "- database: sqlite",
        "- The HTTP API is promised in `api.yaml`.",
    ]
    *_, unresolved = lines(result.out, "Avoid: `imports`")
    assert unresolved.startswith(
        "- First-party imports of a module or a name that the project does not have."
    )
    assert unresolved.endswith(" (imports/unresolved)")


def test_it_says_the_same_each_time(drawn, archlint):
    assert len({archlint("constraints").out for _ in range(3)}) == 1


def test_rules_that_are_not_in_force_are_not_told(drawn, archlint):
    out = archlint("constraints").out
    assert "imports/partial-import" not in out
    assert "django/" not in out


@pytest.mark.parametrize("path", ["shop/domain/orders.py", "shop/domain/not_there_yet.py"])
def test_a_file(drawn, archlint, path):
    result = archlint("constraints", "--for", path)
    assert result.status == 0
    assert result.out.splitlines()[:4] == [
        f"# `{path}`",
        "",
        "Belongs to the layer `domain`. May use `data`. May not use `web`.",
        "",
    ]
    kept = lines(result.out, "Rules that hold here")
    assert [line.rpartition("(")[2] for line in kept if line.startswith("- ")] == [
        "layers/restricted-use)",
        "layers/upward-import)",
        "layout/unexpected-path, warning)",
    ]
    assert "Allowed here" not in result.out


def test_a_file_that_may_what_others_may_not(drawn, archlint):
    out = archlint("constraints", "--for", "shop/data/rows.py").out
    assert "The lowest layer: it uses no other. May not use `web` or `domain`." in out
    assert "The parts of `data` may not use one another." in out
    (allowed,) = [line for line in lines(out, "Allowed here, and not elsewhere") if line.startswith("- ")]
    assert allowed.startswith("- Use `sqlite3.connect` only in `data`")


@pytest.mark.parametrize("path", ["tools.py", "shop/data/x.py"])
def test_a_file_in_no_layer(drawn, archlint, path):
    out = archlint("constraints", "--for", path).out
    assert "Belongs to no layer; the layers are `web`, `domain` and `data`.\n" in out
    assert ("layout/unexpected-path" in out) is (path != "tools.py")


def test_a_folder(drawn, archlint):
    assert "# `shop/web/`\n\nBelongs to the layer `web`." in archlint("constraints", "--for", "shop/web").out
    whole = archlint("constraints", "--for", "shop").out
    assert [line.split()[4] for line in whole.splitlines() if line.startswith("Belongs to the")] == [
        "`data`.",
        "`domain`.",
        "`web`.",
    ]


def test_a_folder_that_is_not_there_yet(drawn, archlint):
    assert "Belongs to the layer `web`." in archlint("constraints", "--for", "shop/web/new/").out


def test_from_another_folder(drawn, archlint, monkeypatch):
    expected = archlint("constraints", "--for", "shop/web/views.py").out
    monkeypatch.chdir(drawn / "shop" / "web")
    assert archlint("constraints", "--for", "views.py").out == expected


def test_a_drawing_that_matches_nothing(tree, archlint):
    tree({"archlint.toml": '[layers]\nweb = ["wbe/**"]\n', "web/a.py": ""})
    result = archlint("constraints", "--for", "web/a.py")
    assert (result.status, result.out) == (2, "")
    assert "the pattern `wbe/**` matches no module" in result.err


def test_into_a_file(drawn, archlint):
    expected = archlint("constraints").out
    result = archlint("constraints", "--output-file", "RULES.md")
    assert (result.status, result.out) == (0, "")
    assert (drawn / "RULES.md").read_text(encoding="utf-8") == expected


def test_patterns_of_the_project(tree, archlint):
    tree(
        {
            "archlint.toml": (
                '[[patterns]]\nid = "shop/bare-cache"\npattern = "cache.get($KEY)"\n'
                'message = "a bare cache"\nhint = "call `shop.cache.read($KEY)`"\n'
                'because = "keys need a prefix"\nnot-in = ["shop/cache.py"]\n'
            ),
            "shop/cache.py": "",
            "shop/views.py": "",
        }
    )
    line = (
        "- Write no `cache.get($KEY)` outside `shop/cache.py`: call `shop.cache.read($KEY)`, "
        "because keys need a prefix. (shop/bare-cache)"
    )
    assert line in archlint("constraints").out.splitlines()
    assert lines(archlint("constraints", "--for", "shop/views.py").out, "Rules that hold here")[0] == line
    assert (
        lines(archlint("constraints", "--for", "shop/cache.py").out, "Allowed here, and not elsewhere")[0]
        == line
    )
