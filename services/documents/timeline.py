"""What happens to documents and attachments, in the words of the interface."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "documents.document.draft": _("drafted the document"),
    "documents.document.redraft": _("brought the draft up to date"),
    "documents.document.issuing": _("issued the document: number and text are fixed"),
    "documents.document.issued": _("made the files and noted their digests"),
    "documents.document.failed": _("could not make the files"),
    "documents.document.retry": _("had the files made again"),
    "documents.document.voided": _("declared the document void: %(reason)s"),
    "documents.document.replaced": _("replaced the document by a later one"),
    "documents.change_notice.issued": _("issued the notice of the change"),
    "documents.attachment.add": _("added the file"),
    "documents.attachment.remove": _("removed the file: %(reason)s"),
}
