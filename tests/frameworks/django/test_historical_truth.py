"""What functions of migrations may do with the models of their time, asked of the real `migrate`."""

import ast
from textwrap import dedent

from archlint.config.model import Config
from archlint.engine import run
from archlint.registry import load

from .real import real

MODELS = """
    from django.conf import settings
    from django.db import models

    class OrderSet(models.QuerySet):
        def open(self):
            return self.filter(is_open=True)

    class Customer(models.Model):
        name = models.CharField(max_length=9)

    class Order(models.Model):
        class State(models.TextChoices):
            OPEN = "o"

        number = models.CharField(max_length=9)
        total = models.IntegerField(default=0)
        buyer = models.ForeignKey(Customer, models.CASCADE, related_name="orders")
        owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True)
        objects = OrderSet.as_manager()

        def label(self):
            return self.number

    class Special(Order):
        note = models.CharField(max_length=9)
"""

FIRST = """
    from django.conf import settings
    from django.db import migrations, models

    KEY = ("id", models.AutoField(primary_key=True))

    class Migration(migrations.Migration):
        dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
        operations = [
            migrations.CreateModel("Client", [KEY, ("name", models.CharField(max_length=9))]),
            migrations.CreateModel(
                name="Order",
                fields=[
                    ("id", models.AutoField(primary_key=True)),
                    ("num", models.CharField(max_length=9)),
                    ("client", models.ForeignKey("shop.Client", models.CASCADE, related_name="purchases")),
                    ("owner", models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True)),
                ],
                options={"ordering": ["num"]},
            ),
            migrations.CreateModel(
                name="Special",
                fields=[
                    ("order_ptr", models.OneToOneField(
                        "shop.Order", models.CASCADE, parent_link=True, primary_key=True, serialize=False
                    )),
                    ("note", models.CharField(max_length=9)),
                ],
                bases=("shop.order",),
            ),
        ]
"""

EARLY = """
    def later_field(apps, editor):
        list(apps.get_model("shop", "Order").objects.filter(number="3"))

    def field_of_then(apps, editor):
        list(apps.get_model("shop", "Order").objects.filter(num="3", client__name="2", owner__username="x"))

    def later_name(apps, editor):
        apps.get_model("shop", "Customer")

    def name_of_then(apps, editor):
        apps.get_model("shop.client").objects.create(name="ada")

    def method_of_manager(apps, editor):
        apps.get_model("shop", "Order").objects.open()

    def constant(apps, editor):
        print(apps.get_model("shop", "Order").State.OPEN)

    def later_keyword(apps, editor):
        client = apps.get_model("shop", "Client").objects.create(name="ada")
        apps.get_model("shop", "Order").objects.create(client=client, total=3)

    def keyword_of_then(apps, editor):
        client = apps.get_model("shop", "Client").objects.create(name="ada")
        apps.get_model("shop", "Order").objects.create(client=client, num="3")

    def method(apps, editor):
        order = apps.get_model("shop", "Order").objects.get(num="3")
        print(order.label())

    def attribute_of_then(apps, editor):
        order = apps.get_model("shop", "Order").objects.get(num="3")
        print(order.num, order.client_id, order.client.purchases.count())

    def methods_of_django(apps, editor):
        order = apps.get_model("shop", "Order").objects.get(num="3")
        order.full_clean(exclude=["owner"])
        order.refresh_from_db()
        order.save(update_fields=["num"])
        print(order._meta.label, order.pk)

    def password(apps, editor):
        user = apps.get_model("auth", "User").objects.create(username="ada")
        user.set_password("secret")

    def what_users_have(apps, editor):
        user = apps.get_model("auth", "User").objects.create_user("eve")
        print(user.is_superuser, user.order_set.count(), user.groups.count())

    def way_back_of_later(apps, editor):
        list(apps.get_model("shop", "Client").objects.filter(orders=3))

    def way_back_of_then(apps, editor):
        list(apps.get_model("shop", "Client").objects.filter(purchases__num=3))

    def given_to_others(apps, editor):
        _sorted_by_total(apps.get_model("shop", "Order"))

    def _sorted_by_total(model):
        return list(model.objects.order_by("total"))

    def heir(apps, editor):
        special = apps.get_model("shop", "Special")
        list(special.objects.filter(num="3", note="x", client__name="ada", order_ptr__num="2"))

    def heir_of_later(apps, editor):
        list(apps.get_model("shop", "Special").objects.filter(number="3"))
"""

LATE = """
    def former_field(apps, editor):
        list(apps.get_model("shop", "Order").objects.filter(num="3"))

    def former_name(apps, editor):
        apps.get_model("shop", "Client")

    def renamed(apps, editor):
        orders = apps.get_model("shop", "Order").objects.filter(number="3", total=0, buyer__name="ada")
        print([order.buyer.orders.count() for order in orders])

    def former_attribute(apps, editor):
        order = apps.get_model("shop", "Order").objects.first()
        print(order.number, order.num)

    def state_of_then(apps, editor):
        order = apps.get_model("shop", "Order").objects.first()
        print(order.get_total_display())

    def former_way_back(apps, editor):
        list(apps.get_model("shop", "Customer").objects.filter(purchases=3))

    def removed(apps, editor):
        list(apps.get_model("shop", "Special").objects.values("note"))
"""

CHANGES = """
    migrations.RenameModel("Client", "Customer"),
    migrations.RenameField("Order", "num", "number"),
    migrations.RenameField("order", "client", "buyer"),
    migrations.AlterField(
        "Order", "buyer", models.ForeignKey("shop.Customer", models.CASCADE, related_name="orders")
    ),
    migrations.AddField("Order", "total", models.IntegerField(default=0)),
    migrations.AlterModelOptions("Order", {"ordering": ["number"]}),
    migrations.RemoveField("Special", "note"),
"""

LOGGED = """
from django.core.management import call_command
from django.db import transaction
from django.db.migrations.operations import RunPython

said = []

def forwards(self, label, editor, before, after):
    try:
        with transaction.atomic():
            self.code(before.apps, editor)
    except Exception:
        said.append(self.code.__name__)

RunPython.database_forwards = forwards
call_command("migrate", verbosity=0)
"""


def _functions(source):
    defined = (n for n in ast.parse(dedent(source)).body if isinstance(n, ast.FunctionDef))
    return [function.name for function in defined if function.name[0] != "_"]


def _migration(after, source, changes=""):
    runs = "".join(f"migrations.RunPython({name}), " for name in _functions(source))
    return (
        "from django.db import migrations, models\n\n"
        f"{dedent(source)}\n\n"
        "class Migration(migrations.Migration):\n"
        f"    dependencies = [('shop', '{after}')]\n"
        f"    operations = [{dedent(changes)}{runs}]\n"
    )


SETTINGS = 'INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "shop"]\n'

FILES = {
    "config/__init__.py": "",
    "config/settings.py": SETTINGS,
    "shop/__init__.py": "",
    "shop/models.py": dedent(MODELS),
    "shop/migrations/__init__.py": "",
    "shop/migrations/0001_initial.py": dedent(FIRST),
    "shop/migrations/0002_early.py": _migration("0001_initial", EARLY),
    "shop/migrations/0003_late.py": _migration("0002_early", LATE, CHANGES),
}


def test_what_fails_in_a_migration_is_found_and_nothing_else(tmp_path):
    said = eval(real({"": FILES}, tmp_path / "real", LOGGED)[""][0])
    for path, text in FILES.items():
        (tmp_path / "read" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "read" / path).write_text(text, encoding="utf-8")
    report = run(Config(root=tmp_path / "read"), load())
    found = {_around(one) for one in report.findings if one.severity.value == "error"}
    assert found == {"_sorted_by_total" if name == "given_to_others" else name for name in said}
    assert len(found) == 16


def _around(finding):
    """The function that a finding is in."""
    functions = ast.parse(FILES[finding.location.path]).body
    return next(
        f.name
        for f in functions
        if isinstance(f, ast.FunctionDef) and f.lineno <= finding.location.line <= f.end_lineno
    )
