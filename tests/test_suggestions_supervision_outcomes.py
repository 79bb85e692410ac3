"""Supervision: answered, talked, settled; what ends it."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied

from foundations.access.errors import RuleBroken
from foundations.audit.trail import history_of
from foundations.notifications.models import Notice
from members.models import Succession
from services.deadlines.models import DeadlineState
from services.documents.models import OfficialDocument
from suggestions.actions import supervision as actions
from suggestions.actions.letters import withdraw_letter
from suggestions.actions.replies import reply
from suggestions.actions.service import readdress
from suggestions.states import MeasureKind, UrgingLevel
from tests.letters import addressee, moment, unit
from tests.urging import LATE, answers, limit_of, served, urge, without_account


@pytest.fixture
def late(city):
    """The city's agency, served, whose reply has been due for a week on `LATE`."""
    return served(city, addressee(city))


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
        one = served(city, without_account(city))
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
