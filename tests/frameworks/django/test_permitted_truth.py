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


OWN = """
    def get_object(self):
        return {found}
"""


def test_a_method_of_the_view_itself_asks_nobody(tmp_path):
    post = "Post.objects.get(pk=self.kwargs['pk'])"
    asking = f"self.check_object_permissions(self.request, post := {post}) or post"
    projects = {
        how: {
            path: text.replace("{attribute}", "owner_id")
            + (OWN.replace("{found}", found) if "api" in path else "")
            for path, text in POSTS.items()
        }
        for how, found in (("silent", post), ("asking", asking))
    }
    found = real(projects, tmp_path, PREPARE + ASKED)
    assert found == {"silent": ["ran"], "asking": ["AttributeError"]}
