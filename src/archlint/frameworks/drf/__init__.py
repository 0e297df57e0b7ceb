"""Django REST framework: routers, views and serializers."""
