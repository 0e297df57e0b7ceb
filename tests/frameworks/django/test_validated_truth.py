"""What a view takes out of validated data and no field puts there is not there in the real framework."""

import pytest

from archlint.rules.drf.missing_validated_key import MissingValidatedKey

from .real import real

VIEWS = """
from rest_framework import generics, serializers
from rest_framework.response import Response
from rest_framework.views import APIView


class Asked(serializers.Serializer):
    number = serializers.IntegerField()
    mail = serializers.EmailField(source="email")
    day = serializers.DateField(read_only=True)

    def create(self, validated_data):
        return validated_data


class Plain(APIView):
    def post(self, request):
        serializer = Asked(data=request.data)
        serializer.is_valid(raise_exception=True)
        return Response(serializer.validated_data[{key}])


class Generic(generics.CreateAPIView):
    serializer_class = Asked

    def create(self, request):
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        data = serializer.validated_data
        return Response(data.pop({key}))


class Saving(generics.CreateAPIView):
    serializer_class = Asked

    def perform_create(self, serializer):
        serializer.validated_data[{key}]
        serializer.save()

    def get_success_headers(self, data):
        return {{}}
"""
ASKED = """
from rest_framework.test import APIRequestFactory
from shop import views

def outcome(view):
    request = APIRequestFactory().post("/", {"number": 1, "mail": "a@example.com"}, format="json")
    try:
        return str(view.as_view()(request).status_code < 300)
    except Exception as error:
        return type(error).__name__

said = " ".join(outcome(view) for view in (views.Plain, views.Generic, views.Saving))
"""
FAILS = ("'nummer'", "'mail'", "'day'")
WORKS = ("'number'", "'email'")


def files(key: str) -> dict[str, str]:
    apps = ["django.contrib.auth", "django.contrib.contenttypes", "rest_framework"]
    return {
        "shop/__init__.py": "",
        "shop/settings.py": f"INSTALLED_APPS = {apps}\n",
        "shop/views.py": VIEWS.format(key=key),
    }


def test_what_is_missing_and_nothing_else(tmp_path):
    said = real({key: files(key) for key in (*FAILS, *WORKS)}, tmp_path, ASKED)
    assert {key: said[key][0] for key in FAILS} == dict.fromkeys(FAILS, "KeyError KeyError KeyError")
    assert {key: said[key][0] for key in WORKS} == dict.fromkeys(WORKS, "True True True")


@pytest.mark.parametrize(("key", "count"), [(key, 3) for key in FAILS] + [(key, 0) for key in WORKS])
def test_each_is_reported(key, count, make_project):
    found = [one for one in MissingValidatedKey().check(make_project(files(key))) if hasattr(one, "location")]
    assert len(found) == count
