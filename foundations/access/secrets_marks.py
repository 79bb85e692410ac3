"""State secrets never enter this portal: a marked file is refused before it is stored."""

import re
import unicodedata

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken

# The last character of every level; a reader of raw bytes looks around it.
SIGN = "密"
LEVEL = rf"[秘机绝]\s*{SIGN}"
TERM = r"(?:\d\s*){1,3}(?:年|个?月)|长期"
# 秘密 within a sentence (商业秘密, 国家秘密) is no mark. A mark has its star or its term,
# stands on a line of its own, or follows the word 密级.
IN_TEXT = re.compile(
    rf"{LEVEL}\s*[★☆*⭐✩✪]|[★☆*⭐✩✪]\s*{LEVEL}"
    rf"|{LEVEL}\s*(?:{TERM})"
    rf"|密\s*级\s*:?\s*{LEVEL}"
    rf"|^[\s\[【(<《]*{LEVEL}[\s\]】)>》]*$",
    re.MULTILINE,
)
IN_NAME = re.compile(LEVEL)
NO_MARK = re.compile(
    r"(?:商业|个人|技术|工作|国家|通信|通讯|审判|合议)秘密|[保守不含非无]{1,2}(?:有|任何)?[秘机绝]密"
)


def find_mark(name: str, text: str = "") -> str:
    """The mark of secrecy in a file's name or text; "" when there is none."""
    plain_name = NO_MARK.sub("", re.sub(r"[\s_·.\-]+", "", _plain(name)))
    found = IN_NAME.search(plain_name) or IN_TEXT.search(_plain(text))
    return re.sub(r"\s+", "", found.group()) if found else ""


def refuse_marks(name: str, text: str = "") -> None:
    """Raise RuleBroken("state_secret") if the name or text of an upload bears a mark.

    保密法 (2024) forbids keeping state secrets in a system that is not classified.
    """
    mark = find_mark(name, text)
    if mark:
        raise RuleBroken(
            "state_secret",
            _(
                "The file bears the mark “%(mark)s”. It was refused and not stored. State "
                "secrets must not enter this portal: deliver them through your secrecy officer "
                "by the channels for state secrets."
            )
            % {"mark": mark},
            field="file",
        )


def _plain(text: str) -> str:
    """Without full-width forms, invisible characters, blank lines and runs of spaces: what
    looks like a mark is one, and the patterns stay linear on any text."""
    shown = unicodedata.normalize("NFKC", text)
    shown = "".join(one for one in shown if unicodedata.category(one) != "Cf")
    lines = (" ".join(line.split()) for line in shown.splitlines())
    return "\n".join(line for line in lines if line)
