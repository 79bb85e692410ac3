"""Why the content of an upload is refused, in the words beside its field."""

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken


def unreadable() -> RuleBroken:
    return RuleBroken("broken", _("This file cannot be read; save it anew."), "file")


def locked() -> RuleBroken:
    return RuleBroken(
        "encrypted", _("This file is locked with a password; take it off first."), "file"
    )


def with_macros() -> RuleBroken:
    return RuleBroken("macros", _("This file holds macros. Save it without macros first."), "file")
