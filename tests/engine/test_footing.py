"""What a run stands on is what runs, not another archlint that it happens to see."""

import os
from pathlib import Path

import archlint
from archlint.footing import footing


def test_a_footing_holds_while_nothing_changes() -> None:
    assert footing(()).holds()


def test_a_footing_of_another_archlint_does_not_hold(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "__init__.py").write_text("")
    monkeypatch.setattr(archlint, "__path__", [str(tmp_path)])
    other = footing(())
    assert other.holds()
    monkeypatch.undo()
    assert not other.holds()


def test_a_footing_does_not_hold_when_the_code_changes(tmp_path: Path, monkeypatch) -> None:
    module = tmp_path / "__init__.py"
    module.write_text("")
    monkeypatch.setattr(archlint, "__path__", [str(tmp_path)])
    before = footing(())
    module.write_text("changed = True\n")
    os.utime(module, ns=(1, 1))
    assert not before.holds()
