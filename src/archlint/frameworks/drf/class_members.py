"""What the classes of Django REST framework have that projects inherit from.

The table is written as that of Django, `archlint.frameworks.django.known.class_members`.
"""

from __future__ import annotations

from typing import Final

TABLE: Final = """
*: _args _auth _authenticator _content_type _creation_counter _data _dont_enforce_csrf_checks _fetch_all
    _files _force_auth_token _force_auth_user _force_token _force_user _full_data _kwargs
    _parsed_accept_list _post _prefetched_objects_cache _stream _user accepted_media_type
    accepted_renderer action action_map actions alters_data args auth auth_header authentication_classes
    cls content_negotiation_class detail error_messages exception format_kwarg http_method_names
    initkwargs is_ajax is_json_string kwargs login_required mapping metadata_class method obj
    parser_classes permission_classes prec queryset_only renderer_classes renderer_context request schema
    status_code throttle_classes throttle_scope url_name url_path urlpatterns user value version
    versioning_class versioning_scheme view
APIView: _allowed_methods _negotiator allowed_methods as_view check_object_permissions check_permissions
    check_throttles default_response_headers determine_version dispatch finalize_response
    get_authenticate_header get_authenticators get_content_negotiator get_exception_handler
    get_exception_handler_context get_format_suffix get_parser_context get_parsers get_permissions
    get_renderer_context get_renderers get_throttles get_view_description get_view_name handle_exception
    head headers http_method_not_allowed initial initialize_request options perform_authentication
    perform_content_negotiation permission_denied raise_uncaught_exception response settings setup
    throttled view_class view_initkwargs view_is_async
GenericAPIView (APIView): _paginator filter_backends filter_queryset get_object get_paginated_response
    get_queryset get_serializer get_serializer_class get_serializer_context lookup_field lookup_url_kwarg
    paginate_queryset pagination_class paginator queryset serializer_class
CreateAPIView (CreateModelMixin GenericAPIView): post
ListAPIView (ListModelMixin GenericAPIView): get
RetrieveAPIView (RetrieveModelMixin GenericAPIView): get
DestroyAPIView (DestroyModelMixin GenericAPIView): delete
UpdateAPIView (UpdateModelMixin GenericAPIView): patch put
ListCreateAPIView (ListModelMixin CreateModelMixin GenericAPIView): get post
RetrieveUpdateAPIView (RetrieveModelMixin UpdateModelMixin GenericAPIView): get patch put
RetrieveDestroyAPIView (RetrieveModelMixin DestroyModelMixin GenericAPIView): delete get
RetrieveUpdateDestroyAPIView (RetrieveModelMixin UpdateModelMixin DestroyModelMixin GenericAPIView):
    delete get patch put
ViewSetMixin: as_view basename description get_extra_action_url_map get_extra_actions initialize_request
    name reverse_action suffix
ViewSet (ViewSetMixin APIView):
GenericViewSet (ViewSetMixin GenericAPIView):
ReadOnlyModelViewSet (RetrieveModelMixin ListModelMixin GenericViewSet):
ModelViewSet (CreateModelMixin RetrieveModelMixin UpdateModelMixin DestroyModelMixin ListModelMixin
    GenericViewSet):
CreateModelMixin: create get_success_headers perform_create
ListModelMixin: list
RetrieveModelMixin: retrieve
UpdateModelMixin: partial_update perform_update update
DestroyModelMixin: destroy perform_destroy
BaseSerializer (Field): _context _errors _validated_data create data errors initial_data instance is_valid
    many_init partial save update validated_data
Serializer (BaseSerializer): _declared_fields _get_declared_fields _read_only_defaults _readable_fields
    _writable_fields fields get_fields set_value validate
ModelSerializer (Serializer): _get_constraint_violation_error_message _get_model_fields build_field
    build_nested_field build_property_field build_relational_field build_standard_field
    build_unknown_field build_url_field get_default_field_names get_extra_kwargs get_field_names
    get_unique_for_date_validators get_unique_together_constraints get_unique_together_validators
    get_uniqueness_extra_kwargs include_extra_kwargs serializer_choice_field serializer_field_mapping
    serializer_related_field serializer_related_to_field serializer_url_field url_field_name
HyperlinkedModelSerializer (ModelSerializer):
ListSerializer (BaseSerializer): allow_empty child many max_length min_length run_child_validation
    validate
Field: _validators allow_null bind context default default_empty_html default_error_messages
    default_validators fail field_name get_attribute get_default get_initial get_validators get_value
    help_text initial label parent read_only required root run_validation run_validators source
    source_attrs style to_internal_value to_representation validate_empty_values validators write_only
BooleanField (Field): FALSE_VALUES NULL_VALUES TRUE_VALUES _lower_if_str
CharField (Field): allow_blank max_length min_length trim_whitespace
ChoiceField (Field): _choices _get_choices _set_choices allow_blank choice_strings_to_values choices
    grouped_choices html_cutoff html_cutoff_text iter_options
DateField (Field): datetime_parser format input_formats
DateTimeField (Field): datetime_parser default_timezone enforce_timezone format input_formats timezone
DecimalField (Field): MAX_STRING_LENGTH coerce_to_string decimal_places localize max_digits max_value
    max_whole_digits min_value normalize_output quantize rounding validate_precision
DictField (Field): allow_empty child run_child_validation
EmailField (CharField):
FileField (Field): allow_empty_file max_length use_url
FloatField (Field): MAX_STRING_LENGTH max_value min_value
ImageField (FileField): _DjangoImageField
IntegerField (Field): MAX_STRING_LENGTH max_value min_value re_decimal
JSONField (Field): _is_jsonfield binary decoder encoder
ListField (Field): allow_empty child max_length min_length run_child_validation
MultipleChoiceField (ChoiceField): allow_empty
ReadOnlyField (Field):
RegexField (CharField):
SerializerMethodField (Field): method_name
SlugField (CharField): allow_unicode
TimeField (Field): datetime_parser format input_formats
URLField (CharField):
UUIDField (Field): uuid_format valid_formats
RelatedField (Field): choices display_value get_choices get_queryset grouped_choices html_cutoff
    html_cutoff_text iter_options many_init queryset use_pk_only_optimization
PrimaryKeyRelatedField (RelatedField): pk_field
SlugRelatedField (RelatedField): slug_field
StringRelatedField (RelatedField):
HyperlinkedRelatedField (RelatedField): format get_object get_url lookup_field lookup_url_kwarg reverse
    view_name
HyperlinkedIdentityField (HyperlinkedRelatedField):
BasePermission: has_object_permission has_permission
AllowAny (BasePermission):
IsAuthenticated (BasePermission):
IsAdminUser (BasePermission):
IsAuthenticatedOrReadOnly (BasePermission):
DjangoModelPermissions (BasePermission): _queryset authenticated_users_only get_required_permissions
    perms_map
DjangoObjectPermissions (DjangoModelPermissions): get_required_object_permissions
BasePagination: display_page_controls get_paginated_response get_paginated_response_schema get_results
    get_schema_fields get_schema_operation_parameters paginate_queryset to_html
PageNumberPagination (BasePagination): django_paginator_class get_html_context get_next_link
    get_page_number get_page_size get_previous_link invalid_page_message last_page_strings max_page_size
    page page_query_description page_query_param page_size page_size_query_description
    page_size_query_param template
LimitOffsetPagination (BasePagination): count default_limit get_count get_html_context get_limit
    get_next_link get_offset get_previous_link limit limit_query_description limit_query_param max_limit
    offset offset_query_description offset_query_param template
CursorPagination (BasePagination): _get_position_from_instance base_url cursor cursor_query_description
    cursor_query_param decode_cursor encode_cursor get_html_context get_next_link get_ordering
    get_page_size get_previous_link has_next has_previous invalid_cursor_message max_page_size
    next_position offset_cutoff ordering page page_size page_size_query_description page_size_query_param
    previous_position template
BaseFilterBackend: filter_queryset get_schema_fields get_schema_operation_parameters
SearchFilter (BaseFilterBackend): construct_search default_lookup get_search_fields get_search_terms
    lookup_prefixes must_call_distinct search_description search_param search_title template to_html
OrderingFilter (BaseFilterBackend): get_default_ordering get_default_valid_fields get_ordering
    get_template_context get_valid_fields ordering_description ordering_fields ordering_param
    ordering_title remove_invalid_fields template to_html
BaseAuthentication: authenticate authenticate_header
BasicAuthentication (BaseAuthentication): authenticate_credentials www_authenticate_realm
SessionAuthentication (BaseAuthentication): enforce_csrf
TokenAuthentication (BaseAuthentication): authenticate_credentials get_model keyword model
BaseThrottle: allow_request get_ident wait
SimpleRateThrottle (BaseThrottle): THROTTLE_RATES cache cache_format duration get_cache_key get_rate
    history key now num_requests parse_rate rate scope throttle_failure throttle_success timer
AnonRateThrottle (SimpleRateThrottle):
UserRateThrottle (SimpleRateThrottle):
ScopedRateThrottle (SimpleRateThrottle): scope_attr
BaseRenderer: charset format media_type render render_style
JSONRenderer (BaseRenderer): compact encoder_class ensure_ascii get_indent strict
TemplateHTMLRenderer (BaseRenderer): exception_template_names get_exception_template get_template_context
    get_template_names resolve_template template_name
BrowsableAPIRenderer (BaseRenderer): _get_serializer code_style filter_template form_renderer_class
    get_breadcrumbs get_content get_context get_default_renderer get_description get_extra_actions
    get_filter_form get_name get_raw_data_form get_rendered_html_form render_form_for_serializer
    show_form_for_method template
BaseParser: media_type parse
JSONParser (BaseParser): renderer_class strict
FormParser (BaseParser):
MultiPartParser (BaseParser):
FileUploadParser (BaseParser): errors get_encoded_filename get_filename
APIException: default_code default_detail get_codes get_full_details
ValidationError (APIException): code error_dict error_list message message_dict messages params
    update_error_dict
NotFound (APIException):
PermissionDenied: default_code default_detail get_codes get_full_details
AuthenticationFailed (APIException):
NotAuthenticated (APIException):
Throttled (APIException): extra_detail_plural extra_detail_singular wait
ParseError (APIException):
BaseRouter: _urls get_default_basename get_urls is_already_registered register registry urls
SimpleRouter (BaseRouter): _base_pattern _default_value_pattern _get_dynamic_route _url_conf _use_regex
    get_lookup_regex get_method_map get_routes routes trailing_slash
DefaultRouter (SimpleRouter): APIRootView APISchemaView SchemaGenerator default_schema_renderers
    get_api_root_view include_format_suffixes include_root_view root_renderers root_view_name
APIRootView (APIView): _ignore_model_permissions api_root_dict get
BaseMetadata: determine_metadata
SimpleMetadata (BaseMetadata): determine_actions get_field_info get_serializer_info label_lookup
"""
