"""What the page of a dispute is made of: each part gives its own section."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Dispute
from cases.views import (
    checklist,
    coordination,
    course,
    defence,
    hearings,
    inquiries,
    intake,
    lead,
    outcomes,
    papers,
    parties,
    performance,
    risk,
    settling,
    visits,
)
from foundations.access.requests import SignedInRequest

Made = Callable[[SignedInRequest, Dispute], dict]


@dataclass(frozen=True)
class Section:
    """`make` gives the context of `template`; `beside` puts it into the narrow column."""

    make: Made
    template: str
    beside: bool = False


@dataclass(frozen=True)
class Tab:
    """A tab is offered where it has sections."""

    key: str
    name: str | Promise
    sections: tuple[Section, ...] = field(default=())


# A part adds one line to its tab; the order here is the order on the page.
TABS = (
    Tab(
        "",
        _("Course"),
        (
            Section(course.procedures_section, "cases/_procedures.html"),
            Section(hearings.hearings_section, "cases/_hearings.html"),
            Section(course.limits_section, "cases/_limits.html", beside=True),
            Section(coordination.contacts_section, "cases/_contacts.html", beside=True),
        ),
    ),
    Tab(
        "parties",
        _("Parties"),
        (
            Section(parties.parties_section, "cases/_parties.html"),
            Section(lead.lead_section, "cases/_lead.html"),
            Section(course.parts_section, "cases/_parts.html"),
        ),
    ),
    Tab("papers", _("Papers"), (Section(papers.papers_section, "cases/_papers.html"),)),
    Tab(
        "settling",
        _("Settling"),
        (
            Section(checklist.checklist_section, "cases/_checklist.html"),
            Section(settling.mediation_section, "cases/_mediation.html"),
            Section(settling.plans_section, "cases/_plans.html"),
            Section(settling.help_section, "cases/_help.html"),
            Section(coordination.coordination_section, "cases/_coordinations.html"),
            Section(inquiries.inquiries_section, "cases/_inquiries.html"),
            Section(defence.defence_section, "cases/_defence.html"),
            Section(risk.rating_section, "cases/_rating.html", beside=True),
            Section(performance.performance_section, "cases/_performance.html"),
            Section(visits.visits_section, "cases/_visits.html"),
            Section(intake.intake_section, "cases/_intake.html", beside=True),
        ),
    ),
    Tab(
        "related",
        _("Related"),
        (
            Section(course.related_section, "cases/_related.html"),
            Section(outcomes.outcomes_section, "cases/_outcomes.html"),
            Section(coordination.transfers_section, "cases/_transfers.html"),
        ),
    ),
    Tab("log", _("What happened"), (Section(course.log_section, "cases/_log.html"),)),
)


def tab_of(key: str) -> Tab | None:
    return next((tab for tab in TABS if tab.key == key and tab.sections), None)
