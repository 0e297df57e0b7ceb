"""The models of Django's own apps."""

from __future__ import annotations

TABLE = """
model django.contrib.contenttypes.models.ContentType = contenttypes.ContentType
    table django_content_type
    app_label CharField max_length=100
    model CharField max_length=100
    manager objects

model django.contrib.auth.models.Permission = auth.Permission
    name CharField max_length=255
    content_type ForeignKey contenttypes.ContentType
    codename CharField max_length=100
    manager objects

model django.contrib.auth.models.Group = auth.Group
    name CharField max_length=150 unique=True
    permissions ManyToManyField auth.Permission blank=True
    manager objects

abstract django.contrib.auth.models.AbstractBaseUser
    password CharField max_length=128
    last_login DateTimeField blank=True null=True

abstract django.contrib.auth.models.PermissionsMixin
    is_superuser BooleanField default=False
    groups ManyToManyField auth.Group blank=True related_name=user_set related_query_name=user
    user_permissions ManyToManyField auth.Permission blank=True related_name=user_set related_query_name=user

abstract django.contrib.auth.models.AbstractUser (AbstractBaseUser PermissionsMixin)
    username CharField max_length=150 unique=True
    first_name CharField max_length=150 blank=True
    last_name CharField max_length=150 blank=True
    email EmailField blank=True
    is_staff BooleanField default=False
    is_active BooleanField default=True
    date_joined DateTimeField default=now
    manager objects

model django.contrib.auth.models.User = auth.User (AbstractUser)

abstract django.contrib.sessions.base_session.AbstractBaseSession
    session_key CharField max_length=40 primary_key=True
    session_data TextField
    expire_date DateTimeField db_index=True
    manager objects

model django.contrib.sessions.models.Session = sessions.Session (AbstractBaseSession)
    table django_session
    manager objects

model django.contrib.sites.models.Site = sites.Site
    table django_site
    domain CharField max_length=100 unique=True
    name CharField max_length=50
    manager objects

model django.contrib.admin.models.LogEntry = admin.LogEntry
    table django_admin_log
    action_time DateTimeField default=now
    user ForeignKey @user
    content_type ForeignKey contenttypes.ContentType blank=True null=True
    object_id TextField blank=True null=True
    object_repr CharField max_length=200
    action_flag PositiveSmallIntegerField
    change_message TextField blank=True
    manager objects

model django.contrib.redirects.models.Redirect = redirects.Redirect
    table django_redirect
    site ForeignKey sites.Site
    old_path CharField max_length=200 db_index=True
    new_path CharField max_length=200 blank=True

model django.contrib.flatpages.models.FlatPage = flatpages.FlatPage
    table django_flatpage
    url CharField max_length=100 db_index=True
    title CharField max_length=200
    content TextField blank=True
    enable_comments BooleanField default=False
    template_name CharField max_length=70 blank=True
    registration_required BooleanField default=False
    sites ManyToManyField sites.Site
"""
