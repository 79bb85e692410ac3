"""Records of bulletins and their circulation and their addresses, for the sweeps."""

from django.db.models import Model

from bulletins.actions.bulletins import send_for_review
from bulletins.actions.comments import comment
from tests.city import City
from tests.issues import AT, circulated, drafted, signed

# Room and record of each address, then its names.
TABLE = """
bulletins told_issue: detail tables-file receive correct comment
bulletins issue_draft: edit preview attach send discard
bulletins issue_waiting: approve return sign
bulletins issue_signed: circulate
bulletins opinion_given: reply
"""
# What has more than one part: name and the records of its parts.
MORE: dict[str, tuple[str, ...]] = {
    "bulletins:table": ("issue_draft", "own"),
    "bulletins:count": ("issue_draft", "own"),
}


def records(city: City) -> dict[str, Model]:
    """What waits for its signature was drafted by the bureau's recorder: its officer signs."""
    issue = circulated(city)
    court = (city.organizations["court"].pk,)
    waiting = drafted(city, issuer="justice", actor="recorder", recipients=court)
    send_for_review(waiting.pk, actor=city.users["recorder"], at=AT)
    return {
        "told_issue": issue,
        "issue_draft": drafted(city, tables=("own",)),
        "issue_waiting": waiting,
        "issue_signed": signed(city),
        "opinion_given": comment(
            issue.pk, actor=city.users["gov_officer"], at=AT, text="建议统一标准"
        ),
    }
