"""Supervision: urged by level (YN-38, CX-23, WJ-18)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from foundations.audit.trail import history_of
from foundations.notifications.models import Notice
from mechanisms.models import MechanismVersion
from services.deadlines.models import DeadlineState
from services.documents.models import OfficialDocument
from suggestions.actions.letters import withdraw_letter
from suggestions.models import Suggestion, Supervision
from suggestions.states import SupervisionState, UrgingLevel
from tests.letters import DUE, addressee, moment
from tests.urging import ANSWER_BY, EARLY, limit_of, served, urge


@pytest.fixture
def late(city):
    """The city's agency, served, whose reply has been due for a week on `LATE`."""
    return served(city, addressee(city))


class TestUrging:
    def test_an_urging_letter_has_its_paper_its_limit_and_its_reader(self, city, late):
        measure = urge(city, late)

        assert (measure.by_organization.key, measure.state) == ("court", SupervisionState.OPEN)
        assert measure.reason == "应于 2026-11-30 前回复，未见回复，已逾期 7 日。"
        limit = limit_of(measure)
        assert (limit.rule, limit.due_on, limit.owed_by.key) == ("URGE", ANSWER_BY, "agency")
        paper = OfficialDocument.objects.about(measure).get()
        assert (paper.kind, paper.state) == ("urging_letter", "issuing")
        told = Notice.objects.filter(recipient=city.users["agency_contact"], reason="urged")
        assert told.get().subject == measure
        assert [entry.action for entry in history_of(measure)] == ["suggestions.supervision.urged"]

    @pytest.mark.parametrize(
        ("by", "copies", "sender"),
        [
            pytest.param("court_officer", (), "court", id="the issuer"),
            pytest.param("gov_officer", ("justice",), "justice", id="who was copied and may"),
        ],
    )
    def test_who_urges(self, city, by, copies, sender):
        one = served(city, addressee(city, copies=copies))

        assert urge(city, one, by=by).by_organization.key == sender

    @pytest.mark.parametrize(
        ("by", "copies"),
        [
            pytest.param("gov_officer", (), id="who was not copied"),
            pytest.param("agency_contact", ("justice",), id="the unit itself"),
            pytest.param("court_convenor", ("justice",), id="a leader of the issuer"),
        ],
    )
    def test_nobody_else_urges(self, city, by, copies):
        one = served(city, addressee(city, copies=copies))

        with pytest.raises(PermissionDenied):
            urge(city, one, by=by)

        assert not Supervision.objects.exists()

    def test_the_number_comes_from_the_series_of_the_sender(self, city, late):
        version = MechanismVersion.objects.get(mechanism=city.mechanism)
        version.source["suggestions"]["letter_series"] = {"court": "court-letter"}
        version.save()

        measure = urge(city, late)

        assert measure.number == "试法函〔2026〕1号"
        assert OfficialDocument.objects.about(measure).get().number == measure.number

    def test_where_there_is_no_series_the_number_is_typed_and_put_right(self, city, late):
        measure = urge(city, late, number="试法督(2026)3号")

        assert measure.number == "试法督〔2026〕3号"
        assert (
            OfficialDocument.objects.about(measure).get().context["own_number"] == measure.number
        )

    def test_a_typed_number_is_given_once(self, city, late):
        urge(city, late, number="试法督〔2026〕3号")

        with pytest.raises(RuleBroken) as refused:
            urge(city, late, level=UrgingLevel.KEY, number="试法督(2026)3号")

        assert (refused.value.code, refused.value.field) == ("number_taken", "number")
        assert Supervision.objects.get().state == SupervisionState.OPEN

    def test_copies_see_the_letter_from_then_on(self, city):
        one = served(city, addressee(city, copies=()))
        officer = city.users["gov_officer"]
        assert not visible_to(officer, Suggestion).exists()

        measure = urge(city, one, copied_to=[city.organizations["justice"].pk])

        assert visible_to(officer, Suggestion).get() == one.suggestion
        assert visible_to(officer, Supervision).get() == measure
        assert Notice.objects.filter(recipient=officer, reason="copied").exists()

    @pytest.mark.parametrize(
        ("given", "code", "field"),
        [
            pytest.param({"at": EARLY}, "nothing_late", "reason", id="nothing is late"),
            pytest.param({"due_on": date(2026, 12, 7)}, "due_past", "due_on", id="due today"),
            pytest.param({"copied_to": [999]}, "wrong_unit", "copied_to", id="an unknown unit"),
        ],
    )
    def test_what_is_refused(self, city, late, given, code, field):
        with pytest.raises(RuleBroken) as refused:
            urge(city, late, **given)

        assert (refused.value.code, refused.value.field) == (code, field)
        assert not Supervision.objects.exists()

    def test_before_anything_is_late_with_a_reason(self, city, late):
        measure = urge(city, late, at=EARLY, reason="市领导批示加快办理。")

        assert measure.reason == "市领导批示加快办理。"

    @pytest.mark.parametrize("day", [DUE, date(2026, 12, 1)])
    def test_late_from_the_day_after_the_last_day(self, city, late, day):
        if day == DUE:
            with pytest.raises(RuleBroken, match="没有逾期事项"):
                urge(city, late, at=moment(day))
        else:
            assert "已逾期 1 日" in urge(city, late, at=moment(day)).reason

    def test_what_is_closed_is_not_urged(self, city, late):
        withdraw_letter(
            late.suggestion_id, actor=city.users["court_officer"], at=EARLY, reason="重复制发"
        )

        with pytest.raises(RuleBroken) as refused:
            urge(city, late, reason="催办")

        assert refused.value.code == "not_running"


class TestLevels:
    def test_a_level_rises_and_the_earlier_letter_is_followed(self, city, late):
        first = urge(city, late)
        second = urge(city, late, level=UrgingLevel.LISTED)

        first.refresh_from_db()
        assert first.state == SupervisionState.CLOSED
        assert "挂牌" in first.outcome
        assert limit_of(first).state == DeadlineState.CANCELLED
        assert limit_of(second).state == DeadlineState.OPEN

    def test_a_level_does_not_fall(self, city, late):
        urge(city, late, level=UrgingLevel.KEY)

        with pytest.raises(RuleBroken) as refused:
            urge(city, late, by="gov_officer", level=UrgingLevel.GENERAL)

        assert (refused.value.code, refused.value.field) == ("level_falls", "level")

    def test_the_same_twice_by_two_clicks(self, city, late):
        urge(city, late)

        with pytest.raises(RuleBroken) as refused:
            urge(city, late)

        assert refused.value.code == "urged_already"
        assert Supervision.objects.count() == 1

    def test_once_more_after_its_day_has_passed(self, city, late):
        urge(city, late)

        again = urge(city, late, at=moment(date(2026, 12, 15)), due_on=date(2026, 12, 21))

        assert again.level == UrgingLevel.GENERAL
