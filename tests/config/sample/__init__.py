"""A few rules to configure."""

from __future__ import annotations

from typing import Any

from archlint.card import Card

from .layers.restricted_use import RestrictedUse
from .layers.upward_import import UpwardImport
from .layout.everything import Everything
from .sqlalchemy.query_in_loop import QueryInLoop

RULES: dict[str, Any] = {rule.id: rule for rule in (UpwardImport, RestrictedUse, Everything, QueryInLoop)}
CARDS = {name: Card.of(rule) for name, rule in RULES.items()}
PACKS = ("layers", "layout", "sqlalchemy", "fastapi", "contract", "django")

EXAMPLE = """\
extends = ["strict"]
packs = ["layers", "layout", "sqlalchemy", "fastapi", "contract"]   # omitted: detected
src = ["src"]
exclude = ["legacy/**"]
fail-on = "error"

[layers]
routes       = ["app/api/**"]
services     = ["app/services/**"]
repositories = ["app/repositories/**"]
models       = ["app/models/**"]

[rules]
"sqlalchemy/query-in-loop" = "error"
"django/*" = "warning"

[[rules."layers/restricted-use"]]
symbols = ["sqlalchemy.select", "sqlalchemy.orm.Session.*"]
allowed-in = ["repositories"]
because = "queries live in repositories"

[stack]
orm = "sqlalchemy"
database = "postgresql"
driver = "asyncpg"

[contract]
openapi = "openapi.yaml"
"""
