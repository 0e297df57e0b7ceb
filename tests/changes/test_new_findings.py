"""Which findings a change is told to bring."""

from __future__ import annotations

import json

import pytest

from .conftest import DRAWING, SHOP

BAD = "from web.schemas import OrderIn\n"


def places(result):
    """Of the findings, without what became of the structure."""
    return [line.split(": ")[0] for line in result.out.splitlines() if ": change [" not in line]


def test_nothing_is_new_where_nothing_changed(shop, archlint, left_over):
    assert archlint().status == 1
    result = archlint("--since", "HEAD")
    assert (result.status, result.out) == (0, "")
    assert "1 older" in result.err
    assert left_over() == []


def test_what_is_new_is_reported(shop, archlint):
    shop.write({"domain/customers.py": BAD})
    result = archlint("--since", "HEAD")
    assert (result.status, places(result)) == (1, ["domain/customers.py:1:25"])


def test_the_merge_base_counts_and_not_the_tip(shop, archlint):
    shop.git("switch", "--quiet", "--create", "feature")
    shop.commit({"domain/customers.py": BAD})
    shop.git("switch", "--quiet", "main")
    shop.commit({"domain/orders.py": "import os\n", "domain/customers.py": BAD})
    shop.git("switch", "--quiet", "feature")
    result = archlint("--since", "main")
    assert places(result) == ["domain/customers.py:1:25"]
    assert "1 older" in result.err


def test_shifted_lines_are_not_new(shop, archlint):
    shop.write({"domain/orders.py": "import os\nimport sys\n\n\nfrom  web.schemas import OrderIn\n"})
    assert archlint("--since", "HEAD").out == ""


@pytest.mark.parametrize("is_staged", [True, False])
def test_a_renamed_file_brings_nothing_new(shop, archlint, is_staged):
    shop.git("mv", "domain/orders.py", "domain/purchases.py")
    result = archlint("--since", "HEAD", *(["--staged"] if is_staged else []))
    assert (result.status, result.out) == (0, "")


def test_a_copy_is_new(shop, archlint):
    shop.write({"domain/more.py": SHOP["domain/orders.py"]})
    assert places(archlint("--since", "HEAD")) == ["domain/more.py:3:25"]


def test_what_breaks_elsewhere_is_reported_there(repo, archlint):
    model = (
        "from django.db import models\n\n\nclass Order(models.Model):\n    customer = models.TextField()\n"
    )
    repo.commit(
        {
            ".gitignore": ".archlint_cache\n",
            "shop/__init__.py": "",
            "shop/models.py": model,
            "shop/views.py": "from shop.models import Order\n\n\ndef find():\n"
            '    return list(Order.objects.filter(customer="me"))\n',
        }
    )
    repo.write({"shop/models.py": model.replace("customer", "buyer")})
    result = archlint("--since", "HEAD", "--select", "django/unknown-lookup")
    assert (result.status, places(result)) == (1, ["shop/views.py:5:38"])


def test_a_rule_that_is_new_tells_only_of_what_is_new(repo, archlint):
    repo.commit({path: text for path, text in SHOP.items() if path != "archlint.toml"})
    repo.write({"archlint.toml": DRAWING, "domain/customers.py": BAD})
    assert places(archlint("--since", "HEAD")) == ["domain/customers.py:1:25"]


def test_a_layer_that_was_not_there_does_not_stop_it(shop, archlint):
    shop.write({"archlint.toml": f'{DRAWING}tools = ["tools/**"]\n', "tools/a.py": BAD})
    result = archlint("--since", "HEAD")
    assert (result.status, places(result)) == (1, ["tools/a.py:1:25"])


def test_only_the_targets_are_reported(shop, archlint):
    shop.write({"domain/customers.py": BAD, "domain/more.py": BAD})
    assert places(archlint("--since", "HEAD", "domain/more.py")) == ["domain/more.py:1:25"]


def test_the_index_is_linted_and_not_the_files(shop, archlint, left_over):
    shop.write({"domain/customers.py": BAD})
    assert archlint("--staged").out == ""
    shop.git("add", "domain/customers.py")
    shop.write({"domain/customers.py": ""})
    result = archlint("--staged")
    assert (result.status, places(result)) == (1, ["domain/customers.py:1:25"])
    assert archlint("--since", "HEAD").out == ""
    assert left_over() == []


def test_excerpts_are_of_the_index(shop, capsys):
    from archlint.cli.program import run

    shop.write({"domain/customers.py": BAD})
    shop.git("add", "domain/customers.py")
    shop.write({"domain/customers.py": "nothing = 1\n"})
    assert run(("--staged", "--output-format", "full")) == 1
    assert "1 | from web.schemas import OrderIn" in capsys.readouterr().out


def test_what_a_sparse_checkout_leaves_out_is_not_gone(shop, archlint):
    shop.commit({"base/models.py": "import os\n", "base/views.py": "from base.models import gone\n"})
    shop.write({"archlint.toml": SHOP["archlint.toml"] + 'base = ["base/**"]\n'})
    shop.commit({"web/more.py": "from base import models\n"})
    shop.git("sparse-checkout", "set", "web")
    shop.write({"web/late.py": "from web.schemas import nope\n"})
    assert not (shop.root / "domain").exists()
    result = archlint("--since", "main", "--output-format", "concise")
    assert [line.split(":")[0] for line in result.out.splitlines() if "[" in line] == ["web/late.py"]
    assert "the checkout is sparse: 3 files" in result.err
    assert "optional" not in result.out


def test_before_the_first_commit_all_that_is_staged_is_new(repo, archlint):
    repo.write(SHOP)
    repo.git("add", "--all")
    assert places(archlint("--staged")) == ["domain/orders.py:3:25"]


def test_the_base_is_remembered(shop, archlint, monkeypatch):
    shop.write({"domain/customers.py": BAD})
    first = archlint("--since", "HEAD")
    monkeypatch.setattr("archlint.changes.git_base.copied", None)  # nobody may ask for the files again
    assert archlint("--since", "HEAD") == first


@pytest.mark.parametrize("arguments", [["--no-cache"], ["--jobs", "2"]])
def test_nothing_depends_on_how_it_is_run(shop, archlint, arguments):
    shop.write({"domain/customers.py": BAD})
    assert archlint("--since", "HEAD", *arguments) == archlint("--since", "HEAD")


def test_the_next_plain_run_tells_of_everything(shop, archlint):
    before = archlint()
    archlint("--since", "HEAD")
    archlint("--staged")
    assert archlint() == before


def test_programs_are_told_of_the_base(shop, archlint):
    shop.write({"domain/customers.py": BAD})
    change = json.loads(archlint("--since", "HEAD", "--output-format", "json").out)["change"]
    assert change["base"].startswith("HEAD (")
    assert (change["older"], change["gone"], change["layer_edges"]) == (1, 0, [])


def test_a_finding_of_the_baseline_is_not_told_to_be_gone(shop, archlint):
    from archlint.cli.program import run

    assert run(("baseline", "write")) == 0
    result = archlint("--since", "HEAD")
    assert "gone" not in result.err
    assert [line.split(" ", 1)[1] for line in result.out.splitlines()] == [
        "warning [archlint/loosened] accepts a finding of `layers/upward-import` in `domain/orders.py` "
        "into the baseline"
    ]


def test_a_plain_run_does_not_miss_what_a_sparse_checkout_leaves_out(shop, archlint):
    more = "import web.deep.inside\nfrom web.schemas import gone\nfrom web import deep\n"
    files = ("web/__init__.py", "web/deep/__init__.py", "web/deep/inside.py", "web/near/__init__.py")
    shop.commit({**dict.fromkeys(files, ""), "web/more.py": more})
    shop.git("sparse-checkout", "set", "web/near")
    assert sorted(path.name for path in (shop.root / "web").iterdir()) == [
        "__init__.py",
        "more.py",
        "near",
        "schemas.py",
    ]
    result = archlint()
    assert [line.split(" ", 2)[-1] for line in result.out.splitlines()] == [
        "[imports/unresolved] `web.schemas` has no `gone`"
    ]
    assert "matches no module" not in result.err
    shop.git("sparse-checkout", "disable")
    shop.write({"archlint.toml": SHOP["archlint.toml"] + 'base = ["bsae/**"]\n'})
    assert "`bsae/**` matches no module" in archlint().err
