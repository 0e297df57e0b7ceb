"""Settings as they are when their modules have run, on whichever way."""

import pytest

from archlint.frameworks.django import DjangoModels, Settings


@pytest.fixture
def settings(make_project):
    def make(**files):
        tree = {f"market/settings/{name}.py": text for name, text in files.items()}
        return make_project({"market/__init__.py": "", "market/settings/__init__.py": "", **tree}).view(
            Settings
        )

    return make


def test_lists_grow_from_module_to_module(settings):
    found = settings(
        base="""
            LOCAL = ["shop"]
            INSTALLED_APPS = ["django.contrib.auth", *LOCAL] + ("blog",)
            MIDDLEWARE = []
            AUTH_USER_MODEL = "shop.User"
        """,
        dev="""
            from .base import *
            INSTALLED_APPS += ["debug"]
            INSTALLED_APPS.insert(0, "first")
            MIDDLEWARE.append("market.Timer")
        """,
        live="""
            from market.settings import base
            from market.settings.base import *
            INSTALLED_APPS = [app for app in base.INSTALLED_APPS if app != "blog"]
        """,
    )
    by_name = {one.module.name.rpartition(".")[2]: one for one in found.modules}
    assert [text.value for text in by_name["dev"].texts("INSTALLED_APPS")] == [
        "first",
        "django.contrib.auth",
        "shop",
        "blog",
        "debug",
    ]
    assert by_name["dev"].is_closed("INSTALLED_APPS")
    assert not by_name["live"].is_closed("INSTALLED_APPS")
    assert {one.module.name for one in found.final} == {"market.settings.dev", "market.settings.live"}
    assert found.user_model == "shop.User"
    assert not found.sees_all_apps


def test_conditions_leave_both_ways_open(settings):
    (one,) = settings(
        base="""
            import os
            DEBUG = False
            ROOT_URLCONF = "market.urls"
            INSTALLED_APPS = ["shop"]
            if DEBUG:
                INSTALLED_APPS += ["debug"]
            try:
                import extra
                INSTALLED_APPS.append("extra")
            except ImportError:
                pass
            ENGINE = os.environ.get("ENGINE", "sqlite")
        """
    ).modules
    assert {text.value for text in one.texts("INSTALLED_APPS")} == {"shop", "debug", "extra"}
    assert one.certain("INSTALLED_APPS") == ("shop",)
    assert one.is_closed("INSTALLED_APPS")
    assert [text.value for text in one.texts("ENGINE")] == ["sqlite"]
    assert not one.is_closed("ENGINE")


@pytest.mark.parametrize(
    "line",
    [
        "from elsewhere import *",
        "globals().update(load())",
        "locals()['INSTALLED_APPS'] = []",
        "for app in plugins: INSTALLED_APPS.append(app)",
        "INSTALLED_APPS = INSTALLED_APPS + plugins()",
        "INSTALLED_APPS += [env('EXTRA')]",
    ],
)
def test_what_cannot_be_seen_is_open(settings, line):
    found = settings(base=f"INSTALLED_APPS = ['shop']\nROOT_URLCONF = 'x'\n{line}\n")
    assert not found.sees_all_apps
    assert "shop" in found.installed or "locals" in line


def test_the_user_model_where_settings_disagree_or_say_nothing(settings, make_project):
    assert settings(base="INSTALLED_APPS = []\nROOT_URLCONF = 'x'").user_model == "auth.User"
    assert (
        settings(
            one="AUTH_USER_MODEL = 'a.User'\nROOT_URLCONF = 'x'",
            two="AUTH_USER_MODEL = 'b.User'\nROOT_URLCONF = 'x'",
        ).user_model
        is None
    )


def test_the_user_model_that_a_base_module_says_beside_one_of_which_not_all_is_seen(settings):
    found = settings(
        base="AUTH_USER_MODEL = 'a.User'\nROOT_URLCONF = 'x'",
        deployed="from .elsewhere import *\nINSTALLED_APPS += ['more']\nROOT_URLCONF = 'x'",
        test="from market.settings.base import *\nINSTALLED_APPS = []\nROOT_URLCONF = 'x'",
    )
    assert found.user_model == "a.User"


def test_a_library_without_settings_leaves_the_user_model_open(make_project):
    models = make_project(
        {
            "shop/models.py": """
                from django.conf import settings
                from django.db import models

                class Order(models.Model):
                    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="orders")
            """
        }
    ).view(DjangoModels)
    assert models.settings.user_model is None
    owner = models.named("shop.Order").relations["owner"]
    assert owner.target == "django.contrib.auth.models.User"
    assert models.model(owner.target).is_open


def test_the_database_behind_a_url(settings):
    (one,) = settings(
        base="""
            import dj_database_url
            ROOT_URLCONF = "x"
            DATABASES = {"default": dj_database_url.config(default="postgres://localhost/shop")}
            DATABASES["default"]["ATOMIC_REQUESTS"] = True
        """
    ).modules
    default = one.get("DATABASES").get("default")
    assert default.get("ENGINE").alternatives[0].value == "django.db.backends.postgresql"
    assert default.get("ATOMIC_REQUESTS").value is True


def test_a_database_that_a_constant_names(settings):
    (one,) = settings(
        base="""
            import os
            MAIN = "default"
            REPLICA = os.environ["REPLICA"]
            INSTALLED_APPS = []
            DATABASES = {
                MAIN: {"ENGINE": "django.db.backends.postgresql"},
                REPLICA: {"ENGINE": "django.db.backends.mysql"},
            }
        """
    ).modules
    databases = one.get("DATABASES")
    assert databases.get("default").get("ENGINE").value == "django.db.backends.postgresql"
    assert databases.is_open


def test_a_list_does_not_double_where_ways_meet(settings):
    ways = "".join(f'if os.environ.get("{n}"):\n    ROWS = ROWS + [["{n}"]]\n' for n in range(16))
    found = settings(base=f'import os\nINSTALLED_APPS = []\nROWS = [["first"], os.environ["ROW"]]\n{ways}')
    (base,) = found.modules
    assert len(base.get("ROWS").items) == 18


def test_what_functions_of_the_project_make(settings):
    found = settings(
        base="""
            def sqlite(name, engine="django.db.backends.sqlite3"):
                return {"ENGINE": engine, "NAME": name}

            def apps(*more, debug=False):
                listed = ["shop"]
                if debug:
                    return [*listed, "debug"]
                listed.append("blog")
                return listed
        """,
        live="""
            from market.settings.base import apps, sqlite
            MYSQL = "django.db.backends.mysql"
            DATABASES = {"default": sqlite("live.db"), "old": sqlite(engine=MYSQL, name="old")}
            INSTALLED_APPS = apps()
        """,
    )
    live = next(one for one in found.modules if one.module.name == "market.settings.live")
    databases = live.get("DATABASES")
    assert databases.get("default").get("ENGINE").value == "django.db.backends.sqlite3"
    assert databases.get("old").get("ENGINE").value == "django.db.backends.mysql"
    assert {text.value for text in live.texts("INSTALLED_APPS")} == {"shop", "debug", "blog"}


def test_texts_are_put_together(settings):
    (one,) = settings(
        base="""
            import os
            PROJECT = "market"
            ROOT_URLCONF = "{}.urls".format(PROJECT)
            WSGI_APPLICATION = f"{PROJECT}.wsgi.application"
            AUTH_USER_MODEL = PROJECT + ".User"
            SECRET_KEY = "{}-{}".format(PROJECT, os.environ["KEY"])
            INSTALLED_APPS = ["django.contrib.auth"] + [f"{PROJECT}.shop"]
        """
    ).modules
    texts = ("ROOT_URLCONF", "WSGI_APPLICATION", "AUTH_USER_MODEL", "SECRET_KEY", "INSTALLED_APPS")
    assert {name: [str(text.value) for text in one.texts(name)] for name in texts} == {
        "ROOT_URLCONF": ["market.urls"],
        "WSGI_APPLICATION": ["market.wsgi.application"],
        "AUTH_USER_MODEL": ["market.User"],
        "SECRET_KEY": [],
        "INSTALLED_APPS": ["django.contrib.auth", "market.shop"],
    }


def test_lists_are_made_item_by_item(settings):
    (one,) = settings(
        base="""
            PARTS = ["auth", "contenttypes"]


            def installed(first, *own):
                return [*(f"django.contrib.{name}" for name in PARTS), first, *own]


            INSTALLED_APPS = installed("shop", "stock", "blog")
            MIDDLEWARE = [name for name in ["a.One", "a.Two"] if name != "a.Two"]
            LOCALE_PATHS = [f"{name}/locale" for name in PARTS + unseen()]
        """
    ).modules
    names = ["django.contrib.auth", "django.contrib.contenttypes", "shop", "stock", "blog"]
    assert list(one.certain("INSTALLED_APPS")) == names
    assert one.is_closed("INSTALLED_APPS")
    assert not one.is_closed("MIDDLEWARE")
    assert one.certain("MIDDLEWARE") == ()
    assert [text.value for text in one.texts("LOCALE_PATHS")] == ["auth/locale", "contenttypes/locale"]
    assert not one.is_closed("LOCALE_PATHS")
