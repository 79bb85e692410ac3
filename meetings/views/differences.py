"""What changed from one draft to the next, character by character within a paragraph."""

from difflib import SequenceMatcher
from itertools import zip_longest

SAME, OUT, IN = "same", "out", "in"
Paragraph = list[tuple[str, str]]


def differences(before: list[str], after: list[str]) -> list[Paragraph]:
    """Paragraphs as runs of (same | out | in, text), in the order of reading."""
    found: list[Paragraph] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [[(SAME, line)] for line in before[a:b]]
        else:
            pairs = zip_longest(before[a:b], after[c:d], fillvalue="")
            found += [_within(old, new) for old, new in pairs]
    return found


def _within(old: str, new: str) -> Paragraph:
    runs: Paragraph = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append((SAME, old[a:b]))
            continue
        if old[a:b]:
            runs.append((OUT, old[a:b]))
        if new[c:d]:
            runs.append((IN, new[c:d]))
    return runs
