from django.utils.translation import gettext_lazy as _

from foundations.audit.verbs import Words

VERBS: dict[str, Words] = {
    "bulletins.white_paper.begun": _("put the figures of %(year)s together"),
    "bulletins.white_paper.written": _("wrote the white paper"),
    "bulletins.white_paper.counted": _("counted the figures anew"),
    "bulletins.white_paper.finished": _("uploaded the final version"),
    "bulletins.white_paper.told": _("gave it to be circulated"),
}
