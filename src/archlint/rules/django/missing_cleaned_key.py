"""Names in `cleaned_data` that no field of the form has.

## Why is this bad?

`cleaned_data` holds one value for each field of the form, and nothing else. A name that no field has raises
`KeyError` once somebody sends a form that is valid; `cleaned_data.get()` gives None, whatever was sent.

## What to do

Take the value by the name of its field, or declare the field.

## Bad

`hotel/forms.py`:

```python
from django import forms


class StayForm(forms.Form):
    guest_name = forms.CharField()
    nights = forms.IntegerField()

    def clean(self):
        cleaned_data = super().clean()
        if cleaned_data.get("night") == 0:  # warning: [django/missing-cleaned-key] "is None"
            raise forms.ValidationError("At least one night.")
        return cleaned_data
```

`hotel/views.py`:

```python
from django.shortcuts import redirect, render

from hotel.forms import StayForm
from hotel.services import book


def reserve(request):
    form = StayForm(request.POST)
    if form.is_valid():
        book(form.cleaned_data["guest"])  # error: [django/missing-cleaned-key] "has no field `guest`"
        return redirect("stays")
    return render(request, "reserve.html", {"form": form})
```

`hotel/services.py`:

```python
def book(guest):
    return guest
```

## Good

`hotel/forms.py`:

```python
from django import forms


class StayForm(forms.Form):
    guest_name = forms.CharField()
    nights = forms.IntegerField()

    def clean(self):
        cleaned_data = super().clean()
        if cleaned_data.get("nights") == 0:
            raise forms.ValidationError("At least one night.")
        return cleaned_data
```

`hotel/views.py`:

```python
from django.shortcuts import redirect, render

from hotel.forms import StayForm
from hotel.services import book


def reserve(request):
    form = StayForm(request.POST)
    if form.is_valid():
        book(form.cleaned_data["guest_name"])
        return redirect("stays")
    return render(request, "reserve.html", {"form": form})
```

`hotel/services.py`:

```python
def book(guest):
    return guest
```

## When not to use it

The rule is silent of forms whose fields are computed, and of those with bases from packages.

## Source

https://docs.djangoproject.com/en/5.2/ref/forms/api/#accessing-clean-data
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from archlint.finding import Finding, Related, Severity
from archlint.frameworks.django.forms.taken import TakenKey, TakenKeys
from archlint.frameworks.places.classes import class_at
from archlint.frameworks.places.expressions import place, spot
from archlint.nearness import near_or_all
from archlint.project import Project
from archlint.rule import Outcome, Rule, Verdict


class MissingCleanedKey(Rule, frozen=True):
    """Every name that is taken out of the data of a form is a place."""

    severity = Severity.ERROR
    since = "0.1"

    def check(self, project: Project) -> Iterator[Verdict]:
        """Compare each name with the fields of the form."""
        told: set[object] = set()
        for taken in TakenKeys(project):
            key = (taken.function.module.path, *place(taken.form))
            if taken.names is None:
                yield Outcome.UNKNOWN
            elif taken.key in taken.names or key in told:
                yield Outcome.KEPT
            else:
                told.add(key)
                yield self._found(project, taken, taken.names)

    def _found(self, project: Project, taken: TakenKey, names: frozenset[str]) -> Finding:
        cls = taken.classes[0]
        message = f"`{cls.fact.name}` has no field `{taken.key}`"
        found = self.finding(
            spot(project, taken.function.module, taken.form),
            f"{message}, so this is None" if taken.is_asked else message,
            near_or_all(taken.key, sorted(names)),
            related=(Related(class_at(project, cls), "the form"),),
        )
        return replace(found, severity=Severity.WARNING) if taken.is_asked else found
