"""Values that JSON cannot say, given to a field that stores JSON by the encoder of the standard library.

https://docs.djangoproject.com/en/5.2/topics/db/queries/#storing-and-querying-for-none and `json.JSONEncoder`
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.frameworks.django.models.spelling import MODELS
from archlint.frameworks.django.query.objects.model_object import ModelObject, is_object
from archlint.frameworks.django.query.sets.asked import query_sets
from archlint.frameworks.django.refusals.refused import Wrong
from archlint.frameworks.orm import Field
from archlint.project.answer import External
from archlint.project.flow.values import NONE, Entries, Items, Object, Value, alternatives

_UNSAID = {
    "datetime.date": "a `date`",
    "datetime.datetime": "a `datetime`",
    "datetime.time": "a `time`",
    "datetime.timedelta": "a `timedelta`",
    "decimal.Decimal": "a `Decimal`",
    "pathlib.Path": "a `Path`",
    "uuid.UUID": "a `UUID`",
}
_HINT = "turn it into a text or a number, or give the field `encoder=DjangoJSONEncoder`"


def unsayable(field: Field, value: Value) -> Wrong | None:
    """What is in a value that such a field cannot store; None where nothing is."""
    if field.kind != f"{MODELS}.JSONField" or field.cls is not None:
        return None
    if field.options.get("encoder") is not None or len(field.arguments) > 2 or "" in field.options:
        return None
    what = next(_unsaid(value), "")
    hint = _HINT if what in _UNSAID.values() else "store plain values: texts, numbers, lists and dicts"
    return (f"`{field.name}` is given {what}, which JSON cannot say", hint) if what else None


def _unsaid(value: Value) -> Iterator[str]:
    if isinstance(value, Entries):
        for _, held in value.values:
            yield from _unsaid(held)
    elif isinstance(value, Items):
        for item in value.items:
            yield from _unsaid(item)
    else:
        options = tuple(one for one in alternatives(value) if one != NONE)
        named = tuple(filter(None, map(_name, options)))
        if options and len(named) == len(options):
            yield named[0]


def _name(value: Value) -> str:
    """What a value is called that is surely none of JSON's; empty for others."""
    if isinstance(value, ModelObject) and is_object(value):
        return f"an object of `{value.model.rpartition('.')[2]}`"
    if isinstance(value, Object):
        return _UNSAID.get(value.of.name, "") if isinstance(value.of, External) else ""
    return "a query set" if query_sets(value) else ""
