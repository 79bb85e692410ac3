import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundations.audit.verify import Chain, Report, verify

PROBLEMS = {
    "gap": "缺少前一条记录",
    "link": "摘要与内容不符",
    "body": "字段与已存原文不符",
    "head": "链尾与最后一条不符",
    "anchor": "与此前留存的摘要不符",
}


class Command(BaseCommand):
    help = (
        "Check the audit trail: every chain gapless, every digest right, every column as it was "
        "hashed. Exit code 0: sound; 1: something is wrong; 2: the check could not be made."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument(
            "--anchor",
            type=Path,
            help="an earlier report (--format json) that was kept outside the database",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        report = verify(_anchors(options["anchor"]))
        self.stdout.write(report.as_json() if options["format"] == "json" else _text(report))
        if report.findings:
            raise SystemExit(1)


def _anchors(path: Path | None) -> tuple[Chain, ...]:
    if path is None:
        return ()
    try:
        chains = json.loads(path.read_text(encoding="utf-8"))["chains"]
        return tuple(Chain(one["chain"], one["seq"], one["digest"]) for one in chains)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandError(f"无法读取留存的报告 {path}：{error}", returncode=2) from error


def _text(report: Report) -> str:
    lines = [f"{one.chain}：{one.seq} 条，链尾 {one.digest[:16] or '—'}" for one in report.chains]
    lines += [
        f"异常 {found.chain} 第 {found.seq} 条：{PROBLEMS[found.problem]}"
        for found in report.findings
    ]
    lines.append(f"共 {len(report.chains)} 条链，异常 {len(report.findings)} 处。")
    return "\n".join(lines)
