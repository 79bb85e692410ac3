"""Letters written and issued through the actions, and what a refusal leaves."""

from datetime import date

import pytest

from foundations.access.errors import RuleBroken
from foundations.notifications.models import Notice
from services.documents.models import OfficialDocument
from suggestions.actions import letters
from suggestions.actions.wording import LetterWords
from suggestions.models import Suggestion
from tests.letters import moment

ON = date(2026, 11, 23)
AT = moment(ON)
PROBLEMS = (
    ("作出限期拆除决定前未书面催告。", "限期拆除前统一制发催告书。", "告知程序"),
    ("处罚裁量未说明理由。", "在处罚决定书中写明裁量的理由。", ""),
)


def words(city, **changes) -> LetterWords:
    given = {
        "kind": "judicial",
        "issuer": city.organizations["court"],
        "title": "关于规范违法建设查处程序的司法建议",
        "problems": PROBLEMS,
        "addressees": (city.organizations["agency"].pk,),
        "copies": (city.organizations["justice"].pk,),
        "contact": "周明远",
        **changes,
    }
    return LetterWords(**given)


def write(city, by="court_officer", token=None, **changes) -> Suggestion:
    return letters.create_letter(
        city.mechanism.pk,
        actor=city.users[by],
        at=AT,
        words=words(city, **changes),
        token=token,
    )


def issue(city, draft, by="court_officer", on=ON, **given) -> Suggestion:
    return letters.issue_letter(draft.pk, actor=city.users[by], at=AT, on=on, **given)


def refusal(action, *args, **given) -> tuple[str, str]:
    """Code and field of the rule that was broken; nothing may have been written."""
    before = Suggestion.objects.count(), OfficialDocument.objects.count()
    with pytest.raises(RuleBroken) as broken:
        action(*args, **given)
    assert (Suggestion.objects.count(), OfficialDocument.objects.count()) == before
    return broken.value.code, broken.value.field


def told(user) -> list[str]:
    return list(Notice.objects.filter(recipient=user).values_list("title", flat=True))
