"""What a reader meets on the pages of suggestions: room for columns, words beside fields."""

import pytest

from suggestions.models import Addressee
from suggestions.states import AddresseeState
from suggestions.views.ledger_page import ALWAYS, USUAL, SuggestionLedger
from tests.letters import ISSUED, letter

EVERY = tuple(column.key for column in SuggestionLedger.columns)


@pytest.mark.parametrize(("columns", "scrolls"), [((*ALWAYS, *USUAL), False), (EVERY, True)])
def test_more_columns_than_fit_scroll_within_the_sheet(city, as_user, columns, scrolls):
    letter(city)
    query = "&".join(f"columns={key}" for key in columns)

    page = as_user(city.users["court_officer"]).get(f"/suggestions/?view=all&{query}")

    assert ('<div class="fy-wide" role="region" tabindex="0"' in page.text) is scrolls


@pytest.mark.parametrize(
    ("state", "name", "words"),
    [
        (AddresseeState.SENT, "serve", {"送达说明": "选填", "送达回证": "视情况必填"}),
        (AddresseeState.TO_VERIFY, "verify", {"整改效果": "视情况必填", "意见": "视情况必填"}),
        (AddresseeState.REFUSED, "review", {"意见": "视情况必填"}),
    ],
)
def test_a_field_says_whether_it_may_be_left_out(city, as_user, state, name, words):
    row = letter(city).addressees.get()
    Addressee.objects.filter(pk=row.pk).update(state=state, served_on=ISSUED)

    page = as_user(city.users["court_officer"]).get(
        f"/suggestions/addressees/{row.public_id}/{name}/"
    )

    for label, said in words.items():
        assert f"{label}<span>{said}</span></label>" in page.text
