"""What the classes of Django have that projects inherit from, models and query sets aside.

The tables are written for reading: a line `NAME (BASES): ATTRIBUTES`, with what a class has beyond its bases.
The line `*` says what Django puts on objects of other classes than the one that the code stands in. A class
has what any version of today gives it: to know too much only keeps a rule silent.
"""

from __future__ import annotations

from typing import Final

DJANGO: Final = """
*: ERROR_OUTPUT LANGUAGE_CODE LEVEL_TAGS POST SQL_KEYWORD _acached_user _active _cache_update_cache
    _cached_user _choices _constructor_args _csp_nonce _css_lists _culprit_node _decorated_function
    _default _errors _filter_name _handler_class _has_been_logged _js_lists _last_cycle_node _mask_wrapped
    _messages _meta _mutable _named_cycle_nodes _perm_cache _registry _signature_from_callable
    _translations addheaders admin_order_field admin_site all_models allowed_permissions alters_data
    ancestry app_configs apps apps_ready args argtypes async_capable attrs auser autoescape backend
    base_fields block_size boolean branch children choices cleaned_data close codename contains_nontext
    content content_type context converters cookies csrf_cookie_needs_reset csrf_cookie_set csrf_exempt
    csrf_processing_done current_app daemon db declared_fields deconstruct dependencies dicts disabled
    edit_only empty_value_display ending engine error_class error_messages exc_info exc_text extra fields
    fk formfield_callback formset func help_text id image initial input_type is_localized is_required
    label last_login level login_required login_url max_length max_num media merged_operations message
    model model_admin models_ready modified_time msg name num operations origin password populating
    queryset raw_error_message ready reason redirect_field_name render_context renderer required
    resolver_match restype salt_len sensitive_post_parameters sensitive_variables server_time
    short_description should_append_slash size streaming_content style_func sync_capable template_debug
    template_name to_language token user validators value view_class view_initkwargs widget widgets
    xframe_options_exempt
View: _allowed_methods as_view dispatch head http_method_names http_method_not_allowed kwargs options
    request setup view_is_async
TemplateView (TemplateResponseMixin ContextMixin View): get
RedirectView (View): delete get get_redirect_url patch pattern_name permanent post preserve_request put
    query_string url
ListView (MultipleObjectTemplateResponseMixin BaseListView):
DetailView (SingleObjectTemplateResponseMixin BaseDetailView):
CreateView (SingleObjectTemplateResponseMixin BaseCreateView):
UpdateView (SingleObjectTemplateResponseMixin BaseUpdateView):
DeleteView (SingleObjectTemplateResponseMixin BaseDeleteView):
FormView (TemplateResponseMixin BaseFormView):
ContextMixin: extra_context get_context_data
TemplateResponseMixin: get_template_names render_to_response response_class template_engine
SingleObjectMixin (ContextMixin): context_object_name get_context_object_name get_object get_queryset
    get_slug_field pk_url_kwarg query_pk_and_slug slug_field slug_url_kwarg
SingleObjectTemplateResponseMixin (TemplateResponseMixin): template_name_field template_name_suffix
MultipleObjectMixin (ContextMixin): allow_empty context_object_name get_allow_empty
    get_context_object_name get_ordering get_paginate_by get_paginate_orphans get_paginator get_queryset
    ordering page_kwarg paginate_by paginate_orphans paginate_queryset paginator_class
MultipleObjectTemplateResponseMixin (TemplateResponseMixin): template_name_suffix
BaseListView (MultipleObjectMixin View): get object_list
BaseDetailView (SingleObjectMixin View): get object
FormMixin (ContextMixin): form_class form_invalid form_valid get_form get_form_class get_form_kwargs
    get_initial get_prefix get_success_url prefix success_url
ModelFormMixin (FormMixin SingleObjectMixin): object
ProcessFormView (View): get post put
BaseFormView (FormMixin ProcessFormView):
BaseCreateView (ModelFormMixin ProcessFormView):
BaseUpdateView (ModelFormMixin ProcessFormView):
DeletionMixin: delete get_success_url object post success_url
BaseDeleteView (DeletionMixin FormMixin BaseDetailView):
AccessMixin: get_login_url get_permission_denied_message get_redirect_field_name handle_no_permission
    permission_denied_message raise_exception
LoginRequiredMixin (AccessMixin): dispatch
PermissionRequiredMixin (AccessMixin): dispatch get_permission_required has_permission permission_required
UserPassesTestMixin (AccessMixin): dispatch get_test_func test_func
LoginView (FormView): authentication_form get_default_redirect_url get_redirect_url
    get_success_url_allowed_hosts next_page redirect_authenticated_user success_url_allowed_hosts
LogoutView (TemplateView): get_default_redirect_url get_next_page get_redirect_url get_success_url
    get_success_url_allowed_hosts next_page post success_url_allowed_hosts
PasswordChangeView (PasswordContextMixin FormView): title
PasswordResetView (PasswordContextMixin FormView): email_template_name extra_email_context from_email
    html_email_template_name subject_template_name title token_generator
PasswordResetConfirmView (PasswordContextMixin FormView): get_user post_reset_login
    post_reset_login_backend reset_url_token title token_generator validlink
PasswordContextMixin: extra_context get_context_data
SuccessMessageMixin: form_valid get_success_message success_message
Form (BaseForm):
BaseForm: _bound_fields_cache _bound_items _clean_fields _clean_form _html_output _post_clean
    _widget_data_value add_error add_initial_prefix add_prefix as_div as_p as_table as_ul auto_id
    bound_field_class changed_data clean data default_renderer empty_permitted errors field_order files
    full_clean get_context get_initial_for_field has_changed has_error hidden_fields is_bound is_multipart
    is_valid label_suffix non_field_errors order_fields prefix render template_name_div
    template_name_label template_name_p template_name_table template_name_ul use_required_attribute
    visible_fields
ModelForm (BaseModelForm):
BaseModelForm (BaseForm): _get_validation_exclusions _save_m2m _update_errors _validate_constraints
    _validate_unique instance save save_m2m validate_constraints validate_unique
BaseFormSet: _construct_form _deleted_form_indexes _non_form_errors _ordering _should_delete_form
    add_fields add_prefix as_div as_p as_table as_ul auto_id clean data default_error_messages
    deleted_forms deletion_widget empty_form errors extra_forms files form_kwargs form_renderer forms
    full_clean get_context get_default_prefix get_deletion_widget get_form_kwargs get_ordering_widget
    has_changed initial_form_count initial_forms is_bound is_multipart is_valid management_form
    non_form_errors ordered_forms ordering_widget prefix render template_name_div template_name_p
    template_name_table template_name_ul total_error_count total_form_count
BaseModelFormSet (BaseFormSet): _existing_object _get_to_python _object_dict _pk_field _queryset
    changed_objects delete_existing deleted_objects get_date_error_message get_form_error get_queryset
    get_unique_error_message initial_extra new_objects save save_existing save_existing_objects save_m2m
    save_new save_new_objects saved_forms unique_fields validate_unique
BaseInlineFormSet (BaseModelFormSet): instance save_as_new
AuthenticationForm (Form): confirm_login_allowed get_invalid_login_error get_user request user_cache
    username_field
UserCreationForm (BaseUserCreationForm): clean_username
BaseUserCreationForm (ModelForm): Meta clean_password2 create_password_fields set_password_and_save
    validate_password_for_user validate_passwords
UserChangeForm (ModelForm): Meta
PasswordResetForm (Form): get_users save send_mail
SetPasswordForm (Form): clean_new_password2 create_password_fields save set_password_and_save
    validate_password_for_user validate_passwords
PasswordChangeForm (SetPasswordForm): clean_old_password
Field: _clean_bound_field bound_data bound_field_class clean default_error_messages default_validators
    empty_values get_bound_field has_changed hidden_widget label_suffix localize prepare_value
    run_validators show_hidden_initial to_python validate widget_attrs
BooleanField (Field):
CharField (Field): empty_value min_length strip
ChoiceField (Field): _get_choices _set_choices valid_value
DateField (Field): input_formats strptime
DateTimeField (Field): input_formats strptime
DecimalField (IntegerField): decimal_places max_digits
EmailField (CharField):
FileField (Field): allow_empty_file
FloatField (IntegerField):
ImageField (FileField):
IntegerField (Field): max_value min_value re_decimal step_size
JSONField (CharField): decoder encoder
ModelChoiceField (ChoiceField): _get_queryset _queryset _set_queryset empty_label get_limit_choices_to
    iterator label_from_instance limit_choices_to to_field_name validate_no_null_characters
ModelMultipleChoiceField (ModelChoiceField): _check_values
MultipleChoiceField (ChoiceField):
MultiValueField (Field): compress require_all_fields
NullBooleanField (BooleanField):
RegexField (CharField): _get_regex _regex _regex_validator _set_regex regex
SlugField (CharField): allow_unicode
SplitDateTimeField (MultiValueField):
TimeField (Field): input_formats strptime
TypedChoiceField (ChoiceField): _coerce coerce empty_value
URLField (CharField): assume_scheme
UUIDField (CharField):
Widget: _render build_attrs format_value get_context id_for_label is_hidden needs_multipart_form render
    subwidgets supports_microseconds use_fieldset use_required_attribute value_from_datadict
    value_omitted_from_data
Input (Widget):
TextInput (Input):
NumberInput (Input):
EmailInput (Input):
URLInput (Input):
PasswordInput (Input): render_value
HiddenInput (Input):
Textarea (Widget):
DateInput (TextInput): format format_key
DateTimeInput (TextInput): format format_key
TimeInput (TextInput): format format_key
CheckboxInput (Input): check_test
ChoiceWidget (Widget): add_id_index allow_multiple_selected checked_attribute create_option optgroups
    option_inherits_attrs option_template_name options
Select (ChoiceWidget): _choice_has_empty_value
NullBooleanSelect (Select):
SelectMultiple (Select):
RadioSelect (ChoiceWidget):
CheckboxSelectMultiple (RadioSelect):
MultiWidget (Widget): _get_media decompress widgets_names
SplitDateTimeWidget (MultiWidget):
FileInput (Input): allow_multiple_selected
ClearableFileInput (FileInput): checked clear_checkbox_id clear_checkbox_label clear_checkbox_name
    initial_text input_text is_initial
ModelAdmin: _changeform_view _create_formsets _delete_view _filter_actions_by_permissions
    _get_action_choices_with_action_location _get_action_description _get_actions_with_action_location
    _get_base_actions _get_choice_description _get_edited_object_pks _get_form_for_get_fields
    _get_formset_with_permissions _get_list_editable_queryset _get_obj_does_not_exist_redirect
    _get_preserved_qsl _response_post_save _save_formset action_checkbox action_form actions
    actions_on_bottom actions_on_top actions_selection_counter add_form_template add_view
    autocomplete_fields change_form_template change_list_template change_view changeform_view
    changelist_view check checks_class construct_change_message date_hierarchy
    delete_confirmation_max_display delete_confirmation_template delete_model delete_queryset
    delete_selected_confirmation_template delete_view exclude fieldsets filter_horizontal
    filter_vertical form formfield_for_choice_field formfield_for_dbfield formfield_for_foreignkey
    formfield_for_manytomany formfield_overrides get_action get_action_choices get_actions
    get_autocomplete_fields get_changeform_initial_data get_changelist get_changelist_form
    get_changelist_formset get_changelist_instance get_deleted_objects get_empty_value_display
    get_exclude get_field_queryset get_fields get_fieldsets get_form get_formset_kwargs
    get_formsets_with_inlines get_inline_formsets get_inline_instances get_inlines get_list_display
    get_list_display_links get_list_filter get_list_select_related get_model_perms get_object
    get_ordering get_paginator get_prepopulated_fields get_preserved_filters get_queryset
    get_readonly_fields get_search_fields get_search_results get_sortable_by get_urls
    get_view_on_site_url has_add_permission has_change_permission has_delete_permission
    has_module_permission has_view_or_change_permission has_view_permission history_view inlines
    list_display list_display_links list_editable list_filter list_max_show_all list_per_page
    list_select_related log_addition log_change log_deletion log_deletions lookup_allowed message_user
    object_history_template opts ordering paginator popup_response_template prepopulated_fields
    preserve_filters radio_fields raw_id_fields readonly_fields render_change_form render_delete_form
    response_action response_add response_change response_delete response_post_save_add
    response_post_save_change save_as save_as_continue save_form save_formset save_model save_on_top
    save_related search_fields search_help_text show_facets show_full_result_count sortable_by
    to_field_allowed urls view_on_site
InlineModelAdmin: _get_form_for_get_fields _has_any_perms_for_target_model autocomplete_fields
    can_delete check checks_class classes delete_confirmation_max_display exclude fieldsets
    filter_horizontal filter_vertical fk_name form formfield_for_choice_field formfield_for_dbfield
    formfield_for_foreignkey formfield_for_manytomany formfield_overrides get_autocomplete_fields
    get_empty_value_display get_exclude get_extra get_field_queryset get_fields get_fieldsets
    get_formset get_inlines get_max_num get_min_num get_ordering get_prepopulated_fields get_queryset
    get_readonly_fields get_sortable_by get_view_on_site_url has_add_permission has_change_permission
    has_delete_permission has_module_permission has_registered_model has_view_or_change_permission
    has_view_permission lookup_allowed min_num opts ordering parent_model prepopulated_fields
    radio_fields raw_id_fields readonly_fields show_change_link show_full_result_count sortable_by
    template to_field_allowed verbose_name verbose_name_plural view_on_site
StackedInline (InlineModelAdmin):
TabularInline (InlineModelAdmin):
SimpleListFilter (ListFilter): get_facet_counts get_facet_queryset lookup_choices lookups parameter_name
ListFilter: expected_parameters has_output request template title used_parameters
FieldListFilter (ListFilter): _field_list_filters _take_priority_index create field field_path
    get_facet_counts get_facet_queryset list_separator register
RelatedFieldListFilter (FieldListFilter): field_admin_ordering field_choices include_empty_choice
    lookup_choices lookup_kwarg lookup_kwarg_isnull lookup_title lookup_val lookup_val_isnull
AdminSite: _actions _build_app_dict _global_actions actions add_action admin_view app_index
    app_index_template autocomplete_view catch_all_view check disable_action each_context
    enable_nav_sidebar final_catch_all_view get_action get_app_list get_log_entries get_model_admin
    get_urls has_permission i18n_javascript index index_template index_title is_registered login
    login_form login_template logout logout_template password_change password_change_done
    password_change_done_template password_change_form password_change_template register site_header
    site_title site_url unregister urls
BaseCommand: _called_from_command_line add_arguments add_base_argument base_stealth_options check
    check_migrations create_parser execute get_check_kwargs get_version handle help output_transaction
    print_help requires_migrations_checks requires_system_checks run_from_argv stderr stdout
    stealth_options style suppressed_base_arguments
AppCommand (BaseCommand): handle_app_config missing_args_message
LabelCommand (BaseCommand): handle_label missing_args_message
AppConfig: _is_default_auto_field_overridden _path_from_module create default_auto_field get_model
    get_models import_models models models_module module path verbose_name
MiddlewareMixin: _async_check _get_response_none_deprecation _is_coroutine async_mode get_response
CommonMiddleware (MiddlewareMixin): get_full_path_with_slash process_request process_response
    response_redirect_class should_redirect_with_slash
BaseBackend: aauthenticate aget_all_permissions aget_group_permissions aget_user aget_user_permissions
    ahas_perm authenticate get_all_permissions get_group_permissions get_user get_user_permissions
    has_perm
ModelBackend (BaseBackend): _aget_permissions _get_group_permissions _get_permissions
    _get_user_permissions ahas_module_perms has_module_perms user_can_authenticate with_perm
RemoteUserBackend (ModelBackend): aconfigure_user clean_username configure_user create_unknown_user
Sitemap: _get _items _languages _location _urls alternates get_domain get_languages_for_item
    get_latest_lastmod get_protocol get_urls i18n items languages latest_lastmod limit location paginator
    protocol x_default
Feed: _get_dynamic_attr description_template feed_extra_kwargs feed_type get_context_data get_feed
    get_object item_description item_enclosures item_extra_kwargs item_link item_title language
    title_template
Storage: delete exists generate_filename get_accessed_time get_alternative_name get_available_name
    get_created_time get_modified_time get_valid_name is_name_available listdir open path save url
FileSystemStorage (Storage): OS_OPEN_FLAGS _allow_overwrite _base_url _clear_cached_properties
    _datetime_from_timestamp _directory_permissions_mode _ensure_location_group_id _file_permissions_mode
    _location _open _save _value_or_setting base_location base_url directory_permissions_mode
    file_permissions_mode location
Paginator: ELLIPSIS _check_object_list_is_ordered _get_elided_page_range _get_page _validate_number
    allow_empty_first_page count default_error_messages get_elided_page_range get_page num_pages
    object_list orphans page page_range per_page validate_number
PasswordResetTokenGenerator: _get_fallbacks _get_secret _make_hash_value _make_token_with_timestamp _now
    _num_seconds _secret _secret_fallbacks _set_fallbacks _set_secret algorithm check_token key_salt
    make_token secret secret_fallbacks
BasePasswordHasher: _check_encode_args _load_library algorithm decode encode harden_runtime library
    must_update safe_summary salt salt_entropy verify
PBKDF2PasswordHasher (BasePasswordHasher): digest iterations
BaseValidator: clean code compare limit_value
RegexValidator: code flags inverse_match regex
Http404:
ValidationError: code error_dict error_list message_dict messages params update_error_dict
SuspiciousOperation:
PermissionDenied:
ImproperlyConfigured:
CommandError: returncode
"""

FILTERS: Final = """
*: _meta base_filters choices creation_counter field_name form_method helper layout model parent
    template_pack
BaseFilterSet: FILTER_DEFAULTS _csv_filter_class_name _form _qs data errors filter_for_field
    filter_for_lookup filter_queryset filters form form_prefix get_fields get_filter_name get_filters
    get_form_class handle_unrecognized_field is_bound is_valid qs queryset request
FilterSet (BaseFilterSet): declared_filters get_declared_filters
Filter: _field _label _method distinct exclude extra field field_class filter get_method label lookup_expr
    method
BaseCSVFilter (Filter): _field_class_name base_field_class
BaseInFilter (BaseCSVFilter):
BaseRangeFilter (BaseCSVFilter):
BooleanFilter (Filter):
CharFilter (Filter):
ChoiceFilter (Filter): null_value
DateFilter (Filter):
DateTimeFilter (Filter):
DateFromToRangeFilter (Filter):
ModelChoiceFilter (ChoiceFilter): get_queryset get_request queryset
ModelMultipleChoiceFilter (MultipleChoiceFilter): get_queryset get_request queryset
MultipleChoiceFilter (Filter): always_filter conjoined get_filter_predicate is_noop null_value
NumberFilter (Filter): get_max_validator
OrderingFilter (BaseCSVFilter ChoiceFilter): build_choices descending_fmt get_ordering_value
    normalize_fields param_map
TypedMultipleChoiceFilter (MultipleChoiceFilter):
UUIDFilter (Filter):
FilterMixin: filterset_class filterset_fields get_filterset get_filterset_class get_filterset_kwargs
    get_name get_strict renamed_attributes strict
BaseFilterView (FilterMixin): _allowed_methods allow_empty as_view context_object_name dispatch
    extra_context filterset get get_allow_empty get_context_data get_context_object_name get_ordering
    get_paginate_by get_paginate_orphans get_paginator get_queryset head http_method_names
    http_method_not_allowed kwargs object_list options ordering page_kwarg paginate_by paginate_orphans
    paginate_queryset paginator_class queryset request setup view_class view_initkwargs view_is_async
FilterView (BaseFilterView): content_type get_template_names render_to_response response_class
    template_engine template_name template_name_suffix
DjangoFilterBackend: filter_queryset filterset_base get_coreschema_field get_filter_class get_filterset
    get_filterset_class get_filterset_kwargs get_name get_schema_fields get_schema_operation_parameters
    raise_exception renamed_attributes renamed_methods template to_html
"""
"""Those of django-filter."""
