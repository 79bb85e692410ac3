"""The only writer of the material of a quarter."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from bulletins.models import QuarterPackage
from bulletins.packages import contents_of
from bulletins.papers.packages import PACKAGE_KIND, package_context, package_title
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.access.visibility import Visibility
from foundations.audit.actor import Actor, User
from foundations.audit.trail import action, record
from foundations.calendars.terms import Per, Term
from mechanisms.models import Mechanism
from members.models import Organization
from services.documents import actions as documents
from services.documents.models import OfficialDocument
from services.documents.states import DocumentState


@action
def make_package(
    mechanism_id: int, *, actor: Actor, at: datetime, organization_id: int, year: int, quarter: int
) -> QuarterPackage:
    """Issue the material of a quarter as a paper, in the place of the one made before.

    Raises RuleBroken: "future_quarter" (field quarter), "nothing" when the body owes
    nothing in this institution.
    """
    mechanism = Mechanism.objects.select_related("jurisdiction").get(pk=mechanism_id)
    owner = Organization.objects.select_for_update(of=("self",)).get(pk=organization_id)
    package = package_for(mechanism, owner, year, quarter)
    policy_for(QuarterPackage).require(actor, "make", package)
    on = timezone.localdate(at)
    if package.term.first_on > on:
        message = _("%(quarter)s has not begun yet.") % {"quarter": package.term.label}
        raise RuleBroken("future_quarter", message, "quarter")
    if not owner.owes.filter(mechanism=mechanism).exists():
        message = _("“%(unit)s” owes no matter in this institution.")
        raise RuleBroken("nothing", message % {"unit": owner.short_name})
    package.made_on, package.by = on, actor
    package.store()
    held = contents_of(package)
    _issue(package, package_context(package, held, on), actor, at)
    lines = len(held.lines)
    record(actor, "bulletins.package.made", package, quarter=package.term.label, lines=lines)
    return package


@action
def note_export(*, actor: User, package: QuarterPackage) -> None:
    """Somebody takes the table of a quarter away as a file."""
    unit = package.organization.short_name
    record(actor, "bulletins.package.exported", actor, quarter=package.term.label, unit=unit)


def package_for(
    mechanism: Mechanism, owner: Organization, year: int, quarter: int
) -> QuarterPackage:
    """The package of the quarter, or one that is not stored yet."""
    rows = QuarterPackage.objects.filter(mechanism=mechanism, organization=owner)
    found = rows.filter(year=year, quarter=quarter).select_related("jurisdiction").first()
    return found or QuarterPackage(
        jurisdiction=mechanism.jurisdiction,
        mechanism=mechanism,
        organization=owner,
        year=year,
        quarter=quarter,
    )


def paper_of(package: QuarterPackage) -> OfficialDocument | None:
    """Its paper as it stands."""
    gone = (DocumentState.VOIDED, DocumentState.REPLACED, DocumentState.DRAFT)
    papers = OfficialDocument.objects.about(package).exclude(state__in=gone)
    return papers.order_by("-pk").first()


def quarter_before(day: date) -> Term:
    """The quarter that is put together on a day: the one that has ended."""
    return Term.around(Per.QUARTER, day).before


def _issue(package: QuarterPackage, context: dict, actor: Actor, at: datetime) -> None:
    before = paper_of(package)
    paper = documents.draft(
        PACKAGE_KIND,
        package,
        actor=actor,
        organization=package.organization,
        jurisdiction=package.jurisdiction,
        title=package_title(package),
        context=context,
        visibility=Visibility.JOINT,
        replaces=before,
    )
    documents.issue(paper.pk, actor=actor, on=timezone.localdate(at), at=at)
