from django.utils.translation import gettext_lazy as _

from foundations.audit.verbs import Words

VERBS: dict[str, Words] = {
    "workplans.issue.entered": _("entered the issue; %(unit)s rectifies by %(rectify_by)s"),
    "workplans.issue.rectified": _("reported it as rectified on %(on)s"),
    "workplans.issue.verified": _("verified the rectification"),
    "workplans.issue.reopened": _("asked again, by %(rectify_by)s: %(reason)s"),
}
