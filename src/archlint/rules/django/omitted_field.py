"""Rows that are made without a field that they need.

## Why is this bad?

A field that is never null and has no default has to be given to every new row. Where it is left out, Django
writes `NULL`, and the database refuses the row: `IntegrityError`. Texts are not among these fields, since
Django writes an empty one.

## What to do

Give the field to the new row, or give it a default.

## Bad

`hotel/models.py`:

```python
from django.db import models


class Room(models.Model):
    number = models.CharField(max_length=8)
    rate = models.IntegerField(default=100)


class Booking(models.Model):
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="bookings")
    guest = models.CharField(max_length=80)
    first_night = models.DateField()
    nights = models.PositiveSmallIntegerField(default=1)
    rate = models.IntegerField()
```

`hotel/services.py`:

```python
from hotel.models import Booking, Room


def book(room, guest, day):
    bookings = Booking.objects
    return bookings.create(room=room, guest=guest, first_night=day)  # error: [django/omitted-field] "`rate`"


class Desk:
    def store(self, room, **details):
        details["rate"] = room.rate
        return room.bookings.create(**details)  # error: [django/omitted-field] "`first_night`"

    def reserve(self, number, guest):
        return self.store(Room.objects.get(number=number), guest=guest)


def noted(room, guest):
    booking = Booking(room=room, guest=guest, rate=0)  # error: [django/omitted-field] "`first_night`"
    booking.guest = guest.title()
    booking.save()
    return booking


def planned(room, day):
    return Booking.objects.get_or_create(  # error: [django/omitted-field] "`rate`"
        room=room, first_night=day, defaults={"guest": "nobody"}
    )
```

## Good

`hotel/models.py`:

```python
from django.db import models


class Room(models.Model):
    number = models.CharField(max_length=8)
    rate = models.IntegerField(default=100)


class Booking(models.Model):
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="bookings")
    guest = models.CharField(max_length=80)
    first_night = models.DateField()
    made_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True)
```

`hotel/services.py`:

```python
from datetime import date

from hotel.models import Booking, Room


def book(room, guest, day):
    return Booking.objects.create(room_id=room.pk, first_night=day)


class Desk:
    def store(self, room, **details):
        return room.bookings.create(**details)

    def reserve(self, number, guest):
        return self.store(Room.objects.get(number=number), guest=guest, first_night=date.today())


def noted(room, guest):
    booking = Booking(room=room, guest=guest)
    booking.first_night = date.today()
    booking.save()
    return booking


def planned(room, day):
    return Booking.objects.update_or_create(
        room=room, defaults={"guest": "nobody"}, create_defaults={"first_night": day}
    )
```

## When not to use it

The rule says nothing of models that save themselves in a way of their own (`save()`, `__init__()`, receivers
of `pre_save`), nor of fields of your own classes. Where a trigger of the database fills a column in, tell
Django so with `db_default`.

## Source

https://docs.djangoproject.com/en/5.2/ref/models/fields/#null
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.finding import Finding, Related, Severity
from archlint.frameworks.django.query.expected import is_caught
from archlint.frameworks.django.writes.new_row import NewRow
from archlint.frameworks.django.writes.omitted import new_rows
from archlint.frameworks.django.writes.required import RequiredFields
from archlint.frameworks.django.writes.saved_lacking import saved_lacking
from archlint.frameworks.places.expressions import place, spot
from archlint.frameworks.places.models import declared_at
from archlint.project import Project
from archlint.project.guards import is_one_way
from archlint.project.tries import is_tried
from archlint.rule import Outcome, Rule, Verdict

_ERRORS = ("IntegrityError", "DatabaseError", "Error", "Exception")
_CAUGHT = frozenset({"", *_ERRORS, *(f"django.db.{name}" for name in _ERRORS), "builtins.Exception"})
"""Handlers that expect the failure."""


class OmittedField(Rule, frozen=True):
    """Every row that is made of fields that are all known is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Look at `create` and its kin, and at objects that are made and saved."""
        required = project.view(RequiredFields)
        wrong: dict[tuple[str, int, int], NewRow] = {}
        right: set[tuple[str, int, int]] = set()
        for made in (*new_rows(project, required), *saved_lacking(project)):
            key = (made.module.path, *place(made.form))
            if not made.omitted:
                right.add(key)
                yield Outcome.KEPT
            elif _is_expected(made):
                yield Outcome.UNKNOWN
            else:
                wrong.setdefault(key, made)
        for key, made in wrong.items():
            if key in right and is_one_way(made.module, made.form.line):
                yield Outcome.UNKNOWN
            else:
                yield self._found(project, made)

    def _found(self, project: Project, made: NewRow) -> Finding:
        names = " and ".join(f"`{name}`" for name in made.omitted)
        fields = [made.model.member(name) for name in made.omitted]
        saved_at = (
            () if made.form is made.event.form else (spot(project, made.trace.module, made.event.form),)
        )
        return self.finding(
            spot(project, made.module, made.form),
            f"a `{made.model.name}` is saved without {names}",
            f"give it {names}, or a default in the model",
            related=(
                *(Related(location, "it is saved here") for location in saved_at),
                *(related for one in fields if one is not None for related in declared_at(project, one)),
            ),
        )


def _is_expected(made: NewRow) -> bool:
    module, line = made.trace.module, made.event.form.line
    return is_caught(made.event, _CAUGHT) or any(is_tried(module, line, name) for name in _ERRORS)
