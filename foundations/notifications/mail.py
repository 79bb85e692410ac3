"""The letter of a notice. Higher rooms hang attachments on it through `parts`."""

from collections.abc import Callable
from smtplib import SMTPException
from types import TracebackType
from typing import Self

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Model
from django.utils import translation
from django.utils.translation import gettext as _

from foundations.access.policy import policy_for
from foundations.notifications.models import Delivery, Notice

# ValueError: an address or a header of which no mail can be made.
FAULTS = (SMTPException, OSError, ValueError)
Part = tuple[str, str, bytes]
# parts[Model] = callable(subject, recipient) -> [(file name, media type, content)]
parts: dict[type[Model], Callable[..., list[Part]]] = {}


class MailPost:
    """Carries letters over one connection; raises on entry if the server is away."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend = get_connection()

    def __enter__(self) -> Self:
        self._connection.open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def carry(self, letter: Delivery) -> bool:
        compose(letter, self._connection).send()
        return True


def compose(letter: Delivery, post: BaseEmailBackend) -> EmailMessage:
    """The mail as it goes out now: words and files only while the reader may see the subject."""
    notice = letter.notice
    with translation.override(settings.LANGUAGE_CODE):
        shown = may_show(notice)
        mail = EmailMessage(
            subject=title_of(notice, shown),
            body=_body(notice, shown),
            to=[notice.recipient.email],
            headers={"Message-ID": letter.message_id},
            connection=post,
        )
    if shown and type(notice.subject) in parts:
        for name, media_type, content in parts[type(notice.subject)](
            notice.subject, notice.recipient
        ):
            mail.attach(name, content, media_type)
    return mail


def may_show(notice: Notice) -> bool:
    """May the recipient (still) see what the notice is about?"""
    subject = notice.subject
    return subject is not None and policy_for(subject).sees(notice.recipient, subject)


def title_of(notice: Notice, shown: bool) -> str:
    """Its title, on one line."""
    if not shown:
        return notice.neutral_title or _("You have a new notice")
    return " ".join(notice.title.split())


def link_of(notice: Notice, shown: bool) -> str:
    """The way to what it is about, or into the portal."""
    return settings.SITE_URL.rstrip("/") + (notice.subject.get_absolute_url() if shown else "/")


def _body(notice: Notice, shown: bool) -> str:
    lines = [notice.text] if shown and notice.text else []
    lines += [_("Open in the portal: %(link)s") % {"link": link_of(notice, shown)}]
    lines += [
        _("This mail was sent by %(site)s. Please do not answer it.")
        % {"site": settings.SITE_NAME}
    ]
    return "\n\n".join(lines) + "\n"
