"""Questions about agents."""

from django.db.models import Count, Q

from accounts.models import Agent


def least_busy(team: str) -> Agent | None:
    """The agent of a team with the fewest open tickets."""
    is_open = Q(tickets__closed_at__isnull=True)
    return Agent.objects.filter(team=team).annotate(load=Count("tickets", filter=is_open)).order_by("load").first()
