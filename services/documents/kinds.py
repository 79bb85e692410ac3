"""The kinds of paper that the portal prints; what is printed on them is Chinese."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """`template` stands in templates/papers; `example` names what its context must hold."""

    label: object
    template: str
    needs: tuple[str, ...] = ("title",)


LETTER = ("title", "issuer", "addressees", "problems", "advices", "signer", "date")
SUPERVISION = ("title", "addressees", "history", "due", "signer", "date")
APPEARANCE = ("title", "addressees", "case", "time", "place", "signer", "date")
UPWARD = ("title", "addressees", "signed_by", "paragraphs", "closing", "signer", "date")
KINDS: dict[str, Kind] = {
    "notice": Kind(_("Meeting notice"), "notice", ("title", "addressees", "signer", "date")),
    "agenda": Kind(_("Agenda"), "agenda", ("title", "rows")),
    "roster": Kind(_("Roster of members"), "roster", ("title", "groups")),
    "attendance": Kind(_("Attendance sheet"), "attendance", ("title", "rows")),
    "minutes": Kind(_("Minutes"), "minutes", ("title", "opening", "present")),
    "opinion": Kind(_("Meeting opinion"), "minutes", ("title", "opening", "present")),
    "consensus": Kind(_("Consensus"), "consensus", ("title", "issuers", "paragraphs")),
    "receipt": Kind(_("Receipt slip"), "receipt", ("meeting",)),
    "topic_form": Kind(_("Topic form"), "topic_form", ("meeting", "due")),
    "circulation_slip": Kind(_("Circulation slip"), "circulation_slip", ("document", "readers")),
    "change_notice": Kind(_("Notice of a change of members"), "change_notice", ()),
    "handover_sheet": Kind(_("Handover sheet"), "handover_sheet", ()),
    "judicial_suggestion": Kind(_("Judicial suggestion"), "judicial_suggestion", LETTER),
    "procuratorial_suggestion": Kind(
        _("Procuratorial suggestion"), "procuratorial_suggestion", LETTER
    ),
    "reconsideration_opinion": Kind(
        _("Reconsideration opinion letter"), "reconsideration_opinion", LETTER
    ),
    "reconsideration_suggestion": Kind(
        _("Reconsideration suggestion"), "reconsideration_suggestion", LETTER
    ),
    "opinion_letter": Kind(_("Opinion letter"), "opinion_letter", LETTER),
    "suggestion_reply": Kind(
        _("Reply to a suggestion"), "suggestion_reply", ("title", "subject", "said")
    ),
    "urging_letter": Kind(_("Urging letter"), "urging_letter", SUPERVISION),
    "talk_notice": Kind(_("Notice of a talk"), "talk_notice", SUPERVISION),
    "order_notice": Kind(_("Order to perform by a day"), "order_notice", SUPERVISION),
    "suggestion_report": Kind(
        _("Report on suggestions"), "suggestion_report", ("title", "total", "units", "letters")
    ),
    "quarter_package": Kind(
        _("Material of the quarter"),
        "quarter_package",
        ("title", "period", "lines", "signer", "date"),
    ),
    "bulletin": Kind(_("Bulletin"), "bulletin", ("title", "red_head", "issue", "issuer")),
    "appearance_notice": Kind(
        _("Notice to the agency's head to appear"), "appearance_notice", APPEARANCE
    ),
    "appearance_letter": Kind(
        _("Letter on the appearance of the agency's head"), "appearance_letter", APPEARANCE
    ),
    "resolution_plan": Kind(
        _("Substantive resolution plan"), "resolution_plan", ("title", "cause", "next_steps")
    ),
    "settlement_agreement": Kind(
        _("Mediation or settlement agreement"),
        "settlement_agreement",
        ("title", "parties", "facts", "items"),
    ),
    "explanation_notice": Kind(
        _("Notice of post-judgment explanation"),
        "explanation_notice",
        ("title", "addressees", "window", "signer", "date"),
    ),
    "explanation_record": Kind(
        _("Record of the post-judgment explanation"),
        "explanation_record",
        ("title", "case", "questions", "answers"),
    ),
    "outcome_notice": Kind(
        _("Outcome notice"), "outcome_notice", ("title", "addressees", "result", "signer", "date")
    ),
    "outcome_list": Kind(
        _("Collected outcome notice"), "outcome_list", ("title", "addressees", "cases", "signer")
    ),
    "mediation_consent": Kind(
        _("Form of consent to mediation"), "mediation_consent", ("matter", "organ", "parties")
    ),
    "mediation_referral": Kind(
        _("Letter of referral to mediation"), "mediation_referral", ("title", "parties", "signer")
    ),
    "confirmation_application": Kind(
        _("Application for judicial confirmation"),
        "confirmation_application",
        ("applicants", "items", "court"),
    ),
    "visit_form": Kind(_("Visit form, to be filled in"), "visit_record", ("dispute", "visits")),
    "visit_record": Kind(_("Record of a visit"), "visit_record", ("dispute", "visits")),
    "risk_form": Kind(_("Risk form"), "risk_form", ("dispute", "level", "flags")),
    "decision_risk_form": Kind(
        _("Risk form of a major decision"), "decision_risk_form", ("decision", "opinions")
    ),
    "loss_form": Kind(_("Loss analysis form"), "loss_form", ("dispute", "causes", "analysis")),
    "service_receipt": Kind(_("Service receipt"), "service_receipt", ("organ", "receivers")),
    "compliance": Kind(_("Table of compliance"), "compliance", ("title", "on", "clauses")),
    "figures_query": Kind(_("Figures of a saved query"), "figures_query", ("title", "lines")),
    "consultation": Kind(
        _("Letter asking for opinions"), "consultation", ("title", "addressees", "subject", "due")
    ),
    "guidance_letter": Kind(
        _("Guidance letter"), "guidance_letter", ("title", "addressees", "paragraphs")
    ),
    "score_sheet": Kind(_("Score sheet of a case-file review"), "score_sheet", ("title", "rows")),
    "allowance_table": Kind(_("Table of allowances"), "allowance_table", ("title", "paid")),
    "compilation": Kind(_("Compilation of texts"), "compilation", ("title", "items", "issuer")),
}
KINDS |= {
    "upward_report": Kind(_("Report to bodies above"), "upward", UPWARD),
    "upward_request": Kind(_("Request to bodies above"), "upward", UPWARD),
    "white_paper": Kind(_("White paper"), "white_paper", ("title", "parts", "tables", "issuer")),
}
KIND_LABELS = {key: kind.label for key, kind in KINDS.items()}
