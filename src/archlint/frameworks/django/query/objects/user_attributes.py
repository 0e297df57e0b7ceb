"""What the abstract users of Django's `auth` app give to a user model, besides fields."""

from __future__ import annotations

from archlint.frameworks.django.models.spelling import canonical

_HOME = "django.contrib.auth.models"
USERS = frozenset(f"{_HOME}.{name}" for name in ("AbstractUser", "AbstractBaseUser", "PermissionsMixin"))
"""The dotted names of the abstract users."""

ATTRIBUTES = frozenset(
    {
        "EMAIL_FIELD",
        "REQUIRED_FIELDS",
        "USERNAME_FIELD",
        "acheck_password",
        "aget_all_permissions",
        "aget_group_permissions",
        "aget_user_permissions",
        "ahas_module_perms",
        "ahas_perm",
        "ahas_perms",
        "backend",
        "check_password",
        "email_user",
        "get_all_permissions",
        "get_email_field_name",
        "get_full_name",
        "get_group_permissions",
        "get_session_auth_fallback_hash",
        "get_session_auth_hash",
        "get_short_name",
        "get_user_permissions",
        "get_username",
        "has_module_perms",
        "has_perm",
        "has_perms",
        "has_usable_password",
        "is_active",
        "is_anonymous",
        "is_authenticated",
        "is_staff",
        "is_superuser",
        "natural_key",
        "normalize_username",
        "set_password",
        "set_unusable_password",
        "username_validator",
    }
)
"""All of them together; `backend` is what `login` needs and `authenticate` sets."""


def is_user(name: str) -> bool:
    """Whether a dotted name is that of an abstract user."""
    return canonical(name) in USERS
