"""What `on_commit()` is given runs where no transaction is open, however it is written."""

from .real import real

ASKED = """
from functools import partial

from django.db import connection, transaction

seen = []


def look(name):
    seen.append((name, connection.in_atomic_block))


look_inside = transaction.atomic(look)

with transaction.atomic():
    look("now")
    transaction.on_commit(partial(look, "partial"))
    transaction.on_commit(lambda: look("lambda"))
    transaction.on_commit(partial(look_inside, "own"))
said = repr(seen)
"""


def test_after_commit(tmp_path):
    files = {"shop/__init__.py": "", "shop/settings.py": "INSTALLED_APPS = []\n"}
    (said,) = real({"shop": files}, tmp_path, ASKED)["shop"]
    assert eval(said) == [("now", True), ("partial", False), ("lambda", False), ("own", True)]
