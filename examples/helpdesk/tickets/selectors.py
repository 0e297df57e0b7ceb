"""Questions about tickets."""

from django.db.models import QuerySet

from tickets.forms import SearchForm
from tickets.models import Ticket


def open_tickets(search: SearchForm) -> QuerySet[Ticket]:
    """Open tickets that match a search, with their agents."""
    found = Ticket.objects.filter(closed_at__isnull=True).select_related("agent")
    if search.is_valid() and search.cleaned_data["words"]:
        found = found.filter(subject__icontains=search.cleaned_data["words"])
    return found.order_by("opened_at")
