"""What the plain bases of the usual packages give to objects of models, besides fields and managers.

Only bases of which that is all are here: a constructor takes what Django's does, and a metaclass adds only
the fields. Methods of Django's that they override are among it: these may take more.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_EXTENSIONS = "django_extensions.db.models"
_UTILS = "model_utils.models"

_OF_TREES = """
    delete get_ancestors get_children get_descendant_count get_descendants get_family get_leafnodes get_level
    get_next_sibling get_previous_sibling get_root get_siblings insert_at is_ancestor_of is_child_node
    is_descendant_of is_leaf_node is_root_node move_to save
"""

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
        "mptt.models.MPTTModel": frozenset(_OF_TREES.split()),
    }
)
"""Names of attributes by the base that has them."""
