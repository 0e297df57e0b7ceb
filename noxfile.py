"""The tests on every Python that archlint runs on; those that are not installed are left out."""

import nox

nox.options.default_venv_backend = "venv"
nox.options.error_on_missing_interpreters = False


@nox.session(python=["3.10", "3.11", "3.12", "3.13"])
def tests(session: nox.Session) -> None:
    """Run the tests; arguments go to pytest."""
    session.install(".[test]")
    session.run("pytest", *session.posargs)


@nox.session(python="3.10")
def types(session: nox.Session) -> None:
    """Check the types as the oldest Python sees them."""
    session.install(".[dev]")
    session.run("mypy")
