from django.utils.translation import gettext_lazy as _

from foundations.audit.verbs import Words

VERBS: dict[str, Words] = {
    "bulletins.library.added": _("began the text"),
    "bulletins.library.revised": _("changed the draft"),
    "bulletins.library.published": _("put it into the library"),
    "bulletins.library.ended": _("entered that it is no longer in force from %(on)s"),
    "bulletins.library.withdrawn": _("took it out of the library: %(reason)s"),
    "bulletins.library.put_together": _("put texts together in it"),
}
