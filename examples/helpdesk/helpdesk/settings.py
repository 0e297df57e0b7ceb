"""Settings for a laptop; production sets the key and the database from outside."""

import os

SECRET_KEY = os.environ.get("HELPDESK_KEY", "only-for-a-laptop")
DEBUG = "HELPDESK_KEY" not in os.environ
ALLOWED_HOSTS = ["localhost"]
ROOT_URLCONF = "helpdesk.urls"
AUTH_USER_MODEL = "accounts.Agent"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "accounts",
    "tickets",
]
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "helpdesk"}}
