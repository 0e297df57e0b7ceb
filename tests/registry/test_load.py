"""Packs come in through entry points; what is wrong with one is said by name."""

import pytest

from archlint.errors import ArchlintError, UsageError
from archlint.registry import Registry, load

from .conftest import Install
from .packs import rule


def test_the_built_in_packs_are_there() -> None:
    registry = load()
    assert {"archlint", "imports", "layers"} <= registry.packs.keys()
    assert {"archlint/syntax-error", "archlint/unused-suppression"} <= registry.rules.keys()
    assert list(registry.rules) == sorted(registry.rules)


def test_a_foreign_pack_comes_in_by_the_same_door(acme: Registry) -> None:
    pack = acme.packs["acme"]
    assert [card.id for card in pack.rules] == ["acme/bad-thing", "acme/rare-thing"]
    assert pack.distribution == "acme 1.0"
    assert pack.summary == "What Acme wants."
    assert pack.text == "What Acme wants.\n\nAnd more."
    assert acme.rules["acme/bad-thing"].module == "acme.bad_thing"


def test_only_the_packs_asked_for_are_imported(install: Install) -> None:
    install("acme", {"acme/__init__.py": "raise RuntimeError('imported')"}, "acme = acme")
    assert list(load(only=["archlint"]).packs) == ["archlint"]
    with pytest.raises(ArchlintError, match="imported"):
        load(only=["acme"])


def test_a_pack_that_nobody_installed() -> None:
    with pytest.raises(UsageError, match=r"no pack `lairs` is installed; there are .*layers"):
        load(only=["lairs"])


def test_what_rules_of_a_pack_share_is_no_rule(install: Install) -> None:
    install(
        "acme",
        {"acme/__init__.py": "", "acme/_shared.py": "", "acme/bad.py": rule("acme/bad")},
        "acme = acme",
    )
    assert list(load(only=["acme"]).rules) == ["acme/bad"]


def test_underscores_in_a_package_are_dashes_in_the_pack(install: Install) -> None:
    files = {"big_acme/__init__.py": "", "big_acme/bad.py": rule("big-acme/bad")}
    install("acme", files, "big-acme = big_acme")
    assert list(load(only=["big-acme"]).rules) == ["big-acme/bad"]


def test_a_detect_of_the_pack_is_used(install: Install) -> None:
    source = "def detect(project):\n    return project == 'ours'\n"
    install("acme", {"acme/__init__.py": source}, "acme = acme")
    detect = load(only=["acme"]).packs["acme"].detect
    assert detect("ours")  # type: ignore[arg-type]
    assert not detect("theirs")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("ImportError", "import a_module_that_is_not_there"),
        ("SyntaxError", "def"),
        ("ZeroDivisionError", "1 / 0"),
    ],
)
def test_a_pack_that_does_not_load_is_named(install: Install, name: str, source: str) -> None:
    install("acme", {"acme/__init__.py": "", "acme/bad.py": source}, "acme = acme")
    with pytest.raises(ArchlintError) as caught:
        load(only=["acme"])
    assert str(caught.value).startswith(
        "pack `acme` of acme 1.0 (`acme`) cannot be loaded: `acme.bad` raised "
    )
    assert name in str(caught.value) or "ModuleNotFoundError" in str(caught.value)


@pytest.mark.parametrize("entry", ["acme = acme_rules", "acme = acme_module"])
def test_a_pack_must_be_a_package_of_its_name(install: Install, entry: str) -> None:
    install("acme", {"acme_rules/__init__.py": "", "acme_module.py": ""}, entry)
    with pytest.raises(ArchlintError, match="must be a package whose last name is the pack's name"):
        load(only=["acme"])


def test_two_packs_of_one_name(install: Install) -> None:
    install("acme", {"acme/__init__.py": ""}, "acme = acme")
    install("other", {"other/acme/__init__.py": ""}, "acme = other.acme")
    with pytest.raises(ArchlintError, match=r"two packs have one name: .*acme 1\.0.*other 1\.0"):
        load()


MALFORMED = {
    "must define exactly one subclass of `Rule`, and has none": "",
    "must define exactly one subclass of `Rule`, and has `TheRule`, `Another`": (
        rule("acme/bad") + "\n\nclass Another(TheRule):\n    pass\n"
    ),
    "has no page": "page = " + rule("acme/bad"),
    "does not say its `severity`": rule("acme/bad").replace("severity = Severity.ERROR", ""),
    "does not say in `since`": rule("acme/bad").replace('since = "0.1"', ""),
    "has no `check`: it looks at nothing": rule("acme/bad").replace("def check", "def look"),
    "is recommended, but option `limit` has no default": rule("acme/bad", options="limit: int"),
}


@pytest.mark.parametrize("lack", MALFORMED)
def test_a_malformed_rule_is_named(install: Install, lack: str) -> None:
    install("acme", {"acme/__init__.py": "", "acme/bad.py": MALFORMED[lack]}, "acme = acme")
    with pytest.raises(ArchlintError) as caught:
        load(only=["acme"])
    assert lack in str(caught.value)
    assert "acme.bad" in str(caught.value)
    assert "acme 1.0" in str(caught.value)
