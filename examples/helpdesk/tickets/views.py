"""Tickets on the web."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from .forms import NewTicketForm, SearchForm
from .selectors import open_tickets
from .services import open_ticket


def index(request: HttpRequest) -> HttpResponse:
    """Open tickets."""
    search = SearchForm(request.GET)
    return render(request, "tickets/index.html", {"search": search, "tickets": open_tickets(search)})


def new(request: HttpRequest) -> HttpResponse:
    """A form for a new ticket."""
    form = NewTicketForm(request.POST or None)
    if form.is_valid():
        open_ticket(form.save(commit=False))
        return redirect("/tickets/")
    return render(request, "tickets/new.html", {"form": form})
