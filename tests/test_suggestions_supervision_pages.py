"""The pages of supervision."""

import pytest
from django.urls import reverse

from suggestions.models import Suggestion, Supervision
from suggestions.states import SupervisionState, UrgingLevel
from suggestions.views.supervision import supervision_section
from tests.letters import addressee, agencies, letter
from tests.urging import LATE, served, urge, without_account


@pytest.fixture
def late(city):
    """The city's agency, served, whose reply has been due for a week on `LATE`."""
    return served(city, addressee(city))


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
        one = served(city, without_account(city))
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
