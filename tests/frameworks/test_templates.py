"""The tags of templates, as Django's and Jinja's languages share them."""

import time

import pytest

from archlint.frameworks.templates.language import Loop, Path, parse


def test_tags_with_and_without_dashes():
    text = "{% for row in  rows -%}{{- row.name|lower }}{%- endfor -%}{# {{ no.more }} #}{{ last.one}}"
    assert parse(text).items == [
        Loop([Path(("row", "name"), 1, 24, "lower", is_written=True)], ("row",), Path(("rows",), 1, 1)),
        Path(("last", "one"), 1, 78, is_written=True),
    ]


@pytest.mark.parametrize("opened", ["{{", "{%", "{#", "{{ a.b", "{% if a.b ", "{{ {% {# "])
def test_what_is_never_closed_costs_little(opened):
    started = time.process_time()
    assert parse(opened * 50_000).items == []
    assert time.process_time() - started < 5


def test_loops_inside_one_another_are_followed_to_some_depth():
    block, depth = parse("{% for order in orders %}{{" * 30_000), 0
    while block.items:
        (inner,) = block.items
        assert isinstance(inner, Loop)
        block, depth = inner, depth + 1
    assert 10 < depth < 200


def test_places_are_counted_from_one():
    loop = Loop([Path(("d",), 3, 3, is_written=True)], ("b",), Path(("c",), 2, 1))
    assert parse("a\n{% for b in c %}\n  {{ d }}{% endfor %}").items == [loop]
