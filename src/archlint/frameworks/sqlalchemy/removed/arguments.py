"""Arguments that SQLAlchemy took before version 2, and refuses since."""

from __future__ import annotations

from typing import Final

from archlint.facts.expressions import Attribute, Call, Expression, Literal, Operation, Template
from archlint.frameworks.sqlalchemy.loads.loads import OF_COLUMNS
from archlint.frameworks.sqlalchemy.removed.names import KEYWORDS, Refused
from archlint.frameworks.sqlalchemy.sessions.engines import Connection, Engine, EngineMaker
from archlint.frameworks.sqlalchemy.sessions.makers import FactoryClass, SessionClass
from archlint.frameworks.sqlalchemy.sessions.sessions import Session
from archlint.frameworks.sqlalchemy.statements.running import RUNNING
from archlint.frameworks.sqlalchemy.values.building import CLAUSES, JOINS
from archlint.frameworks.sqlalchemy.values.constructs import Construct, TableClass
from archlint.frameworks.sqlalchemy.values.options import LOADERS, Loader, LoaderOption
from archlint.frameworks.sqlalchemy.values.statements import WRITING, Statement
from archlint.frameworks.sqlalchemy.values.table_values import TableValue
from archlint.project.answer import External
from archlint.project.flow.trace import Called
from archlint.project.flow.values import Constant, Items, Value

_TEXTUAL: Final = frozenset({"and_", "or_", "not_"})
_RUN_WITH: Final = frozenset({"statement", "params", "parameters", "execution_options", "bind_arguments"})
_STAR: Final = Constant("*")
_WRAP: Final = "wrap it in `text(…)`"


def refused(called: Called, receiver: Value | None) -> Refused | None:
    """What a call is given that is refused; None where all is well."""
    first = called.arguments.positional[0] if called.arguments.positional else None
    found = _keyword(called, receiver)
    if found is not None:
        return found
    if isinstance(called.callee, Construct):
        return _of_construct(called, called.callee.name, first)
    if isinstance(called.callee, (SessionClass, FactoryClass)):
        return _switched(called)
    if isinstance(called.callee, EngineMaker) and isinstance(called.result, Engine):
        return _of_engine(called, called.result)
    if isinstance(called.callee, TableClass):
        hint = "`autoload_with=engine` is enough"
        return ("`Table` takes no `autoload`", hint) if called.arguments.get("autoload") else None
    if called.callee == External("sqlalchemy.MetaData"):
        bound = isinstance(first, Engine) or called.arguments.get("bind") is not None
        hint = "give the engine where it is needed: `metadata.create_all(engine)`"
        return ("`MetaData` takes no engine", hint) if bound else None
    if isinstance(called.callee, Loader) or isinstance(receiver, LoaderOption):
        is_name = called.name in LOADERS | OF_COLUMNS and any(
            _is_text(v) and v != Constant("*") for v in called.arguments.positional
        )
        what = "a column" if called.name in OF_COLUMNS else "a relationship"
        what = f"`{called.name}` takes no name of {what}"
        return (what, "pass the attribute of the class: `Order.items`") if is_name else None
    return _of_receiver(called, receiver)


def _of_receiver(called: Called, receiver: Value | None) -> Refused | None:
    name, given = called.name, called.arguments.positional
    if isinstance(receiver, (Session, Connection)) and name in RUNNING:
        return _run(called, receiver)
    if isinstance(receiver, TableValue) and name in ("select", *WRITING) and given:
        build = "values(…)" if name == "insert" else "where(…)"
        return (f"`{name}()` of a table takes nothing", f"use `.{build}`")
    if isinstance(receiver, Session) and name == "query":
        return _of_columns(called)
    if not isinstance(receiver, Statement):
        return None
    if name in JOINS:
        what = "a join takes no name of a relationship"
        hint = "pass the attribute of the class: `Order.items`"
        return (what, hint) if any(map(_is_text, given)) else None
    if name == "options" and receiver.kind == "select" and any(isinstance(value, Items) for value in given):
        return "`options` of a statement takes no list", "pass the options one by one: `.options(*options)`"
    if name in CLAUSES:
        return ("plain text is not a condition", _WRAP) if _has_text(called) else None
    if name in ("order_by", "group_by"):
        is_sql = any(_is_text(value) and _is_composed(str(value.value)) for value in given)  # type: ignore[union-attr]
        what = f"`{name}` takes no SQL as plain text"
        return (what, "pass columns: `Order.number.desc()`") if is_sql else None
    return None


def _of_construct(called: Called, name: str, first: Value | None) -> Refused | None:
    keywords = [keyword for keyword, _ in called.arguments.named]
    if name == "select":
        if isinstance(first, Items) and first.kind == "list":
            return "`select()` takes no list", "pass the columns one by one"
        if keywords:
            return f"`select()` takes no `{keywords[0]}`", "use the methods of the statement: `.where(…)`"
        return _of_columns(called)
    if name in WRITING:
        more = [keyword for keyword in keywords if keyword != "table"]
        if more or len(called.arguments.positional) > 1:
            what = f"`{name}()` takes no `{more[0]}`" if more else f"`{name}()` takes nothing but a table"
            return what, "use the methods of the statement: `.where(…)`, `.values(…)`"
        return None
    if name == "case":
        is_alone = len(called.arguments.positional) == 1  # beside others, it is one condition and its result
        is_list = is_alone and isinstance(first, Items) and first.kind == "list"
        if is_list or "whens" in keywords:
            return "`case()` takes no list", "pass the pairs one by one"
        return None
    return ("plain text is not a condition", _WRAP) if name in _TEXTUAL and _has_text(called) else None


def _of_columns(called: Called) -> Refused | None:
    if _STAR in called.arguments.positional:
        return None
    hint = "pass attributes of classes, or wrap it in `text(…)`"
    return ("plain text is not a column", hint) if _has_text(called) else None


def _run(called: Called, receiver: Session | Connection) -> Refused | None:
    if isinstance(receiver, Session) and called.name in receiver.overrides:
        return None
    form = called.form.arguments[0] if called.form.arguments else None
    statement = called.arguments.get("statement", 0)
    if _is_text(statement) or (form is not None and _is_written_text(form)):
        return "plain text is not a statement", _WRAP
    if not isinstance(statement, Statement):
        return None
    others = [keyword for keyword, _ in called.arguments.named if keyword not in _RUN_WITH]
    if others and not others[0].startswith("_"):
        what = f"`{called.name}` takes no values as keywords"
        return what, f'pass a dict: `{called.name}(…, {{"{others[0]}": …}})`'
    if isinstance(receiver, Connection) and len(called.arguments.positional) > 2:
        return f"`{called.name}` takes one set of values", "pass several as a list of dicts"
    return None


def _of_engine(called: Called, engine: Engine) -> Refused | None:
    if engine.url.startswith(("postgres:", "postgres+")):
        return "there is no dialect `postgres`", "write `postgresql://…`"
    if called.arguments.get("future") == Constant(False):
        return "an engine takes no `future=False`", "leave it out"
    return None


def _switched(called: Called) -> Refused | None:
    """`autocommit` and `future`, which can only say what is always so."""
    for name, gone, hint in (
        ("autocommit", True, "begin and commit: `with Session.begin() as session:`"),
        ("future", False, "leave it out"),
    ):
        if called.arguments.get(name) == Constant(gone):
            return f"a session takes no `{name}={gone}`", hint
    return None


def _keyword(called: Called, receiver: Value | None) -> Refused | None:
    name = "create_engine" if isinstance(called.callee, EngineMaker) else called.name
    known = KEYWORDS.get(name)
    if known is None or not (
        isinstance(called.callee, EngineMaker) or isinstance(receiver, (Session, Statement))
    ):
        return None
    found = next((keyword for keyword, _ in called.arguments.named if keyword in known), None)
    return None if found is None else (f"`{called.name}` takes no `{found}`", known[found])


def _has_text(called: Called) -> bool:
    """Whether text stands where an expression of SQL is asked for."""
    return any(map(_is_text, called.arguments.positional)) or any(
        _is_written_text(form) for form in called.form.arguments
    )


def _is_text(value: Value | None) -> bool:
    return isinstance(value, Constant) and isinstance(value.value, str)


def _is_composed(text: str) -> bool:
    """Whether it is more than the name of a column or label."""
    return "(" in text or text.lower().endswith((" asc", " desc"))


def _is_written_text(form: Expression) -> bool:
    """`f"…"`, `"…" % value`, `"…".format(…)`: text, whatever is put into it."""
    if isinstance(form, Template):
        return True
    if isinstance(form, Operation):
        return form.operator in ("%", "+") and _is_literal_text(form.operands[0])
    if isinstance(form, Call) and isinstance(form.function, Attribute):
        return form.function.attr in ("format", "join") and _is_literal_text(form.function.value)
    return False


def _is_literal_text(form: Expression) -> bool:
    return isinstance(form, Template) or (isinstance(form, Literal) and isinstance(form.value, str))
