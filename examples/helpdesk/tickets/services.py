"""What happens to tickets."""

from django.db import transaction
from django.utils import timezone

from accounts.selectors import least_busy
from tickets.models import Ticket


@transaction.atomic
def open_ticket(ticket: Ticket) -> Ticket:
    """Give a new ticket to whoever has the least to do."""
    ticket.agent = least_busy(ticket.team)
    ticket.save()
    return ticket


def close_ticket(ticket: Ticket) -> None:
    """Close a ticket. Closing it twice changes nothing."""
    if ticket.closed_at is None:
        ticket.closed_at = timezone.now()
        ticket.save(update_fields=["closed_at"])
