"""Each expression in a query: it fails in the real Django where a rule says so, and works where none does."""

import inspect
from textwrap import dedent

from django import VERSION, get_version
from django.db import models
from django.db.models import Model, QuerySet, functions

from archlint.frameworks.django.query.objects import signatures as object_signatures
from archlint.frameworks.django.query.sets.signatures import TAKES
from archlint.frameworks.django.refusals.functions import ARITY, NEEDS, NO_WINDOW
from archlint.rules.django.assigned_collection import AssignedCollection
from archlint.rules.django.change_after_slice import ChangeAfterSlice
from archlint.rules.django.misplaced_expression import MisplacedExpression
from archlint.rules.django.mistaken_result import MistakenResult
from archlint.rules.django.mistyped_relation import MistypedRelation
from archlint.rules.django.mixed_types import MixedTypes
from archlint.rules.django.refused_argument import RefusedArgument
from archlint.rules.django.refused_step import RefusedStep
from archlint.rules.django.refused_value import RefusedValue
from archlint.rules.django.unknown_attribute import UnknownAttribute
from archlint.rules.django.unknown_keyword import UnknownKeyword
from archlint.rules.django.unknown_lookup import UnknownLookup
from archlint.rules.django.unknown_named_field import UnknownNamedField
from archlint.rules.django.unknown_query_set_attribute import UnknownQuerySetAttribute

from .real import real
from .test_database_truth import PREPARE

MODELS = """
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class Maker(models.Model):
    name = models.CharField(max_length=9)
    note = models.TextField(default="")


class Thing(models.Model):
    size = models.IntegerField(default=1)


class Tool(Thing):
    maker = models.ForeignKey(Maker, models.CASCADE, null=True)
    price = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    count = models.PositiveIntegerField(default=1)
    share = models.FloatField(default=1)
    title = models.CharField(max_length=9)
    code = models.SlugField(null=True)
    made = models.DateField(null=True)
    seen = models.DateTimeField(null=True)
    opens = models.TimeField(null=True)
    tags = models.ManyToManyField(Maker, related_name="tagged")


class Box(models.Model):
    tool = models.OneToOneField(Tool, models.CASCADE, related_name="box")


class Order(models.Model):
    maker = models.ForeignKey(Maker, models.CASCADE, null=True, related_name="orders")
    number = models.IntegerField(unique=True)
    title = models.CharField(max_length=9)


class Line(models.Model):
    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    text = models.CharField(max_length=9)
    code = models.CharField(max_length=9, null=True)

    class Meta:
        unique_together = [("code", "text")]
        constraints = [models.UniqueConstraint(fields=["code"], name="code")]


class ShownSet(models.QuerySet):
    def shown(self):
        return self.filter(is_shown=True)


class ShownManager(models.Manager.from_queryset(ShownSet)):
    def get_queryset(self):
        return super().get_queryset().order_by("name")


class Wing(models.Model):
    name = models.CharField(max_length=9)
    is_shown = models.BooleanField(default=True)
    makers = models.ManyToManyField(Maker, through="Post", related_name="wings")
    objects = ShownManager()


class Post(models.Model):
    wing = models.ForeignKey(Wing, models.CASCADE)
    maker = models.ForeignKey(Maker, models.CASCADE)
    place = models.IntegerField()


class Annex(Wing):
    floors = models.IntegerField(default=1)

    def height(self):
        return len(self.name)


class Note(models.Model):
    data = models.JSONField(default=dict)
    more = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
"""

SAVED_BY_POSITION = 'O.first().save(False, False, None, ["title"])'
"""What Django takes up to its fifth version."""

WORKS = """
T.update(size=F("size") + 1)
T.update(count=Coalesce(F("maker__pk"), 1))
T.update(count=Case(When(maker__isnull=True, then=2), default=3))
T.update(count=Case(When(maker=1, then=2), default=3))
T.update(count=Case(When(made__year__gte=1, then=2), default=3))
T.update(price=F("price") * 1.1)
T.update(count=Case(When(Exists(M.filter(pk=OuterRef("maker_id"))), then=2), default=3))
T.order_by(Window(Sum("count")))
M.create(name=Lower(Value("X")))
T.annotate(k=Count("tags")).aggregate(Sum("k"))
T.annotate(k=Count("tags")).annotate(z=F("k") * 2)
T.annotate(k=Count("tags")).order_by(F("k").desc())
T.aggregate(k=Count("tags"), z=F("k") * 2)
T.annotate(k=Window(Sum("count"))).aggregate(z=Max("k"))
T.aggregate(x=Sum("price", default=Avg("count") / 2))
T.alias(k=F("count")).values(z=F("k"))
T.alias(k=F("count")).annotate(k=F("k")).values("k")
T.annotate(pk=F("count"), named=F("title")).values("pk", "named")
T.alias(k=F("count")).order_by("k")
T.alias(k=F("count")).aggregate(z=Sum("count", filter=Q(k=1)))
T.alias(made_by=FilteredRelation("maker")).values("title", "made_by")
T.filter(("count", 1))
T.aggregate(x=Coalesce(Sum("price"), Decimal(0)))
T.aggregate(x=Coalesce(Sum("price"), 0, output_field=DecimalField()))
T.aggregate(x=Coalesce(Sum("count"), 0))
T.aggregate(x=Coalesce(Avg("count"), 0.0))
T.aggregate(x=Sum("price", default=0))
T.aggregate(x=Count("tags") * 1.0 / Count("pk"))
T.annotate(x=Coalesce("code", "title"))
T.annotate(x=Case(When(count=1, then=Value("a")), default="title"))
T.annotate(x=F("price") * F("count"))
T.annotate(x=F("made") - F("made"))
T.annotate(x=Count("tags") * F("price"))
T.annotate(x=Coalesce(F("count") * F("count"), "count"))
T.order_by(F("title") + Value(" "))
T.filter(title=F("title") + F("code"))
T.extra(select={"more": "1"}).values("more", "title")
T.order_by("made__year", "-maker__name")
T.latest("-count")
T.values("count").annotate(title=Value("x"))
T.values("count").annotate(n=Count("tags")).annotate(n=Count("maker"))
T.annotate(n=Count("tags")).annotate(n=Count("maker"))
T.values().annotate(n=Count("tags"))
M.annotate(x=Concat("name", Value(" "), "name"))
M.annotate(x=Coalesce("name", Value("")))
M.annotate(x=Greatest("name", Value("b")))
T.annotate(k=F("count")).only("count", "pk")
T.annotate(k=F("count")).only("k").values("k")
T.only("nothing").values_list("title")
T.defer("nothing").update(count=2)
T.annotate(by=FilteredRelation("maker")).select_related("by").defer("by__note")
T.annotate(k=F("count")).defer("count").order_by("k")
Tool(title="a", box=Box())
T.prefetch_related(Prefetch("tags", M.filter(name="a")), "tags")
T.prefetch_related("tags", Prefetch("tags", M.filter(name="a"), to_attr="named"))
T.prefetch_related(Prefetch("tags", M.all(), to_attr="named"), Prefetch("tags", M.filter(name="a")))
T.prefetch_related("tags", Prefetch("tags"))
T.prefetch_related(Prefetch("tags", M.all(), to_attr="title"))
T.prefetch_related("maker__orders").prefetch_related(Prefetch("maker", M.all())).select_related("maker")
T.values("title").annotate(n=Count("pk")).order_by("title").first()
T.values("pk").annotate(n=Count("tags")).first()
T.annotate(n=Count("tags")).values("title").first()
T.values("title").annotate(n=F("count")).first()
T.in_bulk([1], field_name="pk")
T.values(j=JSONObject(a="title", b="maker__name"))
T.only("title").union(T.only("title")).order_by("title")
T.annotate(k=F("count")).union(T.annotate(k=F("count"))).order_by("k")
T.values("title", "count").union(T.values("title", "count")).order_by("-count")
T.filter(count=1).union(T.filter(count=2)).values("title").order_by("-count")
T.none().union(M.all()).order_by("name")
W.shown().bulk_update(list(W.all()), ["name"])
W.first().makers.add(M.first(), through_defaults={"place": 1})
W.first().makers.create(name="x", through_defaults={"place": 1})
W.first().makers.set(M.all(), through_defaults={"place": 1})
M.first().wings.all().shown()
Annex.objects.create(name="a").floors + Annex.objects.first().wing_ptr.annex.floors
[annex.height() for annex in Annex.objects.all()]
T.iterator(3)
T.get_or_create({"size": 2}, title="a")
T.filter(pk=0).update_or_create({"size": 2}, title="a")
T.select_for_update(of=()).none()
T.dates("made", "year", "DESC")
T.annotate(x=TruncMonth("made"))
T.annotate(x=TruncHour("seen"))
T.annotate(x=TruncDate("seen"))
T.annotate(x=TruncHour("opens"))
T.annotate(x=ExtractHour("opens"))
T.annotate(x=ExtractYear("made"))
T.annotate(x=Extract("seen", "minute"))
T.annotate(x=Trunc("made", "year"))
T.dates("made", "month")
T.dates("seen", "month")
T.datetimes("seen", "hour")
Tool.tags.through.objects.filter(tool=1, maker__name="a")
Maker.tagged.through.objects.filter(maker=1)
T.filter(count="12", share="1.5", price="1.20", made="2026-01-01", seen="2026-01-01 10:00", opens="10:00")
T.filter(count__in=["1", 2], count__range=("1", 2), title__in="abc")
T.filter(maker=M.first(), tags=M.first(), tags__in=[M.first()])
T.filter(maker_id=M.first(), maker__in=M.all(), maker__pk__in=T.all()[:1])
T.update(count="3", made="2026-01-01")
T.filter(thing_ptr__in=T.all(), pk__in=T.filter(count=1))
M.annotate(o=FilteredRelation("orders", condition=Q(orders__number=1))).filter(o__title="a")
M.annotate(o=FilteredRelation("orders", condition=Q(name="a", orders__number__gt=1))).values("o__title")
M.annotate(o=FilteredRelation("orders__lines", condition=Q(orders__number=1))).filter(o__text="a")
O.bulk_create([Order(number=5)], update_conflicts=True, update_fields=["title"], unique_fields=["number"])
O.bulk_create([], ignore_conflicts=True)
O.in_bulk([1], field_name="number")
L.in_bulk(["a"], field_name="code")
O.values("number").union(L.values("order"))
O.values("number").union(O.values_list("number"))
O.union(O.filter(number=1))
O.annotate(x=Window(Sum("number"), order_by="pk", frame=RowRange(start=-3, end=0)))
O.annotate(x=Window(Sum("number"), order_by=["pk"], frame=RowRange(end=0)))
O.annotate(x=Window(Sum("number"), order_by="pk", frame=ValueRange(start=None, end=0)))
O.annotate(x=Window(RowNumber(), order_by="number"))
O.annotate(x=Window(Lag("number", 2)), y=Window(Ntile(2)), z=Window(NthValue("number", 1)))
O.annotate(Count("lines"), n=Sum("number"))
O.annotate(x=Substr("title", 1, 2), y=Left("title", length=2), z=Replace("title", Value("a")))
O.annotate(x=NullIf("title", Value("")), y=Length("title"), z=Upper(F("title")))
O.annotate(x=Cast("number", CharField()), y=ExpressionWrapper(F("number") * 2, output_field=IntegerField()))
O.annotate(x=Case(When(Q(number=1), then="title"), When(number__gt=1, then=Value("b")), default=Value("a")))
O.contains(O.first())
O.first().save(update_fields=["title", "maker"])
O.first().refresh_from_db(fields=["title"])
O.first().full_clean(exclude=["maker"], validate_unique=False)
O.bulk_update([O.first()], ["title"], 3)
O.all()[:3].get()
O.order_by("pk")[:3].first()
T.first().tags.set([])
T.first().tags.set(M.all())
T.first().tags.add(M.first().pk)
T.first().tags.clear()
M.first().orders.clear()
M.first().orders.remove(O.first())
O.first().lines.add(Line(text="a"), bulk=False)
M.prefetch_related(Prefetch("orders", O.filter(number=1)))
o = O.first(); o.number = F("number") + 1; o.save()
o = O.first(); o.number = F("maker"); o.save()
o = O.first(); o.maker_id = M.first(); o.save()
O.filter(maker_id=M.first())
O.filter(maker_id__in=[M.first()])
O.update(maker_id=M.first())
o = O.first(); o.maker_id = F("number"); o
o = O.create(number=7); o.number = F("number") + 1; o.save()
o = Order(number=1 + Value(8)); o.save()
o = Order(pk=O.first().pk, number=F("number") + 1); o.save()
O.update_or_create(number=1, defaults={"title": F("title")}, create_defaults={"title": "a"})
O.update_or_create(number=9, defaults={"title": Lower(Value("A"))})
O.order_by(F("title").desc(nulls_last=True), F("number").asc(nulls_first=None, nulls_last=None))
N.create(data={"a": [1, (2.5, None)], "b": "c", "d": str(Decimal(1)), "e": list({1})})
N.create(more={"a": timezone.now(), "b": Decimal(1)})
N.create(data=[list(M.values("name")), list(M.values_list("pk", flat=True)), sorted({1})])
N.create(data={"a": M.first().name, "b": M.first().pk, "c": [m.pk for m in M.all()], "d": M.count()})
N.update(data=[timezone.now().isoformat()])
Order._meta.get_field("title")
Order._meta.get_field("lines")
O.first()._meta.get_field("maker_id")
"""

FAILS = """
O.filter(maker_id=T.first())
O.filter(Q(maker_id__in=[T.first()]))
o = Order(number=6); o.maker_id = M.first(); o.save()
T.update(box=1)
T.values(j=JSONObject(a="titel"))
T.values(j=JSONObject(a="title", b="maker__nam"))
T.all().union(T.all()).order_by("nam")
T.values("title").union(M.values("name")).order_by("name")
T.values("title").union(T.values("title")).order_by("-count")
W.bulk_update(list(W.all()), ["nam"])
W.bulk_update(list(W.all()), ["id"])
W.in_bulk(["a"], field_name="name")
W.latest()
W.values_list("name", "pk", flat=True)
W.active()
M.first().wings.active()
W.create(name="z").makers.add(M.first(), through_defaults={"rank": 1})
W.first().makers.create(name="x", through_defaults={"rank": 1})
W.create(name="z").makers.set(M.all(), through_defaults={"rank": 1})
W.first().height()
[wing.floors for wing in W.all()]
M.first().wings.first().floors
M.update(orders=1)
T.update(title=Subquery(M.filter(name=OuterRef("maker__name")).values("name")[:1]))
T.update(count=F("size") + 1)
T.update(count=Case(When(maker__id=1, then=2), default=3))
T.update(count=Case(When(size=1, then=2), default=3))
T.update(title=F("maker__name"))
T.update(count=Max("count"))
T.annotate(n=F("maker__name")).update(title=F("n"))
T.annotate(n=Count("tags")).order_by("-n").update(title="x")
T.update(tags=1)
T.order_by(Count("tags"))
T.order_by(Count("tags").desc())
T.order_by(Coalesce(Count("tags"), 0))
M.create(name=Lower("name"))
M.create(name=Max(Value(1)))
T.aggregate(x=Sum(Count("tags")))
T.annotate(x=Sum(Count("tags")))
T.annotate(k=Count("tags")).annotate(z=Sum("k"))
T.annotate(k=Count("tags")).annotate(z=Sum("count", filter=Q(k__gt=1)))
T.annotate(k=Count("tags"), z=Sum("k"))
T.aggregate(k=Count("tags"), z=Sum("k"))
T.annotate(k=Count("tags")).annotate(z=Sum(Case(When(k__gt=1, then=1), default=0)))
T.values("count").annotate(k=Count("tags")).annotate(z=Window(Sum("k")))
T.annotate(k=Window(Sum("count"))).annotate(z=Max("k"))
T.alias(k=Count("tags")).aggregate(z=Sum("k"))
T.alias(k=F("count")).aggregate(z=F("k"))
T.alias(k=F("count")).values("k")
T.alias(k=F("count")).values_list("k", "title")
T.filter({"count": 1})
T.filter(Q({"count": 1}))
T.filter("count")
T.get(1)
T.aggregate(x=Coalesce(Sum("price"), 0))
T.aggregate(x=Coalesce(Sum("price"), Value(0.0)))
T.aggregate(x=Coalesce(Avg("count"), 0))
T.aggregate(x=Coalesce(Avg("price"), 0.0))
T.aggregate(x=Sum(F("price") * F("share")))
T.aggregate(x=Sum("price") - Coalesce(Sum("share"), 0.0))
T.aggregate(x=Sum(Case(When(count=1, then=F("price")), default=0)))
T.annotate(x=Coalesce(Value(0), "count"))
T.annotate(x=F("price") * 1.5)
T.annotate(x=Case(When(count=1, then=Value(1)), default=Value("x")))
T.annotate(x=Greatest("price", "count"))
T.annotate(x=F("made") + 1)
T.annotate(k=F("price") * 2).annotate(x=F("k") / F("share"))
T.annotate(x=F("maker__name") + F("title"))
T.values(x=F("price") * F("share"))
T.order_by("*")
T.extra(select={"more": "1"}).values("most")
T.order_by("title__exact")
T.order_by("maker__isnull")
T.values("title__contains")
T.annotate(x=F("maker__isnull"))
T.values("-title")
T.distinct("-title")
T.annotate(x=1)
T.annotate(x="title")
T.values(x=None)
T.aggregate(x=F("count"))
T.aggregate(x="count")
T.annotate(title=F("count"))
T.annotate(maker_id=F("count"))
T.values(title=F("count"))
M.annotate(tagged=Count("tagged"))
M.update(pk=1)
M.values_list("name", flat=True, named=True)
M.annotate(x=Coalesce("note", Value("")))
M.annotate(x=Concat("name", Value(" "), "note"))
M.annotate(x=F("name") + Value(" "))
T.annotate(k=F("count")).only("k")
T.annotate(k=F("count")).only("k", "title")
T.annotate(k=F("count")).defer("k")
T.defer("pk")
T.create(title="a", box=Box())
T.values("made").annotate(made=TruncMonth("made"))
T.values_list("title", flat=True).annotate(title=Value("x"))
T.filter(count=1).values("title", "count").alias(count=Count("tags"))
T.prefetch_related("tags", Prefetch("tags", M.filter(name="a")))
T.prefetch_related("tags__tagged").prefetch_related(Prefetch("tags", M.all()))
T.prefetch_related(Prefetch("tags", M.all(), to_attr="tags"))
T.prefetch_related("maker__orders").prefetch_related(Prefetch("maker", M.all()))
T.values("title").annotate(n=Count("pk")).first()
T.values_list("title").annotate(n=Count("tags")).filter(n=0).last()
T.get(pk=1).get_next_by_seen()
T.get(pk=1).get_previous_by_made()
T.in_bulk(title="a")
T.values_list("title", flt=True)
T.count("pk")
T.create("a")
T.update({"title": "a"})
T.iterator(size=3)
T.select_related(depth=1)
T.order_by(title="a")
T.first(3)
T.bulk_create([], size=3)
T.bulk_update([])
T.dates()
T.all().delete(pk=1)
T.annotate(x=TruncHour("made"))
T.annotate(x=TruncMonth("title"))
T.annotate(x=TruncMonth("opens"))
T.annotate(x=TruncDate("opens"))
T.annotate(x=TruncTime("made"))
T.annotate(x=Trunc("made", "hour"))
T.values(x=ExtractHour("made"))
T.annotate(x=ExtractMonth("count"))
T.annotate(x=ExtractYear("maker__name"))
T.dates("title", "month")
T.dates("opens", "month")
T.datetimes("made", "month")
T.get_or_create(title="new", defaults={"box": Box()})
Tool.tags.through.objects.filter(word=1)
Maker.tagged.through.objects.filter(word=1)
T.filter(count="abc")
T.filter(count__in=["a", "1"])
T.filter(share__gt="x")
T.filter(pk="abc")
T.get(pk="")
T.filter(maker="abc")
T.filter(maker_id="abc")
T.filter(maker__pk="x")
T.filter(made="yesterday")
T.filter(made__gte="01.02.2026")
T.filter(opens="noon")
T.filter(price="cheap")
T.filter(count=[1, 2])
T.filter(count=M.create(name="a"))
T.filter(made=M.create(name="a"))
T.filter(opens__gt=M.create(name="a"))
T.filter(price=M.create(name="a"))
T.filter(seen__in=[M.create(name="a")])
T.filter(count__in=1)
T.filter(count__range=(1,))
T.filter(maker__in=T.all())
T.filter(maker=T.all()[:1])
M.filter(pk=M.create(name="a"))
M.filter(pk__in=[M.create(name="a")])
T.create(count="abc")
T.update(made="soon")
M.annotate(o=FilteredRelation("orders", condition=Q(orders__lines__text="a")))
M.annotate(o=FilteredRelation("orders", condition=Q(orders__maker__name="a")))
M.annotate(o=FilteredRelation("orders", condition=Q(tagged__title__gt="a", name="a")))
M.annotate(o=FilteredRelation("orders", condition=Q(orders__in=O.filter(number=1))))
M.annotate(o=FilteredRelation("", condition=Q(orders__number=1)))
M.annotate(o=FilteredRelation("orders", condition=Q(orders__number=1))).prefetch_related("o")
M.annotate(o=FilteredRelation("orders", condition=Q(orders__number=1))).only("o__title")
O.bulk_create([Order(number=5)], update_conflicts=True, update_fields=["title"])
O.in_bulk([1], field_name="maker")
L.in_bulk(["a"], field_name="text")
O.in_bulk([1], field_name="lines")
list(O.iterator(chunk_size=0))
O.values("number").union(L.values("order", "text"))
O.values_list("number", "title").difference(L.values_list("order"))
O.only(None)
O.order_by(None)
O.contains(1)
O.annotate(x=Window(Sum("number"), order_by="pk", frame=ValueRange(start=3)))
O.annotate(x=Window(Sum("number"), order_by="pk", frame=RowRange(start=3, end=1)))
O.annotate(x=Window(Sum("number"), order_by="pk", frame=RowRange(start="a")))
O.annotate(x=Window(Upper("title")))
O.annotate(x=Window(F("number")))
O.annotate(x=Window(RowNumber(), order_by={"number"}))
O.annotate(x=Window(Lag("number", 0)))
O.annotate(x=Window(Ntile(0)))
O.annotate(x=Window(NthValue("number", nth=0)))
O.annotate(Lower("title"))
O.annotate(F("number"))
O.aggregate(Sum(1))
O.annotate(Count("lines"), lines__count=Sum("number"))
O.annotate(x=Lower("title", "title"))
O.annotate(x=NullIf("title"))
O.annotate(x=Upper())
O.annotate(x=Replace("title"))
O.annotate(x=Substr("title", 0))
O.annotate(x=Left("title", length=0))
O.annotate(x=Cast("number"))
O.annotate(x=ExpressionWrapper("number", output_field=IntegerField()))
O.annotate(x=ExpressionWrapper(F("number") * 2))
O.annotate(x=Case(When(Q(), then=1)))
O.annotate(x=Case(When(then=1)))
O.annotate(x=Case(F("number")))
O.all()[:3].first()
T.first().tags.set(1)
T.first().tags.set(M.first())
O.first().lines.add(1)
O.first().lines.remove(L.first())
O.first().lines.clear()
O.first().save(update_fields="title")
O.first().save(fields=["title"])
O.first().save(commit=False)
O.first().save(False, False, None, None, None)
O.first().refresh_from_db(field=["title"])
O.first().refresh_from_db(fields="title")
O.first().delete(force=True)
O.first().full_clean(fields=["title"])
O.bulk_update([O.first()], "title")
M.prefetch_related(Prefetch("orders", "lines"))
M.prefetch_related(Prefetch("orders", O.first()))
o = O.first(); o.title = F("maker__name"); o.save()
o = O.first(); o.number = Max("number"); o.save()
o = O.first(); o.maker = F("maker"); o.save()
o = Order(number=F("number") + 1); o.save()
Order(maker=F("maker"), number=8)
O.bulk_create([Order(number=8, title=Lower("title"))])
O.update_or_create(number=9, defaults={"title": F("title")})
O.get_or_create(number=9, defaults={"title": F("title")})
O.order_by(F("title").desc(nulls_last=False))
O.order_by(F("title").asc(nulls_first=True, nulls_last=True))
N.create(data={"a": timezone.now()})
N.create(data={"a": [Decimal("1.5")]})
N.create(data={"a": {"b": (M.first(), 2)}})
N.create(data={"a": M.first()})
N.create(data={"a": M.all()})
N.update(data=[timezone.now()])
N.get_or_create(pk=99, defaults={"data": {"a": timezone.now()}})
Order._meta.get_field("titel")
O.first()._meta.get_field("bogus")
"""

HEAD = """
from decimal import Decimal

from django.db.models import Avg, Case, CharField, Count, DecimalField, Exists, ExpressionWrapper, F
from django.db.models import FilteredRelation, IntegerField, Max, OuterRef, Prefetch, Q, RowRange, Subquery
from django.db.models import Sum, Value, ValueRange, When, Window
from django.db.models.functions import Cast, Coalesce, Concat, Extract, ExtractHour, ExtractMonth, ExtractYear
from django.db.models.functions import Greatest, JSONObject, Lag, Left, Length, Lower, NthValue, Ntile, NullIf
from django.db.models.functions import Replace, RowNumber, Substr, Trunc, TruncDate, TruncHour, TruncMonth
from django.db.models.functions import TruncTime, Upper
from django.utils import timezone
from shop.models import Annex, Box, Line, Maker, Note, Order, Tool, Wing

L, M, N, O, T, W = Line.objects, Maker.objects, Note.objects, Order.objects, Tool.objects, Wing.objects
"""

EACH = """
from shop import services
services.T.create(title="a", maker=services.M.create(name="a"))
services.N.create()
services.M.get().wings.add(services.W.create(name="a"), through_defaults={"place": 1})
services.L.create(order=services.O.create(number=1, maker=services.M.get(), title="a"), text="a")
said = {name: outcome(lambda: undone(act)) for name, act in list(vars(services).items()) if name[:3] == "ask"}

"""

LIST = """
from django.db import transaction
from django.db.models import QuerySet

def list_of(found):
    return list(found) if isinstance(found, QuerySet) else found

def undone(act):
    with transaction.atomic():
        list_of(act())
        transaction.set_rollback(True)
"""


APPS = ["django.contrib.contenttypes", "django.contrib.auth", "shop"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}


def _returned(query):
    first, semicolon, last = query.rpartition("; ")
    return f"{first}{semicolon}return {last}"


def test_what_is_reported_fails_and_nothing_else(make_project, tmp_path):
    works, fails = WORKS.strip().splitlines(), FAILS.strip().splitlines()
    (works if VERSION < (6,) else fails).append(SAVED_BY_POSITION)
    queries = [*works, *fails]
    bodies = [f"def ask_{number}():\n    {_returned(query)}\n" for number, query in enumerate(queries)]
    services = HEAD + "\n".join(bodies)
    settings = f"INSTALLED_APPS = {APPS!r}\nDATABASES = {DATABASES!r}\n"
    files = {
        "shop/__init__.py": "",
        "settings.py": settings,
        "shop/models.py": dedent(MODELS),
        "shop/services.py": services,
    }
    said = eval(real({"one": files}, tmp_path / "real", PREPARE + LIST + EACH)["one"][0])
    failing = {query for number, query in enumerate(queries) if said[f"ask_{number}"] != "ran"}
    assert failing == set(fails)

    project = make_project({**files, "requirements.txt": f"django=={get_version()}\n"})
    rules = (
        MisplacedExpression(),
        MistypedRelation(),
        MixedTypes(),
        AssignedCollection(),
        UnknownAttribute(),
        UnknownLookup(),
        UnknownKeyword(),
        MistakenResult(),
        RefusedArgument(),
        RefusedStep(),
        RefusedValue(),
        ChangeAfterSlice(),
        UnknownNamedField(),
        UnknownQuerySetAttribute(),
    )
    found = {
        finding.location.line
        for rule in rules
        for finding in rule.check(project)
        if hasattr(finding, "location")
    }
    lines = services.splitlines()
    told = {lines[line - 1].strip().replace("return ", "") for line in found}
    assert (told - failing, failing - told) == (set(), set())


def test_methods_of_objects_take_what_the_real_ones_take():
    for name, takes in object_signatures.TAKES.items():
        parameters = [*inspect.signature(getattr(Model, name)).parameters.values()][1:]
        by_name = {
            one.name for one in parameters if one.kind in (one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY)
        }
        assert by_name == set(takes)


def test_functions_take_as_many_as_the_real_ones():
    for name, count in ARITY.items():
        assert getattr(functions, name).arity == count
    for name, needed in NEEDS.items():
        cls = getattr(functions, name, None) or getattr(models, name)
        second = [*inspect.signature(cls.__init__).parameters.values()][2]
        assert (second.name, second.default) == (needed, second.empty)
    for name in NO_WINDOW - {"F"}:
        cls = getattr(functions, name, None) or getattr(models, name)
        assert not cls.window_compatible


def test_signatures_are_those_of_the_real_query_set():
    for name, (most, names) in TAKES.items():
        parameters = inspect.signature(getattr(QuerySet, name)).parameters.values()
        by_position = [one for one in parameters if one.kind is one.POSITIONAL_OR_KEYWORD][1:]
        assert (most is None) == any(one.kind is one.VAR_POSITIONAL for one in parameters)
        assert names == "**" or {one.name for one in by_position} <= {*names.split()}
        assert most is None or len(by_position) <= most
        assert ("**" in names) == any(one.kind is one.VAR_KEYWORD for one in parameters)
