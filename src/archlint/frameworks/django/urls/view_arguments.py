"""What `as_view()` of a view class may be given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.bindings import UNBOUND
from archlint.frameworks.class_values import ClassValues
from archlint.project.classes import ClassHierarchy, ProjectClass

if TYPE_CHECKING:
    from archlint.project.project import Project

_PLAIN = ("django.views.", "rest_framework.", "typing.", "abc.", "builtins.")
_METHODS = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "trace"})
"""The names of HTTP methods, which `as_view()` never takes."""

_NAMES = """
allow_empty allow_future allowed_methods as_view authentication_classes authentication_form
check_object_permissions check_permissions check_throttles content_negotiation_class content_type
context_object_name create date_field date_list_period day day_format default_response_headers destroy
determine_version dispatch domain email_template_name extra_context extra_email_context fields
filter_backends filter_queryset finalize_response form_class form_invalid form_valid from_email
get_allow_empty get_allow_future get_authenticate_header get_authenticators get_catalog
get_content_negotiator get_context_data get_context_object_name get_date_field get_date_list
get_date_list_period get_dated_items get_dated_queryset get_day get_day_format get_default_redirect_url
get_exception_handler get_exception_handler_context get_extra_action_url_map get_extra_actions get_form
get_form_class get_form_kwargs get_format_suffix get_initial get_login_url get_make_object_list
get_month get_month_format get_next_day get_next_month get_next_week get_next_year get_object
get_ordering get_paginate_by get_paginate_orphans get_paginated_response get_paginator
get_parser_context get_parsers get_paths get_permission_denied_message get_permission_required
get_permissions get_plural get_prefix get_previous_day get_previous_month get_previous_week
get_previous_year get_queryset get_redirect_field_name get_redirect_url get_renderer_context
get_renderers get_serializer get_serializer_class get_serializer_context get_slug_field
get_success_headers get_success_message get_success_url get_success_url_allowed_hosts get_template_names
get_test_func get_throttles get_user get_view_description get_view_name get_week get_week_format
get_year get_year_format handle_exception handle_no_permission has_permission html_email_template_name
http_method_names http_method_not_allowed initial initialize_request list login_url lookup_field
lookup_url_kwarg make_object_list metadata_class model month month_format next_page ordering packages
page_kwarg paginate_by paginate_orphans paginate_queryset pagination_class paginator paginator_class
parser_classes partial_update pattern_name perform_authentication perform_content_negotiation
perform_create perform_destroy perform_update permanent permission_classes permission_denied
permission_denied_message permission_required pk_url_kwarg post_reset_login post_reset_login_backend
prefix preserve_request public query_pk_and_slug query_string queryset raise_exception
raise_uncaught_exception redirect_authenticated_user redirect_field_name render_to_response
renderer_classes reset_url_token response_class retrieve reverse_action schema schema_generator
serializer_class settings setup slug_field slug_url_kwarg subject_template_name success_message
success_url success_url_allowed_hosts template_engine template_name template_name_field
template_name_suffix test_func throttle_classes throttled title token_generator update url
uses_datetime_field versioning_class view_is_async week week_format year year_format
"""
_ATTRIBUTES = frozenset(_NAMES.split())
"""What is public in any view class of Django or REST framework: which of them has it is left open."""

_OF_SETS = frozenset({"name", "suffix", "detail", "basename", "description", "actions"})
"""What `as_view()` of a viewset takes besides."""


class ViewArguments:
    """Answers for the view classes of a project."""

    def __init__(self, project: Project) -> None:
        self._hierarchy = project.view(ClassHierarchy)
        self._values = project.view(ClassValues)

    @classmethod
    def build(cls, project: Project) -> ViewArguments:
        """The view of a project."""
        return cls(project)

    def of(self, cls: ProjectClass) -> frozenset[str] | None:
        """The names; None where a base, a metaclass or a decorator may add to them."""
        outside = self._values.outside(cls)
        if outside is None or not all(name.startswith(_PLAIN) for name in outside):
            return None
        found: set[str] = set()
        for ancestor in self._hierarchy.order(cls):
            if not isinstance(ancestor, ProjectClass):
                continue
            if ancestor.fact.decorators or ancestor.fact.keywords:
                return None
            found.update(one.name for one in ancestor.fact.members if one.kind not in UNBOUND)
        return frozenset(found) - _METHODS | _ATTRIBUTES | _OF_SETS
