"""Which distributions bring what web backends import, as far as that is published and rarely changes.

Names are those of the Python Package Index, written with `-` and in lower case.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

_AS_NAMED: Final = """
aiofiles aiohttp aiomysql aiopg aioredis aiosmtplib aiosqlite alembic anyio apscheduler argon2-cffi arrow
asgiref asyncmy asyncpg asyncssh bcrypt beautifulsoup4 bleach boto3 botocore celery certifi cloudinary
click cryptography dataset django email-validator environs factory-boy faker falcon fastapi flask
flask-admin flask-bcrypt flask-caching flask-cors flask-jwt-extended flask-login flask-mail
flask-marshmallow flask-migrate flask-restful flask-restx flask-smorest flask-socketio flask-sqlalchemy
flask-wtf geoalchemy2 gevent gunicorn httpx httptools hypercorn itsdangerous jinja2 jsonschema kombu lxml
mako markdown marshmallow mongoengine motor mysqlclient orjson numpy oauthlib openpyxl pandas passlib
peewee pendulum phonenumbers pika pillow pony prometheus-client psutil psycopg psycopg2 pydantic
pydantic-settings pymongo pymysql python-dateutil python-dotenv python-jose python-multipart
python-slugify pytz pyyaml qrcode quart redis requests rq ruamel-yaml sanic sentry-sdk simplejson
sqlalchemy sqlalchemy-utils sqlmodel sqlparse starlette stripe structlog tenacity toml tornado
tortoise-orm twilio typer ujson urllib3 uvicorn uvloop webargs websockets werkzeug whitenoise wtforms
xlsxwriter yarl zeep
"""

_OTHERWISE: Final = {
    "MySQLdb": ("mysqlclient",),
    "PIL": ("pillow",),
    "argon2": ("argon2-cffi",),
    "bs4": ("beautifulsoup4",),
    "corsheaders": ("django-cors-headers",),
    "crispy_forms": ("django-crispy-forms",),
    "dateutil": ("python-dateutil",),
    "debug_toolbar": ("django-debug-toolbar",),
    "dj_database_url": ("dj-database-url",),
    "django_filters": ("django-filter",),
    "dotenv": ("python-dotenv",),
    "drf_spectacular": ("drf-spectacular",),
    "drf_yasg": ("drf-yasg",),
    "environ": ("django-environ", "environ-config"),
    "factory": ("factory-boy",),
    "jose": ("python-jose",),
    "jwt": ("pyjwt", "jwt"),
    "passlib": ("passlib", "libpass"),
    "multipart": ("python-multipart", "multipart"),
    "psycopg2": ("psycopg2", "psycopg2-binary"),
    "phonenumbers": ("phonenumbers", "phonenumberslite"),
    "playhouse": ("peewee",),
    "psycopg": ("psycopg", "psycopg-binary"),
    "python_multipart": ("python-multipart",),
    "rest_framework": ("djangorestframework",),
    "rest_framework_simplejwt": ("djangorestframework-simplejwt",),
    "ruamel": ("ruamel-yaml",),
    "slugify": ("python-slugify", "unicode-slugify", "awesome-slugify"),
    "socketio": ("python-socketio",),
    "starlette": ("starlette",),
    "tortoise": ("tortoise-orm",),
    "yaml": ("pyyaml",),
}
"""Names of modules that are not those of their distributions."""

NEEDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "fastapi.File": ("python-multipart",),
        "fastapi.Form": ("python-multipart",),
        "fastapi.UploadFile": ("python-multipart",),
        "fastapi.security.OAuth2PasswordRequestForm": ("python-multipart",),
        "fastapi.templating.Jinja2Templates": ("jinja2",),
        "pydantic.EmailStr": ("email-validator",),
        "pydantic.NameEmail": ("email-validator",),
        "starlette.middleware.sessions.SessionMiddleware": ("itsdangerous",),
        "starlette.templating.Jinja2Templates": ("jinja2",),
    }
)
"""What raises or asserts when it is used, where a distribution is missing that its own does not require."""

_BRINGS: Final = {
    "advanced-alchemy": "sqlalchemy alembic",
    "aiohttp": "yarl",
    "alembic": "sqlalchemy mako",
    "argon2-cffi": "",
    "asyncpg": "",
    "bcrypt": "",
    "black": "click",
    "boto3": "botocore urllib3 python-dateutil",
    "botocore": "urllib3 python-dateutil",
    "celery": "kombu click python-dateutil",
    "cryptography": "",
    "django": "asgiref sqlparse",
    "django-cors-headers": "django",
    "django-environ": "",
    "django-filter": "django",
    "djangorestframework": "django",
    "djangorestframework-simplejwt": "django djangorestframework pyjwt",
    "drf-spectacular": "django djangorestframework pyyaml jsonschema",
    "email-validator": "",
    "fastapi": "starlette pydantic anyio",
    "fastapi-cli": "typer uvicorn",
    "fastapi-cloud-cli": "typer uvicorn httpx",
    "fastapi-users": "fastapi python-multipart email-validator pyjwt",
    "fastapi-users-db-sqlalchemy": "fastapi-users sqlalchemy",
    "flask": "werkzeug jinja2 itsdangerous click",
    "flask-bcrypt": "flask bcrypt",
    "flask-cors": "flask werkzeug",
    "flask-jwt-extended": "flask werkzeug pyjwt",
    "flask-login": "flask werkzeug",
    "flask-marshmallow": "flask marshmallow",
    "flask-migrate": "flask flask-sqlalchemy alembic",
    "flask-sqlalchemy": "flask sqlalchemy",
    "flask-wtf": "flask wtforms itsdangerous",
    "flit-core": "",
    "geoalchemy2": "sqlalchemy",
    "graphene-sqlalchemy": "graphene sqlalchemy",
    "gunicorn": "",
    "hatchling": "",
    "httpx": "anyio certifi",
    "itsdangerous": "",
    "jinja2": "",
    "litestar": "anyio click httpx msgspec multidict multipart polyfactory pyyaml rich rich-click",
    "marshmallow": "",
    "marshmallow-sqlalchemy": "marshmallow sqlalchemy",
    "mypy": "",
    "passlib": "",
    "pillow": "",
    "poetry-core": "",
    "psycopg": "",
    "psycopg-binary": "",
    "psycopg2": "",
    "psycopg2-binary": "",
    "pydantic": "",
    "pydantic-settings": "pydantic python-dotenv",
    "pyjwt": "",
    "pymysql": "",
    "pytest": "",
    "pytest-asyncio": "",
    "pytest-cov": "",
    "pytest-django": "",
    "python-dateutil": "",
    "python-dotenv": "",
    "python-jose": "",
    "python-multipart": "",
    "python-slugify": "",
    "pytz": "",
    "pyyaml": "",
    "redis": "",
    "requests": "urllib3 certifi",
    "ruff": "",
    "setuptools": "",
    "sqladmin": "sqlalchemy starlette jinja2 python-multipart wtforms",
    "sqlalchemy": "",
    "sqlalchemy-continuum": "sqlalchemy sqlalchemy-utils",
    "sqlalchemy-utils": "sqlalchemy",
    "sqlmodel": "sqlalchemy pydantic",
    "starlette": "anyio",
    "uvicorn": "click",
    "werkzeug": "",
    "wheel": "",
    "whitenoise": "",
}
"""What else is installed with a distribution, for those of which that is known."""

_EXTRAS: Final = {
    "celery": "redis",
    "fastapi": "email-validator python-multipart jinja2 httpx uvicorn itsdangerous pyyaml orjson ujson "
    "pydantic-settings typer python-dotenv websockets uvloop httptools",
    "fastapi-users": "fastapi-users-db-sqlalchemy sqlalchemy",
    "litestar": "advanced-alchemy sqlalchemy jinja2 pydantic pyjwt cryptography uvicorn redis structlog",
    "passlib": "bcrypt argon2-cffi cryptography",
    "psycopg": "psycopg-binary",
    "pydantic": "email-validator",
    "pyjwt": "cryptography",
    "python-jose": "cryptography",
    "sqlalchemy": "asyncpg psycopg psycopg2 psycopg2-binary aiosqlite pymysql aiomysql asyncmy mysqlclient",
    "starlette": "itsdangerous jinja2 python-multipart pyyaml httpx",
    "uvicorn": "httptools python-dotenv pyyaml uvloop websockets",
}
"""What comes with some extra of a distribution, whichever."""

_WITHOUT_OTHERS: Final = {"sqlalchemy": frozenset({"asyncio", "mypy"})}
"""Extras with which none of these come."""


class Incompatible(NamedTuple):
    """Something that fails with versions of another distribution that are not excluded by its own."""

    user: str
    used: str
    broken_from: str
    symbol: str
    """What is called where both are needed."""

    argument: str
    """With which text."""


INCOMPATIBLE: Final = (
    Incompatible("passlib", "bcrypt", "5", "passlib.context.CryptContext", "bcrypt"),
    *(
        Incompatible("passlib", "bcrypt", "5", f"passlib.hash.{name}.{method}", "")
        for name in ("bcrypt", "bcrypt_sha256")
        for method in ("hash", "using", "verify")
    ),
)

_PAST: Final = """
aifc asynchat asyncore audioop binhex cgi cgitb chunk crypt distutils imghdr imp lib2to3 mailcap msilib
nis nntplib ossaudiodev pipes smtpd sndhdr spwd sunau telnetlib uu xdrlib annotationlib compression
tomllib
"""
"""Modules of the standard library of some Python that archlint reads code for, but not of all."""

STANDARD: Final = frozenset((*sys.stdlib_module_names, *_PAST.split(), "__future__", "__main__"))


def distributions(module: str) -> tuple[str, ...]:
    """The distributions one of which brings a module by its topmost name, the usual first.

    Empty where that is not published here.
    """
    return _KNOWN.get(module, ())


def brought_by(distribution: str) -> tuple[str, ...] | None:
    """What else is installed with a distribution; None where nobody can tell."""
    found = _BRINGS.get(distribution)
    return None if found is None else tuple(found.split())


def with_extras(distribution: str, extras: Collection[str]) -> tuple[str, ...]:
    """What may be installed with some extras of a distribution."""
    if _WITHOUT_OTHERS.get(distribution, frozenset()).issuperset(extras):
        return ()
    return tuple(_EXTRAS.get(distribution, "").split())


_KNOWN: Final = {
    **{name.replace("-", "_"): (name,) for name in _AS_NAMED.split()},
    **_OTHERWISE,
}
