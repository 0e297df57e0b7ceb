"""What the real frameworks do with what validating methods forget, and with `many` that does not suit."""

from archlint.registry import load
from archlint.testing import examples

from .real import real
from .test_database_truth import PREPARE

LOST = """
from notes.forms import NoteForm
from notes.api import NoteSerializer

form = NoteForm({"title": "hello"})
form.is_valid()
serializer = NoteSerializer(data={"title": "hello"})
said = form.cleaned_data.get("title"), outcome(lambda: serializer.is_valid())
"""

LOST_ALONE = """
from rest_framework import serializers

class Titled(serializers.Serializer):
    title = serializers.CharField()

    def validate_title(self, value):
        pass

given = Titled(data={"title": "hello"})
given.is_valid()
said = given.validated_data["title"]
"""

RESERVED = """
from django.test import RequestFactory
from django.urls import path
from hotel import forms, views

asked = RequestFactory().post("/", {"guest_name": "Anna", "nights": "2"})
views.redirect = lambda name: name
form = forms.StayForm(asked.POST)
form.is_valid()
said = outcome(lambda: views.reserve(asked)), form.cleaned_data.get("night")
"""

SHOWN = """
from fish.models import Fish
from rest_framework.test import APIRequestFactory
Fish.objects.create(name="tuna")
from fish import api
asked = APIRequestFactory().get("/")

def shown(view):
    view.cls.permission_classes = []
    return outcome(lambda: view(asked).render())

said = [shown(view) for view in (api.all_fish, api.one_fish)]
"""

TAKEN = """
import warnings
warnings.simplefilter("error", UserWarning)
import importlib
said = outcome(lambda: importlib.import_module("stars.api"))
"""


def _said(rule, code, folder):
    pages = [one for one in examples(load(), rule.partition("/")[0]) if one.rule == rule]
    return {
        name: said[0] for name, said in real({one.title: one.files for one in pages}, folder, code).items()
    }


def test_what_is_not_returned_is_lost(tmp_path):
    found = _said("django/unreturned-value", PREPARE + LOST, tmp_path)
    assert found == {"Bad": "(None, 'AssertionError')", "Good": "('hello', 'ran')"}
    assert real({"alone": {"shop/empty.py": ""}}, tmp_path / "alone", PREPARE + LOST_ALONE) == {
        "alone": ["None"]
    }


def test_data_of_a_form_has_its_fields_and_no_more(tmp_path):
    found = _said("django/missing-cleaned-key", PREPARE + RESERVED, tmp_path)
    assert found == {"Bad": "('KeyError', None)", "Good": "('ran', None)"}


def test_many_has_to_suit(tmp_path):
    found = _said("drf/mistaken-many", PREPARE + SHOWN, tmp_path)
    assert found == {"Bad": "['AttributeError', 'TypeError']", "Good": "['ran', 'ran']"}


def test_a_parameter_that_nobody_takes_is_warned_of(tmp_path):
    found = _said("django/untaken-path-parameter", PREPARE + TAKEN, tmp_path)
    assert found == {"Bad": "UserWarning", "Good": "ran"}
