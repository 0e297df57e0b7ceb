"""What a change loosens, on the command line; the rest is in the examples of the rule."""

from __future__ import annotations

from archlint.cli.program import run

from .conftest import DRAWING, SHOP

SHOP_WITHOUT_CONFIGURATION = {path: text for path, text in SHOP.items() if path != "archlint.toml"}
BAD = "from web.schemas import OrderIn\n"
RULE = "[archlint/loosened]"


def loosened(result):
    return [line.split(f"{RULE} ")[1] for line in result.out.splitlines() if RULE in line]


def test_a_pattern_that_only_draws_what_is_new_is_no_widening(shop, archlint):
    shop.write({"archlint.toml": DRAWING.replace('"web/**"', '"web/**", "api/**"'), "api/a.py": "A = 1\n"})
    assert loosened(archlint("--since", "HEAD")) == []


def test_a_layer_is_narrowed(shop, archlint):
    shop.commit({"web/api/a.py": "A = 1\n"})
    shop.write({"archlint.toml": DRAWING.replace('"web/**"', '"web/api/*"')})
    assert loosened(archlint("--since", "HEAD")) == ["takes `web/**` out of the layer `web`"]


def test_another_spelling_of_the_same_layer_is_no_loosening(shop, archlint):
    shop.write({"archlint.toml": DRAWING.replace('"web/**"', '"web.**"')})
    assert loosened(archlint("--since", "HEAD")) == []


def test_a_suppression_of_what_is_suppressed_already_only_moves(shop, archlint):
    text = "import os\n\nfrom web.schemas import OrderIn  # archlint: ignore[layers/upward-import] -- later\n"
    shop.commit({"domain/orders.py": text})
    shop.write({"domain/orders.py": f"import sys\n{text}"})
    assert loosened(archlint("--since", "HEAD")) == []
    shop.write({"domain/orders.py": f"{text}{text[11:]}"})
    assert loosened(archlint("--since", "HEAD")) == ["suppresses `layers/upward-import`"]


def test_a_suppression_moves_with_its_file(shop, archlint):
    text = "import os\n\nfrom web.schemas import OrderIn  # archlint: ignore[layers/upward-import] -- later\n"
    shop.commit({"domain/orders.py": text})
    shop.git("mv", "domain/orders.py", "domain/purchases.py")
    assert archlint("--since", "HEAD").out == ""


def test_no_change_can_suppress_its_own_loosening(shop, archlint):
    shop.write({"domain/orders.py": f"# archlint: ignore-file -- all of it\n{SHOP['domain/orders.py']}"})
    assert loosened(archlint("--since", "HEAD")) == ["suppresses every rule in the whole file"]


def test_one_entry_more_in_the_baseline(shop, archlint):
    assert run(("baseline", "write")) == 0
    shop.commit()
    shop.write({"domain/customers.py": BAD})
    assert run(("baseline", "update")) == 0
    result = archlint("--since", "HEAD")
    assert loosened(result) == [
        "accepts a finding of `layers/upward-import` in `domain/customers.py` into the baseline"
    ]
    assert result.out.startswith("archlint-baseline.json:")


def test_a_pack_that_is_left_out(shop, archlint):
    shop.write({"archlint.toml": f'packs = ["imports"]\n{DRAWING}'})
    assert "turns the pack `layers` off" in loosened(archlint("--since", "HEAD"))


def test_the_configuration_is_deleted(shop, archlint):
    (shop.root / "archlint.toml").unlink()
    told = loosened(archlint("--since", "HEAD"))
    assert "takes the layer `web` out of the drawing" in told


def test_what_one_run_leaves_out_loosens_nothing(shop, archlint):
    assert archlint("--since", "HEAD", "--ignore", "imports", "--fail-on", "error").out == ""
    shop.write({"archlint.toml": f'exclude = ["x/**"]\n{DRAWING}'})
    assert archlint("--since", "HEAD", "--ignore", "archlint/loosened").out == ""
    assert loosened(archlint("--since", "HEAD", "--select", "archlint/loosened")) == ["excludes `x/**`"]


def test_the_exit_status_follows_the_severity_of_the_rule(shop, archlint):
    shop.commit({"archlint.toml": f'{DRAWING}[rules]\n"archlint/loosened" = "error"\n'})
    assert archlint("--since", "HEAD").status == 0
    shop.write({"archlint.toml": f'exclude = ["x/**"]\n{DRAWING}'})
    assert archlint("--since", "HEAD").status == 1


def test_a_plain_run_tells_of_no_loosening(shop, archlint):
    shop.write({"archlint.toml": f'exclude = ["x/**"]\n{DRAWING}'})
    assert RULE not in archlint().out


def test_a_baseline_of_many_entries_is_one_finding(shop, archlint):
    """Else the change in which a project adopts a baseline would be told a thousand times."""
    shop.write({f"domain/d{number}.py": BAD for number in range(12)})
    assert run(("baseline", "write")) == 0
    result = archlint("--since", "HEAD")
    assert loosened(result) == ["accepts 13 findings of `layers/upward-import` into the baseline"]
    assert result.out.startswith("archlint-baseline.json:1:1: warning")
    assert "13 in the baseline, which grew by 13, " in result.err


def test_an_entry_is_told_at_its_own_line(shop, archlint):
    """Equal code in two files has one fingerprint."""
    shop.write({"domain/a.py": BAD, "domain/b.py": BAD})
    assert run(("baseline", "write")) == 0
    places = [line.split(":")[1] for line in archlint("--since", "HEAD").out.splitlines()]
    assert places == ["4", "5", "6"]


def test_a_baseline_that_shrinks(shop, archlint):
    assert run(("baseline", "write")) == 0
    shop.commit()
    shop.write({"domain/orders.py": "import os\n"})
    assert run(("baseline", "prune")) == 0
    assert "(the baseline shrank by 1, new since HEAD" in archlint("--since", "HEAD").err


def test_a_first_configuration_in_a_file_that_was_there(repo, archlint):
    """Rules that ran without a configuration can be loosened by one."""
    repo.commit({"pyproject.toml": '[project]\nname = "shop"\n', **SHOP_WITHOUT_CONFIGURATION})
    repo.write({"pyproject.toml": '[project]\nname = "shop"\n[tool.archlint]\nexclude = ["legacy/**"]\n'})
    assert loosened(archlint("--since", "HEAD")) == ["excludes `legacy/**`"]
