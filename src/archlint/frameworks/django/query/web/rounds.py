"""The loops of Django's feeds and sitemaps.

https://docs.djangoproject.com/en/5.2/ref/contrib/syndication/#feed-class-reference
https://docs.djangoproject.com/en/5.2/ref/contrib/sitemaps/#sitemap-class-reference
"""

from __future__ import annotations

from archlint.project.flow.semantics import Round

_OF_ITEM = (
    "title",
    "description",
    "link",
    "guid",
    "guid_is_permalink",
    "author_name",
    "author_email",
    "author_link",
    "pubdate",
    "updateddate",
    "categories",
    "comments",
    "copyright",
    "enclosures",
    "enclosure_url",
    "enclosure_length",
    "enclosure_mime_type",
    "extra_kwargs",
)

ROUNDS = {
    "django.contrib.syndication.views.Feed": Round(
        "items",
        tuple([f"item_{name}" for name in _OF_ITEM]),
        (("item_title", "str"), ("item_description", "str"), ("item_link", "get_absolute_url")),
    ),
    "django.contrib.sitemaps.Sitemap": Round(
        "items",
        ("location", "lastmod", "changefreq", "priority", "get_languages_for_item"),
        (("location", "get_absolute_url"),),
    ),
}
"""By the class of Django's."""
