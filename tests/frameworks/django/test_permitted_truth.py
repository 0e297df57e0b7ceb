"""REST framework asks the permissions of a view about the very object that its `get_object()` finds."""

from .real import real
from .test_database_truth import PREPARE

POSTS = {
    "blog/models.py": """
from django.db import models

class Post(models.Model):
    title = models.CharField(max_length=80)
    author_id = models.IntegerField(default=1)
""",
    "blog/api.py": """
from rest_framework import permissions, serializers, viewsets
from blog.models import Post

class Owns(permissions.BasePermission):
    def has_object_permission(self, request, view, obj):
        return obj.{attribute} == 1

class PostSerializer(serializers.ModelSerializer):
    class Meta:
        model = Post
        fields = ["title"]

class Posts(viewsets.ModelViewSet):
    queryset = Post.objects.all()
    serializer_class = PostSerializer
    permission_classes = [permissions.AllowAny & Owns]
""",
}

ASKED = """
from rest_framework.test import APIRequestFactory
from blog.api import Posts
from blog.models import Post

post = Post.objects.create(title="a")
view = Posts.as_view({"get": "retrieve"})
said = outcome(lambda: view(APIRequestFactory().get("/"), pk=post.pk))
"""


def test_permissions_are_asked_about_the_object_of_the_view(tmp_path):
    projects = {
        attribute: {path: text.replace("{attribute}", attribute) for path, text in POSTS.items()}
        for attribute in ("author_id", "owner_id")
    }
    found = real(projects, tmp_path, PREPARE + ASKED)
    assert found == {"author_id": ["ran"], "owner_id": ["AttributeError"]}
