"""What the page of a dispute is made of: each part gives its own section."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Dispute
from cases.views import checklist, course, hearings, intake, lead, papers, parties, settling
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
            Section(intake.intake_section, "cases/_intake.html", beside=True),
        ),
    ),
    Tab("related", _("Related"), (Section(course.related_section, "cases/_related.html"),)),
    Tab("log", _("What happened"), (Section(course.log_section, "cases/_log.html"),)),
)


def tab_of(key: str) -> Tab | None:
    return next((tab for tab in TABS if tab.key == key and tab.sections), None)
