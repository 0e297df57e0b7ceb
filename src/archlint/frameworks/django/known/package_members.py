"""What the plain bases of the usual packages give to objects of models, besides fields and managers.

Only bases of which that is all are here: without a constructor or a metaclass. Methods of Django's that they
override are among it: these may take more.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_EXTENSIONS = "django_extensions.db.models"
_UTILS = "model_utils.models"

MEMBERS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        f"{_EXTENSIONS}.TimeStampedModel": frozenset({"save", "update_modified"}),
        f"{_EXTENSIONS}.TitleDescriptionModel": frozenset(),
        f"{_EXTENSIONS}.TitleSlugDescriptionModel": frozenset(),
        f"{_EXTENSIONS}.ActivatorModel": frozenset(
            {"ACTIVE_STATUS", "INACTIVE_STATUS", "STATUS_CHOICES", "get_status_display", "save"}
        ),
        f"{_UTILS}.SoftDeletableModel": frozenset({"delete"}),
        f"{_UTILS}.TimeFramedModel": frozenset(),
        f"{_UTILS}.TimeStampedModel": frozenset({"save"}),
        f"{_UTILS}.UUIDModel": frozenset(),
    }
)
"""Names of attributes by the base that has them."""
