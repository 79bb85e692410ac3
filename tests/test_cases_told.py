"""The timeline tells the outcome of a step, and whom it concerned."""

from datetime import date

from tests.disputes import accepted, agency_part, filed, party_part, reconsideration, stepped, suit


def page(city, as_user, dispute) -> str:
    client = as_user(city.users["gov_officer"])
    return client.get(f"{dispute.get_absolute_url()}?tab=log").content.decode()


def test_an_outcome_is_told_with_its_mode_and_why_it_was_lost(city, as_user):
    made = accepted(reconsideration(city), date(2026, 3, 3))
    stepped(made, "send", date(2026, 3, 4))
    stepped(made, "answered", date(2026, 3, 10), respondent=agency_part(made))
    given = {"ground_of_loss": "procedure", "reason": "申请人拒绝陈述"}
    stepped(made, "decide", date(2026, 4, 10), mode="revoked_redo", **given)
    stepped(made, "serve", date(2026, 4, 13), served_party=party_part(made))
    shown = page(city, as_user, made.dispute)
    for words in ("撤销并责令重作", "违反法定程序", "申请人 张某", "被申请人 市综合执法局"):
        assert words in shown
    assert "revoked_redo" not in shown
    assert party_part(made).public_id not in shown


def test_numbers_days_and_choices_are_told(city, as_user):
    made = filed(suit(city), date(2026, 3, 9), "simplified")
    stepped(made, "send", date(2026, 3, 10), served_party=agency_part(made), answer_days=8)
    shown = page(city, as_user, made.dispute)
    for words in ("（2026）鄂0199行初1号", "简易程序", "被告 市综合执法局", "：8"):
        assert words in shown
