"""What the parts of a desk read in common, each of it once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from foundations.access.policy import visible_to
from foundations.access.rows import Record
from foundations.ledgers.work import WorkItem
from mechanisms.models import Mechanism
from members.models import Organization, RoleBinding, User
from members.policy import WORKERS
from members.standing import standing
from suggestions.lines import with_clocks
from suggestions.models import Addressee, Copy, Suggestion, Supervision, Verification
from suggestions.profile import rules_of
from suggestions.reminding import urgeable
from suggestions.stages import Stage, at_stage
from suggestions.states import LIVE, LetterState, SupervisionState

Task = tuple[int | None, WorkItem]
"""A matter on a desk, with the key of its letter if it has one."""


class Reading:
    """What one user has to do with suggestions on a day; nothing for who only reads."""

    def __init__(self, user: User, on: date) -> None:
        self.user, self.on, self.mine = user, on, standing(user, on)
        self._mechanisms: dict[int, Mechanism] = {}

    @property
    def works(self) -> bool:
        return self.mine.has(*WORKERS)

    def share(self, letters: Iterable[Suggestion]) -> None:
        """Give the letters of one institution the same row of it, which keeps its versions."""
        for letter in letters:
            row = self._mechanisms.setdefault(letter.mechanism_id, letter.mechanism)
            letter.mechanism = row

    @cached_property
    def addressees(self) -> list[Addressee]:
        """Those under way with what their matters tell."""
        found = list(self._with_facts(self.under_way).order_by("suggestion_id", "order", "pk"))
        self.share(one.suggestion for one in found)
        return found

    @property
    def under_way(self) -> QuerySet[Addressee]:
        """Those that the user works for, as the unit, the issuer or who urges."""
        ours = Q(organization__in=self.mine.organizations)
        issued = Q(suggestion__issuer__in=self.mine.organizations)
        late = at_stage(Stage.LATE, self.on) | at_stage(Stage.RECTIFY_LATE, self.on)
        rows: QuerySet[Addressee] = visible_to(self.user, Addressee).filter(
            ours | issued | late, state__in=LIVE, suggestion__state=LetterState.ISSUED
        )
        return rows

    def _with_facts(self, rows: QuerySet[Addressee]) -> QuerySet[Addressee]:
        urged = Supervision.objects.filter(addressee=OuterRef("pk"), state=SupervisionState.OPEN)
        checks = Verification.objects.filter(addressee=OuterRef("pk"))
        rows = rows.annotate(urged=Exists(urged), checked=Exists(checks))
        return with_accounts(with_clocks(rows), self.on).select_related(
            "organization", "suggestion__issuer", "suggestion__mechanism"
        )

    def is_ours(self, organization: Organization) -> bool:
        return organization.pk in self.mine.organizations

    def urging(self, letters: Iterable[Suggestion]) -> set[int]:
        """Of the letters, those in which the user urges: as the issuer, or where the
        institution lets a copied organization do so (YN-38, WJ-18); one query."""
        rows = list(letters)
        keys: dict[int, set[str]] = defaultdict(set)
        copies = Copy.objects.filter(
            suggestion__in=[row.pk for row in rows],
            organization__in=self.mine.organizations,
            sent_on__isnull=False,
        )
        for letter, key in copies.values_list("suggestion", "organization__key"):
            keys[letter].add(key)
        return {row.pk for row in rows if self._urges(row, keys[row.pk])}

    def _urges(self, letter: Suggestion, copied: set[str]) -> bool:
        if letter.issuer_id in self.mine.organizations:
            return True
        if letter.issued_on is None or not copied:
            return False
        return bool(copied & set(rules_of(letter.mechanism, letter.issued_on).urged_by))

    @cached_property
    def letters_urged(self) -> set[int]:
        """Those under way that the user's people may urge on."""
        late = (one.suggestion for one in self.addressees if urgeable(one, self.on))
        return self.urging({letter.pk: letter for letter in late}.values())


def with_accounts(rows: QuerySet[Addressee], on: date) -> QuerySet[Addressee]:
    """Adds `has_account`: somebody of the unit, or of a division of it, signs in here."""
    accounts = RoleBinding.objects.on(on).filter(
        Q(organization=OuterRef("organization"))
        | Q(organization__parent=OuterRef("organization")),
        user__is_active=True,
    )
    return rows.annotate(has_account=Exists(accounts))


def address(name: str, row: Record) -> str:
    return reverse(f"suggestions:{name}", args=[row.public_id])
