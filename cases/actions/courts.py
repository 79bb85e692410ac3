"""The only writer of the court codes after their first seeding."""

import hashlib
from collections.abc import Iterable

from django.utils.translation import gettext as _

from cases.models.courts import CourtCode
from cases.numbers.lines import CourtLine, Difference, differences, line_of
from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record


def seen_digest(found: Iterable[Difference], source: str) -> str:
    """Of what would change and from what: another's change meanwhile makes it another."""
    text = "\n".join(f"{one.before and one.before.line}\t{one.after.line}" for one in found)
    return hashlib.sha256(f"{source}\n{text}".encode()).hexdigest()


@action
def publish_courts(
    rows: Iterable[CourtLine], *, actor: Actor, source: str, seen: str | None = None
) -> list[Difference]:
    """Add the courts that are new and correct those that differ; others stay as they are.

    A court that changed takes `source`. `seen` is the digest of the preview. Raises
    RuleBroken: "stale" where the table has changed since, "higher_missing".
    """
    policy_for(CourtCode).require(actor, "publish")
    rows = list(rows)
    codes = {row.code for row in rows} | {row.higher for row in rows}
    kept = CourtCode.objects.select_for_update(of=("self",)).filter(code__in=codes)
    courts = {court.code: court for court in kept.select_related("higher").order_by("pk")}
    found = differences({code: line_of(court) for code, court in courts.items()}, rows)
    if seen is not None and seen != seen_digest(found, source):
        raise RuleBroken(
            "stale", _("The table was changed meanwhile. Look at what would change now.")
        )
    for one in found:
        court = courts.setdefault(one.after.code, CourtCode(code=one.after.code))
        _write(court, one.after, source)
    for one in found:
        _put_higher(courts, one.after)
        record(
            actor,
            "cases.court.published",
            courts[one.after.code],
            source=source,
            before=one.before.line if one.before else None,
            after=one.after.line,
        )
    return found


def _write(court: CourtCode, line: CourtLine, source: str) -> None:
    for name in ("name", "level", "division_code", "unverified", "active"):
        setattr(court, name, getattr(line, name))
    court.higher, court.source = None, source
    court.full_clean()
    court.save()


def _put_higher(courts: dict[str, CourtCode], line: CourtLine) -> None:
    """After all rows are there: a line may name a court of a later one."""
    if not line.higher:
        return
    if line.higher not in courts:
        raise RuleBroken(
            "higher_missing",
            _("The higher court %(code)s is not in the table.") % {"code": line.higher},
            "courts",
        )
    court = courts[line.code]
    court.higher = courts[line.higher]
    court.save(update_fields=["higher"])
