"""The models of a Django project, as the ORM will see them."""
