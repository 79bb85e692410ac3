"""The kinds of paper that the portal prints; what is printed on them is Chinese."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """`template` stands in templates/papers; `example` names what its context must hold."""

    label: object
    template: str
    needs: tuple[str, ...] = ("title",)


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
}
KIND_LABELS = {key: kind.label for key, kind in KINDS.items()}
