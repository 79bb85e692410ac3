"""The office messenger: one signed POST a notice, to the one address that the operator set.

No redirect is followed and no proxy is asked, so that no other host is ever called. What
is sent, and how its receiver checks it, stands in docs/operations.md.
"""

import hashlib
import hmac
import json
from datetime import datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from foundations.notifications.mail import link_of, may_show, title_of
from foundations.notifications.models import Delivery, Notice, Preferences
from foundations.notifications.preferences import preferences_of
from foundations.notifications.readers import may_read

SECONDS = 5
FAULTS = (OSError, HTTPException, ValueError)


class Refused(ValueError):
    """The messenger answered, and did not take it."""


def is_on() -> bool:
    return bool(settings.MESSENGER_URL)


def signature(stamp: str, body: bytes) -> str:
    """HMAC-SHA256 over the time, a full stop and the body."""
    key = settings.MESSENGER_SECRET.encode()
    return "sha256=" + hmac.new(key, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


class MessengerPost:
    """Carries deliveries to the messenger; raises OSError on entry if it is away."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        address = urlsplit(settings.MESSENGER_URL)
        self._target = address.path or "/"
        if address.query:
            self._target += f"?{address.query}"
        kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
        self._connection = kind(address.hostname, address.port, timeout=SECONDS)

    def __enter__(self) -> Self:
        self._connection.connect()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def carry(self, delivery: Delivery) -> bool:
        """False if its recipient does not want it, or may not be told, any more."""
        receiver = receiver_of(delivery, self.at)
        if not receiver:
            return False
        self._post(delivery, body_of(delivery, receiver))
        return True

    def _post(self, delivery: Delivery, body: bytes) -> None:
        stamp = str(int(self.at.timestamp()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "X-Portal-Delivery": delivery.message_id,
            "X-Portal-Timestamp": stamp,
            "X-Portal-Signature": signature(stamp, body),
        }
        try:
            self._connection.request("POST", self._target, body, headers)
            status = self._connection.getresponse().status
        finally:
            # Opened anew for the next one, whatever is left of this answer.
            self._connection.close()
        if not 200 <= status < 300:
            raise Refused(f"HTTP {status}")


def receiver_of(delivery: Delivery, at: datetime) -> str:
    """The recipient's id in the messenger; "" if it was switched off or the account ended.

    An id that waits for its code is told this code and nothing else, a confirmed one no code.
    """
    recipient = delivery.notice.recipient
    chosen = preferences_of(recipient)
    code = code_reason(chosen) if chosen.messenger_code else None
    meant = delivery.notice.reason == code if code or _is_code(delivery.notice) else True
    reached = chosen.messenger and meant and may_read(recipient, timezone.localdate(at))
    return chosen.messenger_id if reached else ""


def code_reason(chosen: Preferences) -> str:
    """The reason of the notice that carries the code of these settings as they are now."""
    return f"messenger:{chosen.version}"


def _is_code(notice: Notice) -> bool:
    return isinstance(notice.subject, Preferences)


def _title_of(notice: Notice, shown: bool) -> str:
    if _is_code(notice):
        return _("Your code for the portal: %(code)s") % {"code": notice.subject.messenger_code}
    return title_of(notice, shown)


def body_of(delivery: Delivery, receiver: str) -> bytes:
    notice = delivery.notice
    shown = may_show(notice)
    with translation.override(settings.LANGUAGE_CODE):
        content = {
            "id": delivery.message_id,
            "to": receiver,
            "title": _title_of(notice, shown),
            "url": link_of(notice, shown),
            "at": timezone.localtime(notice.at).isoformat(),
        }
    return json.dumps(content, ensure_ascii=False).encode()
