# The habits of the house. `just` lists them.

python := ".venv/bin/python"

default:
    @just --list

# Make the virtual environment with everything a developer needs.
setup:
    python3 -m venv .venv
    {{python}} -m pip install --quiet --editable '.[dev]'
    {{python}} -m pre_commit install

# Format the code.
format:
    {{python}} -m ruff format
    {{python}} -m ruff check --fix

# Look at the code without running it: style, types, architecture.
lint:
    {{python}} -m ruff format --check
    {{python}} -m ruff check
    {{python}} -m mypy
    .venv/bin/archlint

# Run the tests; arguments go to pytest.
test *arguments:
    {{python}} -m pytest {{arguments}}

# Run the tests on every Python there is.
pythons:
    {{python}} -m nox

# Write down anew what the examples bring about, after a change that is meant.
expected:
    for name in bookshop helpdesk; do \
        (cd examples/$name && ../../.venv/bin/archlint check --output-format concise > expected.txt || true); \
    done
    git diff --stat -- examples

# Everything that has to pass before a change goes in.
ci:
    .ci/run
