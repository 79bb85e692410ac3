"""Names of people, units and accounts as they are kept, and what pickers find them by."""

import re
import unicodedata

from pypinyin import Style, pinyin

MIDDLE_DOT = "·"
DOTS = str.maketrans(dict.fromkeys("•・‧∙⋅․･●", MIDDLE_DOT))
SEPARATORS = "、，,；;\n"
"""What stands between the names of a list, as people type it and documents print it."""


def clean_name(name: str) -> str:
    """A name without stray spaces and with the one middle dot; every character stays.

    A two-character name padded with a space, as papers print it, loses the space.
    """
    parts = name.translate(DOTS).split()
    latin = any(character.isascii() for part in parts for character in part)
    return (" " if latin else "").join(parts)


def clean_username(username: str) -> str:
    """The one spelling of an account: `LiWen` and full-width `ｌｉｗｅｎ` are `liwen`."""
    return unicodedata.normalize("NFKC", username).strip().lower()


def listed(typed: str) -> list[str]:
    """The names of a list: `市司法局、 市法院；` are 市司法局 and 市法院."""
    parts = (part.strip() for part in re.split(f"[{SEPARATORS}]", typed))
    return [part for part in parts if part]


def initials(name: str, longest: int) -> str:
    """First letters of the pinyin: 市司法局 → ssfj; unreadable characters are left out."""
    letters = pinyin(name, style=Style.FIRST_LETTER, errors=_latin, strict=False)
    return "".join(letter[0] for letter in letters if letter[0]).lower()[:longest]


def _latin(characters: str) -> str:
    return "".join(c for c in characters if c.isascii() and c.isalnum())
