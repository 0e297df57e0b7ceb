"""What the real Django says of a small project: the ids of its system checks, or the exception at start."""

from collections.abc import Mapping
from pathlib import Path

from tests.frameworks.apart import ask

SAYING = Path(__file__).with_name("saying.py")

SETTINGS = """
SECRET_KEY = "not secret"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
"""


def real(projects: Mapping[str, Mapping[str, str]], folder: Path, code: str = "") -> dict[str, list[str]]:
    """What Django says of each project, by its name. `code` runs in each, and may print a line."""
    asked = {}
    for number, (name, files) in enumerate(projects.items()):
        root = folder / str(number)
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        (root / "whole_settings.py").write_text(_settings(files), encoding="utf-8")
        wanted = ("models.py", "models/__init__.py", "urls.py")
        modules = [_module(path) for path in files if path.endswith(wanted)]
        asked[name] = {"root": str(root), "modules": modules, "code": code}
    return ask(SAYING, asked)


def _settings(files: Mapping[str, str]) -> str:
    own = [path for path in files if path.endswith(("settings.py", "settings/prod.py"))]
    if own:
        return f"{SETTINGS}\nfrom {_module(own[0])} import *\n"
    apps = ["django.contrib.contenttypes", "django.contrib.auth"]
    models = [_module(path) for path in files if path.endswith(("/models.py", "/models/__init__.py"))]
    return f"{SETTINGS}\nINSTALLED_APPS = {apps + [name.removesuffix('.models') for name in models]!r}\n"


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
