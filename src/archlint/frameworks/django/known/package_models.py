"""Models and bases of models from the usual packages around Django."""

from __future__ import annotations

TABLE = """
abstract model_utils.models.TimeStampedModel
    created DateTimeField default=now
    modified DateTimeField default=now

abstract model_utils.models.UUIDModel
    id UUIDField primary_key=True default=uuid4

abstract model_utils.models.SoftDeletableModel
    is_removed BooleanField default=False
    manager available_objects
    manager objects
    manager all_objects

abstract model_utils.models.TimeFramedModel
    start DateTimeField blank=True null=True
    end DateTimeField blank=True null=True
    manager timeframed

abstract model_utils.models.StatusModel open
    status CharField max_length=100
    status_changed DateTimeField default=now

abstract django_extensions.db.models.TimeStampedModel
    created DateTimeField auto_now_add=True
    modified DateTimeField auto_now=True

abstract django_extensions.db.models.TitleDescriptionModel
    title CharField max_length=255
    description TextField blank=True null=True

abstract django_extensions.db.models.TitleSlugDescriptionModel (TitleDescriptionModel)
    slug SlugField blank=True

abstract django_extensions.db.models.ActivatorModel
    status IntegerField default=1
    activate_date DateTimeField blank=True null=True
    deactivate_date DateTimeField blank=True null=True
    manager objects

abstract mptt.models.MPTTModel
    lft PositiveIntegerField
    rght PositiveIntegerField
    tree_id PositiveIntegerField
    level PositiveIntegerField
    manager objects

abstract polymorphic.models.PolymorphicModel open
    polymorphic_ctype ForeignKey contenttypes.ContentType null=True related_name=+
    manager objects

abstract treebeard.models.Node open

abstract treebeard.mp_tree.MP_Node (Node)
    path CharField max_length=255 unique=True
    depth PositiveIntegerField
    numchild PositiveIntegerField default=0
    manager objects

abstract treebeard.ns_tree.NS_Node (Node)
    lft PositiveIntegerField
    rgt PositiveIntegerField
    tree_id PositiveIntegerField
    depth PositiveIntegerField
    manager objects

abstract treebeard.al_tree.AL_Node (Node)
    manager objects

abstract ordered_model.models.OrderedModelBase
    manager objects

abstract ordered_model.models.OrderedModel (OrderedModelBase)
    order PositiveIntegerField

abstract tree_queries.models.TreeNode open
    parent ForeignKey self blank=True null=True related_name=children
    manager objects

abstract parler.models.TranslatableModel open
    manager objects

abstract parler.models.TranslatedFieldsModel open

abstract modelcluster.models.ClusterableModel open

abstract guardian.models.UserObjectPermissionBase open
    permission ForeignKey auth.Permission
    user ForeignKey @user

abstract guardian.models.GroupObjectPermissionBase open
    permission ForeignKey auth.Permission
    group ForeignKey auth.Group

abstract oauth2_provider.models.AbstractApplication open
abstract oauth2_provider.models.AbstractAccessToken open
abstract oauth2_provider.models.AbstractRefreshToken open
abstract oauth2_provider.models.AbstractGrant open
abstract oauth2_provider.models.AbstractIDToken open
abstract simple_history.models.HistoricalChanges open
abstract solo.models.SingletonModel
    manager objects
abstract safedelete.models.SafeDeleteModel open
    deleted DateTimeField null=True
abstract taggit.models.TagBase open
    name CharField max_length=100 unique=True
    slug SlugField max_length=100 unique=True
abstract taggit.models.ItemBase open
abstract taggit.models.GenericTaggedItemBase open
abstract taggit.models.TaggedItemBase open
abstract wagtail.images.models.AbstractImage open
abstract wagtail.images.models.AbstractRendition open
abstract wagtail.documents.models.AbstractDocument open
abstract wagtail.contrib.settings.models.BaseSiteSetting open
abstract wagtail.contrib.settings.models.BaseGenericSetting open
abstract wagtail.contrib.forms.models.AbstractFormField open
abstract wagtail.models.Orderable
    sort_order IntegerField null=True blank=True
abstract wagtail.models.DraftStateMixin open
abstract wagtail.models.RevisionMixin open
abstract wagtail.models.LockableMixin open
abstract wagtail.models.PreviewableMixin open
abstract wagtail.models.WorkflowMixin open
abstract wagtail.models.TranslatableMixin open
model wagtail.models.Page = wagtailcore.Page open
    title CharField max_length=255
    slug SlugField max_length=255
model wagtail.models.Site = wagtailcore.Site open
model wagtail.models.Locale = wagtailcore.Locale open
model wagtail.models.Collection = wagtailcore.Collection open
model wagtail.images.models.Image = wagtailimages.Image open
model wagtail.documents.models.Document = wagtaildocs.Document open
model cms.models.CMSPlugin = cms.CMSPlugin open
model cms.models.Page = cms.Page open
model taggit.models.Tag = taggit.Tag open
model taggit.models.TaggedItem = taggit.TaggedItem open

model rest_framework.authtoken.models.Token = authtoken.Token
    key CharField max_length=40 primary_key=True
    user OneToOneField @user related_name=auth_token
    created DateTimeField auto_now_add=True
"""
