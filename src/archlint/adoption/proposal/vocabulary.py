"""The names that folders and modules go by in the field, from top to bottom."""

from __future__ import annotations

from typing import Final

NAMES: Final = (
    ("cli", "management", "commands", "main", "app", "urls", "server", "bootstrap"),
    (
        "entrypoints",
        "presentation",
        "inbound",
        "api",
        "apis",
        "routes",
        "routers",
        "router",
        "endpoints",
        "controllers",
        "handlers",
        "rest",
        "web",
    ),
    ("graphql", "views", "view", "resources", "pages", "admin", "blueprints"),
    ("tasks", "jobs", "workers", "scheduler", "scheduled", "consumers"),
    ("flows", "workflows", "orchestration"),
    ("serializers", "forms", "tables", "filtersets", "filters", "search", "notifications"),
    (
        "services",
        "service",
        "service_layer",
        "usecases",
        "use_cases",
        "usecase",
        "interactors",
        "application",
        "logic",
        "actions",
        "operations",
    ),
    ("signals", "receivers", "messaging", "events"),
    ("dependencies", "deps", "permissions"),
    (
        "repositories",
        "repository",
        "repos",
        "repo",
        "dao",
        "dal",
        "data_access",
        "selectors",
        "queries",
        "crud",
    ),
    ("querysets", "managers"),
    ("schemas", "schema", "dto", "dtos"),
    ("ports", "port"),
    ("models", "model", "entities", "domain", "tables_models", "orm"),
    (
        "db",
        "database",
        "storage",
        "infrastructure",
        "infra",
        "outbound",
        "adapters",
        "adapter",
        "gateways",
        "clients",
        "integrations",
    ),
    ("core", "common", "shared", "lib", "libs", "kernel"),
    ("settings", "config", "configuration", "conf"),
    ("utils", "util", "utilities", "helpers"),
    ("types", "enums", "choices", "constants", "exceptions", "errors"),
)
"""Each line holds names of one meaning; where the imports say otherwise, they are believed."""

RANKS: Final = {name: rank for rank, names in enumerate(NAMES) for name in names}

WIRING: Final = frozenset({*NAMES[0], "dependencies", "deps"})
"""Where an application is put together: it knows all the layers that it connects."""

ASIDE: Final = frozenset(
    {
        "alembic", "benchmarks", "conftest", "docs", "examples", "fixtures", "migrations", "scripts", "test",
        "testing", "tests", "tools", "versions",
    }
)  # fmt: skip
"""What stands beside the layers: it may use them all."""
