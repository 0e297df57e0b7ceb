"""What people may send."""

from django import forms

from tickets.models import Ticket


class TicketForm(forms.ModelForm):
    """A new ticket."""

    class Meta:
        model = Ticket
        fields = ["subject", "body", "team"]


class SearchForm(forms.Form):
    """Which tickets to list."""

    words = forms.CharField(required=False)
