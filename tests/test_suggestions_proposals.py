"""Proposals: noticed once, accepted into a draft, dismissed with a reason (WJ-46)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from foundations.access.errors import RuleBroken
from foundations.audit.trail import history_of
from foundations.notifications.models import Notice
from suggestions.actions import proposals as actions
from suggestions.models import Proposal, Suggestion
from suggestions.states import ProposalState
from suggestions.tasks import notice_proposals
from suggestions.work import items
from tests.letters import PROBLEMS, agencies, ceased, letter, moment, procuratorate

ON = date(2026, 11, 22)
TAG = "告知程序"
DAYS = (date(2026, 3, 2), date(2026, 6, 1), date(2026, 9, 25))


def letters(city, days=DAYS, **changes) -> list[Suggestion]:
    """Letters on the same kind of problem, one for each day; to the city's agency."""
    return [
        letter(
            city,
            issued_on=day,
            number=f"试法建〔{day.year}〕{100 + Suggestion.objects.count()}号",
            **changes,
        )
        for day in days
    ]


def notice(on=ON) -> list[Proposal]:
    return actions.notice_classes(on=on, at=moment(on))


@pytest.fixture
def proposal(city) -> Proposal:
    letters(city, problems=PROBLEMS[:1])
    return notice()[0]


class TestNoticing:
    def test_three_letters_to_one_unit_on_one_problem(self, city):
        made = letters(city, problems=PROBLEMS[:1])

        found = notice()

        assert len(found) == 1
        proposal = found[0]
        assert (proposal.organization.key, proposal.to_organization.key) == ("agency", "court")
        assert proposal.data["letters"] == [one.public_id for one in made]
        assert (proposal.data["tag"], proposal.state) == (TAG, ProposalState.WAITING)
        officer = city.users["court_officer"]
        assert Notice.objects.get(reason="noticed", recipient=officer).subject == proposal
        assert not Notice.objects.filter(recipient=city.users["court_convenor"]).exists()
        assert [entry.action for entry in history_of(proposal)] == ["suggestions.proposal.noticed"]

    def test_every_kind_of_problem_is_counted_by_itself(self, city):
        letters(city)

        assert {one.data["tag"] for one in notice()} == {tag for _text, _advice, tag in PROBLEMS}

    @pytest.mark.parametrize(
        "days",
        [
            pytest.param(DAYS[:2], id="two letters"),
            pytest.param((date(2025, 11, 22), *DAYS[1:]), id="the first twelve months ago"),
            pytest.param((*DAYS[:2], date(2026, 11, 23)), id="the last is of tomorrow"),
        ],
    )
    def test_too_few_within_twelve_months(self, city, days):
        letters(city, days)

        assert notice() == []

    def test_the_window_begins_the_day_after(self, city):
        letters(city, (date(2025, 11, 23), *DAYS[1:]), problems=PROBLEMS[:1])

        assert len(notice()) == 1

    @pytest.mark.parametrize(
        "changes",
        [
            pytest.param({"form": "class"}, id="a letter on the class already"),
            pytest.param({"state": "draft"}, id="a draft"),
            pytest.param({"state": "withdrawn"}, id="a letter taken back"),
            pytest.param({"problems": (("问题", "建议", ""),)}, id="a problem of no kind"),
        ],
    )
    def test_what_is_not_counted(self, city, changes):
        letters(city, DAYS[:2])
        letter(city, **{"issued_on": DAYS[2], **changes})

        assert notice() == []

    def test_each_issuer_and_each_unit_is_counted_apart(self, city):
        first, second = agencies(city, 2)
        letters(city, DAYS[:2])
        letter(city, addressees=[second], issued_on=DAYS[2])
        letter(
            city,
            issuer=procuratorate(city),
            kind="procuratorial",
            form="general",
            addressees=[first],
            issued_on=DAYS[2],
        )

        assert notice() == []

    def test_a_letter_on_the_class_covers_what_was_before_it(self, city):
        letters(city, DAYS[:2], problems=PROBLEMS[:1])
        letter(city, issued_on=date(2026, 7, 1), form="class", problems=PROBLEMS[:1])
        letter(city, issued_on=DAYS[2], problems=PROBLEMS[:1])

        assert notice() == []


class TestOnce:
    @pytest.mark.parametrize("later", [ON, date(2026, 11, 23), date(2027, 2, 1)])
    def test_it_is_not_proposed_again(self, proposal, later):
        assert notice(later) == []
        assert Proposal.objects.count() == 1

    def test_dismissed_it_does_not_come_back(self, city, proposal):
        actions.dismiss(
            proposal.pk, actor=city.users["court_officer"], at=moment(ON), reason="已开会解决"
        )

        assert notice(date(2026, 12, 1)) == []

    def test_one_more_letter_is_not_enough(self, city, proposal):
        letters(city, (date(2026, 11, 25),), problems=PROBLEMS[:1])

        assert notice(date(2026, 12, 1)) == []

    def test_enough_new_letters_are(self, city, proposal):
        days = (date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 27))
        new = [letter(city, issued_on=day, problems=PROBLEMS[:1]) for day in days]

        found = [one for one in notice(date(2026, 12, 1)) if one.data["tag"] == TAG]

        assert [one.data["letters"] for one in found] == [[one.public_id for one in new]]

    def test_two_workers_make_one(self, city):
        """Both have read that nothing is proposed yet; the second finds the mark taken."""
        letters(city, problems=PROBLEMS[:1])
        both = [actions.class_letters.classes_on(ON)[0] for _worker in range(2)]

        made = [
            actions.notice(
                "class",
                organization=found.unit,
                to_organization=found.issuer,
                mark=found.mark,
                data=found.data,
                on=ON,
                at=moment(ON),
            )
            for found in both
        ]

        assert [bool(one) for one in made] == [True, False]

    def test_the_task_reads_the_clock(self, city, time_machine):
        letters(city, problems=PROBLEMS[:1])
        time_machine.move_to(moment(ON, 1))

        notice_proposals()
        notice_proposals()

        assert Proposal.objects.get().noticed_on == ON


class TestDeciding:
    def test_accepting_makes_a_draft_of_all_that_was_said(self, city):
        first, second, third = letters(city)
        first.cases.create(number="（2026）新4002行初12号")
        third.cases.create(number="（2026）新4002行初12号")
        second.cases.create(number="（2026）新4002行初30号")
        proposal = next(one for one in notice() if one.data["tag"] == TAG)
        officer = city.users["court_officer"]

        made = actions.accept(proposal.pk, actor=officer, at=moment(ON))

        proposal.refresh_from_db()
        assert (proposal.state, proposal.suggestion) == (ProposalState.ACCEPTED, made)
        assert (made.state, made.kind, made.form) == ("draft", "judicial", "class")
        assert made.title == "关于规范“告知程序”问题的司法建议"
        assert [row.tag for row in made.problems.all()] == [TAG]
        assert sorted(made.cases.values_list("number", flat=True)) == [
            "（2026）新4002行初12号",
            "（2026）新4002行初30号",
        ]
        assert [row.organization.key for row in made.addressees.all()] == ["agency"]
        assert [row.organization.key for row in made.copies.all()] == ["gov", "justice"]
        for number in (first.number, second.number, third.number):
            assert number in made.background
        assert made.handler == officer

    def test_pressed_twice_it_makes_one_draft(self, city, proposal):
        officer = city.users["court_officer"]

        made = [actions.accept(proposal.pk, actor=officer, at=moment(ON)) for _click in range(2)]

        assert made[0] == made[1]
        assert Suggestion.objects.filter(state="draft").count() == 1

    def test_a_unit_that_ceased_is_succeeded(self, city):
        old, new = ceased(city, on=date(2026, 10, 1))
        letters(city, addressees=[old], problems=PROBLEMS[:1])

        made = actions.accept(notice()[0].pk, actor=city.users["court_officer"], at=moment(ON))

        assert made.addressees.get().organization == new

    def test_the_procuratorate_writes_a_general_one(self, city):
        issuer = procuratorate(city)
        letters(
            city, issuer=issuer, division=None, kind="procuratorial", form="general",
            problems=PROBLEMS[:1],
        )  # fmt: skip

        made = actions.accept(notice()[0].pk, actor=city.users["procurator"], at=moment(ON))

        assert (made.kind, made.form, made.issuer) == ("procuratorial", "general", issuer)

    @pytest.mark.parametrize("by", ["gov_officer", "agency_contact", "court_convenor"])
    def test_only_who_writes_letters_there_decides(self, city, proposal, by):
        actor = city.users[by]

        with pytest.raises(PermissionDenied):
            actions.accept(proposal.pk, actor=actor, at=moment(ON))
        with pytest.raises(PermissionDenied):
            actions.dismiss(proposal.pk, actor=actor, at=moment(ON), reason="不需要")

        proposal.refresh_from_db()
        assert proposal.is_waiting

    def test_what_is_decided_stays(self, city, proposal):
        officer = city.users["court_officer"]
        actions.dismiss(proposal.pk, actor=officer, at=moment(ON), reason="已开会解决")

        with pytest.raises(RuleBroken) as refused:
            actions.accept(proposal.pk, actor=officer, at=moment(ON))

        assert refused.value.code == "decided"
        assert not Suggestion.objects.filter(state="draft").exists()


class TestPages:
    def test_the_queue_the_facts_and_the_draft(self, city, as_user, proposal):
        court = as_user(city.users["court_officer"])
        assert (
            proposal.get_absolute_url()
            in court.get(reverse("suggestions:proposals")).content.decode()
        )
        page = court.get(proposal.get_absolute_url()).content.decode()
        for one in Suggestion.objects.all():
            assert one.get_absolute_url() in page

        answer = court.post(reverse("suggestions:proposal-accept", args=[proposal.public_id]))

        made = Suggestion.objects.get(state="draft")
        assert answer.url == reverse("suggestions:edit", args=[made.public_id])

    def test_dismissing_needs_a_reason(self, city, as_user, proposal):
        court = as_user(city.users["court_officer"])
        url = reverse("suggestions:proposal-dismiss", args=[proposal.public_id])

        empty = court.post(url, {"reason": " "})
        court.post(url, {"reason": "已开会解决"})

        proposal.refresh_from_db()
        assert (empty.status_code, proposal.state, proposal.remark) == (
            422,
            ProposalState.DISMISSED,
            "已开会解决",
        )

    def test_it_is_nobody_elses(self, city, as_user, proposal):
        page = as_user(city.users["gov_officer"]).get(proposal.get_absolute_url())

        assert page.status_code == 404

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_queue_costs_the_same_for_any_number(
        self, city, as_user, django_assert_num_queries, number
    ):
        for one in agencies(city, number):
            letters(city, addressees=[one], problems=PROBLEMS[:1])
        assert len(notice()) == number
        court = as_user(city.users["court_officer"])
        court.get(reverse("suggestions:proposals"))

        with django_assert_num_queries(13):
            court.get(reverse("suggestions:proposals"))

    def test_the_desk_says_what_was_noticed(self, city, as_user, proposal):
        officer = city.users["court_officer"]
        url = proposal.get_absolute_url()

        found = next(item for item in items(officer, ON) if item.url == url)

        assert f"<h1>{found.title}</h1>" in as_user(officer).get(url).text
        assert "类案建议" in found.meta
