"""Papers to bodies above, and declarations: owed, written, sent; read by few."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from foundations.audit.models import AuditEntry
from members.models import RoleBinding
from members.states import Role
from returns.actions import declarations, reports
from returns.models import Declaration, UpwardReport
from returns.states import DeclarationKind, UpwardKind
from services.deadlines.models import Deadline, DeadlineState
from services.documents.rendering.papers import html_of
from tests.clauses import provision
from tests.handing_in import TODAY, WORDS, acting, declaration, report
from tests.letters import moment

LATER = moment(TODAY, 15)


@pytest.mark.parametrize(
    ("months", "term", "due"),
    [
        pytest.param(12, "2026年度", "2026-12-31", id="yearly"),
        pytest.param(6, "2026年下半年", "2026-12-31", id="half-yearly"),
        pytest.param(1, "2026年11月", "2026-11-30", id="monthly"),
    ],
)
def test_what_a_clause_asks_for_is_opened_once_a_term(city, months, term, due):
    provision(
        city,
        "report_deadline",
        "upward_report",
        number="T-3",
        bearers=["justice"],
        every_months=months,
    )

    made = reports.open_reports(on=TODAY)
    again = reports.open_reports(on=TODAY)

    row = UpwardReport.objects.get()
    assert (made.made, again.made) == (1, 0)
    assert (row.term.label, row.due_on.isoformat(), row.state) == (term, due, "owed")
    assert Deadline.objects.about(row).get().due_on == row.due_on


def test_what_is_owed_is_written_and_sent_and_answered(city):
    provision(
        city,
        "report_deadline",
        "upward_report",
        number="T-3",
        bearers=["justice"],
        every_months=12,
    )
    reports.open_reports(on=TODAY)
    row = UpwardReport.objects.get()
    officer = acting(city, "gov_officer")

    reports.write_report(row.pk, **officer, words=reports.ReportWords(**WORDS))
    sent = reports.issue_report(row.pk, **officer, on=TODAY)

    paper = reports.paper_of(sent)
    assert (paper.kind, paper.number) == ("upward_report", "试司发〔2026〕12号")
    assert [table["title"] for table in sent.figures] == [
        "行政复议案件办理情况",
        "行政复议决定履行情况",
    ]
    assert Deadline.objects.about(row).get().state == DeadlineState.MET
    answered = reports.note_answer(row.pk, **officer, on=TODAY, answer="已阅。")
    assert answered.state == "answered"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param({"to": " "}, "no_addressee", id="to nobody"),
        pytest.param({"signer": " "}, "no_signer", id="signed by nobody"),
        pytest.param({"text": " "}, "no_text", id="empty"),
    ],
)
def test_a_paper_that_is_not_whole_is_not_sent(city, words, code):
    row = report(city, **words)

    with pytest.raises(RuleBroken) as broken:
        reports.issue_report(row.pk, **acting(city, "gov_officer"), on=TODAY)

    assert broken.value.code == code


@pytest.mark.parametrize(
    ("kind", "closing", "contact"),
    [(UpwardKind.REPORT, "特此报告。", False), (UpwardKind.REQUEST, "妥否，请批示。", True)],
)
def test_the_paper_has_the_upward_form(city, kind, closing, contact):
    paper = reports.paper_of(report(city, kind=kind))

    said = html_of(paper.kind, paper.context)

    assert "签发人：" in said
    assert "王　彬" in said
    assert closing in said
    assert ("联系人及电话" in said) is contact


def test_only_the_own_unit_reads_and_writes(city):
    row = report(city)

    assert visible_to(city.users["gov_deputy"], UpwardReport).exists()
    assert not visible_to(city.users["court_officer"], UpwardReport).exists()
    with pytest.raises(PermissionDenied):
        reports.issue_report(row.pk, **acting(city, "gov_deputy"), on=TODAY)


def test_the_pages_lead_from_the_draft_to_the_paper(city, as_user):
    with time_machine.travel(LATER, tick=False):
        client = as_user(city.users["gov_officer"])
        form = client.get(reverse("returns:report-new"))
        made = client.post(
            reverse("returns:report-new"),
            {
                **WORDS,
                "kind": "report",
                "organization": city.organizations["justice"].public_id,
                "form_token": form.context["form"]["form_token"].value(),
            },
        )
        row = UpwardReport.objects.get()
        page = client.get(row.get_absolute_url()).content.decode()
        sent = client.post(
            reverse("returns:report-issue", args=[row.public_id]),
            {"on": "2026-11-23", "number": row.number, "version": row.version},
        )

    assert made.status_code == 302
    assert "预览" in page
    assert sent.status_code == 302
    row.refresh_from_db()
    assert row.state == "issued"


@pytest.mark.parametrize(
    ("who", "seen"),
    [("gov_officer", True), ("gov_deputy", True), ("recorder", False), ("court_officer", False)],
)
def test_a_declaration_is_read_by_its_author_and_the_leaders(city, as_user, who, seen):
    row = declaration(city)

    with time_machine.travel(LATER, tick=False):
        page = as_user(city.users[who]).get(row.get_absolute_url())

    assert page.status_code == (200 if seen else 404)
    reading = AuditEntry.objects.filter(action="returns.declaration.read")
    assert reading.exists() is seen


def test_the_trail_keeps_no_word_of_it(city):
    declaration(city)

    entry = AuditEntry.objects.get(action="returns.declaration.given")
    assert "办案纪律" not in entry.body
    assert entry.data["text_digest"]


def test_a_leader_notes_it_as_read_and_nobody_the_own_one(city):
    row = declaration(city)

    read = declarations.note_read(row.pk, **acting(city, "gov_deputy"))

    assert read.seen_by == city.users["gov_deputy"]
    RoleBinding.objects.filter(user=city.users["gov_officer"]).update(role=Role.LEADER)
    own = declaration(city, year=2025)
    with pytest.raises(PermissionDenied):
        declarations.note_read(own.pk, **acting(city, "gov_officer"))


@pytest.mark.parametrize(
    ("words", "code", "field"),
    [
        pytest.param({}, "given_already", "year", id="twice a year"),
        pytest.param({"kind": DeclarationKind.RECUSAL}, "no_procedure", "procedure", id="of what"),
        pytest.param({"year": 2025, "on": date(2026, 12, 1)}, "future", "on", id="to come"),
    ],
)
def test_declarations_that_are_refused(city, words, code, field):
    declaration(city)

    with pytest.raises(RuleBroken) as broken:
        declaration(city, **words)

    assert (broken.value.code, broken.value.field) == (code, field)
    assert Declaration.objects.count() == 1
