"""What the entries of this room say in a timeline. That somebody looked at a phone
number is not told there: it is for the audit administrator alone."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "members.jurisdiction.created": _("set up the jurisdiction"),
    "members.jurisdiction.working_time": _(
        "set the office hours to %(opens_at)s-%(closes_at)s and said whether regional holidays "
        "are rest days"
    ),
    "members.organization.created": _("entered the organization"),
    "members.organization.edited": _("edited the organization"),
    "members.organization.named": _("entered the other name “%(alias)s”: %(reason)s"),
    "members.organization.unnamed": _("ended the other name “%(alias)s”: %(reason)s"),
    "members.organization.succeeded": _("noted the succession from %(on)s"),
    "members.group.saved": _("saved the group of organizations"),
    "members.person.created": _("entered the person"),
    "members.person.edited": _("edited the person"),
    "members.post.begun": _("noted the post %(organization)s%(title)s"),
    "members.post.ended": _("ended the post %(organization)s%(title)s on %(on)s: %(reason)s"),
    "members.body.created": _("set up the body"),
    "members.roster.changed": _("changed the roster from %(on)s: %(reason)s"),
    "members.handover.made": _("handed the work over to %(taker)s from %(on)s: %(reason)s"),
    "members.account.created": _("opened the account %(username)s"),
    "members.account.expiry_set": _("set the term of the account"),
    "members.account.disabled": _("disabled the account: %(reason)s"),
    "members.account.enabled": _("enabled the account"),
    "members.account.password_changed": _("changed the password"),
    "members.account.password_reset": _("gave out a new password"),
    "members.account.signed_in": _("signed in"),
    "members.account.signed_out": _("signed out"),
    "members.account.sign_in_refused": _("was refused at sign-in"),
    "members.role.bound": _("bound a role for %(organization)s from %(valid_from)s"),
    "members.role.ended": _("ended a role on %(on)s: %(reason)s"),
}
