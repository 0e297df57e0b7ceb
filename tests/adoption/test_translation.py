"""What is read of other tools' configurations, and what is said where there is no equal."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli

from archlint.adoption.draft import Draft
from archlint.adoption.import_linter import expressions
from archlint.adoption.moving import Move, moved
from archlint.adoption.rendering import rendered
from archlint.adoption.tach.exposed import patterns
from archlint.config.loading import load
from archlint.config.model import Config
from archlint.engine import open_project, run
from archlint.errors import UsageError
from archlint.project.patterns import matches_name


def move_in(tool: str, root: Path, registry, file: Path | None = None) -> Draft:
    """The draft, which must load and run."""
    draft = moved(tool, Move(root, file, lambda config: open_project(config), registry))
    written = root / "archlint.toml"
    written.write_text(rendered(draft), encoding="utf-8")
    run(load(written, root, registry.rules, registry.packs), registry)
    written.unlink()
    return draft


INI = "[importlinter]\nroot_package = shop\n[importlinter:contract:a]\nname = A\ntype = independence\n" + (
    "modules =\n    shop.web\n    # not this one\n    shop.orders\n"
)
TOML = '[tool.importlinter]\nroot_package = "shop"\n[[tool.importlinter.contracts]]\nname = "A"\n' + (
    'type = "independence"\nmodules = ["shop.web", "shop.orders"]\n'
)


@pytest.mark.parametrize(
    ("name", "text"),
    [("setup.cfg", INI), (".importlinter", INI), ("pyproject.toml", TOML), ("other.toml", TOML)],
)
def test_every_file_of_import_linter(shop, write, registry, name, text):
    write({name: text})
    (entry,) = move_in("import-linter", shop, registry, shop / name).entries
    assert entry.rule == "imports/independent"
    assert entry.options == {"modules": ("shop.web", "shop.orders"), "transitive": True}


def test_setup_cfg_counts_first(shop, write, registry):
    write({"setup.cfg": INI, ".importlinter": INI.replace("name = A", "name = B")})
    assert [entry.because for entry in move_in("import-linter", shop, registry).entries] == ["A"]


def test_what_has_no_equal_is_told(shop, write, registry):
    text = f"{INI}[importlinter:contract:b]\nname = B\ntype = acme.tidy\n"
    write({".importlinter": text})
    draft = move_in("import-linter", shop, registry)
    assert draft.without_equal == ('contract "B": `acme.tidy` is a type of the project\'s own',)
    assert '# - contract "B"' in rendered(draft)


def test_what_is_not_there_is_left_out_and_told(shop, write, registry):
    text = INI.replace("shop.orders", "shop.gone\n    shop.orders\nignore_imports = shop.a -> shop.b")
    write({".importlinter": text})
    (entry,) = move_in("import-linter", shop, registry).entries
    assert entry.options["modules"] == ("shop.web", "shop.orders")
    assert "ignore" not in entry.options
    assert entry.comments == (
        "Left out: `shop.a -> shop.b` names no import of the project.",
        "Left out: the pattern `shop.gone` matches no module.",
    )


def test_a_rule_that_cannot_hold_is_a_comment(shop, write, registry):
    write({".importlinter": INI.replace("    shop.orders\n", "")})
    draft = move_in("import-linter", shop, registry)
    assert [entry.is_left_out for entry in draft.entries] == [True]
    assert tomli.loads(rendered(draft)) == {}


def test_ignored_imports_that_may_be_gone(shop, write, registry):
    more = "ignore_imports = shop.a -> shop.b\nunmatched_ignore_imports_alerting = warn\n"
    write({".importlinter": INI + more})
    (entry,) = move_in("import-linter", shop, registry).entries
    assert entry.options["ignore"] == ("(shop.a -> shop.b)",)


def test_what_lies_beside_the_root_package_is_forbidden_with_all_inside(shop, write, registry):
    told = "name = A\ntype = forbidden\nsource_modules = shop\nforbidden_modules =\n    tests\n    django\n"
    write(
        {
            ".importlinter": "[importlinter]\nroot_package = shop\ninclude_external_packages = True\n"
            f"[importlinter:contract:a]\n{told}",
            "tests/test_shop.py": "import shop\n",
        }
    )
    (entry,) = move_in("import-linter", shop, registry).entries
    assert not entry.is_left_out
    assert entry.options["to"] == ("tests.**", "django")


@pytest.mark.parametrize(
    ("expression", "name", "matches"),
    [
        ("shop.*", "shop.web", True),
        ("shop.*", "shop.web.views", False),
        ("shop.**", "shop", False),
        ("shop.**", "shop.web", True),
        ("shop.**", "shop.web.views", True),
        ("shop.**.models", "shop.models", False),
        ("shop.**.models", "shop.a.models", True),
        ("shop.**.models", "shop.a.b.models", True),
        ("**.models", "models", False),
        ("**.models", "a.models", True),
    ],
)
def test_wildcards_of_import_linter(expression, name, matches):
    assert matches_name(name, expressions.module(expression)) is matches


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("service", ("service",)),
        (r"service\.place", ("service.place",)),
        ("service.*", ("service*.**",)),
        (r"service\..*", ("service.**",)),
        (".*", ("**",)),
        ("^(a|b)$", ("a", "b")),
        ("(get|set)_order", ("get_order", "set_order")),
        ("a|b.c", ("a", "b.c")),
        ("[A-Z].*", None),
        ("(?!_)x", None),
    ],
)
def test_what_tach_exposes(expression, expected):
    assert patterns(expression) == expected


MODULES = (
    '[[modules]]\npath = "shop.web"\ndepends_on = []\n[[modules]]\npath = "shop.orders"\ndepends_on = []\n'
)


def test_comments_that_excuse_imports(shop, write, registry):
    write(
        {
            "tach.toml": MODULES,
            "shop/web/views.py": "# tach-ignore(later)\nfrom shop.orders import (\n    service,\n)\n",
            "shop/web/schemas.py": "from shop.orders.models import Order  # tach-ignore Other\n",
        }
    )
    (entry,) = move_in("tach", shop, registry).entries
    assert entry.options["ignore"] == ("shop.web.views -> shop.orders.service",)


def test_domains_and_visibility(shop, write, registry):
    domain = '[root]\ndepends_on = ["//shop.orders", "views"]\n[[modules]]\npath = "views"\ndepends_on = []\n'
    orders = '[[modules]]\npath = "shop.orders"\ndepends_on = []\nvisibility = ["shop.web"]\nutility = true\n'
    write({"tach.toml": f'root_module = "allow"\n{orders}', "shop/web/tach.domain.toml": domain})
    (entry,) = move_in("tach", shop, registry).entries
    assert entry.options["may-import"] == {
        "shop.orders": (),
        "shop.web": ("shop.orders", "shop.web.views"),
        "shop.web.views": (),
        "<rest>": (),
    }
    assert entry.options["visible-to"] == {"shop.orders": ("shop.web",)}
    assert entry.options["shared"] == ("shop.orders",)


def test_what_tach_has_no_equal_for(shop, write, registry):
    more = (
        'depends_on_external = ["x"]\n[[interfaces]]\nexpose = ["[A-Z].*"]\n'
        'from = ["shop.orders"]\nexclusive = true\n'
    )
    write({"tach.toml": f"{MODULES}{more}"})
    assert move_in("tach", shop, registry).without_equal == (
        "`depends_on_external` of `shop.orders`: what `tach check-external` looks at",
        "the interface of `shop.orders`: `[A-Z].*` is more than names and wildcards can say",
        "`exclusive` of interfaces: here a module offers what any of its interfaces exposes",
    )


def test_what_tach_is_told_besides_its_modules(shop, write, registry):
    more = (
        '[rules]\nunused_ignore_directives = "error"\n[external]\nrename = ["PIL:pillow"]\n'
        "[plugins.django]\nsettings_module = 'shop.settings'\n"
    )
    write({"tach.toml": f"respect_gitignore = false\n{MODULES}{more}"})
    assert move_in("tach", shop, registry).without_equal == (
        '`plugins.django`: foreign keys as imports; here `references = ["relations"]` counts them',
        "`unused_ignore_directives`: here `archlint/unused-suppression` does",
        "`external.rename`: of `tach check-external`; here `imports/undeclared-dependency`",
        "`respect_gitignore = false`: here what Git ignores is left out",
    )


def test_several_distributions(write, registry):
    root = write(
        {
            "tach.toml": 'source_roots = ["a/src", "b/src"]\nforbid_circular_dependencies = true\n'
            + '[[modules]]\npath = "one"\ndepends_on = []\n[[modules]]\npath = "two"\ndepends_on = []\n',
            "a/pyproject.toml": "",
            "a/src/one/__init__.py": "import two\n",
            "b/pyproject.toml": "",
            "b/src/two/__init__.py": "",
        }
    )
    (entry,) = move_in("tach", root, registry).entries
    assert entry.options["may-import"] == {"one": (), "two": ()}
    # These are no declarations, and so form no cycle.
    assert entry.options["free"] == {"one": ("two",), "two": ("one",)}
    assert entry.options["acyclic"] is True


@pytest.mark.parametrize("text", ["[importlinter", "nothing"])
def test_a_broken_file_of_import_linter(shop, write, registry, text):
    write({".importlinter": text})
    with pytest.raises(UsageError):
        moved("import-linter", Move(shop, None, lambda config: open_project(config), registry))


def test_a_layer_keeps_its_place(shop, write, registry):
    contract = "[importlinter]\nroot_package = shop\n[importlinter:contract:a]\nname = A\ntype = layers\n"
    layers = "layers =\n    shop.web\n    shop.gone\n    (shop.maybe)\n    shop.text\n"
    write({".importlinter": f"{contract}{layers}"})
    draft = move_in("import-linter", shop, registry)
    assert draft.layers == {
        "web": ("shop.web.**",),
        "maybe": {"modules": ("shop.maybe.**",), "optional": True},
        "text": ("shop.text.**",),
    }
    assert draft.layers_comments == ("Left out: the pattern `shop.gone.**` matches no module.",)
    assert Config(root=shop).layers == ()
