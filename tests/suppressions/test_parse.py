"""Which comments count, and which lines they speak of."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.finding import Location
from archlint.suppressions import Suppression, parse


def only(source: str) -> Suppression:
    (suppression,) = parse(source.encode())
    return suppression


def covered(source: str, last: int = 12) -> list[int]:
    """The lines on which a finding of one line is covered."""
    suppression = only(source)
    return [n for n in range(1, last) if suppression.covers(Location("a.py", n, 1, n, 2))]


def test_names_reason_and_place():
    suppression = only("x = 1  # archlint: ignore[layers/upward-import, imports/*] -- see #12\n")
    assert [(name.text, name.column) for name in suppression.names] == [
        ("layers/upward-import", 27),
        ("imports/*", 49),
    ]
    assert suppression.reason == "see #12"
    assert (suppression.line, suppression.column, suppression.end_column) == (1, 8, 59)
    assert suppression.fault == ""


def test_columns_count_characters():
    assert only("é = '日本'  # archlint: ignore[a/b]\n").names[0].column == 30


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("a\nb  # archlint: ignore[a/b]\nc\n", [2]),
        ("a\n# archlint: ignore[a/b]\n\n# why\nb\nc\n", [5]),
        ("# archlint: ignore[a/b]\nfrom x import (\n    y,\n    z,\n)\nc\n", [2, 3, 4, 5]),
        ("f(\n    a,\n    # archlint: ignore[a/b]\n    b,\n    c,\n)\n", [4]),
        ("f(\n    a,  # archlint: ignore[a/b]\n    b,\n)\n", [2]),
        ("# archlint: ignore[a/b]\n@one\n@two\ndef f():\n    pass\n", [2, 3, 4]),
        ("@one\n# archlint: ignore[a/b]\ndef f():\n    pass\n", [3]),
        ("def f():\n    # archlint: ignore[a/b]\n    a\n    b\n", [3]),
        ("a\n# archlint: ignore[a/b]\n", []),
        ("if a:\n    b\n    # archlint: ignore[a/b]\nc\n", [4]),
    ],
)
def test_lines_covered(source, lines):
    assert covered(source) == lines


def test_a_comment_after_the_last_line_covers_what_ends_there():
    suppression = only("f(\n    a,\n)  # archlint: ignore[a/b]\n")
    assert suppression.covers(Location("a.py", 1, 1, 3, 2))
    assert not suppression.covers(Location("a.py", 1, 1, 1, 2))


def test_a_comment_after_a_long_string_covers_all_of_it():
    suppression = only('x = """\nselect 1\n"""  # archlint: ignore[a/b]\n')
    assert suppression.covers(Location("a.py", 2, 1, 2, 9))


def test_a_comment_inside_a_function_does_not_cover_the_function():
    suppression = only("def f():\n    a  # archlint: ignore[a/b]\n    b\n")
    assert not suppression.covers(Location("a.py", 1, 1, 3, 6))


@pytest.mark.parametrize(
    "source", ["a\n\n# archlint: ignore-file[a/b]\n", "a  # archlint: ignore-file[a/b]\n"]
)
def test_a_whole_file(source):
    assert covered(source, 5) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "source",
    [
        "def f():\n    # archlint: ignore-file[a/b]\n    pass\n",
        "def f():\n    pass  # archlint: ignore-file[a/b]\n",
        "f(\n# archlint: ignore-file[a/b]\n)\n",
    ],
)
def test_a_whole_file_only_at_the_top_level(source):
    assert "top level" in only(source).fault
    assert covered(source) == []


@pytest.mark.parametrize("source", ["a  # archlint: ignore\n", "a  # archlint: ignore -- reason\n"])
def test_blanket(source):
    assert only(source).names == ()
    assert only(source).fault == ""


@pytest.mark.parametrize(
    ("comment", "fault"),
    [
        ("# archlint: ignroe[a/b]", "`ignroe` is not known, did you mean `ignore`?"),
        ("# archlint: zzz", "`zzz` is not known"),
        ("# archlint:", "`archlint:` asks for nothing"),
        ("# archlint: ignore[]", "the brackets name no rule"),
        ("# archlint: ignore[a/b", "the bracket after `ignore` is not closed"),
        ("# archlint: ignore[a/b] because", "a reason starts with `--`"),
    ],
)
def test_faults(comment, fault):
    suppression = only(f"a  {comment}\n")
    assert suppression.fault == fault
    assert not suppression.covers(Location("a.py", 1, 1, 1, 2))


@pytest.mark.parametrize(
    "source",
    [
        'x = "# archlint: ignore[a/b]"\n',
        '"""\n# archlint: ignore[a/b]\n"""\n',
        "# write `# archlint: ignore[a/b]` above it\n",
        "archlint: int\n",
    ],
)
def test_only_comments_count(source):
    assert parse(source.encode()) == ()


def test_beside_other_comments():
    suppressions = parse(b"a  # noqa: E1  # archlint: ignore[a/b]  # archlint: ignore[c/d] -- why  # noqa\n")
    assert [each.names[0].text for each in suppressions] == ["a/b", "c/d"]
    assert [each.fault for each in suppressions] == ["", ""]
    assert [each.column for each in suppressions] == [16, 41]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_numbers_are_those_of_python(newline):
    assert only(newline.join(["a = 1", "\x0cb = 2", "c  # archlint: ignore[a/b]", ""])).line == 3


def test_encodings():
    assert only("\ufeffa  # archlint: ignore[a/b]\n").column == 4
    (suppression,) = parse("# coding: latin-1\né  # archlint: ignore[a/b]\n".encode("latin-1"))
    assert (suppression.line, suppression.column) == (2, 4)
    assert parse(b"# coding: nonsense\na  # archlint: ignore[a/b]\n") == ()


def test_what_comes_before_a_fault_still_counts():
    (suppression,) = parse(b"a  # archlint: ignore[a/b]\nx = (\n")
    assert suppression.first == 1


@given(st.binary())
def test_never_raises(noise):
    parse(noise + b"\n# archlint: ignore[a/b]\n" + noise)


@given(st.text(alphabet="#archlint: ignore-file[/,]*@()\n\t'\"xé", max_size=60))
def test_never_raises_on_text_and_survives_the_cache(text):
    found = parse(("# archlint: ignore\n" + text).encode())
    kind = tuple[Suppression, ...]
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(found), type=kind) == found
