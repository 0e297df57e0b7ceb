"""What is remembered of a session inside a `with` whose manager ends it only behind its `yield`."""

from pathlib import Path

from archlint.config.model import Config
from archlint.engine import open_project
from archlint.frameworks.data_flow import DataFlow
from archlint.project.flow.trace import Called

SOURCE = """\
from contextlib import contextmanager

from sqlalchemy import create_engine, text
from sqlalchemy.orm import scoped_session, sessionmaker

Session = scoped_session(sessionmaker(create_engine("sqlite://")))


@contextmanager
def sessions():
    session = Session()
    try:
        yield session
    finally:
        Session.remove()


def ping():
    with sessions() as session:
        session.execute(text("SELECT 1"))
"""


def test_nothing_behind_the_yield_has_happened_inside(tmp_path: Path) -> None:
    (tmp_path / "sessions.py").write_text(SOURCE, encoding="utf-8")
    calls = open_project(Config(root=tmp_path)).view(DataFlow).events(Called)
    states = [event.state for _, event in calls if event.name == "execute"]
    assert states
    assert not any("close" in key for state in states for key in state if isinstance(key, tuple))
