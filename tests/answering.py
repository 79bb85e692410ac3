"""Addressees on their way: served, replied, carrying out, to be verified; through the actions."""

from datetime import date

from django.urls import reverse

from services.deadlines.models import Deadline
from suggestions.actions.measures import MeasureWords, report_measure
from suggestions.actions.rectification import finish
from suggestions.actions.replies import PositionWords, ReplyWords, reply
from suggestions.actions.service import serve
from suggestions.models import Addressee, Reply
from suggestions.states import Attitude, ServiceMode
from tests.city import City
from tests.gatherings import text_file
from tests.letters import SERVED, addressee, moment

REPLIED = date(2026, 11, 10)
MEASURES_DUE = (date(2026, 12, 10), date(2026, 12, 31))
DONE = date(2026, 12, 8)


def served(city: City, *, on: date = SERVED, organization: str = "agency", **letter) -> Addressee:
    row = addressee(city, organization, **letter)
    return serve(
        row.pk,
        actor=city.users["court_officer"],
        at=moment(on),
        on=on,
        mode=ServiceMode.POST,
        note="回证 2026-18",
        proofs=[text_file("送达回证.txt")],
        declared=True,
    )


def promised(*days: date) -> tuple[MeasureWords, ...]:
    """One measure on each problem, by these days."""
    return tuple(
        MeasureWords(n, f"修订执法文书{n}", "马文涛", day, row=n) for n, day in enumerate(days, 1)
    )


def said(*attitudes: str, **more) -> ReplyWords:
    """A reply with an attitude for each problem in its order; reasons where they are needed."""
    positions = tuple(
        PositionWords(n, one, "" if one == Attitude.ACCEPTED else "情况特殊，另行研究。")
        for n, one in enumerate(attitudes, 1)
    )
    return ReplyWords(positions=positions, **more)


def adopted(**more) -> ReplyWords:
    given = {"text": "已研究采纳。", "measures": promised(*MEASURES_DUE), **more}
    return said(Attitude.ACCEPTED, Attitude.ACCEPTED, **given)


def replied(
    city: City, row: Addressee, words: ReplyWords | None = None, *, on: date = REPLIED, **given
) -> Reply:
    """The reply of the city's agency in the portal."""
    given.setdefault("actor", city.users["agency_contact"])
    return reply(row.pk, at=moment(on, 15), words=words or adopted(), **given)


def carried_out(city: City, *, proved: bool = True, on: date = DONE, **letter) -> Addressee:
    """Adopted, and every measure reported as done; not yet submitted."""
    row = served(city, **letter)
    replied(city, row)
    for measure in row.measures.all():
        report_measure(
            measure.pk,
            actor=city.users["agency_contact"],
            at=moment(on),
            on=on,
            note="已印发",
            files=[text_file("佐证.txt")] if proved else [],
            declared=True,
        )
    return row


def to_verify(city: City, *, on: date = DONE, **letter) -> Addressee:
    row = carried_out(city, on=on, **letter)
    return finish(row.pk, actor=city.users["agency_contact"], at=moment(on, 16))


def limit(row: Addressee, rule: str) -> Deadline:
    """The latest limit of a rule."""
    return Deadline.objects.about(row).filter(rule=rule).latest("pk")


def states(row: Addressee) -> list[tuple[str, str]]:
    """Every limit that was ever opened, in its order."""
    return list(Deadline.objects.about(row).order_by("pk").values_list("rule", "state"))


def address(name: str, row) -> str:
    return reverse(f"suggestions:{name}", args=[row.public_id])


def fresh(row: Addressee) -> Addressee:
    return Addressee.objects.get(pk=row.pk)
