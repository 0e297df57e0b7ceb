"""Patterns of a configuration as rules: names, places, fixes, severities, suppressions."""

import pytest

from archlint.concrete.fixes.making import Maker
from archlint.errors import ConfigError
from archlint.finding import Severity
from archlint.fixing.editing import edited
from archlint.source import Text

CACHE = """
[[patterns]]
id = "company/no-direct-cache"
pattern = "cache.$METHOD($KEY, ...)"
where.METHOD = "get|set"
not-in = ["app/cache/**"]
resolve = "django.core.cache.cache"
message = "go through app.cache"
hint = "use `app.cache.{METHOD}_cached($KEY)`"
fix = "app.cache.$METHOD_cached($KEY)"
because = "keys need their prefix"
"""
IMPORTED = "from django.core.cache import cache\n"


def lines(report):
    return [(each.location.path, each.location.line) for each in report.findings]


def test_the_example_of_the_documentation(lint):
    report = lint(
        {
            "archlint.toml": CACHE,
            "app/cache/__init__.py": f"{IMPORTED}cache.get(1)\n",
            "app/views.py": f"{IMPORTED}cache.get( key or 1 )\ncache.delete(key)\n",
        }
    )
    (finding,) = report.findings
    assert (finding.rule, finding.severity) == ("company/no-direct-cache", Severity.ERROR)
    assert finding.hint == "use `app.cache.get_cached(key or 1)`"
    assert finding.because == "keys need their prefix"
    assert finding.fix is not None
    assert [edit.text for edit in finding.fix.edits] == ["app.cache.get_cached(key or 1)"]
    assert report.tallies["company/no-direct-cache"].kept == 1


@pytest.mark.parametrize(
    "code",
    [
        "from django.core.cache import cache as c\nc.get(1)",
        "import django.core.cache as dc\ndc.cache.get(1)",
        "import django.core.cache\ndjango.core.cache.cache.get(1)",
        "from shared import kept\nkept.get(1)",
        "def f():\n    from django.core.cache import cache\n    cache.get(1)",
    ],
)
def test_however_it_is_imported(lint, code):
    report = lint(
        {
            "archlint.toml": CACHE.replace('not-in = ["app/cache/**"]\n', ""),
            "shared.py": "from django.core.cache import cache as kept\n",
            "views.py": code,
        }
    )
    assert [path for path, _ in lines(report)] == ["views.py"]


@pytest.mark.parametrize(
    "code",
    [
        "cache = {}\ncache.get(1)",
        "from mine import cache\ncache.get(1)",
        f"{IMPORTED}def f(cache):\n    cache.get(1)",
        f"{IMPORTED}def f():\n    cache = {{}}\n    cache.get(1)",
    ],
)
def test_another_thing_of_the_same_name(lint, code):
    files = {"archlint.toml": CACHE.replace('not-in = ["app/cache/**"]\n', ""), "views.py": code}
    assert lines(lint(files)) == []


def test_a_pattern_that_guards_nothing_is_a_mistake(lint):
    with pytest.raises(ConfigError, match=r"archlint.toml:6:\d+: `app/cache/\*\*` is not a layer"):
        lint({"archlint.toml": CACHE, "views.py": f"{IMPORTED}cache.get(1)"})


def test_severity_and_suppression(lint):
    rules = '[rules]\n"company/no-direct-cache" = "warning"\n'
    code = f"{IMPORTED}cache.get(1)\ncache.get(2)  # archlint: ignore[company/no-direct-cache] -- warm-up\n"
    files = {"archlint.toml": CACHE + rules, "app/cache/__init__.py": "", "views.py": code}
    report = lint(files)
    assert [(each.location.line, each.severity) for each in report.findings] == [(2, Severity.WARNING)]
    assert len(report.suppressed) == 1
    files["archlint.toml"] = CACHE + rules.replace("warning", "off")
    assert [each.rule for each in lint(files).findings] == []


def test_layers(lint):
    drawing = '[layers]\nweb = ["web/**"]\ndata = ["data/**"]\n'
    table = '[[patterns]]\nid = "a/b"\npattern = "f()"\nin = ["web"]\nmessage = "m"\nhint = "h"\n'
    files = {"archlint.toml": drawing + table, "web/a.py": "f()", "data/b.py": "f()"}
    assert lines(lint(files)) == [("web/a.py", 1)]


def test_inside_and_not_inside(found):
    table = 'pattern = "f($X)"\ninside = "class $C:\\n    ..."\nnot-inside = "def allowed(...):\\n    ..."\n'
    code = "f(1)\nclass A:\n    f(2)\n    def g(self): f(3)\n    def allowed(self): f(4)\n"
    assert [each.message for each in found(table, code)] == ["m 2", "m 3"]


def test_metavariables_are_shared_with_what_is_around(found):
    table = 'pattern = "$X.append($Y)"\ninside = "for $Y in $X:\\n    ..."\n'
    code = "for a in b:\n    b.append(a)\n    c.append(a)\n"
    assert [each.location.line for each in found(table, code)] == [2]


def test_one_of_each_group_around(found):
    functions = '["def a(...):\\n    ...", "def b(...):\\n    ..."]'
    table = f'pattern = "f($X)"\ninside = [["class $C:\\n    ..."], {functions}]\n'
    code = "class A:\n    def a(self): f(1)\n    def c(self): f(2)\ndef b(): f(3)\n"
    assert [each.message for each in found(table, code)] == ["m 1"]


def test_alternatives_and_exceptions(found):
    table = 'any = ["f($X)", "g($X)"]\nnot = "f(None)"\n'
    assert [each.message for each in found(table, "f(1)\ng(2)\nf(None)\ng(None)")] == ["m 1", "m 2", "m None"]


def test_the_way_that_holds_is_found(found):
    table = 'pattern = "def get(...):\\n    ...\\n    $X(...)"\nwhere.X = "create_.*"\n'
    assert [each.message for each in found(table, "def get(self):\n    log()\n    a = create_it()\n")] == [
        "m create_it"
    ]


def test_types(found):
    table = 'pattern = "$X.execute(...)"\ntype.X = "sqlalchemy.orm.Session"\n'
    code = (
        "from sqlalchemy.orm import Session\n"
        "class Own(Session): ...\n"
        "def f(a: Session, b: Own, c, d: dict):\n"
        "    a.execute(1)\n    b.execute(1)\n    c.execute(1)\n    d.execute(1)\n"
    )
    assert [each.message for each in found(table, code)] == ["m a", "m b"]


def test_types_that_only_their_way_tells(found):
    table = 'pattern = "$X.all()"\ntype.X = ["django.db.models.Manager", "django.db.models.QuerySet"]\n'
    code = (
        "from django.db import models\n"
        "class Order(models.Model): ...\n"
        "def open_orders():\n    return Order.objects.filter(pk=1)\n"
        "def f(ä, other):\n"
        "    'äö', Order.objects.all()\n"
        "    open_orders().all()\n"
        "    rows = open_orders()\n"
        "    rows.all()\n"
        "    other.all()\n"
    )
    settings = {"settings.py": "INSTALLED_APPS = ['example']\nSECRET_KEY = 'x'\n"}
    messages = [each.message for each in found(table, code, **settings)]
    assert messages == ["m Order.objects", "m open_orders()", "m rows"]


def test_dotted_names_as_imports(found):
    table = 'pattern = "django.http.$X(...)"\nresolve = true\n'
    imports = "from django.http import HttpResponse as R\nfrom django import http\n"
    code = f"{imports}R(1)\nhttp.JsonResponse(2)\nx.R(3)\n"
    assert [each.message for each in found(table, code)] == ["m R", "m JsonResponse"]


def test_focus(found):
    table = 'pattern = "def $X(...):\\n    ..."\nfocus = "X"\n'
    (finding,) = found(table, "def  f(a):\n    pass\n")
    assert (finding.location.column, finding.location.end_column) == (6, 7)


def test_a_fix_keeps_what_binds_loosely_together(found):
    table = 'pattern = "f($X)"\nfix = "$X.g($X)"\n'
    (finding,) = found(table, "f(a or b)")
    assert finding.fix is not None
    assert finding.fix.edits[0].text == "(a or b).g(a or b)"


def test_columns_count_characters(found):
    (finding,) = found('pattern = "f($X)"\n', "s = 'äö'; f(1)\n")
    assert (finding.location.column, finding.location.end_column) == (11, 15)


FETCHED = 'pattern = "cache.get($X)"\nfix = "cached($X)"\nfix-imports = ["app.caching.cached"]\n'


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("import cache\n", "from app.caching import cached\nimport cache\n\ncached(1)\n"),
        ("from app import caching\n", "from app import caching\n\ncaching.cached(1)\n"),
        (
            "from app.caching import cached as c\n",
            "from app.caching import cached as c\n\nc(1)\n",
        ),
        ("def cached(): ...\n", "def cached(): ...\n\ncache.get(1)\n"),
    ],
)
def test_a_fix_brings_its_imports(found, tmp_path, head, expected):
    code = f"{head}\ncache.get(1)\n"
    (finding,) = found(FETCHED, code)
    fix = Maker(lambda path: Text(code)).fix(finding)
    edits = fix.edits if fix is not None else ()
    assert edited("example.py", code.encode(), edits).decode() == expected


def test_a_hostile_expression_ends(found):
    table = 'pattern = "f($X)"\nwhere.X = "(a+)+b"\n'
    assert found(table, f"f({'a' * 5000})\n") == []
    (finding,) = found(table, f"f({'a' * 500}b)\n")
    assert finding.location.line == 1
