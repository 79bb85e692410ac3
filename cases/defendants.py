"""Who is sued after a reconsideration (行诉法 26, 解释 22, 133, 134): a proposal, no more."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cases.flow.guards import agencies, decision_overdue
from cases.models import Procedure
from members.models import Organization


@dataclass(frozen=True)
class Proposal:
    """`agencies` are proposed as defendants, for the `ground`; `instead` may be sued in their
    place, where that is the plaintiff's choice."""

    agencies: tuple[Organization, ...]
    ground: str
    instead: tuple[Organization, ...] = ()


def defendants_after(reconsideration: Procedure, on: date) -> Proposal | None:
    """Whom to sue after it; None while it goes on in time, or where its outcome leaves
    nothing to sue about.

    Raises nothing: an outcome of the table without defendants proposes nobody.
    """
    respondents = tuple(agencies(reconsideration))
    organ = (reconsideration.organ,)
    outcome = reconsideration.outcome
    if outcome is None:
        if not decision_overdue(reconsideration, on):
            return None
        return Proposal(respondents, _of_inaction(), instead=organ)
    if outcome.key == "not_accepted":
        return Proposal(respondents, _of_inaction(), instead=organ)
    kind = outcome.defendants
    if kind == "by_ground":
        kind = "both" if reconsideration.fact("ground_of_loss") == "procedure" else "organ"
        return Proposal(_named(kind, respondents, organ), _of_unlawful(kind))
    if kind == "by_rest":
        return Proposal(_named("both", respondents, organ), _of_part(), instead=organ)
    return Proposal(_named(kind, respondents, organ), GROUNDS[kind]()) if kind else None


def _named(
    kind: str, respondents: tuple[Organization, ...], organ: tuple[Organization, ...]
) -> tuple[Organization, ...]:
    named = {"both": (*respondents, *organ), "organ": organ, "respondent": respondents}[kind]
    return tuple(dict.fromkeys(named))


def _of_inaction() -> str:
    return _(
        "No decision: who sues about the act sues its agency, who sues about the silence "
        "sues the reconsideration organ (行政诉讼法第二十六条第三款)."
    )


def _of_unlawful(kind: str) -> str:
    if kind == "both":
        return _(
            "Declared unlawful for its procedure alone, which does not change the act: the "
            "agency and the reconsideration organ together "
            "(行政诉讼法第二十六条第二款，行诉解释第二十二条第三款)."
        )
    return _(
        "Declared unlawful, which changes the act: the reconsideration organ alone "
        "(行政诉讼法第二十六条第二款，行诉解释第二十二条第三款)."
    )


def _of_part() -> str:
    return _(
        "A part was revoked: where the rest was upheld, the agency and the reconsideration "
        "organ together (行诉解释第一百三十四条第三款); else the reconsideration organ alone."
    )


def _of_both() -> str:
    return _(
        "The act was upheld, or the claims were dismissed: the agency and the reconsideration "
        "organ together (行政诉讼法第二十六条第二款，行诉解释第一百三十三条)."
    )


def _of_organ() -> str:
    return _(
        "The act was changed: the reconsideration organ alone "
        "(行政诉讼法第二十六条第二款，行诉解释第二十二条)."
    )


def _of_respondent() -> str:
    return _(
        "The application was dismissed for its conditions, which upholds nothing: the agency "
        "alone (行诉解释第一百三十三条)."
    )


GROUNDS = {"both": _of_both, "organ": _of_organ, "respondent": _of_respondent}
