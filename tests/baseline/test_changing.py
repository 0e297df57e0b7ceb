"""What a baseline becomes."""

from __future__ import annotations

from archlint.baseline import Entry, entries_of
from archlint.baseline.changing import Judgement, pruned, updated

from .test_matching import finding, there

HERE = Judgement(there("a.py", "b.py"), lambda entry: True, "2027-01-01")


def test_update_takes_in_what_is_new_and_takes_out_what_is_gone():
    old = entries_of([finding("a.py"), finding("b.py", "f2")], "why", "2027-06-30")
    change = updated([finding("a.py"), finding("a.py", "f3")], old, HERE, "new", "2027-12-31")
    assert change.entries == (
        Entry("p/r", "a.py", "", "f1", 1, "why", "2027-06-30"),
        Entry("p/r", "a.py", "", "f3", 1, "new", "2027-12-31"),
    )
    assert (change.added, change.removed, change.moved, change.expired) == (1, 1, 0, 0)


def test_prune_adds_nothing():
    old = entries_of([finding("a.py"), finding("a.py")], "why")
    change = pruned([finding("a.py"), finding("a.py", "f3")], old, HERE)
    assert change.entries == entries_of([finding("a.py")], "why")
    assert (change.added, change.removed) == (0, 1)


def test_more_of_the_same_is_counted_in_its_entry():
    change = updated([finding(), finding()], entries_of([finding()], "why"), HERE, "", "")
    assert change.entries == entries_of([finding(), finding()], "why")


def test_what_moved_is_listed_where_it_is():
    change = updated([finding("new.py")], entries_of([finding("old.py")], "why"), HERE, "", "")
    assert (change.entries, change.moved, change.added) == (entries_of([finding("new.py")], "why"), 1, 0)


def test_what_has_expired_is_not_accepted_anew():
    old = entries_of([finding()], "later", "2026-12-31")
    change = updated([finding()], old, HERE, "", "")
    assert (change.entries, change.expired, change.added) == (old, 1, 0)
    assert pruned([], old, HERE).entries == ()


def test_what_nobody_looked_for_is_kept():
    old = entries_of([finding()])
    unknown = Judgement(there("a.py"), lambda entry: False)
    assert pruned([], old, unknown).entries == old
