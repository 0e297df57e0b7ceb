"""What the rules of severity warning speak of is so in the real Django: taken, but not what is meant."""

from .real import real

HEAD = "import uuid\nfrom django.db import models\n\n\nclass Order(models.Model):\n    "
TWICE = "from shop.models import Order\nsaid = Order().x {} Order().x"


def told(tmp_path, body, code):
    project = {"shop/models.py": HEAD + body}
    return real({"one": project}, tmp_path, code)["one"]


def test_a_default_called_at_import_is_the_same_for_all_rows(tmp_path):
    assert told(tmp_path, "x = models.UUIDField(default=uuid.uuid4())", TWICE.format("==")) == ["True"]
    assert told(tmp_path, "x = models.UUIDField(default=uuid.uuid4)", TWICE.format("==")) == ["False"]


def test_a_mutable_default_is_shared(tmp_path):
    assert told(tmp_path, "x = models.JSONField(default=[])", TWICE.format("is")) == ["True"]
    assert told(tmp_path, "x = models.JSONField(default=list)", TWICE.format("is")) == ["False"]


def test_a_swapped_model_has_no_manager(tmp_path):
    files = {
        "market/settings.py": (
            'INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "accounts"]\n'
            'AUTH_USER_MODEL = "accounts.Account"\n'
        ),
        "accounts/models.py": (
            "from django.contrib.auth.models import AbstractUser\n\n\nclass Account(AbstractUser): ...\n"
        ),
    }
    code = "from django.contrib.auth.models import User\nsaid = User.objects"
    assert real({"one": files}, tmp_path, code)["one"] == ["AttributeError"]
