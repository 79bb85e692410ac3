"""The base of the records that people open: a random public id and a version."""

import re
import secrets
from collections.abc import Collection
from typing import Self

from django.db import models
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken

BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
PUBLIC = 12
"""So many signs has a public id."""


def new_public_id() -> str:
    """All signs of one draw: an import makes tens of thousands."""
    drawn, signs = secrets.randbelow(len(ALPHABET) ** PUBLIC), []
    for _place in range(PUBLIC):
        drawn, sign = divmod(drawn, len(ALPHABET))
        signs.append(ALPHABET[sign])
    return "".join(signs)


class Record(models.Model):
    """A row with an address of its own. `store()` is the way actions save it."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def store(self) -> None:
        """Check the row against its model and save it as the next version.

        `blank` speaks of forms: a column that may be null, or a list that may be empty,
        is not asked for here. What has one line in a form keeps it, whoever sent the form:
        titles and names become subjects of mails and names of files.
        """
        self._keep_to_one_line()
        self.full_clean(exclude=self._unset(), validate_unique=self._state.adding)
        self.version += 1
        self.save()

    def prepare(self) -> None:
        """What `store()` does before it asks the database; for rows written many at once.

        Raises ValidationError for a value that its column does not take.
        """
        self._keep_to_one_line()
        self.clean_fields(exclude=self._unset())
        self.version += 1

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """That the row of a foreign key is there, the database holds: it is not asked."""
        columns = self._meta.concrete_fields
        named = {one.name for one in columns if one.is_relation and self._names(one)}
        super().clean_fields(exclude=named.union(exclude or ()))

    def _names(self, column: models.Field) -> bool:
        return getattr(self, column.attname) is not None

    def _keep_to_one_line(self) -> None:
        for column in self._meta.concrete_fields:
            value = getattr(self, column.attname)
            if isinstance(column, models.CharField) and value and BREAKS.search(value):
                setattr(self, column.attname, " ".join(BREAKS.sub(" ", value).split()))

    def _unset(self) -> set[str]:
        return {
            column.name
            for column in self._meta.concrete_fields
            if (column.null and getattr(self, column.attname) is None)
            or (isinstance(column, models.JSONField) and not getattr(self, column.attname))
        }

    def require_version(self, seen: int | None) -> None:
        """Raise RuleBroken("stale") if the caller saw an older version than this one."""
        if seen is not None and seen != self.version:
            raise RuleBroken(
                "stale",
                _(
                    "Someone else saved this first; nothing of yours was written yet. "
                    "Look at what is there now, then send yours again."
                ),
                version=self.version,
            )


class MadeByForm(Record):
    """A record that a form makes: it keeps the form's token, so that a form sent twice, or
    by two clicks at once, makes it once."""

    form_token = models.CharField(max_length=32, null=True, unique=True, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def made_before(cls, token: str | None, **words: object) -> Self | None:
        """The row that the form with this token made when it was sent before, if it was.

        Called with a row locked for which every sending waits. Raises
        RuleBroken("form_used") if the form comes with other `words` this time.
        """
        made = cls._default_manager.filter(form_token=token).first() if token else None
        if made is not None and any(getattr(made, name) != word for name, word in words.items()):
            raise RuleBroken(
                "form_used",
                _("This form was sent before with other words. Send it again to add another."),
            )
        return made
