"""The people who answer."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class Agent(AbstractUser):
    """Somebody who answers tickets."""

    team = models.CharField(max_length=40, blank=True)
