"""The tags of templates, as Django's and Jinja's languages share them."""

import time

import pytest

from archlint.frameworks.templates.language import Loop, Path, parse


def test_tags_with_and_without_dashes():
    text = "{% for row in  rows -%}{{- row.name|lower }}{%- endfor -%}{# {{ no.more }} #}{{ last.one}}"
    assert parse(text).items == [
        Loop([Path(("row", "name"), 1, 24)], ("row",), Path(("rows",), 1, 1)),
        Path(("last", "one"), 1, 78),
    ]


@pytest.mark.parametrize("opened", ["{{", "{%", "{#", "{{ a.b", "{% if a.b ", "{{ {% {# "])
def test_what_is_never_closed_costs_little(opened):
    started = time.process_time()
    assert parse(opened * 50_000).items == []
    assert time.process_time() - started < 5
