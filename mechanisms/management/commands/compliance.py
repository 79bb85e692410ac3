import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from mechanisms.judging import Judgement, counted, described, judgements
from mechanisms.models import Mechanism


def day(text: str) -> date:
    """The day that is written; ValueError makes the parser refuse it."""
    return date.fromisoformat(text)


class Command(BaseCommand):
    help = (
        "Say of each provision of an institution whether it is kept on a day, and what "
        "proves it. For the operator: the evidence is listed whole."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mechanism", required=True, help="the key of the institution")
        parser.add_argument("--on", type=day, help="the day, as 2026-11-18; today if left out")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, mechanism: str, on: date | None, **options: Any) -> None:
        found = judgements(_named(mechanism), on or timezone.localdate())
        if options["format"] == "json":
            answer = list(described(found))
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
            return
        for one in found:
            self.stdout.write(_line(one))
        totals = [f"{state.label} {n}" for state, n in counted(found).items() if n]
        self.stdout.write("　".join(totals))


def _named(key: str) -> Mechanism:
    found = Mechanism.objects.select_related("jurisdiction", "body").filter(key=key).first()
    if found is None:
        known = "、".join(Mechanism.objects.order_by("key").values_list("key", flat=True))
        message = _("There is no institution “%(key)s”. Loaded are: %(known)s.")
        raise CommandError(message % {"key": key, "known": known or "—"})
    return found


def _line(one: Judgement) -> str:
    finding, provision = one.finding, one.provision
    due = finding.next_on.isoformat() if finding.next_on else "—"
    rule = f"{provision.rule_kind}/{provision.subject}"
    proof = "、".join(str(evidence.label) for evidence in finding.evidence)
    line = f"{provision.number}　{finding.state.label}　{due}　{rule}　{finding.said}"
    return f"{line}　[{proof}]" if proof else line
