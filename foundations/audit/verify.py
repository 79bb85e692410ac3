"""Is the trail what it was? Every chain is read from its first entry to its head."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from foundations.audit.models import AuditEntry, AuditHead
from foundations.audit.trail import link


@dataclass(frozen=True)
class Finding:
    """`problem`: gap, link (digest), body (columns differ from the hashed text), head, anchor."""

    chain: str
    seq: int
    problem: str


@dataclass(frozen=True)
class Chain:
    """The end of a chain as it was read; kept outside the database it is an anchor."""

    chain: str
    seq: int
    digest: str


@dataclass(frozen=True)
class Report:
    chains: tuple[Chain, ...]
    findings: tuple[Finding, ...]

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=2)


def verify(anchors: tuple[Chain, ...] = ()) -> Report:
    """Read all chains; `anchors` are ends of chains as an earlier report gave them.

    Whoever rewrites an entry and all that follow it leaves a chain that is sound in
    itself; only a digest that was kept elsewhere shows it.
    """
    findings: list[Finding] = []
    ends = [_read(chain, anchors, findings) for chain in _names(anchors)]
    return Report(tuple(ends), tuple(findings))


def _names(anchors: tuple[Chain, ...]) -> list[str]:
    written = AuditEntry.objects.order_by().values_list("chain", flat=True).distinct()
    heads = AuditHead.objects.values_list("chain", flat=True)
    return sorted({*written, *heads, *(anchor.chain for anchor in anchors)})


def _read(name: str, anchors: tuple[Chain, ...], findings: list[Finding]) -> Chain:
    wanted = {anchor.seq: anchor.digest for anchor in anchors if anchor.chain == name}
    seq, digest = 0, ""
    for entry in (
        AuditEntry.objects.filter(chain=name)
        .select_related("subject_type")
        .order_by("seq")
        .iterator(2000)
    ):
        findings += [
            Finding(name, entry.seq, problem) for problem in _problems(entry, seq, digest)
        ]
        seq, digest = entry.seq, entry.digest
        if wanted.pop(seq, digest) != digest:
            findings.append(Finding(name, seq, "anchor"))
    findings += [Finding(name, missing, "anchor") for missing in wanted if missing]
    head = AuditHead.objects.filter(chain=name).first()
    if head is None or (head.seq, head.digest) != (seq, digest):
        findings.append(Finding(name, seq, "head"))
    return Chain(name, seq, digest)


def _problems(entry: AuditEntry, seq: int, digest: str) -> Iterator[str]:
    if entry.seq != seq + 1:
        yield "gap"
    if entry.digest != link(digest, entry.body):
        yield "link"
    if not _body_holds(entry):
        yield "body"


def _body_holds(entry: AuditEntry) -> bool:
    """Do the columns say what the hashed text says?"""
    try:
        body = json.loads(entry.body)
        at = datetime.fromisoformat(body.pop("at"))
    except (ValueError, KeyError):
        return False
    kind = entry.subject_type
    return at == entry.at and body == {
        "chain": entry.chain,
        "seq": entry.seq,
        "actor": entry.actor_id,
        "actor_label": entry.actor_label,
        "address": entry.address,
        "action": entry.action,
        "subject_type": f"{kind.app_label}.{kind.model}" if kind else "",
        "subject_id": entry.subject_id,
        "subject_label": entry.subject_label,
        "data": entry.data,
    }
