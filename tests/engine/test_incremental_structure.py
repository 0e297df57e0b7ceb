"""Names, fields, imports, decorators and files change at random: a cache changes nothing in what is said."""

from __future__ import annotations

import ast
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from archlint.project import Module

from .test_incremental import said
from .test_incremental_data import DJANGO, SQLALCHEMY

PROJECTS = {"django": DJANGO, "sqlalchemy": SQLALCHEMY}
_LOST = "from shop.models import Order\n\n\ndef lost(row=None):\n    "
LOST = {
    "django": f"{_LOST}return Order.objects.get(nmae=row)\n",
    "sqlalchemy": f"{_LOST}return Order(nmae=row).custmer\n",
}
"""A module with findings, which the edits begin with."""


class Editor:
    """Changes one file at a time, so that all still parse, or takes a change back."""

    def __init__(self, root: Path, seed: int) -> None:
        self._root = root
        self._draw = random.Random(seed)
        self._before: list[tuple[Path, str | None]] = []

    def edit(self) -> str:
        """Change something; says what."""
        kinds: tuple[Callable[[], tuple[Path, str | None]], ...] = (
            self._renamed,
            self._another_parameter,
            self._copied_line,
            self._copied_line,
            self._removed_line,
            self._removed_line,
            self._imported,
            self._decorated,
            self._another_file,
            self._removed_file,
            self._taken_back,
        )
        while True:
            kind = self._draw.choice(kinds)
            path, text = kind()
            before = path.read_text() if path.exists() else None
            if text != before and parses(text or ""):
                self._before.append((path, before))
                path.unlink() if text is None else path.write_text(text)
                return f"{kind.__name__} {path.name}"

    def _any(self) -> tuple[Path, list[str]]:
        path = self._draw.choice(sorted(self._root.glob("shop/*.py")))
        return path, path.read_text().splitlines(keepends=True) or ["\n"]

    def _at(self, lines: list[str], begin: tuple[str, ...]) -> int:
        return self._draw.choice([n for n, line in enumerate(lines) if line.startswith(begin)] or [0])

    def _renamed(self) -> tuple[Path, str]:
        path, lines = self._any()
        at = self._at(lines, ("def ", "class "))
        lines[at] = lines[at].replace("(", "_new(", 1)
        return path, "".join(lines)

    def _another_parameter(self) -> tuple[Path, str]:
        path, lines = self._any()
        at = self._at(lines, ("def ",))
        change = self._draw.choice([("=None", "=0"), ("):", ", *, more=None):"), ("(", "(first, ")])
        lines[at] = lines[at].replace(*change)
        return path, "".join(lines)

    def _copied_line(self) -> tuple[Path, str]:
        path, lines = self._any()
        _, others = self._any()
        lines.insert(self._at(lines, ("    ",)), others[self._at(others, ("    ",))])
        return path, "".join(lines)

    def _removed_line(self) -> tuple[Path, str]:
        path, lines = self._any()
        del lines[self._at(lines, ("    ", "from ", "@"))]
        return path, "".join(lines)

    def _imported(self) -> tuple[Path, str]:
        path, lines = self._any()
        other, _ = self._any()
        name = self._draw.choice(["*", "Order", "orders", "lost"])
        return path, "".join([f"from shop.{other.stem} import {name}\n", *lines])

    def _decorated(self) -> tuple[Path, str]:
        path, lines = self._any()
        lines.insert(self._at(lines, ("def ",)), self._draw.choice(["@staticmethod\n", "@outside.wraps\n"]))
        return path, "".join(lines)

    def _another_file(self) -> tuple[Path, str]:
        path, lines = self._any()
        return path.with_name(self._draw.choice(["late.py", "models.py", "selectors.py"])), "".join(lines)

    def _removed_file(self) -> tuple[Path, str | None]:
        path, lines = self._any()
        return path, None if len(list(path.parent.iterdir())) > 2 else "".join(lines)

    def _taken_back(self) -> tuple[Path, str | None]:
        if not self._before:
            return self._removed_file()
        return self._before.pop(self._draw.randrange(len(self._before)))


def parses(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def edited(tmp_path: Path, orm: str, seed: int) -> Iterator[tuple[str, object, object]]:
    root, cache = tmp_path / f"{orm}{seed}", tmp_path / f"cache-{orm}{seed}"
    files = {**PROJECTS[orm], "shop/lost.py": LOST[orm], "archlint.toml": f'packs = ["{orm}", "imports"]\n'}
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    said(root, cache)
    editor = Editor(root, seed)
    for _ in range(8):
        what = editor.edit()
        yield what, said(root, cache), said(root, None)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("orm", PROJECTS)
def test_after_any_edit_the_same_is_said_with_a_cache_and_without(tmp_path, orm, seed):
    for what, with_cache, without in edited(tmp_path, orm, seed):
        assert with_cache == without, what


def test_that_would_not_pass_if_interfaces_were_ignored(tmp_path, monkeypatch):
    seen = property(lambda self: msgspec.structs.replace(self._entry.digests, interface=b""))
    monkeypatch.setattr(Module, "digests", seen)
    for orm in PROJECTS:
        assert any(ours != plain for seed in range(4) for _, ours, plain in edited(tmp_path, orm, seed))
