"""What a contract says that holds nothing: an error at its place, never a pass."""

import pytest

from archlint import engine
from archlint.config.loading import load as load_config
from archlint.errors import ConfigError
from archlint.registry import load

FILES = {
    "shop/orders.py": "import shop.web\nfrom django.db import models",
    "shop/web.py": "import json",
}


def problems(tmp_path, toml: str) -> list[str]:
    for path, text in {**FILES, "archlint.toml": toml}.items():
        file = tmp_path / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    registry = load()
    config = load_config(tmp_path / "archlint.toml", tmp_path, registry.rules, registry.packs)
    with pytest.raises(ConfigError) as caught:
        engine.run(config, registry)
    return [str(problem) for problem in caught.value.problems]


def forbidden(**options: list[str]) -> str:
    lines = [f"{name.replace('_', '-')} = {value!r}" for name, value in options.items()]
    return "\n".join(['[[rules."imports/forbidden"]]', *lines])


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (
            {"from_modules": ["shop.order"], "to": ["shop.web"]},
            "archlint.toml:2:17: the pattern `shop.order` matches no module (did you mean `shop.orders`?)",
        ),
        (
            {"from_modules": ["shop.orders"], "to": ["shop.web", "shop.mail"]},
            "archlint.toml:3:19: the pattern `shop.mail` matches no module (it is read as a dotted module)",
        ),
        (
            {"from_modules": ["shop.orders"], "to": ["shop/mail/**"]},
            "archlint.toml:3:7: the pattern `shop/mail/**` matches no module",
        ),
        (
            {"from_modules": ["shop.web"], "to": ["djngo.db"]},
            "archlint.toml:3:7: nothing in the project imports `djngo.db` (did you mean `django`?)",
        ),
        (
            {"from_modules": ["shop.web"], "to": ["django"], "ignore": ["shop.web -> shop.orders"]},
            "archlint.toml:4:11: `shop.web -> shop.orders` names no import of the project "
            "(remove it, or write `(shop.web -> shop.orders)`)",
        ),
        (
            {"from_modules": ["shop.web"], "to": ["django"], "ignore": ["shop.orders"]},
            "archlint.toml:4:11: `shop.orders` names no import of the project (write `importer -> imported`)",
        ),
        (
            {"from_modules": ["shop.web"], "to": ["shop.**"]},
            "archlint.toml:2:17: every module in `from-modules` is in `to` as well",
        ),
    ],
)
def test_a_contract_that_holds_nothing(tmp_path, options, expected):
    (problem,) = problems(tmp_path, forbidden(**options))
    assert problem.startswith(expected)


def test_all_mistakes_of_an_option_at_once(tmp_path):
    toml = forbidden(from_modules=["shop.orders"], to=["shop.a", "shop.b"])
    assert len(problems(tmp_path, toml)) == 2


@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        (
            '[[rules."imports/independent"]]\nmodules = ["shop.orders"]',
            "archlint.toml:2:12: all that `modules` matches is one group, `shop.orders`",
        ),
        (
            '[[rules."imports/independent"]]\nmodules = ["shop.*", "shop/plugins/*"]',
            "archlint.toml:2:22: the pattern `shop/plugins/*` matches no module",
        ),
        (
            '[[rules."imports/protected"]]\nmodules = ["shop.web"]\nimporters = ["shop.mail"]',
            "archlint.toml:3:14: the pattern `shop.mail` matches no module",
        ),
        (
            '[rules."imports/undeclared".may-import]\n"shop.web" = ["shop.ordres"]\n"shop.orders" = []',
            "archlint.toml:2:15: `shop.ordres` names no part of the project",
        ),
        (
            '[rules."imports/undeclared".may-import]\n"shop.orders" = []\n"shop.mail" = []',
            "archlint.toml:3:1: `shop.mail` names no part of the project",
        ),
        (
            '[rules."imports/undeclared".may-import]\n"shop.web" = ["shop.orders"]\n"shop.orders" = []\n'
            '[rules."imports/undeclared".visible-to]\n"shop.orders" = ["shop.plugins"]',
            "archlint.toml:2:15: `shop.web` may not declare `shop.orders`, which is not visible to it",
        ),
        (
            '[[rules."imports/cyclic-siblings"]]\nwithin = ["shop", "shop.web"]',
            "archlint.toml:2:19: `shop.web` matches no package",
        ),
    ],
)
def test_other_contracts_that_hold_nothing(tmp_path, toml, expected):
    (problem,) = problems(tmp_path, toml)
    assert problem.startswith(expected)
