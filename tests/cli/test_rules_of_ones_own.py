"""`archlint new-rule`, `archlint test`, and what `rules` and `explain` know of patterns."""

PATTERN = """
[[patterns]]
id = "acme/old"
pattern = "old($X)"
message = "`old` is old"
hint = "call `new({X})`"
because = "it is slow"
bad = ["old(1)"]
good = ["new(1)"]
"""


def test_a_new_rule_fails_first(tree, archlint):
    root = tree({"archlint.toml": 'packs = ["./tools/acme"]\n', "tools/acme/__init__.py": '"""Ours."""\n'})
    assert archlint("new-rule", "acme/raw-sql").status == 0
    assert (root / "tools/acme/raw_sql.py").exists()
    failed = archlint("test", "acme/raw-sql")
    assert failed.status == 1
    assert '- example.py:3: error: [acme/raw-sql] "calls `acme.bad`"' in failed.out
    assert "2 examples, 1 failed." in failed.err


def test_a_new_pack_begins_as_a_folder(tree, archlint):
    root = tree({"a.py": ""})
    made = archlint("new-rule", "ours/slow-call")
    assert made.out.split() == ["tools/ours/__init__.py", "tools/ours/slow_call.py"]
    assert 'add `packs = ["./tools/ours"]`' in made.err
    text = (root / "tools/ours/slow_call.py").read_text()
    (root / "tools/ours/slow_call.py").write_text(text.replace("ours.worse", "ours.bad"))
    passed = archlint("test", "./tools/ours")
    assert (passed.status, passed.err) == (0, "2 examples, all passed.\n")
    assert archlint("new-rule", "ours/slow-call").status == 2


def test_names_that_are_none(tree, archlint):
    tree({"a.py": ""})
    assert "must be `pack/name`" in archlint("new-rule", "Nothing").err
    assert "must have its name" in archlint("new-rule", "a/b", "--to", "c").err
    assert "no such pack, rule or pattern: `nonsense`" in archlint("test", "nonsense").err
    assert "no examples" in archlint("test").err


def test_examples_of_patterns(tree, archlint):
    root = tree({"archlint.toml": PATTERN})
    assert archlint("test").status == 0
    (root / "archlint.toml").write_text(PATTERN.replace('bad = ["old(1)"]', 'bad = ["new(1)", "old("]'))
    failed = archlint("test", "acme")
    assert failed.status == 1
    assert "acme/old bad 1\n  - a finding of acme/old in:\n      new(1)\n" in failed.out
    assert "acme/old bad 2\n  line 1 of the example: " in failed.out
    (root / "archlint.toml").write_text(PATTERN.replace('["new(1)"]', '["old(2)"]'))
    assert "  + line 1: [acme/old] `old` is old\n" in archlint("test", "acme/old").out


def test_a_pattern_is_listed_and_explained(tree, archlint):
    tree({"archlint.toml": PATTERN})
    assert "acme/old" in archlint("rules").out
    page = archlint("explain", "acme/old").out.replace("`", "")
    for part in ("old is old", "it is slow", "old($X)", "call new({X})"):
        assert part in page
