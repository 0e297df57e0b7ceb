"""What Django says of a settings module that is not there."""

import pytest
from django.conf import Settings


def test_a_module_that_is_not_there():
    with pytest.raises(ModuleNotFoundError, match="production"):
        Settings("tests.frameworks.django.production")
