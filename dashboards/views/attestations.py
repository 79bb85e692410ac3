from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from dashboards import actions
from dashboards.forms import AttestationForm, WithdrawForm
from dashboards.models import Attestation
from dashboards.policy import may_attest
from dashboards.views.compliance import find_judged
from foundations.access.acts import Act, page
from foundations.access.form_pages import filled, form_page, page_of_form, sent
from foundations.access.policy import policy_for, visible_to
from foundations.access.requests import SignedInRequest
from mechanisms.bearers import Bearers
from mechanisms.models import Mechanism, Provision
from mechanisms.queries import provision
from members.models import Organization
from members.standing import standing
from services.documents.attachments import attachments_of
from services.documents.models import OfficialDocument
from services.documents.states import DocumentState


@page_of_form
@login_required
def attest(request: SignedInRequest, key: str, number: str) -> HttpResponse:
    mechanism = find_judged(request, key)
    today = timezone.localdate()
    clause = provision(mechanism, number, today)
    if clause is None:
        raise Http404("The text has no such clause.")
    if not may_attest(request.user, mechanism, clause):
        raise PermissionDenied("attest")
    units = _units(request, mechanism, clause)
    given = {"units": units, "papers": _papers(request, mechanism)}
    form = filled(request, AttestationForm, given, on=today, organization=units.first())
    target = {"mechanism_id": mechanism.pk, "number": number}
    back = f"{_page(mechanism)}#{number}"
    if sent(request, form, actions.attest, **target):
        messages.success(request, _("The clause is attested."))
        return redirect(back)
    earlier = visible_to(request.user, Attestation).of(mechanism, number)
    return form_page(
        request,
        "dashboards/attest.html",
        form,
        title=_("Attest a clause"),
        verb=_("Attest"),
        back=back,
        clause=clause,
        earlier=earlier.select_related("organization"),
    )


def _page(mechanism: Mechanism) -> str:
    return redirect("dashboards:compliance", mechanism.key).url


def _units(
    request: SignedInRequest, mechanism: Mechanism, clause: Provision
) -> QuerySet[Organization]:
    """For whom the reader may answer: the own units of the sides that owe the clause."""
    mine = standing(request.user)
    sides = Bearers(mechanism).sides(clause.duty_bearers)
    return Organization.objects.filter(pk__in=mine.organizations, side__in=sides).order_by(
        "order", "pk"
    )


def _papers(request: SignedInRequest, mechanism: Mechanism) -> QuerySet[OfficialDocument]:
    seen: QuerySet[OfficialDocument] = visible_to(request.user, OfficialDocument)
    issued = seen.filter(jurisdiction=mechanism.jurisdiction, state=DocumentState.ISSUED)
    return issued.order_by("-issued_on", "-pk")


@require_GET
@login_required
def attestation(request: SignedInRequest, public_id: str) -> HttpResponse:
    rows = visible_to(request.user, Attestation).select_related(
        "mechanism__jurisdiction", "organization", "attested_by", "document"
    )
    found = get_object_or_404(rows, public_id=public_id)
    today = timezone.localdate()
    paper = found.document
    if paper and not policy_for(OfficialDocument).sees(request.user, paper):
        paper = None
    may = policy_for(Attestation).can(request.user, "withdraw", found)
    context = {
        "attestation": found,
        "mechanism": found.mechanism,
        "clause": provision(found.mechanism, found.provision, found.on),
        "paper": paper,
        "files": attachments_of(found),
        "holds": found.holds_on(today),
        "may_withdraw": may and found.withdrawn_on is None,
    }
    return render(request, "dashboards/attestation.html", context)


withdraw = page(
    Act(
        model=Attestation,
        key="attestation_id",
        form=WithdrawForm,
        action=actions.withdraw_attestation,
        title=gettext_lazy("Take an attestation back"),
        label=gettext_lazy("Take back"),
        done=gettext_lazy("The attestation is taken back."),
        verb="withdraw",
        choices=None,
        days=("on",),
        related=("mechanism__jurisdiction",),
    )
)
