"""Supervision: urged by level, answered, talked, ordered, settled (YN-38, CX-23, WJ-18)."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from foundations.audit.trail import history_of
from foundations.notifications.models import Notice
from mechanisms.models import MechanismVersion
from members.models import Succession
from services.deadlines.models import Deadline, DeadlineState
from services.documents.models import OfficialDocument
from suggestions.actions import supervision as actions
from suggestions.actions.letters import withdraw_letter
from suggestions.actions.replies import PositionWords, ReplyWords, reply
from suggestions.actions.service import readdress, serve
from suggestions.models import Suggestion, Supervision
from suggestions.states import Attitude, MeasureKind, SupervisionState, UrgingLevel
from suggestions.views.supervision import supervision_section
from tests.letters import DUE, SERVED, addressee, agencies, letter, moment, unit

LATE = moment(date(2026, 12, 7))
"""A week after the last day for the reply."""
EARLY = moment(date(2026, 11, 2))
ANSWER_BY = date(2026, 12, 14)


@pytest.fixture
def late(city):
    """The city's agency, served, whose reply has been due for a week on `LATE`."""
    return served(city, addressee(city))


def served(city, one):
    serve(
        one.pk,
        actor=city.users["court_officer"],
        at=moment(SERVED, 17),
        on=SERVED,
        mode="electronic",
    )
    one.refresh_from_db()
    assert one.reply_due_on == DUE
    return one


def urge(city, one, *, by="court_officer", at=LATE, **changes) -> Supervision:
    given = {"kind": MeasureKind.URGING, "level": UrgingLevel.GENERAL, "due_on": ANSWER_BY}
    return actions.urge(one.pk, actor=city.users[by], at=at, **{**given, **changes})


def limit_of(measure) -> Deadline:
    return Deadline.objects.about(measure).get()


def answers(one, **changes):
    positions = tuple(
        PositionWords(problem.order, Attitude.ACCEPTED)
        for problem in one.suggestion.problems.all()
    )
    return ReplyWords(positions=positions, text="已研究采纳。", **changes)


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


class TestAnswers:
    def test_the_unit_answers_and_who_urged_settles(self, city, late):
        measure = urge(city, late)

        actions.answer(measure.pk, actor=city.users["agency_contact"], at=LATE, text="正在办理")
        actions.settle(measure.pk, actor=city.users["court_officer"], at=LATE, outcome="已答复")

        measure.refresh_from_db()
        assert (measure.state, measure.record, measure.outcome) == ("closed", "正在办理", "已答复")
        assert limit_of(measure).state == DeadlineState.MET
        assert Notice.objects.filter(recipient=city.users["court_officer"], reason="answered")

    def test_an_answer_after_its_day_is_late(self, city, late):
        measure = urge(city, late)
        at = moment(date(2026, 12, 16))

        actions.answer(measure.pk, actor=city.users["agency_contact"], at=at, text="已办理")

        assert limit_of(measure).state == DeadlineState.MET_LATE

    @pytest.mark.parametrize(
        ("act", "by", "given"),
        [
            pytest.param("answer", "court_officer", {"text": "代答"}, id="the sender answers"),
            pytest.param("settle", "agency_contact", {"outcome": "算了"}, id="the unit settles"),
            pytest.param("settle", "gov_officer", {"outcome": "算了"}, id="another settles"),
        ],
    )
    def test_nobody_else(self, city, late, act, by, given):
        measure = urge(city, late)

        with pytest.raises(PermissionDenied):
            getattr(actions, act)(measure.pk, actor=city.users[by], at=LATE, **given)

    def test_for_a_unit_without_an_account(self, city):
        one = served(city, _without_account(city))
        measure = urge(city, one)

        actions.answer(
            measure.pk,
            actor=city.users["court_officer"],
            at=LATE,
            text="来函答复",
            on_behalf=True,
        )

        assert history_of(measure).last().action == "suggestions.supervision.answered_for"

    def test_a_reply_settles_the_urging_about_it(self, city, late):
        measure = urge(city, late)

        reply(late.pk, actor=city.users["agency_contact"], at=LATE, words=answers(late))

        measure.refresh_from_db()
        assert (measure.state, measure.met_on) == ("closed", date(2026, 12, 7))
        assert measure.outcome == "被建议单位已于 2026-12-07 回复。"
        assert limit_of(measure).state == DeadlineState.MET

    def test_a_reply_answers_an_order_and_leaves_a_talk(self, city, late):
        order = urge(city, late, kind=MeasureKind.ORDER)
        talk = urge(city, late, kind=MeasureKind.TALK)

        reply(late.pk, actor=city.users["agency_contact"], at=LATE, words=answers(late))

        order.refresh_from_db()
        talk.refresh_from_db()
        assert (order.state, talk.state) == ("answered", "open")

    def test_a_letter_taken_back_ends_what_was_urged(self, city, late):
        measure = urge(city, late)

        withdraw_letter(
            late.suggestion_id, actor=city.users["court_officer"], at=LATE, reason="重复制发"
        )

        measure.refresh_from_db()
        assert (measure.state, limit_of(measure).state) == ("closed", DeadlineState.CANCELLED)

    def test_the_successor_owes_the_answer(self, city, late):
        measure = urge(city, late)
        old = late.organization
        old.valid_to = date(2026, 12, 8)
        old.save()
        new = unit(city, "natural", "试验市自然资源和规划局", "市自然资源局")
        Succession.objects.create(predecessor=old, successor=new, on=date(2026, 12, 9))

        readdress(
            late.pk,
            actor=city.users["court_officer"],
            at=moment(date(2026, 12, 9)),
            organization_id=new.pk,
        )

        assert limit_of(measure).owed_by == new


def _without_account(city):
    unit(city, "museum", "试验市文物局", "市文物局")
    return addressee(city, "museum")


class TestTalks:
    def test_a_talk_is_recorded_and_settled_by_who_called_it(self, city, late):
        talk = urge(
            city,
            late,
            kind=MeasureKind.TALK,
            level=UrgingLevel.KEY,
            starts_at=time(9, 30),
            place="市法院三楼会议室",
        )
        officer, day = city.users["court_officer"], date(2026, 12, 11)

        actions.record_talk(talk.pk, actor=officer, at=moment(day), on=day, text="承诺月内回复。")
        actions.settle(talk.pk, actor=officer, at=moment(day), outcome="已承诺")

        talk.refresh_from_db()
        assert (talk.answered_on, talk.state) == (day, "closed")
        assert OfficialDocument.objects.about(talk).get().kind == "talk_notice"
        assert limit_of(talk).state == DeadlineState.MET

    @pytest.mark.parametrize(
        ("on", "code"),
        [
            pytest.param(date(2026, 12, 12), "talk_future", id="not held yet"),
            pytest.param(date(2026, 12, 6), "talk_early", id="before it was called"),
        ],
    )
    def test_the_day_of_a_talk(self, city, late, on, code):
        talk = urge(city, late, kind=MeasureKind.TALK)

        with pytest.raises(RuleBroken) as refused:
            actions.record_talk(
                talk.pk,
                actor=city.users["court_officer"],
                at=moment(date(2026, 12, 11)),
                on=on,
                text="记录",
            )

        assert (refused.value.code, refused.value.field) == (code, "on")

    def test_a_talk_is_not_answered_and_a_letter_not_recorded(self, city, late):
        talk, urging = urge(city, late, kind=MeasureKind.TALK), urge(city, late)

        with pytest.raises(RuleBroken, match="约谈记录"):
            actions.answer(talk.pk, actor=city.users["agency_contact"], at=LATE, text="知悉")
        with pytest.raises(RuleBroken, match="不是约谈"):
            actions.record_talk(
                urging.pk,
                actor=city.users["court_officer"],
                at=LATE,
                on=LATE.date(),
                text="记录",
            )


class TestPages:
    @pytest.fixture(autouse=True)
    def _a_week_late(self, time_machine):
        time_machine.move_to(LATE)

    @pytest.fixture
    def court(self, city, as_user):
        return as_user(city.users["court_officer"])

    def test_urging_from_the_page_of_the_letter(self, city, court, late):
        page = court.get(late.suggestion.get_absolute_url()).content.decode()
        url = reverse("suggestions:urge", args=[late.public_id])
        assert url in page
        form = court.get(url).content.decode()
        assert "应于 2026-11-30 前回复，未见回复，已逾期 7 日。" in form

        posted = {"kind": "urging", "level": "key", "due_on": "2026-12-14"}
        answer = court.post(url, posted, follow=True)

        measure = Supervision.objects.get()
        assert answer.redirect_chain[-1][0] == measure.get_absolute_url()
        assert "市综合执法局" in answer.content.decode()
        letter_page = court.get(late.suggestion.get_absolute_url()).content.decode()
        assert measure.get_absolute_url() in letter_page

    def test_what_was_typed_stays_when_it_is_refused(self, city, court, late):
        urge(city, late, level=UrgingLevel.LISTED)
        url = reverse("suggestions:urge", args=[late.public_id])

        refused = court.post(
            url,
            {"kind": "order", "level": "listed", "due_on": "2026-12-01", "reason": "多次催办未果"},
        )

        assert refused.status_code == 422
        page = refused.content.decode()
        assert "日期应晚于今天（2026-12-07）" in page
        assert "多次催办未果" in page
        assert 'value="general"' not in page

    def test_the_unit_answers_and_the_sender_settles(self, city, as_user, late):
        measure = urge(city, late)
        as_user(city.users["agency_contact"]).post(
            reverse("suggestions:supervision-answer", args=[measure.public_id]),
            {"text": "已制定整改方案。"},
        )
        court = as_user(city.users["court_officer"])
        assert "已制定整改方案。" in court.get(measure.get_absolute_url()).content.decode()

        court.post(
            reverse("suggestions:supervision-settle", args=[measure.public_id]),
            {"outcome": "已答复，继续跟踪。"},
        )

        measure.refresh_from_db()
        assert (measure.state, measure.outcome) == ("closed", "已答复，继续跟踪。")

    def test_a_talk_on_pages(self, city, court, late):
        court.post(
            reverse("suggestions:urge", args=[late.public_id]) + "?kind=talk",
            {
                "kind": "talk",
                "level": "general",
                "due_on": "2026-12-08",
                "starts_at": "09:30",
                "place": "三楼会议室",
            },
        )
        talk = Supervision.objects.get()

        early = court.post(
            reverse("suggestions:talk-record", args=[talk.public_id]),
            {"on": "2026-12-08", "text": "承诺本周回复。"},
        )
        kept = court.post(
            reverse("suggestions:talk-record", args=[talk.public_id]),
            {"on": "2026-12-07", "text": "承诺本周回复。"},
        )

        talk.refresh_from_db()
        assert (early.status_code, kept.status_code, talk.record) == (422, 302, "承诺本周回复。")
        assert "三楼会议室" in court.get(talk.get_absolute_url()).content.decode()

    @pytest.mark.parametrize(
        ("by", "name", "status"),
        [
            pytest.param("agency_contact", "supervision-settle", 403, id="the unit settles"),
            pytest.param("gov_officer", "supervision-answer", 403, id="another answers"),
            pytest.param("natural_contact", "supervision", 404, id="who has no part in it"),
        ],
    )
    def test_who_may_open_what(self, city, as_user, late, by, name, status):
        agencies(city, 2)
        measure = urge(city, late)

        page = as_user(city.users[by]).get(
            reverse(f"suggestions:{name}", args=[measure.public_id])
        )

        assert page.status_code == status

    def test_for_a_unit_without_an_account_the_sender_enters_the_answer(self, city, court):
        one = served(city, _without_account(city))
        measure = urge(city, one)
        url = reverse("suggestions:supervision-answer", args=[measure.public_id])
        assert url in court.get(measure.get_absolute_url()).content.decode()

        court.post(url, {"text": "来函说明正在办理。"})

        measure.refresh_from_db()
        assert measure.state == SupervisionState.ANSWERED

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_section_costs_the_same_for_any_number(
        self, city, rf, django_assert_num_queries, number
    ):
        units = agencies(city, number)
        made = letter(city, addressees=units)
        for one in made.addressees.all():
            urge(city, served(city, one))
        request = rf.get("/")
        request.user = city.users["court_officer"]
        supervision_section(request, Suggestion.objects.get())

        with django_assert_num_queries(2):
            section = supervision_section(request, made)

        assert (len(section["measures_taken"]), len(section["urge_links"])) == (number, number)

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_page_of_a_measure(self, city, court, django_assert_max_num_queries, number):
        units = agencies(city, 3)
        made = letter(city, addressees=units)
        for one in list(made.addressees.all())[:number]:
            measure = urge(city, served(city, one), copied_to=[city.organizations["gov"].pk])
        court.get(measure.get_absolute_url())

        with django_assert_max_num_queries(32):
            court.get(measure.get_absolute_url())
