"""Tickets."""

from django.conf import settings
from django.db import models


class Ticket(models.Model):
    """What somebody needs help with."""

    subject = models.CharField(max_length=120)
    body = models.TextField()
    team = models.CharField(max_length=40)
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="tickets"
    )

    def close(self) -> None:
        """Close the ticket and tell everybody."""
        from tickets.services import close_ticket

        close_ticket(self)
