"""The ledger: how letters stand, what each tab holds, by what it is narrowed, its costs."""

from datetime import date, timedelta
from io import BytesIO
from itertools import chain, combinations_with_replacement

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from foundations.ledgers.models import SavedView
from suggestions.models import Addressee, Suggestion
from suggestions.states import AddresseeState, LetterState, Status
from suggestions.views.ledger_page import URGENCY
from tests.letters import agencies, letter, procuratorate

A = AddresseeState
PAGE = "/suggestions/"
TODAY = timezone.localdate()
LATE, SOON, FAR = (TODAY + timedelta(days=days) for days in (-9, 6, 30))
QUERIES = 26


def advised(city, unit: str, state: str, **given) -> Addressee:
    """A letter to one unit that has come so far; `reply_due_on` and the like are given,
    fields of the letter under `letter`."""
    made = letter(city, addressees=[city.organizations[unit]], **given.pop("letter", {}))
    Addressee.objects.filter(suggestion=made).update(
        state=state, served_on=made.issued_on, **given
    )
    return made.addressees.get()


def status_by_hand(letter_state: str, addressees: list[tuple[str, bool]]) -> str:
    """What a clerk would say: (state, is the reply late) of each addressee."""
    if letter_state != LetterState.ISSUED:
        return letter_state
    states = {state for state, _late in addressees}
    if any(late for _state, late in addressees):
        return "overdue"
    if A.SERVED in states:
        answered = states & {A.RECTIFYING, A.TO_VERIFY, A.CLOSED, A.OBJECTED, A.REFUSED}
        return "partly_replied" if answered else "no_reply"
    if A.TO_VERIFY in states:
        return "to_verify"
    if states & {A.OBJECTED, A.REFUSED}:
        return "under_review"
    if A.RECTIFYING in states:
        return "rectifying"
    if A.SENT in states:
        return "to_serve"
    return "closed" if A.CLOSED in states else "withdrawn"


STANDS = [
    *((state, False) for state in A.values if state not in (A.DRAFT, A.SERVED)),
    (A.SERVED, False),
    (A.SERVED, True),
]


def test_the_status_of_every_mixture_of_addressees(city):
    """All letters to one, two or three units in any state: 219 of them, and the drafts."""
    units = agencies(city, 3)
    mixtures = list(
        chain.from_iterable(combinations_with_replacement(STANDS, n) for n in (1, 2, 3))
    )
    given = {
        "jurisdiction": city.jurisdiction,
        "mechanism": city.mechanism,
        "kind": "judicial",
        "form": "individual",
        "issuer": city.organizations["court"],
    }
    letters = Suggestion.objects.bulk_create(
        [
            *(Suggestion(state=LetterState.ISSUED, title=str(mix), **given) for mix in mixtures),
            *(Suggestion(state=state, title="", **given) for state in ("draft", "withdrawn")),
        ]
    )
    mixtures += [((A.SERVED, True),)] * 2
    Addressee.objects.bulk_create(
        Addressee(
            suggestion=made,
            organization=unit,
            state=state,
            reply_due_on=LATE if late else TODAY,
        )
        for made, mix in zip(letters, mixtures, strict=True)
        for unit, (state, late) in zip(units, mix, strict=False)
    )

    found = dict(Suggestion.objects.with_status(TODAY).values_list("pk", "status"))

    wrong = {
        (made.state, mix): found[made.pk]
        for made, mix in zip(letters, mixtures, strict=True)
        if found[made.pk] != status_by_hand(made.state, list(mix))
    }
    assert wrong == {}
    assert set(found.values()) == set(Status.values)


def test_the_groups_by_state_know_every_state_and_no_word_is_part_of_another():
    assert set(URGENCY) == set(Status)
    assert [word for word in URGENCY if sum(word in other for other in URGENCY) > 1] == []


@pytest.fixture
def scene(city) -> dict[str, Addressee]:
    """A letter at each stage, all of the court; the one to the market office says least."""
    agencies(city, 4)
    return {
        "late": advised(city, "agency", A.SERVED, reply_due_on=LATE),
        "soon": advised(city, "natural", A.SERVED, reply_due_on=SOON, letter={"form": "class"}),
        "far": advised(city, "agency", A.SERVED, reply_due_on=FAR, letter={"area": "征收补偿"}),
        "sent": advised(city, "natural", A.SENT),
        "objected": advised(city, "housing", A.OBJECTED, replied_on=TODAY),
        "rectifying": advised(city, "agency", A.RECTIFYING, replied_on=TODAY, rectify_due_on=FAR),
        "to_verify": advised(city, "housing", A.TO_VERIFY, replied_on=TODAY, rectified_on=TODAY),
        "closed": advised(city, "agency", A.CLOSED, replied_on=LATE, closed_on=TODAY),
        "long closed": advised(
            city,
            "agency",
            A.CLOSED,
            closed_on=TODAY - timedelta(days=91),
            letter={"issued_on": date(2025, 3, 3), "title": "关于完善送达的司法建议"},
        ),
        "withdrawn": advised(city, "agency", A.WITHDRAWN, letter={"state": LetterState.WITHDRAWN}),
    }


def shown(response) -> list[int]:
    return [entry.letter.pk for entry in response.context["ledger"].entries]


def keys_of(scene, names: str) -> set[int]:
    return {scene[name].suggestion_id for name in names.split(", ") if name}


EVERYTHING = (
    "late, soon, far, sent, objected, rectifying, to_verify, closed, long closed, withdrawn"
)
NARROWED = [
    ("", "late, soon, far, sent, objected, rectifying, to_verify, closed"),
    ("?view=all", EVERYTHING),
    ("?stage=late", "late"),
    ("?stage=soon", "soon"),
    ("?stage=unserved", "sent"),
    ("?stage=unanswered", "late, soon, far"),
    ("?stage=review", "objected"),
    ("?stage=rectifying", "rectifying"),
    ("?stage=verify", "to_verify"),
    ("?stage=closed", "closed, long closed"),
    ("?unit={agency}", "late, far, rectifying, closed, long closed, withdrawn"),
    ("?unit={agency}&stage=late", "late"),
    ("?unit={natural}&stage=late", ""),
    ("?unit={agency}&stage=current", "late, far, rectifying, closed"),
    ("?unit=nobody", EVERYTHING),
    ("?form=class", "soon"),
    ("?kind=procuratorial", ""),
    ("?year=2025", "long closed"),
    ("?area=征收补偿", "far"),
    ("?status=overdue", "late"),
    ("?status=under_review", "objected"),
    ("?status=withdrawn", "withdrawn"),
    ("?q=完善送达", "long closed"),
    ("?q=自然资源", "soon, sent"),
    ("?q=szrzyj", "soon, sent"),
    ("?q=送达 综合执法", "long closed"),
    ("?q=试法建[2026] 1号&stage=late", "late"),
    ("?mine=true", "late, objected, to_verify"),
]


@pytest.mark.parametrize(("query", "names"), NARROWED)
def test_the_address_says_which_letters_are_listed(city, as_user, scene, query, names):
    units = {key: unit.public_id for key, unit in city.organizations.items()}

    page = as_user(city.users["court_officer"]).get(PAGE + query.format(**units))

    assert set(shown(page)) == keys_of(scene, names)


@pytest.mark.parametrize("who", ["court_officer", "agency_contact", "gov_officer", "court_deputy"])
@pytest.mark.parametrize("group", ["", "&group=status"])
def test_every_tab_counts_what_it_lists(city, as_user, scene, who, group):
    SavedView.objects.create(
        owner=city.users[who], ledger="suggestions", name="自存", query="stage=late&columns=reply"
    )
    page = as_user(city.users[who])
    tabs = page.get(PAGE).context["ledger"].tabs

    listed = {tab.label: len(shown(page.get(f"{PAGE}?{tab.query}{group}"))) for tab in tabs}

    assert listed == {tab.label: tab.count for tab in tabs}
    assert sum(listed.values()) > 0


def test_the_tab_of_what_is_late_is_red_while_it_holds_anything(city, as_user, scene):
    court, red = as_user(city.users["court_officer"]), 'class="is-red">逾期未见回复<em>'
    assert f"{red}1</em>" in court.get(PAGE).text

    Addressee.objects.filter(pk=scene["late"].pk).update(reply_due_on=FAR)

    assert red not in court.get(PAGE).text


@pytest.mark.parametrize(("query", "shown"), [("?view=all", False), ("?mine=true", True)])
def test_what_is_mine_is_a_chip_only_while_it_narrows(city, as_user, scene, query, shown):
    page = as_user(city.users["court_officer"]).get(PAGE + query).context["ledger"]

    assert ("mine" in {chip.name for chip in page.chips}) is shown


def test_one_row_a_letter_with_a_line_for_each_addressee(city, as_user):
    units = agencies(city, 3)
    made = letter(city, addressees=units)

    page = as_user(city.users["court_officer"]).get(PAGE)

    (entry,) = page.context["ledger"].entries
    assert [line.unit for line in entry.lines] == [unit.short_name for unit in units]
    assert page.text.count(made.get_absolute_url()) == 1
    assert page.text.count('rowspan="3"') == 3
    assert page.context["ledger"].foot == {"letters": 1, "units": 3, "late": 0, "soon": 0}


def test_by_unit_each_line_stands_under_its_unit(city, as_user, scene):
    both = letter(city, addressees=[city.organizations["agency"], city.organizations["natural"]])
    page = as_user(city.users["court_officer"])

    ledger = page.get(f"{PAGE}?stage=current&group=unit").context["ledger"]
    entries = ledger.entries

    assert [entry.heading for entry in entries if entry.heading] == [
        city.organizations[key].name for key in ("agency", "natural", "housing")
    ]
    assert all(len(entry.lines) == 1 for entry in entries)
    assert [entry.letter.pk for entry in entries].count(both.pk) == 2
    assert (ledger.letters, ledger.count) == (9, 10)


def test_by_unit_only_the_lines_asked_for_are_shown(city, as_user, scene):
    late = scene["late"].suggestion
    Addressee.objects.create(
        suggestion=late, organization=city.organizations["natural"], state=A.SENT, order=1
    )

    page = as_user(city.users["court_officer"]).get(f"{PAGE}?stage=late&group=unit")

    assert [line.unit for entry in page.context["ledger"].entries for line in entry.lines] == [
        "市综合执法局"
    ]


def test_by_state_what_is_late_stands_first(city, as_user, scene):
    page = as_user(city.users["court_officer"]).get(f"{PAGE}?view=all&group=status")

    headings = [entry.heading for entry in page.context["ledger"].entries if entry.heading]
    assert headings == [
        str(Status(one).label)
        for one in (
            "overdue",
            "no_reply",
            "under_review",
            "to_verify",
            "rectifying",
            "to_serve",
            "closed",
            "withdrawn",
        )
    ]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("?stage=unanswered", "late, soon, far"),
        ("?stage=unanswered&sort=-reply", "far, soon, late"),
    ],
)
def test_the_order_is_by_the_reply_that_is_due_first(city, as_user, scene, query, first):
    page = as_user(city.users["court_officer"]).get(PAGE + query)

    assert shown(page) == [scene[name].suggestion_id for name in first.split(", ")]


def test_the_columns_are_chosen_and_kept_in_the_address(city, as_user, scene):
    page = as_user(city.users["court_officer"]).get(
        f"{PAGE}?stage=late&columns=area&columns=reply"
    )

    ledger = page.context["ledger"]
    assert [head.label for head in ledger.heads] == ["建议", "领域", "被建议单位", "回复期限"]
    assert ledger.view_query == "stage=late&columns=area&columns=reply"
    assert "城乡建设" in page.text


def test_a_reader_sees_only_the_letters_of_others_that_they_take_part_in(city, as_user, scene):
    procuratorate(city)
    assert shown(as_user(city.users["procurator"]).get(f"{PAGE}?view=all")) == []
    seen = shown(as_user(city.users["natural_contact"]).get(f"{PAGE}?view=all"))
    assert set(seen) == keys_of(scene, "soon, sent")


@pytest.mark.parametrize(
    ("name", "light"),
    [
        ("late", ("over", "逾期 9 天")),
        ("soon", ("soon", "剩 6 天")),
        ("far", ("open", "剩 30 天")),
        ("sent", None),
        ("rectifying", ("met", "按期")),
    ],
)
def test_the_light_of_a_reply_says_how_long_there_is(city, as_user, scene, name, light):
    page = as_user(city.users["court_officer"]).get(PAGE)

    entries = {entry.letter.pk: entry for entry in page.context["ledger"].entries}
    reply = entries[scene[name].suggestion_id].lines[0].reply
    assert (reply and (reply.kind, reply.words)) == light


def test_a_reply_is_late_by_what_was_kept_of_it_not_by_the_day_it_came(city, as_user):
    posted_in_time = advised(
        city, "agency", A.RECTIFYING, reply_due_on=LATE, replied_on=TODAY, reply_late=False
    )
    late = advised(
        city, "agency", A.RECTIFYING, reply_due_on=LATE, replied_on=TODAY, reply_late=True
    )

    page = as_user(city.users["court_officer"]).get(PAGE)

    words = {
        entry.letter.pk: entry.lines[0].reply.words for entry in page.context["ledger"].entries
    }
    assert words == {posted_in_time.suggestion_id: "按期", late.suggestion_id: "迟 9 天"}


@pytest.mark.parametrize(
    ("query", "heads"),
    [
        ("?stage=late", 21),
        ("?stage=late&columns=reply", 10),
    ],
)
def test_the_file_holds_the_view_and_a_line_for_each_addressee(city, as_user, scene, query, heads):
    late = scene["late"].suggestion
    Addressee.objects.create(
        suggestion=late, organization=city.organizations["natural"], state=A.SENT, order=1
    )
    page = as_user(city.users["court_officer"])

    sent = page.get(f"{PAGE}{query}&export=xlsx")

    rows = list(load_workbook(BytesIO(sent.content)).active.values)
    assert len(rows[0]) == heads
    assert [dict(zip(rows[0], row, strict=True))["被建议单位"] for row in rows[1:]] == [
        "试验市综合行政执法局",
        "试验市自然资源和规划局",
    ]
    assert {row[0] for row in rows[1:]} == {late.number}


def test_htmx_gets_the_list_alone(city, as_user, scene):
    page = as_user(city.users["court_officer"])

    part = page.get(PAGE, headers={"hx-request": "true"})

    assert part.text.lstrip().startswith('<div id="ledger"')
    assert "HX-Request" in part["Vary"]


@pytest.mark.parametrize("query", ["", "?view=all&group=unit", "?view=all&group=status"])
def test_the_list_costs_the_same_for_one_letter_and_three(
    city, as_user, django_assert_num_queries, query
):
    units = agencies(city, 3)
    page = as_user(city.users["court_officer"])
    for count in (1, 2):
        for _ in range(count):
            made = letter(city, addressees=units)
            made.addressees.update(state=A.SERVED, served_on=TODAY, reply_due_on=LATE)
        with django_assert_num_queries(QUERIES):
            page.get(PAGE + query)


@pytest.mark.parametrize(("days", "stage"), [(-1, "late"), (0, "soon"), (7, "soon"), (8, "")])
def test_a_reply_is_late_the_day_after_its_last_day_and_soon_for_a_week(
    city, as_user, days, stage
):
    advised(city, "agency", A.SERVED, reply_due_on=TODAY + timedelta(days=days))
    page = as_user(city.users["court_officer"])

    at = [one for one in ("late", "soon") if shown(page.get(f"{PAGE}?stage={one}"))]

    assert "".join(at) == stage
