"""What the real Django says of a small project: the ids of its system checks, or the exception at start.

A process of its own loads Django once and goes on in a child for each project.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

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
        modules = [path[:-3].replace("/", ".") for path in files if path.endswith(("models.py", "urls.py"))]
        asked[name] = {"root": str(root), "modules": modules, "code": code}
    run = subprocess.run(
        [sys.executable, __file__], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    return json.loads(run.stdout)


def _settings(files: Mapping[str, str]) -> str:
    own = [path for path in files if path.endswith("settings.py")]
    if own:
        return f"{SETTINGS}\nfrom {own[0][:-3].replace('/', '.')} import *\n"
    apps = ["django.contrib.contenttypes", "django.contrib.auth"]
    apps += [path.rpartition("/")[0].replace("/", ".") for path in files if path.endswith("/models.py")]
    return f"{SETTINGS}\nINSTALLED_APPS = {apps!r}\n"


def _say(root: str, modules: list[str], code: str) -> list[str]:
    import django
    from django.core.checks import ERROR, run_checks

    sys.path.insert(0, root)
    os.environ["DJANGO_SETTINGS_MODULE"] = "whole_settings"
    try:
        django.setup()
        for module in modules:
            __import__(module)
        if code:
            scope: dict[str, object] = {}
            exec(code, scope)
            return [str(scope["said"])]
        return [m.id for m in run_checks(databases=["default"]) if m.level >= ERROR or m.id == "fields.E010"]
    except Exception as error:
        return [type(error).__name__]


def _main() -> None:
    import django.contrib.auth
    import django.db.models  # noqa: F401  # loaded once, before the children

    answers = {}
    for name, project in json.load(sys.stdin).items():
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            os.write(writer, json.dumps(_say(**project)).encode())
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader) as stream:
            answers[name] = json.loads(stream.read())
        os.waitpid(child, 0)
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    _main()
