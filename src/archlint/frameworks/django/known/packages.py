"""What the usual packages around Django bring: field classes, bases of models, managers.

Classes are looked up by their package and their last name, since packages re-export them at several
places. A kind without a dot is one of `django.db.models`; the empty kind is a field of which nobody
can tell more: it may have lookups and relations of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_OPAQUE = ""

FIELDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "annoying": {"AutoOneToOneField": "OneToOneField", "JSONField": "JSONField"},
        "autoslug": {"AutoSlugField": "SlugField"},
        "bitfield": {"BitField": _OPAQUE},
        "cloudinary": {"CloudinaryField": "CharField"},
        "colorfield": {"ColorField": "CharField"},
        "concurrency": {
            "AutoIncVersionField": "BigIntegerField",
            "IntegerVersionField": "BigIntegerField",
            "TriggerVersionField": "BigIntegerField",
        },
        "ckeditor": {"RichTextField": "TextField"},
        "ckeditor_uploader": {"RichTextUploadingField": "TextField"},
        "django_ckeditor_5": {"CKEditor5Field": "TextField"},
        "cms": {
            "PlaceholderField": _OPAQUE,
            "PlaceholderRelationField": _OPAQUE,
            "PageField": "ForeignKey",
        },
        "dirtyfields": {},
        "django_countries": {"CountryField": _OPAQUE},
        "django_cryptography": {"encrypt": _OPAQUE},
        "django_enumfield": {"EnumField": "IntegerField"},
        "django_extensions": {
            "AutoSlugField": "SlugField",
            "CreationDateTimeField": "DateTimeField",
            "JSONField": "TextField",
            "ModificationDateTimeField": "DateTimeField",
            "RandomCharField": "CharField",
            "ShortUUIDField": "CharField",
            "UniqueFieldMixin": _OPAQUE,
        },
        "django_fsm": {
            "FSMField": "CharField",
            "FSMIntegerField": "IntegerField",
            "FSMKeyField": "ForeignKey",
        },
        "django_jsonfield_backport": {"JSONField": "JSONField"},
        "djmoney": {"MoneyField": _OPAQUE},
        "easy_thumbnails": {"ThumbnailerField": "FileField", "ThumbnailerImageField": "ImageField"},
        "encrypted_model_fields": {
            "EncryptedCharField": "CharField",
            "EncryptedTextField": "TextField",
        },
        "enumfields": {"EnumField": _OPAQUE, "EnumIntegerField": _OPAQUE},
        "filer": {
            "FilerFileField": "ForeignKey",
            "FilerImageField": "ForeignKey",
            "FilerFolderField": "ForeignKey",
        },
        "imagekit": {"ImageSpecField": _OPAQUE, "ProcessedImageField": "ImageField"},
        "jsonfield": {"JSONField": "TextField", "JSONCharField": "CharField"},
        "localflavor": {
            "USStateField": "CharField",
            "USZipCodeField": "CharField",
            "IBANField": "CharField",
            "BICField": "CharField",
        },
        "macaddress": {"MACAddressField": _OPAQUE},
        "markdownx": {"MarkdownxField": "TextField"},
        "mdeditor": {"MDTextField": "TextField"},
        "model_utils": {
            "AutoCreatedField": "DateTimeField",
            "AutoLastModifiedField": "DateTimeField",
            "MonitorField": "DateTimeField",
            "SplitField": _OPAQUE,
            "StatusField": "CharField",
            "UrlsafeTokenField": "CharField",
            "UUIDField": "UUIDField",
        },
        "modelcluster": {
            "ClusterTaggableManager": _OPAQUE,
            "ParentalKey": "ForeignKey",
            "ParentalManyToManyField": "ManyToManyField",
        },
        "mptt": {
            "TreeForeignKey": "ForeignKey",
            "TreeManyToManyField": "ManyToManyField",
            "TreeOneToOneField": "OneToOneField",
        },
        "multiselectfield": {"MultiSelectField": _OPAQUE},
        "netfields": {
            "CidrAddressField": _OPAQUE,
            "InetAddressField": _OPAQUE,
            "MACAddress8Field": _OPAQUE,
            "MACAddressField": _OPAQUE,
        },
        "ordered_model": {},
        "parler": {
            "TranslatedField": _OPAQUE,
            "TranslatedFields": _OPAQUE,
            "TranslationsForeignKey": "ForeignKey",
        },
        "partial_date": {"PartialDateField": _OPAQUE},
        "phonenumber_field": {"PhoneNumberField": "CharField"},
        "picklefield": {"PickledObjectField": _OPAQUE},
        "positions": {"PositionField": "IntegerField"},
        "private_storage": {"PrivateFileField": "FileField", "PrivateImageField": "ImageField"},
        "pgvector": {"VectorField": _OPAQUE, "HalfVectorField": _OPAQUE},
        "psqlextra": {"HStoreField": "django.contrib.postgres.fields.HStoreField"},
        "recurrence": {"RecurrenceField": _OPAQUE},
        "rest_framework": {},
        "s3direct": {"S3DirectField": "TextField"},
        "shortuuidfield": {"ShortUUIDField": "CharField"},
        "shortuuid": {"ShortUUIDField": "CharField"},
        "sorl": {"ImageField": "ImageField"},
        "sortedm2m": {"SortedManyToManyField": "ManyToManyField"},
        "stdimage": {"StdImageField": "ImageField", "JPEGField": "ImageField"},
        "taggit": {"TaggableManager": _OPAQUE, "ClusterTaggableManager": _OPAQUE},
        "timezone_field": {"TimeZoneField": _OPAQUE},
        "tinymce": {"HTMLField": "TextField"},
        "tree_queries": {"TreeNodeForeignKey": "ForeignKey"},
        "ulid": {"ULIDField": _OPAQUE},
        "versatileimagefield": {"VersatileImageField": "ImageField", "PPOIField": "CharField"},
        "wagtail": {"RichTextField": "TextField", "StreamField": _OPAQUE},
    }
)
"""Kinds of field classes by package and class."""

CLOSED_BASES = frozenset(
    {
        "bulk_sync.mixins",
        "computedfields.models.ComputedFieldsModel",
        "dirtyfields.DirtyFieldsMixin",
        "django_lifecycle.LifecycleModelMixin",
        "django_prometheus.models.ExportModelOperationsMixin",
        "fieldsignals",
        "guardian.mixins.GuardianUserMixin",
        "modelsearch.index.Indexed",
        "rules.contrib.models.RulesModelMixin",
        "wagtail.search.index.Indexed",
    }
)
"""Bases of models that bring no fields."""

CLOSED_DECORATORS = frozenset(
    {
        "attr.s",
        "auditlog.registry.auditlog.register",
        "pghistory.track",
        "pgtrigger.register",
        "reversion.register",
        "six.python_2_unicode_compatible",
        "strawberry_django.type",
        "typing_extensions.final",
        "wagtail.snippets.models.register_snippet",
    }
)
"""Class decorators that add no fields and no relations that could be asked for, but `GIVEN_NAMES`."""

RENAMING = frozenset({"MPTTMeta"})
"""Classes inside models that may call the fields of a base otherwise: `left_attr = "left"`."""

GIVEN_NAMES = {"pghistory.track": "events"}
"""Ways back that class decorators give to their models, where these are told of no other name."""

GIVEN_BY_FIELDS = {"taggit": "tagged_items"}
"""What fields of packages put on their models besides themselves."""

PLAIN_MANAGERS = frozenset(
    {
        "django.contrib.auth.base_user.BaseUserManager",
        "django.contrib.auth.models.BaseUserManager",
        "django.contrib.auth.models.GroupManager",
        "django.contrib.auth.models.PermissionManager",
        "django.contrib.auth.models.UserManager",
        "django.contrib.contenttypes.models.ContentTypeManager",
        "django.contrib.sites.managers.CurrentSiteManager",
        "django.contrib.sites.models.SiteManager",
        "django_extensions.db.models.ActivatorModelManager",
        "django_scopes.ScopedManager",
        "model_utils.managers.InheritanceManager",
        "model_utils.managers.SoftDeletableManager",
        "mptt.managers.TreeManager",
        "mptt.models.TreeManager",
    }
)
"""Managers whose rows hold what the model has and no more; what else they do, nobody here knows."""

TRANSLATING = frozenset({"modeltrans", "modeltranslation"})
"""Packages that give a model columns for each language: `name_en` for its `name`."""

_SILENT = """
    anymail autocomplete_all axes channels channels_redis ckeditor compressor corsheaders crispy_bootstrap4
    crispy_bootstrap5 crispy_forms csp daphne debug_toolbar django_browser_reload django_celery_beat
    django_celery_results django_cleanup django_crontab django_countries django_extensions django_filters
    django_htmx django_js_asset django_object_actions django_prometheus django_q django_redis django_rq
    django_ses django_tables2 drf_spectacular drf_spectacular_sidecar drf_yasg easy_thumbnails extra_views
    formtools graphene_django health_check import_export js_asset jazzmin livereload model_utils mptt ninja
    ninja_extra nested_admin phonenumber_field polymorphic post_office rest_framework rest_framework_gis
    rest_framework_swagger rosetta rules sass_processor sekizai silk solo sorl storages strawberry
    strawberry_django taggit tailwind template_partials timezone_field treebeard waffle webpack_loader
    whitenoise widget_tweaks django_ckeditor_5 adminsortable2 admin_interface colorfield dbbackup
"""

SILENT_APPS = frozenset(_SILENT.split())
"""Apps whose models, if they have any, point at no model of the project or of Django."""
